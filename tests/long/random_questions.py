"""Questions about anybody in a graph, in any matter, at any clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import LiteralString, cast

from hub.domain.clocks import Millis, later
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.verdict import Ask
from hub.domain.vocabulary import SubjectKind
from hub.wiring import Hub, now
from tests.shared_laws import DAYS, TICKS

_SUBJECTS: LiteralString = "MATCH (s:Subject) RETURN s.id AS told ORDER BY told"
_TICKS: LiteralString = "MATCH (i:Import) RETURN i.tick.epochMillis AS told ORDER BY told"


@dataclass(frozen=True, slots=True)
class Questions:
    """Clocks are at a boundary or next to it, now, or years from now."""

    chance: Random
    matters: Sequence[tuple[SubjectKind, str, str]]
    subjects: Mapping[SubjectKind, Sequence[SubjectId]]
    ticks: Sequence[Millis]

    def next(self) -> Ask:
        kind, scenario, capacity = self.chance.choice(self.matters)
        years = self.chance.choice([0, 0, 0, 1, 5])
        return Ask(
            self.chance.choice(self.subjects[kind]),
            scenario,
            capacity,
            effective_at=self.chance.choice([self._beside(DAYS), later(now(), years=years)]),
            known_at=self.chance.choice([None, None, self._beside(self.ticks)]),
        )

    def _beside(self, instants: Sequence[Millis]) -> Millis:
        return Millis(self.chance.choice(instants) + self.chance.choice([-1, 0, 1]))


async def questions_of(hub: Hub, chance: Random) -> Questions:
    """About whoever is in the graph now, as known at any tick until now."""
    subjects = [SubjectId(str(told)) for told in await _told(hub, _SUBJECTS)]
    scenarios = (await hub.catalogues.current()).scenarios.values()
    ticks = [Millis(cast("int", told)) for told in await _told(hub, _TICKS)]
    return Questions(
        chance,
        [(each.subject_kind, each.code, one.code) for each in scenarios for one in each.capacities],
        {kind: [one for one in subjects if subject_kind(one) is kind] for kind in SubjectKind},
        [*TICKS, *ticks],
    )


async def _told(hub: Hub, statement: LiteralString) -> list[object]:
    return [row["told"] for row in await hub.door.read(statement)]
