"""Reads the law's cases and refuses one that names what the catalogue does not have."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from hub.domain.cases import (
    Case,
    CaseExpectation,
    CaseFile,
    CaseGround,
    CaseRecord,
    CaseStanding,
    CaseSubject,
)
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, Millis, Span, day_start, parse_instant
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
from hub.errors import CatalogueRefused, InvalidInstant
from hub.intake.catalogue_entries import Entry, reason_of
from hub.intake.catalogue_law import is_quoted
from hub.intake.catalogue_references import unknown, words
from hub.intake.yaml_files import read_yaml
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


class _Subject(Entry):
    kind: SubjectKind
    unit_kind: UnitKind | None = None
    level: AdminLevel | None = None
    governs: bool = False
    in_post: bool = False

    def domain(self) -> CaseSubject:
        return CaseSubject(self.kind, self.unit_kind, self.level, self.governs, self.in_post)


class _Edge(Entry):
    start: Instant = Field(alias="from")
    end: Instant = Field(default=OPEN_END, alias="to")


class _Standing(Entry):
    start: Instant = Field(alias="from")
    end: Instant | None = Field(default=None, alias="to")
    status: StandingStatus = StandingStatus.IN_FORCE
    category: InfoCategory
    event_at: Instant | None = None
    counts_until: Instant = OPEN_END
    public_until: Instant | None = None
    marks: tuple[str, ...] = ()
    domain_code: str | None = Field(default=None, alias="domain")
    list_kind: str | None = Field(default=None, alias="list")
    penalty: str | None = None
    discipline: str | None = None
    disputed: bool = False
    obligation_open: bool = False

    def domain(self, *, ends: Millis, event_at: Millis) -> CaseStanding:
        return CaseStanding(
            valid=Span(self.start, self.end if self.end is not None else ends),
            status=self.status,
            category=self.category,
            event_at=self.event_at if self.event_at is not None else event_at,
            counts_until=self.counts_until,
            public_until=self.public_until or self.counts_until,
            marks=self.marks,
            domain=self.domain_code,
            list_kind=self.list_kind,
            penalty=self.penalty,
            discipline=self.discipline,
            disputed=self.disputed,
            obligation_open=self.obligation_open,
        )


class _Record(Entry):
    id: str
    kind: RecordKind
    behaviours: tuple[str, ...] = ()
    reach: Reach = Reach.OWN
    edge: _Edge | None = None
    standings: tuple[_Standing, ...] = Field(min_length=1)

    def domain(self) -> CaseRecord:
        """A standing without an end lasts until the next; the event is the first one's start."""
        first = self.standings[0].start
        ends = [later.start for _, later in pairwise(self.standings)] + [OPEN_END]
        return CaseRecord(
            id=self.id,
            kind=self.kind,
            behaviours=self.behaviours,
            reach=self.reach,
            edge=Span(self.edge.start, self.edge.end) if self.edge else None,
            standings=tuple(
                standing.domain(ends=end, event_at=first)
                for standing, end in zip(self.standings, ends, strict=True)
            ),
        )


class _Expectation(Entry):
    at: Instant
    scenario: str
    capacity: str
    outcome: Outcome
    grounds: tuple[Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")], ...]
    decided_by: frozenset[str]

    def domain(self) -> CaseExpectation:
        return CaseExpectation(
            at=self.at,
            scenario=self.scenario,
            capacity=self.capacity,
            outcome=self.outcome,
            grounds=frozenset(CaseGround(*ground.split("/")) for ground in self.grounds),
            decided_by=self.decided_by,
        )


class _Case(Entry):
    case: str
    rule: str
    subject: _Subject
    records: tuple[_Record, ...]
    expect: tuple[_Expectation, ...] = Field(min_length=1)

    def domain(self) -> Case:
        return Case(
            name=self.case,
            rule=self.rule,
            subject=self.subject.domain(),
            records=tuple(record.domain() for record in self.records),
            expect=tuple(expectation.domain() for expectation in self.expect),
        )


class _Clause(Entry):
    basis: str
    quote: str


class _File(Entry):
    point: Text
    clause: _Clause
    cases: tuple[_Case, ...] = Field(min_length=1)


def read_cases(folder: Path, catalogue: Catalogue) -> tuple[CaseFile, ...]:
    """Every file of the folder, by name. Raises `CatalogueRefused`, the entry being the claim."""
    return tuple(
        _read_file(path, f"{folder.name}/{path.name}", catalogue)
        for path in sorted(folder.glob("*.yaml"))
    )


def _read_file(path: Path, name: str, catalogue: Catalogue) -> CaseFile:
    try:
        file = _File.model_validate(read_yaml(path, name=name))
    except ValidationError as error:
        raise CatalogueRefused(name, "-", reason_of(error)) from error
    for reason in _clause_flaws(file.clause, catalogue):
        raise CatalogueRefused(name, "clause", reason)
    cases = tuple(case.domain() for case in file.cases)
    for case in cases:
        for reason in _case_flaws(case, catalogue):
            raise CatalogueRefused(name, case.name, reason)
    return CaseFile(name, file.point, file.clause.basis, file.clause.quote, cases)


def _clause_flaws(clause: _Clause, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("basis", [clause.basis], catalogue.legal_bases)
    if not is_quoted(clause.quote, catalogue.legal_bases[clause.basis]):
        yield Text("引文不见于该依据", "the quote is not in the words of the basis")


def _case_flaws(case: Case, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("rule", [case.rule], catalogue.rules)
    for record in case.records:
        yield from _record_flaws(record, catalogue)
    for expectation in case.expect:
        yield from _expectation_flaws(expectation, case, catalogue)
    ids = [record.id for record in case.records]
    if len(ids) != len(set(ids)):
        yield Text("记录编号重复", "a record's id stands twice")


def _record_flaws(record: CaseRecord, catalogue: Catalogue) -> Iterator[Text]:
    yield from unknown("behaviour", record.behaviours, catalogue.behaviours)
    if (record.edge is None) is not (record.reach is Reach.OWN):
        yield Text(f"{record.id} 的 edge 与传导方式不符", f"{record.id} needs an edge unless OWN")
    for standing in record.standings:
        yield from unknown("mark", standing.marks, words(catalogue, "marks"))
        for noun, code, known in (
            ("domain", standing.domain, "contractDomains"),
            ("list", standing.list_kind, "listKinds"),
            ("penalty", standing.penalty, "penaltyKinds"),
            ("discipline", standing.discipline, "disciplineKinds"),
        ):
            yield from unknown(noun, [code] if code else [], words(catalogue, known))


def _expectation_flaws(
    expectation: CaseExpectation, case: Case, catalogue: Catalogue
) -> Iterator[Text]:
    yield from unknown("scenario", [expectation.scenario], catalogue.scenarios)
    if scenario := catalogue.scenarios.get(expectation.scenario):
        known = [capacity.code for capacity in scenario.capacities]
        yield from unknown("capacity", [expectation.capacity], known)
        if scenario.subject_kind is not case.subject.kind:
            yield Text(
                f"应用场景 {scenario.code} 不核查 {case.subject.kind}",
                f"the scenario {scenario.code} does not check a {case.subject.kind}",
            )
    grounds = sorted(expectation.grounds)
    yield from unknown("rule", [ground.rule for ground in grounds], catalogue.rules)
    yield from unknown(
        "record", [ground.record for ground in grounds], [r.id for r in case.records]
    )
    if not expectation.decided_by <= {ground.rule for ground in grounds}:
        yield Text("decidedBy 不在 grounds 之中", "decidedBy is not among the grounds")
