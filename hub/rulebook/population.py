"""Whose answers change under another rule set: every unit of a region, in every scenario."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from hub.checks.decide import decide
from hub.checks.hypotheses import under
from hub.checks.judge import subject_state
from hub.checks.service import CHUNK, FactReader
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.things import Clocks
from hub.domain.verdict import Ask
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.errors import RegionNotFound, UnitNotFound

MOST_UNITS = 1_000
_FROM_THE_FIRST = ""


class UnitReader(Protocol):
    async def candidates(
        self, region: str, clocks: Clocks, *, after: str, most: int, bearing: bool
    ) -> Sequence[SubjectId] | None:
        """Units in the region by id, after the one given; None where there is no such region."""
        ...


class Flip(NamedTuple):
    """None where the rule set does not know the scenario or the capacity."""

    subject: SubjectId
    name: str | None
    scenario: str
    capacity: str
    before: Outcome | None
    after: Outcome | None

    @property
    def graver(self) -> bool:
        """Also where a milder rule ends that had silenced the fallback."""
        return bool(self.before and self.after and self.after.gravity > self.before.gravity)


class AsOf(NamedTuple):
    """The instant in the world, and that of the knowledge."""

    at: Millis
    known_at: Millis


class Flips(NamedTuple):
    """`complete` is false where the region has more units than were asked about."""

    as_of: AsOf
    units: int
    complete: bool
    flips: Sequence[Flip]


class Population:
    def __init__(self, facts: FactReader, units: UnitReader) -> None:
        self._facts = facts
        self._units = units

    async def flips(self, region: str, before: Catalogue, after: Catalogue, *, at: Millis) -> Flips:
        """By today's knowledge, each rule set taken as if it were in force at `at`.

        Raises `RegionNotFound`.
        """
        as_of = AsOf(at, await self._facts.known_up_to())
        found = await self._units.candidates(
            region, Clocks(*as_of), after=_FROM_THE_FIRST, most=MOST_UNITS + 1, bearing=False
        )
        if found is None:
            raise RegionNotFound(region)
        units = found[:MOST_UNITS]
        flips: list[Flip] = []
        for begin in range(0, len(units), CHUNK):
            chunk = units[begin : begin + CHUNK]
            for known in await self._facts.read(chunk, at=at, known_at=as_of.known_at):
                flips += flips_of(known, before, after)
        return Flips(as_of, len(units), len(found) <= MOST_UNITS, flips)


def flips_of(known: Known, before: Catalogue, after: Catalogue) -> Iterator[Flip]:
    """Questions about the unit to which the two rule sets answer with another outcome."""
    old, new = _outcomes(known, before), _outcomes(known, after)
    state = subject_state(known, known.at)
    for question in dict.fromkeys((*old, *new)):
        outcomes = old.get(question), new.get(question)
        if outcomes[0] != outcomes[1]:
            yield Flip(known.subject, state.name if state else None, *question, *outcomes)


def _outcomes(known: Known, catalogue: Catalogue) -> Mapping[tuple[str, str], Outcome]:
    """By scenario and capacity; nothing of a unit that does not exist then."""
    laws, supposed = {catalogue.content_hash: catalogue}, under(known, catalogue)
    with suppress(UnitNotFound):
        return {
            (scenario.code, capacity.code): decide(
                Ask(known.subject, scenario.code, capacity.code), supposed, laws, current=catalogue
            ).outcome
            for scenario in catalogue.scenarios.values()
            if scenario.subject_kind is SubjectKind.UNIT
            for capacity in scenario.capacities
        }
    return {}
