"""Who is asked about in a generated graph, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarks.graph import names
from benchmarks.graph.parties import Parties
from benchmarks.graph.sizes import SIZES, SizeName
from benchmarks.graph.telling import LAST_DAY, LAST_TICK, Chance, instant
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask

NOW = LAST_TICK
PAST_DAYS = [instant(day) for day in range(LAST_DAY - 1_000, LAST_DAY - 500, 5)]
_UNITS, _OFFICIALS = "FUNDING_SUPPORT", "PROMOTION"


@dataclass(frozen=True)
class Asked:
    """So many units and officials, any of them as likely as any other."""

    size: SizeName
    count: int

    @cached_property
    def units(self) -> Sequence[SubjectId]:
        parties, chance = Parties(SIZES[self.size], 0, ""), Chance("units asked")
        numbers = (chance.below(SIZES[self.size].units) for _ in range(self.count))
        return [SubjectId(parties.unit(number).id) for number in numbers]

    @cached_property
    def officials(self) -> Sequence[SubjectId]:
        chance = Chance("officials asked")
        numbers = (chance.below(SIZES[self.size].officials) for _ in range(self.count))
        return [SubjectId(names.person(number)) for number in numbers]

    def of_units(self) -> Sequence[Ask]:
        return [Ask(unit, _UNITS, effective_at=NOW) for unit in self.units]

    def of_officials(self) -> Sequence[Ask]:
        return [Ask(official, _OFFICIALS, effective_at=NOW) for official in self.officials]
