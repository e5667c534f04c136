"""Runs the law's cases against the pure judgement."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from hub.checks.judge import Question, find_grounds, judge
from hub.domain.cases import Case, CaseExpectation, CaseGround, CaseRecord, CaseStanding
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Generation, Held, Known, Standing, SubjectState, Tie
from hub.domain.verdict import Ground
from hub.domain.vocabulary import Outcome, Reach, SubjectKind

_EVER = Span(OPEN_START, OPEN_END)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case expects at one instant and what came out; `decided_by` gave the outcome."""

    case: Case
    expected: CaseExpectation
    outcome: Outcome
    grounds: frozenset[CaseGround]
    decided_by: frozenset[str]

    @property
    def passed(self) -> bool:
        expected = self.expected
        return (self.outcome, self.grounds) == (expected.outcome, expected.grounds) and (
            self.decided_by == expected.decided_by
        )


def run_case(case: Case, catalogue: Catalogue) -> list[CaseResult]:
    """One result an expectation, in their order; every source covers."""
    return [_result(case, expected, catalogue) for expected in case.expect]


def _result(case: Case, expected: CaseExpectation, catalogue: Catalogue) -> CaseResult:
    question = Question(catalogue, catalogue.scenarios[expected.scenario], expected.capacity)
    known = _CaseWorld(case, catalogue).known(expected.at)
    grounds = find_grounds(question, known, expected.at)
    outcome = judge(question, known, expected.at).outcome
    return CaseResult(
        case=case,
        expected=expected,
        outcome=outcome,
        grounds=frozenset(_named(ground) for ground in grounds),
        decided_by=frozenset(ground.rule for ground in grounds if ground.outcome is outcome),
    )


def _named(ground: Ground) -> CaseGround:
    assert ground.arrival is not None
    return CaseGround(ground.rule, ground.arrival.record)


class _CaseWorld:
    """The few facts of a case, each with an id of its own."""

    def __init__(self, case: Case, catalogue: Catalogue) -> None:
        self._case = case
        self._catalogue = catalogue
        self._numbers = count(1)
        person = case.subject.kind is SubjectKind.PERSON
        self._id = SubjectId("P-CASE" if person else "CASE:1")
        self._subject = Ref("Person" if person else "Unit", self._id)

    def known(self, at: Millis) -> Known:
        subject = self._case.subject
        place, unit = Ref("Region", "CASE"), Ref("Unit", "CASE:2")
        kind = "PersonState" if subject.kind is SubjectKind.PERSON else "UnitState"
        state = SubjectState(
            fact=self._held(kind, self._subject, None, _EVER),
            name="",
            unit_kind=subject.unit_kind,
            level=subject.level,
            status=None,
            jurisdiction=self._catalogue.jurisdiction,
        )
        return Known(
            subject=self._id,
            at=at,
            known_at=at,
            epoch=1,
            states=(state,),
            governs=(self._held("GOVERNS", self._subject, place, _EVER),) * subject.governs,
            posts=(self._held("HOLDS_POST", self._subject, unit, _EVER),) * subject.in_post,
            arrivals=tuple(self._arrivals()),
            generations=tuple(self._generations()),
        )

    def _generations(self) -> Iterator[Generation]:
        for source in self._catalogue.sources.values():
            number = f"SourceGeneration-{next(self._numbers)}"
            yield Generation(number, source.code, _EVER, OPEN_END, source.jurisdictions)

    def _arrivals(self) -> Iterator[Arrival]:
        for record in self._case.records:
            for standing in record.standings:
                if _arrives(record, standing):
                    yield self._arrival(record, standing)

    def _arrival(self, record: CaseRecord, standing: CaseStanding) -> Arrival:
        ref = Ref("CreditRecord", record.id)
        return Arrival(
            reach=record.reach,
            record=record.id,
            kind=record.kind,
            edges=tuple(self._edges(record, ref)),
            standing=self._standing(standing, ref),
            behaviours=tuple(
                Tie(self._held("OF", ref, Ref("Behaviour", code), _EVER), code)
                for code in record.behaviours
            ),
        )

    def _edges(self, record: CaseRecord, ref: Ref) -> Iterator[Held]:
        other, span = Ref("Unit", "CASE:2"), record.edge or _EVER
        match record.reach:
            case Reach.RESPONSIBLE:
                yield self._held("RESPONSIBLE_FOR", self._subject, ref, span)
            case Reach.PRINCIPAL:
                yield self._held("HOLDS_POST", self._subject, other, span, at_event=True)
                yield self._held("ABOUT", ref, other, _EVER)
            case Reach.SUCCESSION:
                yield self._held("SUCCEEDED_BY", other, self._subject, span, once_begun=True)
                yield self._held("ABOUT", ref, other, _EVER)
            case _:
                yield self._held("ABOUT", ref, self._subject, _EVER)

    def _standing(self, standing: CaseStanding, ref: Ref) -> Standing:
        return Standing(
            fact=self._held("Standing", ref, None, standing.valid),
            status=standing.status,
            category=standing.category,
            event_at=standing.event_at,
            public_until=standing.public_until,
            counts_until=standing.counts_until,
            disputed=standing.disputed,
            obligation_open=standing.obligation_open,
            domain=standing.domain,
            list_kind=standing.list_kind,
            penalty=standing.penalty,
            discipline=standing.discipline,
            marks=standing.marks,
        )

    def _held(
        self,
        kind: str,
        start: Ref,
        end: Ref | None,
        valid: Span,
        *,
        at_event: bool = False,
        once_begun: bool = False,
    ) -> Held:
        number = f"{kind}-{next(self._numbers)}"
        return Held(number, kind, start, end, valid, at_event, once_begun)


def _arrives(record: CaseRecord, standing: CaseStanding) -> bool:
    """The part of a reach that asks of the day of the event."""
    span = record.edge or _EVER
    if record.reach is Reach.PRINCIPAL:
        return span.contains(standing.event_at)
    if record.reach is Reach.SUCCESSION:
        return standing.event_at < span.start
    return True
