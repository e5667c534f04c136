"""The law's cases as their files say them, each turned into its domain object."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from hub.domain.cases import (
    Case,
    CaseAnswer,
    CaseDelivery,
    CaseDocument,
    CaseExpectation,
    CaseGround,
    CaseRecord,
    CaseStanding,
    CaseSubject,
    CaseUnit,
)
from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, day_start, parse_instant
from hub.domain.terms import end_of
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Outcome,
    Reach,
    RecordKind,
    StandingStatus,
    SubjectKind,
    UnitKind,
)
from hub.errors import InvalidInstant
from hub.intake.catalogue_entries import Day, Entry
from hub.text import Text

_DAY_LENGTH = len("2026-11-23")


def _instant(value: object) -> int:
    """A day is its first instant in Asia/Shanghai; anything finer names its zone."""
    if not isinstance(value, str):
        raise ValueError("neither a day nor an instant")  # noqa: TRY004  # pydantic wants ValueError
    if len(value) == _DAY_LENGTH:
        return day_start(date.fromisoformat(value))
    try:
        return parse_instant(value)
    except InvalidInstant as error:
        raise ValueError(error.what.en) from error


Instant = Annotated[Millis, BeforeValidator(_instant)]


class SubjectEntry(Entry):
    kind: SubjectKind
    unit_kind: UnitKind | None = None
    level: AdminLevel | None = None
    governs: bool = False
    in_post: bool = False

    def domain(self) -> CaseSubject:
        return CaseSubject(self.kind, self.unit_kind, self.level, self.governs, self.in_post)


class EdgeEntry(Entry):
    start: Instant = Field(alias="from")
    end: Instant = Field(default=OPEN_END, alias="to")


class UnitEntry(Entry):
    start: Instant = Field(default=OPEN_START, alias="from")
    unit_kind: UnitKind | None = None
    level: AdminLevel | None = None

    def domain(self, *, ends: Millis) -> CaseUnit:
        return CaseUnit(Span(self.start, ends), self.unit_kind, self.level)


class StandingEntry(Entry):
    start: Instant = Field(alias="from")
    end: Instant | None = Field(default=None, alias="to")
    status: StandingStatus = StandingStatus.IN_FORCE
    category: InfoCategory
    event_at: Instant | None = None
    counts_until: Instant | None = None
    counts_term: str | None = None
    public_until: Instant | None = None
    public_term: str | None = None
    marks: tuple[str, ...] = ()
    domain_code: str | None = Field(default=None, alias="domain")
    list_kind: str | None = Field(default=None, alias="list")
    penalty: str | None = None
    discipline: str | None = None
    disputed: bool = False
    obligation_open: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """Codes of the terms it names."""
        return tuple(code for code in (self.counts_term, self.public_term) if code)

    def domain(self, *, first: Millis, ends: Millis, terms: Mapping[str, Term]) -> CaseStanding:
        """`first` is when the first standing began: the event, and where terms run from."""
        counts_until = _until(self.counts_until, self.counts_term, first, terms)
        counts_until = OPEN_END if counts_until is None else counts_until
        public_until = _until(self.public_until, self.public_term, first, terms)
        return CaseStanding(
            valid=Span(self.start, self.end if self.end is not None else ends),
            status=self.status,
            category=self.category,
            event_at=self.event_at if self.event_at is not None else first,
            counts_until=counts_until,
            public_until=counts_until if public_until is None else public_until,
            marks=self.marks,
            domain=self.domain_code,
            list_kind=self.list_kind,
            penalty=self.penalty,
            discipline=self.discipline,
            disputed=self.disputed,
            obligation_open=self.obligation_open,
        )


def _until(
    given: Millis | None, code: str | None, first: Millis, terms: Mapping[str, Term]
) -> Millis | None:
    if given is not None or code is None:
        return given
    return end_of(terms[code], first)


_Following = TypeVar("_Following", UnitEntry, StandingEntry)


class DocumentEntry(Entry):
    """Its day alone where nobody says the type."""

    day: Day
    type: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _day_alone(cls, told: object) -> object:
        return {"day": told} if isinstance(told, str | date) else told

    def domain(self) -> CaseDocument:
        return CaseDocument(self.day, self.type)


class RecordEntry(Entry):
    id: str
    kind: RecordKind
    behaviours: tuple[str, ...] = ()
    reach: Reach = Reach.OWN
    edge: EdgeEntry | None = None
    unit: tuple[UnitEntry, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    standings: tuple[StandingEntry, ...] = Field(min_length=1)

    def domain(self, terms: Mapping[str, Term]) -> CaseRecord:
        """A standing without an end lasts until the next; the event is the first one's start."""
        first = self.standings[0].start
        return CaseRecord(
            id=self.id,
            kind=self.kind,
            behaviours=self.behaviours,
            reach=self.reach,
            edge=Span(self.edge.start, self.edge.end) if self.edge else None,
            unit=tuple(unit.domain(ends=end) for unit, end in _until_the_next(self.unit)),
            documents=tuple(document.domain() for document in self.documents),
            standings=tuple(
                standing.domain(first=first, ends=end, terms=terms)
                for standing, end in _until_the_next(self.standings)
            ),
        )


def _until_the_next(entries: Sequence[_Following]) -> Iterator[tuple[_Following, Millis]]:
    """Each with the start of the one after it."""
    ends = [later.start for _, later in pairwise(entries)]
    return zip(entries, [*ends, OPEN_END], strict=False)


class DeliveryEntry(Entry):
    delivered_at: Instant = Field(default=OPEN_START, alias="from")
    fresh_until: Instant = OPEN_END

    def domain(self) -> CaseDelivery:
        return CaseDelivery(self.delivered_at, self.fresh_until)


class ExpectationEntry(Entry):
    """`capacity` may be left out where the scenario has one, `decidedBy` where it is every rule."""

    at: Instant
    scenario: str
    capacity: str | None = None
    outcome: Outcome
    grounds: tuple[Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")], ...] = ()
    decided_by: frozenset[str] | None = None
    disputed: frozenset[str] = frozenset()
    covered: bool = True

    def domain(self, catalogue: Catalogue) -> CaseExpectation:
        grounds = frozenset(CaseGround(*ground.split("/")) for ground in self.grounds)
        rules = frozenset(ground.rule for ground in grounds)
        return CaseExpectation(
            at=self.at,
            scenario=self.scenario,
            capacity=self.capacity or _only_capacity(catalogue, self.scenario),
            answer=CaseAnswer(
                outcome=self.outcome,
                grounds=grounds,
                decided_by=rules if self.decided_by is None else self.decided_by,
                disputed=self.disputed,
                covered=self.covered,
            ),
        )


def _only_capacity(catalogue: Catalogue, scenario: str) -> str:
    """Empty where there are several, which is then no capacity that the scenario has."""
    known = catalogue.scenarios.get(scenario)
    codes = [capacity.code for capacity in known.capacities] if known else []
    return codes[0] if len(codes) == 1 else ""


class CaseEntry(Entry):
    case: str
    rule: str
    subject: SubjectEntry
    records: tuple[RecordEntry, ...] = ()
    sources: Mapping[str, tuple[DeliveryEntry, ...]] = Field(
        default_factory=dict[str, tuple[DeliveryEntry, ...]]
    )
    expect: tuple[ExpectationEntry, ...] = Field(min_length=1)

    @property
    def terms(self) -> tuple[str, ...]:
        """Codes of the terms its standings name."""
        standings = (standing for record in self.records for standing in record.standings)
        return tuple(code for standing in standings for code in standing.terms)

    def domain(self, case_id: str, catalogue: Catalogue) -> Case:
        """Of an entry whose terms the catalogue has."""
        return Case(
            id=case_id,
            name=self.case,
            rule=self.rule,
            subject=self.subject.domain(),
            records=tuple(record.domain(catalogue.terms) for record in self.records),
            sources={
                source: tuple(delivery.domain() for delivery in deliveries)
                for source, deliveries in self.sources.items()
            },
            expect=tuple(expectation.domain(catalogue) for expectation in self.expect),
        )


class ClauseEntry(Entry):
    basis: str
    quote: str


class CaseFileEntry(Entry):
    point: Text
    clause: ClauseEntry
    cases: tuple[CaseEntry, ...] = Field(min_length=1)
