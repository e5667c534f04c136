"""Loaded worlds asked through the hub's own check, in every form it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hub.checks.identity import body
from hub.checks.recheck import Recheck
from hub.checks.restricted import RestrictedUnits
from hub.checks.service import CheckService
from hub.domain.clocks import Millis
from hub.domain.forms import ManyAsk, RestrictedAsk
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Verdict
from hub.domain.vocabulary import Outcome
from hub.errors import HubError, UnknownScenario
from hub.graph.candidates import CandidateReader
from hub.graph.check_reader import GUARD, CheckReader
from hub.graph.door import Door
from hub.graph.rule_sets import RuleSetReader
from hub.wiring import Catalogues
from tests.loaded_worlds import Placed
from tests.oracle_facts import Answer, Ground, Question
from tests.random_worlds import Asking

_NOW = Millis(4_000_000_000_000)
"""A wall clock so late that no question is a forecast."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the engine said of a subject; an error is said too."""

    world: Placed
    question: Question
    verdict: Verdict | HubError

    @property
    def id(self) -> str:
        """By which two of them are the same."""
        return self.verdict.code if isinstance(self.verdict, HubError) else self.verdict.id

    @property
    def answer(self) -> Answer:
        """In the words of the oracle and the names of the world."""
        if isinstance(self.verdict, HubError):
            return Answer(refused=self.verdict.code)
        judgement, rule_set = self.verdict.judgement, self.verdict.rule_set
        return Answer(
            refused=None,
            outcome=judgement.outcome.value,
            covered=judgement.covered,
            complete=judgement.complete,
            grounds=frozenset(_grounds(self.world, self.verdict)),
            coverage=tuple((source.source, source.covered) for source in judgement.coverage),
            rule_set=str(rule_set.number) if rule_set else None,
            valid_until=self.verdict.valid_until,
        )


class Engine:
    """Each reach brings no more than `guard`."""

    def __init__(self, door: Door, *, guard: int = GUARD) -> None:
        catalogues, facts = Catalogues(RuleSetReader(door)), CheckReader(door, guard=guard)
        self._checks = CheckService(facts, catalogues, now=lambda: _NOW)
        self._rechecks = Recheck(facts, catalogues)
        self._restricted = RestrictedUnits(self._checks, CandidateReader(door))

    async def answers(self, worlds: Sequence[Placed], asking: Asking) -> Sequence[Said]:
        """Of every subject, asked in lists."""
        asked = [(world, asking.question(name)) for world in worlds for name in world.told.subjects]
        by_matter = groupby(sorted(asked, key=_matter), key=_matter)
        return [said for _, group in by_matter for said in await self._listed(list(group))]

    async def _listed(self, asked: Sequence[tuple[Placed, Question]]) -> Sequence[Said]:
        """An error that concerns them all is what is said of each."""
        _, first = asked[0]
        asks = [_ask(*one) for one in asked]
        verdicts: Sequence[Verdict | HubError]
        try:
            verdicts = await self._checks.answers(
                asks, Clocks(Millis(first.at), Millis(first.known))
            )
        except HubError as error:
            verdicts = [error] * len(asked)
        return [Said(*one, verdict) for one, verdict in zip(asked, verdicts, strict=True)]

    # ---- other forms of the same question

    async def single(self, world: Placed, question: Question) -> Said:
        try:
            return Said(world, question, await self._checks.check(_ask(world, question)))
        except HubError as error:
            return Said(world, question, error)

    async def many(self, said: Said) -> Said:
        """Asked between another and itself again."""
        ask = _ask(said.world, said.question)
        asked = ManyAsk(
            subjects=[*said.world.ids.values(), ask.subject, ask.subject],
            scenario=ask.scenario,
            capacity=ask.capacity,
            effective_at=ask.effective_at,
            known_at=ask.known_at,
            purpose="评审",
            authorisation="授权书",
        )
        try:
            *_, verdict, again = (await self._checks.many(asked)).answers
        except HubError as error:
            return replace(said, verdict=error)
        assert verdict == again
        return replace(said, verdict=verdict)

    async def matrix(self, said: Said) -> Said:
        """Its cell; a scenario that the law does not have is no cell."""
        ask = _ask(said.world, said.question)
        try:
            matrix = await self._checks.matrix(
                ask.subject, effective_at=ask.effective_at, known_at=ask.known_at
            )
        except HubError as error:
            return replace(said, verdict=error)
        cells = {(verdict.scenario, verdict.capacity): verdict for verdict in matrix.verdicts}
        verdict = cells.get((ask.scenario, said.question.capacity))
        return replace(said, verdict=verdict or UnknownScenario(ask.scenario, []))

    async def replayed(self, said: Said) -> Said:
        """As it would have been recorded; an error never is."""
        if isinstance(said.verdict, HubError):
            return said
        [again] = await self._rechecks.verdicts([body(said.verdict)])
        return replace(said, verdict=again.verdict)

    async def restricted(self, said: Said, region: str, at_least: Outcome) -> bool:
        """Whether the list of the region has the very verdict."""
        ask = _ask(said.world, said.question)
        asked = RestrictedAsk(said.world.ids[region], ask.scenario, ask.capacity, at_least)
        clocks = Clocks(Millis(said.question.at), Millis(said.question.known))
        page = await self._restricted.page(asked, clocks, first=10)
        assert page.complete
        return said.id in [verdict.id for verdict in page.verdicts]


def _matter(asked: tuple[Placed, Question]) -> str:
    return asked[1].scenario


def _ask(world: Placed, question: Question) -> Ask:
    return Ask(
        subject=SubjectId(world.ids[question.subject]),
        scenario=question.scenario,
        capacity=question.capacity,
        effective_at=Millis(question.at),
        known_at=Millis(question.known),
    )


def _grounds(world: Placed, verdict: Verdict) -> Iterator[Ground]:
    for ground in verdict.grounds:
        path = None
        if ground.facts is not None:
            path = frozenset(world.facts[fact.fact_id] for fact in ground.facts)
        yield Ground(
            rule=ground.rule,
            outcome=ground.outcome.value,
            measure=ground.measure,
            bases=tuple(basis.code for basis in ground.bases),
            reach=ground.reach.value,
            disputed=ground.disputed,
            record=world.names[ground.arrival.record] if ground.arrival else None,
            path=path,
        )
