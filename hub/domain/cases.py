"""The law's cases: a few facts, a question, and the answer the clause demands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hub.domain.clocks import Millis, Span
from hub.domain.identifiers import SubjectId
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
class CaseUnit:
    """What is known of the unit that failed during `valid`."""

    valid: Span
    unit_kind: UnitKind | None
    level: AdminLevel | None


@dataclass(frozen=True, slots=True)
class CaseDocument:
    day: date
    type: str | None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """`edge` is the life of the post, responsibility or succession it comes by, if not OWN.

    `unit` is what the unit that failed was, one after the other: it matters to REGION alone. The
    division governed is of the subject's own level.
    """

    id: str
    kind: RecordKind
    behaviours: tuple[str, ...]
    reach: Reach
    edge: Span | None
    unit: tuple[CaseUnit, ...]
    documents: tuple[CaseDocument, ...]
    standings: tuple[CaseStanding, ...]


@dataclass(frozen=True, slots=True)
class CaseDelivery:
    """One delivery of a source, covering from its instant until it is stale."""

    delivered_at: Millis
    fresh_until: Millis


@dataclass(frozen=True, slots=True, order=True)
class CaseGround:
    rule: str
    record: str


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What a verdict comes to: every set is exact.

    `decided_by` are the rules whose outcome is the verdict's, `disputed` those marked so.
    """

    outcome: Outcome
    grounds: frozenset[CaseGround]
    decided_by: frozenset[str]
    disputed: frozenset[str]
    covered: bool


@dataclass(frozen=True, slots=True)
class CaseExpectation:
    at: Millis
    scenario: str
    capacity: str
    answer: CaseAnswer


@dataclass(frozen=True, slots=True)
class Case:
    """`name` is the claim; `rule` the rule it is about, which need not be the deciding one.

    `id` follows from the facts. `sources` are the deliveries of the sources named; a source that
    is not named always covers.
    """

    id: str
    name: str
    rule: str
    subject: CaseSubject
    records: tuple[CaseRecord, ...]
    sources: Mapping[str, tuple[CaseDelivery, ...]]
    expect: tuple[CaseExpectation, ...]

    @property
    def subject_id(self) -> SubjectId:
        """Under which the subject is known in a graph: of no authority, so never a real one's."""
        person = self.subject.kind is SubjectKind.PERSON
        return SubjectId(f"P-CASE-{self.id}" if person else f"CASE:{self.id}")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One semantic point, the clause it rests on and the cases that pin it down."""

    file: str
    point: Text
    basis: str
    quote: str
    cases: tuple[Case, ...]
