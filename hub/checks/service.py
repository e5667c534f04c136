"""Check a subject: read the facts in one statement, decide in a pure function, answer.

One kernel serves every form; a list is read in chunks, all of them as of the same clocks.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from hub.checks.decide import decide
from hub.checks.timeline import capacity_in, scenario_named
from hub.domain.catalogue import Catalogue, Scenario
from hub.domain.clocks import Millis, format_instant
from hub.domain.forms import ManyAnswer, ManyAsk, Matrix, require_purpose
from hub.domain.identifiers import SubjectId, parse_subject_id, subject_kind
from hub.domain.known import Known
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Mark, Verdict
from hub.domain.vocabulary import SubjectKind
from hub.errors import (
    HubError,
    InvalidIdentifier,
    KnownAtInFuture,
    NoRuleSetInForce,
    TooManySubjects,
    UnitNotFound,
    UnitsOnly,
    WrongSubjectKind,
)

MOST_SUBJECTS = 1_000
"""Of one request; beyond it several requests at the same clocks are one list."""
CHUNK = 100
"""Subjects of one statement, and of one go of deciding: other requests come in between."""
_CHUNKS_AT_ONCE = 2
"""Statements of lists under way together in this process: single checks never wait for them."""
_CALLERS_AHEAD_MS = 60_000
"""A caller's clock may be so much ahead of ours and still mean now."""
_STILL_NOW_MS = 3_600_000
"""Requests that join to one list name the clocks of the first of them."""


class FactReader(Protocol):
    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        """What is known about each subject, in the order given; one knowledge instant for all."""
        ...

    async def known_up_to(self) -> Millis:
        """The newest instant that can be answered for."""
        ...


class CatalogueReader(Protocol):
    async def current(self, known_at: Millis | None = None) -> Catalogue:
        """The newest rule set known then; the first there is, before any was known.

        Raises `CatalogueMissing` before the first seed.
        """
        ...

    async def in_force(self, at: Millis, known_at: Millis | None) -> Catalogue:
        """Raises `NoRuleSetInForce` where there was none at those clocks."""
        ...

    async def by_hash(self, hashes: Sequence[str]) -> Mapping[str, Catalogue]:
        """The rule sets of those hashes, all of them."""
        ...


@dataclass(frozen=True, slots=True)
class Decider:
    """What `decide` needs beside the question and its facts."""

    catalogues: Mapping[str, Catalogue]
    current: Catalogue
    marks: tuple[Mark, ...]
    timely: bool

    def law(self, known: Known) -> Catalogue:
        """As the question is checked: by the rule set in force, if there is one."""
        rule_set = known.rule_set_at(known.at)
        return self.catalogues[rule_set.content_hash] if rule_set else self.current

    def verdict(self, ask: Ask, known: Known) -> Verdict:
        laws, current = self.catalogues, self.current
        return decide(ask, known, laws, current=current, marks=self.marks, timely=self.timely)

    def answer(self, ask: Ask, known: Known) -> Verdict | HubError:
        """An error where only this subject is at fault; others are raised."""
        try:
            return self.verdict(ask, known)
        except (UnitNotFound, WrongSubjectKind) as error:
            return error


class CheckService:
    """`now` gives the hub's wall clock; the answer's knowledge instant is the graph's own."""

    def __init__(
        self, facts: FactReader, catalogues: CatalogueReader, *, now: Callable[[], Millis]
    ) -> None:
        self._facts = facts
        self._catalogues = catalogues
        self._now = now
        self._chunks = asyncio.Semaphore(_CHUNKS_AT_ONCE)

    async def check(self, ask: Ask) -> Verdict:
        """Raises `InvalidInput`, `UnitNotFound`, `GraphProblem`. An unknown person is no error."""
        known = await self.read(ask.subject, ask.effective_at, ask.known_at)
        return (await self.decider(known)).verdict(ask, known)

    async def read(
        self, subject: SubjectId, effective_at: Millis | None, known_at: Millis | None
    ) -> Known:
        """Raises `KnownAtInFuture`, `GraphProblem`."""
        asked = self._asked(effective_at, known_at)
        [known] = await self._facts.read([subject], at=asked.at, known_at=asked.known_at)
        return known

    async def many(self, ask: ManyAsk) -> ManyAnswer:
        """One answer a subject, whatever is wrong with others.

        Raises what concerns them all: `TooManySubjects`, `PurposeRequired`, `InvalidInput` about
        scenario, capacity and clocks, `GraphProblem`.
        """
        if len(ask.subjects) > MOST_SUBJECTS:
            raise TooManySubjects(len(ask.subjects), MOST_SUBJECTS)
        clocks = await self.clocks(ask.effective_at, ask.known_at)
        scenario = await self.scenario(ask.scenario, ask.capacity, clocks)
        if scenario.subject_kind is SubjectKind.PERSON:
            require_purpose(ask)
        parsed = [_parsed(given) for given in ask.subjects]
        subjects = [*dict.fromkeys(one for one in parsed if not isinstance(one, HubError))]
        asks, newest = [ask.of(subject) for subject in subjects], ask.known_at is None
        answers = await self.answers(asks, clocks, newest=newest)
        by_subject = dict(zip(subjects, answers, strict=True))
        return ManyAnswer(
            clocks, [one if isinstance(one, HubError) else by_subject[one] for one in parsed]
        )

    async def matrix(
        self,
        unit: SubjectId,
        *,
        effective_at: Millis | None = None,
        known_at: Millis | None = None,
        purpose: str | None = None,
    ) -> Matrix:
        """From one reading. Raises `UnitsOnly` and what `check` raises."""
        if subject_kind(unit) is SubjectKind.PERSON:
            raise UnitsOnly("matrix")
        known = await self.read(unit, effective_at, known_at)
        decider = await self.decider(known)
        verdicts = [
            decider.verdict(Ask(unit, scenario.code, capacity.code, purpose=purpose), known)
            for scenario in decider.law(known).scenarios.values()
            if scenario.subject_kind is SubjectKind.UNIT
            for capacity in scenario.capacities
        ]
        return Matrix(Clocks(known.at, known.known_at), verdicts)

    async def clocks(self, effective_at: Millis | None, known_at: Millis | None) -> Clocks:
        """Both clocks for all statements of one request. Raises `KnownAtInFuture`."""
        asked = self._asked(effective_at, known_at)
        up_to = await self._facts.known_up_to()
        return Clocks(asked.at, up_to if asked.known_at is None else min(asked.known_at, up_to))

    async def scenario(self, code: str, capacity: str | None, clocks: Clocks) -> Scenario:
        """As the law in force has it. Raises `InvalidInput`, also for a capacity it does not."""
        scenario = scenario_named(code, await self._law(clocks))
        capacity_in(scenario, capacity)
        return scenario

    async def answers(
        self, asks: Sequence[Ask], clocks: Clocks, *, newest: bool = False
    ) -> list[Verdict | HubError]:
        """In the order of the asks, all as of the clocks, whatever clocks they name themselves.

        `newest`: all that was known was asked for, whatever has become known since the clocks were.
        """
        chunks = [asks[begin : begin + CHUNK] for begin in range(0, len(asks), CHUNK)]
        answered = await asyncio.gather(
            *(self._answered(chunk, clocks, newest=newest) for chunk in chunks)
        )
        return [*chain.from_iterable(answered)]

    async def _answered(
        self, asks: Sequence[Ask], clocks: Clocks, *, newest: bool
    ) -> list[Verdict | HubError]:
        subjects = [ask.subject for ask in asks]
        async with self._chunks:
            known = await self._facts.read(subjects, at=clocks.at, known_at=clocks.known_at)
        decider = await self.decider(known[0], newest=newest)
        return [decider.answer(ask, one) for ask, one in zip(asks, known, strict=True)]

    async def decider(self, known: Known, *, newest: bool = False) -> Decider:
        """For all that was read as of the same clocks.

        Where no rule set is in force, the newest of those then known checks the question, so that
        the same clocks give the same answer for ever.
        """
        catalogues, current = await laws_of(known, self._catalogues)
        now = self._now()
        forecast = known.at > now + _CALLERS_AHEAD_MS
        since = now - _STILL_NOW_MS
        as_known = newest or known.newest or known.known_at >= since
        timely = not forecast and known.at >= since and as_known
        return Decider(catalogues, current, (Mark.FORECAST,) if forecast else (), timely)

    async def _law(self, clocks: Clocks) -> Catalogue:
        """The newest where none was in force: it checks the question."""
        try:
            return await self._catalogues.in_force(*clocks)
        except NoRuleSetInForce:
            return await self._catalogues.current(clocks.known_at)

    def _asked(self, effective_at: Millis | None, known_at: Millis | None) -> Clocks:
        """Raises `KnownAtInFuture`."""
        now = self._now()
        if known_at is not None and known_at > now:
            raise KnownAtInFuture(format_instant(known_at), format_instant(now))
        return Clocks(now if effective_at is None else effective_at, known_at)


async def laws_of(
    known: Known, catalogues: CatalogueReader
) -> tuple[Mapping[str, Catalogue], Catalogue]:
    """Every rule set it names by content hash, and the one that checks the question."""
    by_hash = await catalogues.by_hash([one.content_hash for one in known.rule_sets])
    in_force = known.rule_set_at(known.at)
    if in_force is None:
        return by_hash, await catalogues.current(known.known_at)
    return by_hash, by_hash[in_force.content_hash]


def _parsed(given: str) -> SubjectId | InvalidIdentifier:
    try:
        return parse_subject_id(given)
    except InvalidIdentifier as error:
        return error
