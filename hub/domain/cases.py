"""The law's cases: a few facts, a question, and the answer the clause demands."""

from dataclasses import dataclass

from hub.domain.clocks import Millis, Span
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
from hub.text import Text


@dataclass(frozen=True, slots=True)
class CaseSubject:
    """`unit_kind` and `level` are there for units only, `in_post` is meant for persons only."""

    kind: SubjectKind
    unit_kind: UnitKind | None
    level: AdminLevel | None
    governs: bool
    in_post: bool


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """What stood about the record during `valid`."""

    valid: Span
    status: StandingStatus
    category: InfoCategory
    event_at: Millis
    counts_until: Millis
    public_until: Millis
    marks: tuple[str, ...]
    domain: str | None
    list_kind: str | None
    penalty: str | None
    discipline: str | None
    disputed: bool
    obligation_open: bool


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`edge` is the life of the post, responsibility or succession it comes by, if not OWN."""

    id: str
    kind: RecordKind
    behaviours: tuple[str, ...]
    reach: Reach
    edge: Span | None
    standings: tuple[CaseStanding, ...]


@dataclass(frozen=True, slots=True, order=True)
class CaseGround:
    rule: str
    record: str


@dataclass(frozen=True, slots=True)
class CaseExpectation:
    """Both sets are exact; `decided_by` are the rules whose outcome is the verdict's."""

    at: Millis
    scenario: str
    capacity: str
    outcome: Outcome
    grounds: frozenset[CaseGround]
    decided_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """`name` is the claim; `rule` the rule it is about, which need not be the deciding one."""

    name: str
    rule: str
    subject: CaseSubject
    records: tuple[CaseRecord, ...]
    expect: tuple[CaseExpectation, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One semantic point, the clause it rests on and the cases that pin it down."""

    file: str
    point: Text
    basis: str
    quote: str
    cases: tuple[Case, ...]
