"""Entries of the demo region's files as they are written, see `seeds/demo/SOURCE.md`.

Whatever could be taken for a real place, body or person is refused here: division codes outside
1599xx, credit codes and person ids that do not show they are invented, names without 示例 or 范例.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, InstanceOf, PositiveInt

from hub.domain.clocks import OPEN_END, Millis, Span, day_start
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId, parse_subject_id, record_id
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    PublicitySeverity,
    RecordKind,
    StandingStatus,
)
from hub.errors import InvalidIdentifier
from hub.intake.case_entries import Instant
from hub.intake.catalogue_entries import Codes, Day, Entry
from hub.intake.money import Money, money_of

_INVENTED = "15990099"


def _invented_code(text: str) -> SubjectId:
    try:
        code = parse_subject_id(text)
    except InvalidIdentifier as error:
        raise ValueError(error.reason.en) from error
    if code[2:10] != _INVENTED:
        raise ValueError(f"an invented code has {_INVENTED} as its characters 3 to 10")
    return code


def _yuan(value: object) -> Money:
    """Whole yuan, or a quoted decimal."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("neither whole yuan nor a quoted decimal")  # noqa: TRY004  # pydantic wants ValueError
    try:
        money = money_of(Decimal(value), "CNY")
    except InvalidOperation as error:
        raise ValueError("no number") from error
    if money.minor <= 0:
        raise ValueError("an amount is more than nothing")
    return money


CreditCode = Annotated[str, AfterValidator(_invented_code)]
PersonId = Annotated[str, Field(pattern=r"^P-159900-\d{4}$")]
RegionCode = Annotated[str, Field(pattern=r"^1599\d{2}$")]
Name = Annotated[str, Field(pattern="示例|范例")]
Yuan = Annotated[InstanceOf[Money], BeforeValidator(_yuan)]


def body(code: str) -> Ref:
    """A unit or an enterprise: registrar 9 registers enterprises."""
    return Ref("Enterprise" if code.startswith("9") else "Unit", code)


def subject(code: str) -> Ref:
    return Ref("Person" if code.startswith("P-") else "Unit", code)


class DemoEntry(Entry):
    @property
    @abstractmethod
    def key(self) -> str:
        """Tells it from the other entries of its file."""
        ...


class RegionEntry(DemoEntry):
    code: RegionCode
    name: Name
    short_name: Name
    level: AdminLevel
    part_of: RegionCode | None = None

    @property
    def key(self) -> str:
        return self.code


class SuccessionEntry(Entry):
    unit: CreditCode
    on: Day = Field(alias="date")
    scope: Codes = Field(min_length=1)
    doc_no: str
    status: Literal["MERGED", "ABOLISHED"]


class UnitEntry(DemoEntry):
    code: CreditCode
    name: Name
    level: AdminLevel
    region: RegionCode
    since: Day
    governs: RegionCode | None = None
    superior: CreditCode | None = None
    succeeded_by: SuccessionEntry | None = None

    @property
    def key(self) -> str:
        return self.code

    @property
    def active(self) -> Span:
        gone = self.succeeded_by
        return Span(day_start(self.since), day_start(gone.on) if gone else OPEN_END)


class PostEntry(Entry):
    unit: CreditCode
    post: str
    rank: str | None = None
    principal: bool = False
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    doc_no: str | None = None

    @property
    def span(self) -> Span:
        return Span(day_start(self.start), day_start(self.end) if self.end else OPEN_END)


class DepartureEntry(Entry):
    on: Day = Field(alias="date")
    status: str


class OfficialEntry(DemoEntry):
    """Without a post and a kind it is a candidate."""

    id: PersonId
    name: Name
    kind: str | None = None
    posts: tuple[PostEntry, ...] = ()
    left: DepartureEntry | None = None

    @property
    def key(self) -> str:
        return self.id


class EnterpriseEntry(DemoEntry):
    code: CreditCode
    name: Name
    size: Literal["LARGE", "MEDIUM", "SMALL", "MICRO"]
    ownership: Literal["PRIVATE", "STATE", "FOREIGN"]
    since: Day

    @property
    def key(self) -> str:
        return self.code


class SignatureEntry(Entry):
    person: PersonId
    role: str
    doc_no: str | None = None


class ChangeEntry(Entry):
    number: str
    reason: str
    doc_no: str
    changed_on: Day
    description: str


class TurnEntry(Entry):
    """What became of a contract that was being performed."""

    status: str
    on: Day = Field(alias="date")


class ContractEntry(DemoEntry):
    number: str
    title: str
    domain_code: str = Field(alias="domain")
    party_a: CreditCode
    party_b: CreditCode
    signed_on: Day
    start_on: Day
    end_on: Day
    amount: Yuan
    agreed_term_days: PositiveInt | None = None
    settlement_mode: Literal["ON_DELIVERY", "PROGRESS", "PERIODIC"] = "ON_DELIVERY"
    then: TurnEntry | None = None
    signed_by: tuple[SignatureEntry, ...] = ()
    changes: tuple[ChangeEntry, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.number}@{self.party_a}"


class PaymentEntry(Entry):
    number: str
    on: Day = Field(alias="date")
    amount: Yuan


class DebtEntry(DemoEntry):
    number: str
    title: str
    debtor: CreditCode
    creditor: CreditCode
    contract: str | None = None
    kind: str
    amount: Yuan
    delivered_on: Day
    due_on: Day
    dispute: str = "UNDISPUTED"
    disputed_amount: Yuan | None = None
    refusal_reason: str | None = None
    payments: tuple[PaymentEntry, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.number}@{self.debtor}"


class CommitmentEntry(DemoEntry):
    number: str
    unit: CreditCode
    kind: str
    title: str
    content: str
    made_on: Day
    due_on: Day
    fulfilled_on: Day | None = None
    verify_result: Literal["KEPT", "BROKEN", "FALSE", "EXTENDED"] | None = None

    @property
    def key(self) -> str:
        return f"{self.number}@{self.unit}"


class ClueEntry(DemoEntry):
    number: str
    channel: str
    received_on: Day
    title: str
    concerns: CreditCode

    @property
    def key(self) -> str:
        return self.number


class DocumentEntry(Entry):
    type: str
    doc_no: str
    issuer: CreditCode
    on: Day = Field(alias="date")
    title: str | None = None

    @property
    def key(self) -> str:
        return f"{self.doc_no}@{self.issuer}"


class OriginEntry(Entry):
    kind: Literal["Contract", "Debt", "Commitment", "Clue"]
    id: str


class ResponsibleEntry(Entry):
    person: PersonId
    role: str
    doc_no: str
    since: Day


class StandingEntry(Entry):
    """What a later one leaves unsaid stays as the earlier one said it; only `reason` does not."""

    start: Instant = Field(alias="from")
    status: StandingStatus = StandingStatus.IN_FORCE
    category: InfoCategory | None = None
    severity: PublicitySeverity | None = None
    event_at: Instant | None = None
    public_until: Instant | None = None
    public_term: str | None = None
    counts_until: Instant | None = None
    counts_term: str | None = None
    disputed: bool = False
    obligation_open: bool = False
    domain_code: str | None = Field(default=None, alias="domain")
    list_kind: str | None = Field(default=None, alias="list")
    penalty: str | None = None
    discipline: str | None = None
    marks: Codes = ()
    reason: str | None = None

    def after(self, earlier: "StandingEntry") -> "StandingEntry":
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return earlier.model_copy(update={"reason": None} | said)


class RecordEntry(DemoEntry):
    kind: RecordKind
    subject: CreditCode | PersonId
    title: str
    document: DocumentEntry
    behaviours: Codes = ()
    determined_by: CreditCode | None = None
    arises_from: tuple[OriginEntry, ...] = ()
    responsible: tuple[ResponsibleEntry, ...] = ()
    standings: tuple[StandingEntry, ...] = Field(min_length=1)

    @property
    def key(self) -> str:
        return f"{self.kind} {self.document.key} {self.subject}"

    @property
    def id(self) -> str:
        document = self.document
        return record_id(self.kind, document.doc_no, document.issuer, self.subject)

    def versions(self) -> Sequence[tuple[Span, StandingEntry]]:
        """Every version of the standing, each lasting until the next."""
        whole: list[StandingEntry] = []
        for standing in self.standings:
            whole.append(standing.after(whole[-1]) if whole else standing)
        ends = [later.start for _, later in pairwise(whole)] + [OPEN_END]
        return [
            (Span(standing.start, Millis(end)), standing)
            for standing, end in zip(whole, ends, strict=True)
        ]


class DeliveryEntry(DemoEntry):
    """One generation of a source, fresh until the instant given."""

    source: str
    number: PositiveInt
    on: Day = Field(alias="date")
    fresh_until: Instant
    jurisdictions: Codes = Field(min_length=1)

    @property
    def key(self) -> str:
        return f"{self.source}/{self.number}"


@dataclass(frozen=True, slots=True)
class Demo:
    """The files of the demo region, each by its name."""

    regions: Sequence[RegionEntry]
    units: Sequence[UnitEntry]
    officials: Sequence[OfficialEntry]
    enterprises: Sequence[EnterpriseEntry]
    contracts: Sequence[ContractEntry]
    debts: Sequence[DebtEntry]
    commitments: Sequence[CommitmentEntry]
    clues: Sequence[ClueEntry]
    records: Sequence[RecordEntry]
    sources: Sequence[DeliveryEntry]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
