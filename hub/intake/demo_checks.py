"""What the demo region's entries must keep to, together and with the catalogue."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Span, day_start
from hub.domain.identifiers import SubjectId, unit_kind
from hub.domain.standings import require_sequence
from hub.domain.terms import term_for
from hub.domain.vocabulary import InfoCategory, RecordKind, UnitKind
from hub.errors import ForbiddenTransition
from hub.intake.catalogue_entries import Flaw
from hub.intake.demo_entries import (
    ContractEntry,
    DebtEntry,
    Demo,
    DemoEntry,
    OfficialEntry,
    RecordEntry,
    StandingEntry,
    UnitEntry,
)
from hub.text import Text

_OF_A_BEHAVIOUR = frozenset({RecordKind.FAILURE_EVENT, RecordKind.JUDGMENT_DEFAULT})


def flaws(demo: Demo, catalogue: Catalogue) -> Iterator[Flaw]:
    """Everything that is wrong, by file; a flaw's `section` is the name of the file."""
    checks = _Checks(demo, catalogue)
    yield from checks.twice()
    yield from checks.of_units()
    yield from checks.of_officials()
    yield from checks.of_contracts()
    yield from checks.of_debts()
    yield from checks.of_promises()
    yield from checks.of_records()
    yield from checks.of_sources()


class _Checks:
    def __init__(self, demo: Demo, catalogue: Catalogue) -> None:
        self._demo = demo
        self._words = {name: known.titles for name, known in catalogue.vocabulary.items()}
        self._catalogue = catalogue
        self._units = _keys(demo.units)
        self._persons = _keys(demo.officials)
        self._bodies = self._units | _keys(demo.enterprises)
        self._origins: Mapping[str, Collection[str]] = {
            "Contract": _keys(demo.contracts),
            "Debt": _keys(demo.debts),
            "Commitment": _keys(demo.commitments),
            "Clue": _keys(demo.clues),
        }

    def twice(self) -> Iterator[Flaw]:
        for file in Demo.__slots__:
            for key, times in Counter(entry.key for entry in getattr(self._demo, file)).items():
                if times > 1:
                    yield Flaw(file, key, Text("重复", "it stands twice"))

    def of_units(self) -> Iterator[Flaw]:
        regions = _keys(self._demo.regions)
        for region in self._demo.regions:
            above = [region.part_of] if region.part_of else []
            yield from _each("regions", region, _missing("region", above, regions))
        for unit in self._demo.units:
            placed = [code for code in (unit.region, unit.governs) if code]
            yield from _each("units", unit, _missing("region", placed, regions))
            others = [unit.superior, unit.succeeded_by.unit if unit.succeeded_by else None]
            yield from _each("units", unit, _missing("unit", others, self._units))
            yield from _each("units", unit, _unit_reasons(unit))
        governed = Counter(unit.governs for unit in self._demo.units if unit.governs)
        for unit in self._demo.units:
            if unit.governs and governed[unit.governs] > 1:
                yield Flaw("units", unit.code, Text("一地两府", "the region has two governments"))

    def of_officials(self) -> Iterator[Flaw]:
        for official in self._demo.officials:
            posts = [post.unit for post in official.posts]
            yield from _each("officials", official, _missing("unit", posts, self._units))
            yield from _each("officials", official, self._unknown("officialKinds", official.kind))
            if official.left:
                status = self._unknown("officialStatuses", official.left.status)
                yield from _each("officials", official, status)
            yield from _each("officials", official, _official_reasons(official))
        yield from self._two_principals()

    def _two_principals(self) -> Iterator[Flaw]:
        held: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
        for official in self._demo.officials:
            for post in official.posts:
                if post.principal:
                    held[post.unit].append((post.span, official.id))
        for unit, posts in held.items():
            for (earlier, _), (later, person) in pairwise(sorted(posts)):
                if earlier.end > later.start:
                    reason = Text(
                        f"{unit} 同时有两个主要负责人", f"{unit} has two principals at once"
                    )
                    yield Flaw("officials", person, reason)

    def of_contracts(self) -> Iterator[Flaw]:
        for contract in self._demo.contracts:
            parties = [contract.party_a, contract.party_b]
            signers = [signature.person for signature in contract.signed_by]
            reasons = [
                *_missing("unit or enterprise", parties, self._bodies),
                *_missing("person", signers, self._persons),
                *self._unknown("contractDomains", contract.domain_code),
                *self._unknown("contractStatuses", contract.then and contract.then.status),
                *self._unknown("responsibilityRoles", *(one.role for one in contract.signed_by)),
                *self._unknown("changeReasons", *(change.reason for change in contract.changes)),
                *_contract_reasons(contract),
            ]
            yield from _each("contracts", contract, reasons)

    def of_debts(self) -> Iterator[Flaw]:
        for debt in self._demo.debts:
            reasons = [
                *_missing("unit or enterprise", [debt.debtor, debt.creditor], self._bodies),
                *_missing("contract", [debt.contract], self._origins["Contract"]),
                *self._unknown("debtKinds", debt.kind),
                *self._unknown("disputeStatuses", debt.dispute),
                *_debt_reasons(debt),
            ]
            yield from _each("debts", debt, reasons)

    def of_promises(self) -> Iterator[Flaw]:
        for commitment in self._demo.commitments:
            reasons = [
                *_missing("unit", [commitment.unit], self._units),
                *self._unknown("commitmentTypes", commitment.kind),
            ]
            yield from _each("commitments", commitment, reasons)
        for clue in self._demo.clues:
            reasons = [
                *_missing("unit", [clue.concerns], self._units),
                *self._unknown("clueChannels", clue.channel),
            ]
            yield from _each("clues", clue, reasons)

    def of_records(self) -> Iterator[Flaw]:
        for record in self._demo.records:
            yield from _each("records", record, self._record_reasons(record))
            for _, standing in record.versions():
                yield from _each("records", record, self._standing_reasons(record, standing))

    def _record_reasons(self, record: RecordEntry) -> Iterator[Text]:
        subjects = self._units | self._persons
        yield from _missing("subject", [record.subject], subjects)
        yield from _missing("unit", [record.determined_by, record.document.issuer], self._units)
        yield from _missing("behaviour", record.behaviours, self._catalogue.behaviours)
        yield from _missing("person", [who.person for who in record.responsible], self._persons)
        for origin in record.arises_from:
            yield from _missing(origin.kind, [origin.id], self._origins[origin.kind])
        yield from self._unknown("documentTypes", record.document.type)
        yield from self._evidence_reasons(record)
        yield from self._unknown("responsibilityRoles", *(who.role for who in record.responsible))
        yield from _record_reasons(record)

    def _evidence_reasons(self, record: RecordEntry) -> Iterator[Text]:
        """A record rests on a document of the kind the list of behaviours asks for."""
        given = record.document.type
        for code in record.behaviours:
            behaviour = self._catalogue.behaviours.get(code)
            if behaviour and given not in behaviour.evidence:
                yield Text(f"{code} 不以 {given} 为依据", f"{code} does not rest on {given}")

    def _standing_reasons(self, record: RecordEntry, standing: StandingEntry) -> Iterator[Text]:
        yield from self._unknown("contractDomains", standing.domain_code)
        yield from self._unknown("listKinds", standing.list_kind)
        yield from self._unknown("penaltyKinds", standing.penalty)
        yield from self._unknown("disciplineKinds", standing.discipline)
        yield from self._unknown("marks", *standing.marks)
        for period in filter(None, (standing.counts_term, standing.public_term)):
            yield from self._term_reasons(period, record.document.on)

    def _term_reasons(self, period: str, day: date) -> Iterator[Text]:
        terms = [term for term in self._catalogue.terms.values() if term.period == period]
        if not any(term.months or term.days for term in terms):
            yield Text(f"没有期限 {period}", f"there is no term {period}")
        elif term_for(self._catalogue, period, self._catalogue.jurisdiction, day) is None:
            yield Text(
                f"期限 {period} 当日没有核读过的规定",
                f"of the term {period} no text in force that day was read",
            )

    def of_sources(self) -> Iterator[Flaw]:
        for delivery in self._demo.sources:
            known = self._catalogue.sources
            yield from _each("sources", delivery, _missing("source", [delivery.source], known))
            if delivery.fresh_until <= day_start(delivery.on):
                yield Flaw("sources", delivery.key, Text("交付时已失效", "it is stale on delivery"))

    def _unknown(self, name: str, *codes: str | None) -> Iterator[Text]:
        for code in codes:
            if code is not None and code not in self._words.get(name, ()):
                yield Text(f"词表 {name} 中没有 {code!r}", f"{name} has no {code!r}")


def _keys(entries: Iterable[DemoEntry]) -> frozenset[str]:
    return frozenset(entry.key for entry in entries)


def _each(file: str, entry: DemoEntry, reasons: Iterable[Text]) -> Iterator[Flaw]:
    return (Flaw(file, entry.key, reason) for reason in reasons)


def _missing(noun: str, named: Iterable[str | None], known: Collection[str]) -> Iterator[Text]:
    for code in named:
        if code is not None and code not in known:
            yield Text(f"所指的 {code} 不存在", f"it names the {noun} {code}, which is not there")


def _unit_reasons(unit: UnitEntry) -> Iterator[Text]:
    if unit.governs and unit_kind(SubjectId(unit.code)) is not UnitKind.ORGAN:
        yield Text("只有机关能管辖地区", "only an organ governs a region")
    if unit.active.start >= unit.active.end:
        yield Text("撤并不晚于设立", "it ends before it begins")
    if unit.code in {unit.superior, unit.succeeded_by.unit if unit.succeeded_by else None}:
        yield Text("以自己为上级或承继单位", "it is its own superior or successor")


def _official_reasons(official: OfficialEntry) -> Iterator[Text]:
    if bool(official.posts) is not bool(official.kind):
        yield Text("人员类别与任职须同时写明", "kind and posts are told together or not at all")
    for post in official.posts:
        if post.span.start >= post.span.end:
            yield Text(
                f"{post.unit} 的任职止不晚于起", f"the post in {post.unit} ends before it begins"
            )
        if official.left and (post.end is None or post.end > official.left.on):
            yield Text("离开后仍在任职", "a post is held after leaving")


def _contract_reasons(contract: ContractEntry) -> Iterator[Text]:
    if not contract.signed_on <= contract.start_on <= contract.end_on:
        yield Text("签订、起始、终止日期颠倒", "signed, start and end are out of order")
    if contract.then and contract.then.on <= contract.signed_on:
        yield Text("履约变动不晚于签订", "it turned before it was signed")
    if contract.party_a == contract.party_b:
        yield Text("双方是同一主体", "both sides are one body")


def _debt_reasons(debt: DebtEntry) -> Iterator[Text]:
    if not debt.creditor.startswith("9"):
        yield Text("债权人不是企业", "the creditor is no enterprise")
    if debt.due_on < debt.delivered_on:
        yield Text("到期早于交付", "it is due before delivery")
    if sum(payment.amount.minor for payment in debt.payments) > debt.amount.minor:
        yield Text("付款超过欠款", "more was paid than was due")
    if debt.disputed_amount and debt.disputed_amount.minor > debt.amount.minor:
        yield Text("争议金额超过欠款", "more is disputed than was due")


def _record_reasons(record: RecordEntry) -> Iterator[Text]:
    if record.kind is not RecordKind.RISK_ALERT:
        if record.determined_by is None:
            yield Text("没有认定单位", "nobody determined it")
        elif record.determined_by == record.subject:
            yield Text("主体不能认定自己", "a subject cannot determine its own record")
    if record.kind in _OF_A_BEHAVIOUR and not record.behaviours:
        yield Text("失信事件未写明失信行为", "a failure event without its behaviour")
    if record.responsible and record.kind not in _OF_A_BEHAVIOUR:
        yield Text("责任人须对应失信事件", "there is responsibility for failure events only")
    if record.standings[0].category is None:
        yield Text("缺少信息类别", "the first standing has no category")
    yield from _sequence_reasons(record)
    yield from _order_reasons([span for span, _ in record.versions()])
    for _, standing in record.versions():
        yield from _kind_reasons(record.kind, standing)


def _sequence_reasons(record: RecordEntry) -> Iterator[Text]:
    try:
        require_sequence(record.kind, [standing.status for _, standing in record.versions()])
    except ForbiddenTransition as error:
        yield error.what


def _order_reasons(spans: Sequence[Span]) -> Iterator[Text]:
    if any(span.start >= span.end for span in spans):
        yield Text("记录状态未按时间先后", "the standings are out of order")


def _kind_reasons(kind: RecordKind, standing: StandingEntry) -> Iterator[Text]:
    wanted = {
        RecordKind.LISTING: standing.list_kind,
        RecordKind.PENALTY: standing.penalty,
        RecordKind.DISCIPLINE: standing.discipline,
    }
    if kind in wanted and wanted[kind] is None:
        yield Text(f"{kind} 未写明种类", f"a {kind} without its kind")
    for other, said in wanted.items():
        if other is not kind and said is not None:
            yield Text(f"{kind} 不应写 {said}", f"a {kind} does not say {said}")
    fitting = {
        RecordKind.HONOUR: {InfoCategory.POSITIVE},
        RecordKind.RISK_ALERT: {InfoCategory.RISK_ALERT},
    }.get(kind, {InfoCategory.GENERAL_DISHONEST, InfoCategory.SERIOUS_DISHONEST})
    if standing.category is not None and standing.category not in fitting:
        yield Text(f"{kind} 不能是 {standing.category}", f"a {kind} cannot be {standing.category}")
