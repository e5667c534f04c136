"""Runs the law's cases against the pure judgement."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from hub.checks.judge import Question, find_grounds, judge
from hub.domain.cases import (
    Case,
    CaseAnswer,
    CaseDelivery,
    CaseExpectation,
    CaseGround,
    CaseRecord,
    CaseStanding,
)
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span
from hub.domain.facts import Ref
from hub.domain.known import Arrival, Generation, Held, Known, Standing, SubjectState, Tie
from hub.domain.verdict import Ground
from hub.domain.vocabulary import DEPARTMENT_KINDS, Reach, SubjectKind

_EVER = Span(OPEN_START, OPEN_END)
_PLACE = Ref("Region", "CASE")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case expects at one instant, and what came out."""

    case: Case
    expected: CaseExpectation
    answer: CaseAnswer

    @property
    def passed(self) -> bool:
        return self.answer == self.expected.answer


def run_case(case: Case, catalogue: Catalogue) -> list[CaseResult]:
    """One result an expectation, in their order."""
    return [_result(case, expected, catalogue) for expected in case.expect]


def _result(case: Case, expected: CaseExpectation, catalogue: Catalogue) -> CaseResult:
    """With the record of every ground, also of those that a person's answer keeps to itself."""
    question = Question(catalogue, catalogue.scenarios[expected.scenario], expected.capacity)
    known = _CaseWorld(case, catalogue).known(expected.at)
    judgement = judge(question, known, expected.at)
    outcome, given = judgement.outcome, judgement.grounds
    answer = CaseAnswer(
        outcome=outcome,
        grounds=frozenset(map(_named, find_grounds(question, known, expected.at))),
        decided_by=frozenset(ground.rule for ground in given if ground.outcome is outcome),
        disputed=frozenset(ground.rule for ground in given if ground.disputed),
        covered=judgement.covered,
    )
    return CaseResult(case, expected, answer)


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
        self._subject = Ref("Person" if person else "Unit", case.subject_id)

    def known(self, at: Millis) -> Known:
        subject = self._case.subject
        unit = Ref("Unit", "CASE:2")
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
            subject=self._case.subject_id,
            at=at,
            known_at=at,
            epoch=1,
            states=(state,),
            governs=(self._held("GOVERNS", self._subject, _PLACE, _EVER),) * subject.governs,
            posts=(self._held("HOLDS_POST", self._subject, unit, _EVER),) * subject.in_post,
            arrivals=tuple(self._arrivals()),
            generations=tuple(self._generations()),
        )

    def _generations(self) -> Iterator[Generation]:
        covering = (CaseDelivery(OPEN_START, OPEN_END),)
        for code, source in self._catalogue.sources.items():
            for delivery in self._case.sources.get(code, covering):
                yield Generation(
                    f"SourceGeneration-{next(self._numbers)}",
                    code,
                    Span(delivery.delivered_at),
                    delivery.fresh_until,
                    source.jurisdictions,
                )

    def _arrivals(self) -> Iterator[Arrival]:
        for record in self._case.records:
            for standing in record.standings:
                own = self._is_own_department(record, standing)
                if _arrives(record, standing) and own is not False:
                    yield self._arrival(record, standing, undecided=own is None)

    def _is_own_department(self, record: CaseRecord, standing: CaseStanding) -> bool | None:
        """Of the division governed, on the day of the event; None where nobody knows."""
        if record.reach is not Reach.REGION:
            return True
        level = self._case.subject.level
        then = next((unit for unit in record.unit if unit.valid.contains(standing.event_at)), None)
        kind, of_level = (then.unit_kind, then.level) if then else (None, None)
        if (kind and kind not in DEPARTMENT_KINDS) or (level and of_level and of_level != level):
            return False
        return None if None in (kind, level, of_level) else True

    def _arrival(self, record: CaseRecord, standing: CaseStanding, *, undecided: bool) -> Arrival:
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
            documents=tuple(self._documents(record, ref)),
            undecided=undecided,
        )

    def _documents(self, record: CaseRecord, ref: Ref) -> Iterator[Tie]:
        for number, told in enumerate(record.documents, start=1):
            document = Ref("Document", f"{record.id}/{number}")
            held = self._held("EVIDENCED_BY", ref, document, _EVER)
            yield Tie(held, document.id, issued_on=told.day, doc_type=told.type)

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
            case Reach.SUBORDINATE:
                yield self._held("SUBORDINATE_TO", other, self._subject, span, at_event=True)
                yield self._held("ABOUT", ref, other, _EVER)
            case Reach.REGION:
                yield self._held("GOVERNS", self._subject, _PLACE, _EVER, at_event=True)
                yield self._held("IN_REGION", other, _PLACE, span, at_event=True)
                yield self._held("ABOUT", ref, other, _EVER)
            case Reach.OWN:
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
    if record.reach in (Reach.PRINCIPAL, Reach.SUBORDINATE, Reach.REGION):
        return span.contains(standing.event_at)
    if record.reach is Reach.SUCCESSION:
        return standing.event_at < span.start
    return True
