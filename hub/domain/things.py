"""Things of the graph as of both clocks, for those who read a verdict and follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from hub.domain.clocks import Millis, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clocks:
    """As of when the answer holds: in the world, and in the hub's knowledge."""

    at: Millis
    known_at: Millis


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, in its order; `total` counts all of it, `cursors` stand beside `items`."""

    items: Sequence[T]
    cursors: Sequence[str]
    total: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the smallest unit: 4600000 with scale 2 is 46,000.00."""

    minor: int
    currency: str
    scale: int


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that is only pointed at; `fact_id` is the edge that leads to it, `valid` its span."""

    code: str
    name: str | None
    fact_id: str
    valid: Span


@dataclass(frozen=True, slots=True)
class UnitAt:
    clocks: Clocks
    code: str
    synthetic: bool
    fact_id: str
    name: str
    unit_kind: str | None
    level: str | None
    status: str | None
    jurisdiction: str | None
    regions: Sequence[Named]
    governs: Sequence[Named]
    superiors: Sequence[Named]
    predecessors: Sequence[Named]
    successors: Sequence[Named]


@dataclass(frozen=True, slots=True)
class PostAt:
    """A post of an official; `post` and `rank` are told of invented persons only."""

    unit: Named
    post: str | None
    rank: str | None
    is_principal: bool


@dataclass(frozen=True, slots=True)
class OfficialAt:
    """A person as far as anybody may see without a purpose: real persons show nothing."""

    clocks: Clocks
    code: str
    synthetic: bool
    name: str | None
    official_kind: str | None
    status: str | None
    posts: Sequence[PostAt] | None


@dataclass(frozen=True, slots=True)
class RegionAt:
    clocks: Clocks
    code: str
    synthetic: bool
    fact_id: str | None
    name: str | None
    short_name: str | None
    level: str | None
    in_use: bool
    parent: Named | None
    children: Sequence[Named]
    replaced_by: Sequence[Named]
    government: Named | None


@dataclass(frozen=True, slots=True)
class StandingAt:
    fact_id: str
    valid: Span
    status: str
    category: str
    severity: str | None
    event_at: Millis
    public_until: Millis
    counts_until: Millis
    disputed: bool
    obligation_open: bool
    domain: str | None
    list_kind: str | None
    penalty: str | None
    discipline: str | None
    marks: Sequence[str]
    reason: str | None


@dataclass(frozen=True, slots=True)
class DocumentAt:
    code: str
    doc_no: str | None
    doc_type: str | None
    issuer: str | None
    issued_on: date | None
    fact_id: str


@dataclass(frozen=True, slots=True)
class RecordAt:
    """`about` is None when the record is about a person."""

    clocks: Clocks
    code: str
    synthetic: bool
    kind: str
    title: str | None
    standing: StandingAt | None
    about: Named | None
    behaviours: Sequence[Named]
    determiners: Sequence[Named]
    documents: Sequence[DocumentAt]
    arises_from: Sequence[Named]


@dataclass(frozen=True, slots=True)
class ContractAt:
    code: str
    fact_id: str
    contract_no: str | None
    title: str | None
    side: str | None
    domain: str | None
    status: str | None
    amount: Money | None
    signed_on: date | None
    counterparties: Sequence[Named]


@dataclass(frozen=True, slots=True)
class DebtAt:
    code: str
    fact_id: str
    payable_kind: str | None
    due: Money | None
    paid: Money | None
    due_on: date | None
    dispute_status: str | None
    creditors: Sequence[Named]
