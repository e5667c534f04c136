"""Which units of a region are restricted in a scenario: candidates are found, then checked."""

from collections.abc import Sequence
from typing import Protocol

from hub.checks.service import CHUNK, CheckService
from hub.domain.clocks import Millis
from hub.domain.forms import RestrictedAsk, RestrictedPage
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.domain.verdict import Verdict
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.errors import RegionNotFound, UnitsOnly

MOST_CHECKED = 1_000
"""Candidates that one page checks at most."""
MOST_COUNTED = 2_000
"""Candidates that are checked to tell how many units the list holds."""
_FROM_THE_FIRST = ""


class CandidateReader(Protocol):
    async def candidates(
        self, region: str, clocks: Clocks, *, after: str, most: int, bearing: bool
    ) -> Sequence[SubjectId] | None:
        """Units in the region, or in a division of it, by id, after the one given.

        None where there is no such region then. `bearing` may leave out units at which nothing
        graver than UNCOVERED can arrive.
        """
        ...


class RestrictedUnits:
    def __init__(self, checks: CheckService, candidates: CandidateReader) -> None:
        self._checks = checks
        self._candidates = candidates

    async def clocks(
        self, ask: RestrictedAsk, effective_at: Millis | None, known_at: Millis | None
    ) -> Clocks:
        """Those of the whole list.

        Raises `UnitsOnly`, and `InvalidInput` about scenario, capacity and clocks.
        """
        clocks = await self._checks.clocks(effective_at, known_at)
        scenario = await self._checks.scenario(ask.scenario, ask.capacity, clocks)
        if scenario.subject_kind is SubjectKind.PERSON:
            raise UnitsOnly("restricted")
        return clocks

    async def page(
        self, ask: RestrictedAsk, clocks: Clocks, *, first: int, after: str = _FROM_THE_FIRST
    ) -> RestrictedPage:
        """`clocks` are those of the list. Raises `RegionNotFound`, `GraphProblem`."""
        units = await self._units(ask, clocks, after=after, most=MOST_CHECKED + 1)
        checked, more = units[:MOST_CHECKED], len(units) > MOST_CHECKED
        found: list[Verdict] = []
        for begin in range(0, len(checked), CHUNK):
            found += await self._restricted(ask, clocks, checked[begin : begin + CHUNK])
            if len(found) > first:
                shown = found[:first]
                return RestrictedPage(clocks, shown, shown[-1].subject, complete=True)
        go_on_after = checked[-1] if more else None
        return RestrictedPage(clocks, found, go_on_after, complete=not more)

    async def count(self, ask: RestrictedAsk, clocks: Clocks) -> int | None:
        """Of the whole list; None where more would have to be checked than one count may cost."""
        units = await self._units(ask, clocks, after=_FROM_THE_FIRST, most=MOST_COUNTED + 1)
        if len(units) > MOST_COUNTED:
            return None
        return len(await self._restricted(ask, clocks, units))

    async def _units(
        self, ask: RestrictedAsk, clocks: Clocks, *, after: str, most: int
    ) -> Sequence[SubjectId]:
        bearing = ask.at_least.gravity > Outcome.UNCOVERED.gravity
        units = await self._candidates.candidates(
            ask.region, clocks, after=after, most=most, bearing=bearing
        )
        if units is None:
            raise RegionNotFound(ask.region)
        return units

    async def _restricted(
        self, ask: RestrictedAsk, clocks: Clocks, units: Sequence[SubjectId]
    ) -> list[Verdict]:
        """A unit that lies in the region and does not exist then is not listed."""
        answers = await self._checks.answers([ask.of(unit) for unit in units], clocks)
        return [
            answer
            for answer in answers
            if isinstance(answer, Verdict) and answer.outcome.gravity >= ask.at_least.gravity
        ]
