"""The demo region's entries as things and facts; every thing is flagged `synthetic`."""

from collections.abc import Iterator, Mapping
from datetime import date

from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, day_start, format_instant
from hub.domain.facts import Entity, Fact, Ref, Value
from hub.domain.identifiers import SubjectId, unit_kind
from hub.domain.terms import end_of, term_for
from hub.domain.vocabulary import RecordKind
from hub.intake.demo_entries import (
    ClueEntry,
    CommitmentEntry,
    ContractEntry,
    DebtEntry,
    DeliveryEntry,
    Demo,
    DocumentEntry,
    EnterpriseEntry,
    OfficialEntry,
    RecordEntry,
    RegionEntry,
    StandingEntry,
    UnitEntry,
    body,
    iso,
    subject,
)
from hub.intake.money import Money

Part = Entity | Fact

KIND_LABELS = {
    RecordKind.FAILURE_EVENT: ("FailureEvent",),
    RecordKind.JUDGMENT_DEFAULT: ("JudgmentDefault", "FailureEvent"),
    RecordKind.LISTING: ("Listing",),
    RecordKind.DISCIPLINE: ("Discipline",),
    RecordKind.PENALTY: ("Penalty",),
    RecordKind.HONOUR: ("Honour",),
    RecordKind.RISK_ALERT: ("RiskAlert",),
}


def parts_of(demo: Demo, catalogue: Catalogue) -> Iterator[Part]:
    """Everything in the files, of entries without flaws.

    Behaviours and sources are named, not brought: the catalogue has them.
    """
    yield from _parties(demo, catalogue.jurisdiction)
    yield from _dealings(demo)
    names = {unit.code: unit.name for unit in demo.units}
    for record in demo.records:
        yield from _record(record, catalogue, names)
    for delivery in demo.sources:
        yield _generation(delivery)


def _parties(demo: Demo, jurisdiction: str) -> Iterator[Part]:
    for region in demo.regions:
        yield from _region(region)
    for unit in demo.units:
        yield from _unit(unit, jurisdiction)
    for official in demo.officials:
        yield from _official(official)
    for enterprise in demo.enterprises:
        yield from _enterprise(enterprise, jurisdiction)


def _dealings(demo: Demo) -> Iterator[Part]:
    for contract in demo.contracts:
        yield from _contract(contract)
    for debt in demo.debts:
        yield from _debt(debt)
    for commitment in demo.commitments:
        yield from _commitment(commitment)
    for clue in demo.clues:
        yield from _clue(clue)


def _thing(ref: Ref, *labels: str, **properties: Value) -> Entity:
    return Entity(ref, labels, {**properties, "synthetic": True})


def _region(region: RegionEntry) -> Iterator[Part]:
    ref = Ref("Region", region.code)
    yield _thing(ref, name=region.name)
    said = {"name": region.name, "shortName": region.short_name, "level": region.level.value}
    yield Fact("RegionState", ref, Span(OPEN_START), properties=said)
    if region.part_of:
        yield Fact("PART_OF", ref, Span(OPEN_START), Ref("Region", region.part_of))


def _unit(unit: UnitEntry, jurisdiction: str) -> Iterator[Part]:
    ref = Ref("Unit", unit.code)
    yield _thing(ref, "Subject", name=unit.name)
    said: dict[str, Value] = {
        "name": unit.name,
        "unitKind": unit_kind(SubjectId(unit.code)).value,
        "adminLevel": unit.level.value,
        "jurisdiction": jurisdiction,
    }
    yield Fact("UnitState", ref, unit.active, key="1", properties=said | {"status": "ACTIVE"})
    yield Fact("IN_REGION", ref, unit.active, Ref("Region", unit.region))
    if unit.governs:
        yield Fact("GOVERNS", ref, unit.active, Ref("Region", unit.governs))
    if unit.superior:
        yield Fact("SUBORDINATE_TO", ref, unit.active, Ref("Unit", unit.superior))
    if gone := unit.succeeded_by:
        since, heir = Span(unit.active.end), Ref("Unit", gone.unit)
        yield Fact("UnitState", ref, since, key="2", properties=said | {"status": gone.status})
        passed = {"scope": gone.scope, "docNo": gone.doc_no}
        yield Fact("SUCCEEDED_BY", ref, since, heir, properties=passed)


def _official(official: OfficialEntry) -> Iterator[Part]:
    ref = Ref("Person", official.id)
    labels = ("Subject", "Official") if official.posts else ("Subject",)
    yield _thing(ref, *labels, name=official.name)
    yield from _person_states(ref, official)
    for post in official.posts:
        held = {
            "post": post.post,
            "rank": post.rank,
            "isPrincipal": post.principal,
            "docNo": post.doc_no,
        }
        unit, key = Ref("Unit", post.unit), post.start.isoformat()
        yield Fact("HOLDS_POST", ref, post.span, unit, key=key, properties=held)


def _person_states(ref: Ref, official: OfficialEntry) -> Iterator[Fact]:
    start = min((post.span.start for post in official.posts), default=OPEN_START)
    end = day_start(official.left.on) if official.left else OPEN_END
    said = {"name": official.name, "officialKind": official.kind}
    status = "IN_POST" if official.posts else None
    yield Fact("PersonState", ref, Span(start, end), key="1", properties=said | {"status": status})
    if official.left:
        status = official.left.status
        yield Fact("PersonState", ref, Span(end), key="2", properties=said | {"status": status})


def _enterprise(enterprise: EnterpriseEntry, jurisdiction: str) -> Iterator[Part]:
    ref = body(enterprise.code)
    yield _thing(ref, name=enterprise.name)
    said = {
        "name": enterprise.name,
        "size": enterprise.size,
        "ownership": enterprise.ownership,
        "jurisdiction": jurisdiction,
    }
    yield Fact("EnterpriseState", ref, Span(day_start(enterprise.since)), properties=said)


def _contract(contract: ContractEntry) -> Iterator[Part]:
    ref, since = Ref("Contract", contract.key), day_start(contract.signed_on)
    yield _thing(ref, title=contract.title)
    yield from _contract_states(ref, contract)
    for side, code in (("PARTY_A", contract.party_a), ("PARTY_B", contract.party_b)):
        yield Fact("PARTY_TO", body(code), Span(since), ref, properties={"side": side})
    for signature in contract.signed_by:
        signed = {"role": signature.role, "docNo": signature.doc_no}
        yield Fact("SIGNED", Ref("Person", signature.person), Span(since), ref, properties=signed)
    for change in contract.changes:
        changed = Ref("ContractChange", f"{contract.key}/{change.number}")
        yield _thing(
            changed,
            reason=change.reason,
            docNo=change.doc_no,
            changedOn=iso(change.changed_on),
            description=change.description,
        )
        yield Fact("CHANGED_BY", ref, Span(day_start(change.changed_on)), changed)


def _contract_states(ref: Ref, contract: ContractEntry) -> Iterator[Fact]:
    said: dict[str, Value] = {
        "contractNo": contract.number,
        "title": contract.title,
        "domain": contract.domain_code,
        "signedOn": iso(contract.signed_on),
        "startOn": iso(contract.start_on),
        "endOn": iso(contract.end_on),
        "agreedTermDays": contract.agreed_term_days,
        "settlementMode": contract.settlement_mode,
        **_money(contract.amount, "amountMinor"),
    }
    start = day_start(contract.signed_on)
    end = day_start(contract.then.on) if contract.then else OPEN_END
    performing = said | {"status": "PERFORMING"}
    yield Fact("ContractState", ref, Span(start, end), key="1", properties=performing)
    if contract.then:
        turned = said | {"status": contract.then.status}
        yield Fact("ContractState", ref, Span(end), key="2", properties=turned)


def _debt(debt: DebtEntry) -> Iterator[Part]:
    ref, since = Ref("Debt", debt.key), Span(day_start(debt.delivered_on))
    yield _thing(ref, title=debt.title)
    said: dict[str, Value] = {
        "payableKind": debt.kind,
        "amountDisputedMinor": debt.disputed_amount.minor if debt.disputed_amount else 0,
        "deliveredOn": iso(debt.delivered_on),
        "dueOn": iso(debt.due_on),
        "disputeStatus": debt.dispute,
        "refusalReason": debt.refusal_reason,
        **_money(debt.amount, "amountDueMinor"),
    }
    yield Fact("DebtState", ref, since, properties=said)
    yield Fact("OWES", body(debt.debtor), since, ref)
    yield Fact("OWED_TO", ref, since, body(debt.creditor))
    if debt.contract:
        yield Fact("UNDER", ref, since, Ref("Contract", debt.contract))
    for payment in debt.payments:
        paid = Ref("Payment", f"{payment.number}@{debt.debtor}")
        made = Span(day_start(payment.on))
        said = {"paidOn": iso(payment.on), **_money(payment.amount, "amountMinor")}
        yield _thing(paid)
        yield Fact("PaymentState", paid, made, properties=said)
        yield Fact("SETTLES", paid, made, ref)


def _money(money: Money, name: str) -> Mapping[str, Value]:
    return {name: money.minor, "currency": money.currency, "scale": money.scale}


def _commitment(commitment: CommitmentEntry) -> Iterator[Part]:
    ref, since = Ref("Commitment", commitment.key), Span(day_start(commitment.made_on))
    yield _thing(ref, title=commitment.title)
    said = {
        "commitmentType": commitment.kind,
        "content": commitment.content,
        "dueOn": iso(commitment.due_on),
        "fulfilledOn": iso(commitment.fulfilled_on),
        "verifyResult": commitment.verify_result,
    }
    yield Fact("CommitmentState", ref, since, properties=said)
    yield Fact("PROMISED", Ref("Unit", commitment.unit), since, ref)


def _clue(clue: ClueEntry) -> Iterator[Part]:
    ref = Ref("Clue", clue.number)
    yield _thing(ref, channel=clue.channel, receivedOn=iso(clue.received_on), title=clue.title)
    yield Fact("CONCERNS", ref, Span(day_start(clue.received_on)), Ref("Unit", clue.concerns))


def _record(record: RecordEntry, catalogue: Catalogue, names: Mapping[str, str]) -> Iterator[Part]:
    ref, document = Ref("CreditRecord", record.id), record.document
    since = Span(record.standings[0].start)
    yield _thing(ref, *KIND_LABELS[record.kind], name=record.title)
    yield _document(document, names)
    yield Fact("ABOUT", ref, since, subject(record.subject))
    yield Fact("EVIDENCED_BY", ref, since, Ref("Document", document.key))
    if record.determined_by:
        yield Fact("DETERMINED_BY", ref, since, Ref("Unit", record.determined_by))
    for behaviour in record.behaviours:
        yield Fact("OF", ref, since, Ref("Behaviour", behaviour))
    for origin in record.arises_from:
        yield Fact("ARISES_FROM", ref, since, Ref(origin.kind, origin.id))
    for who in record.responsible:
        held, said = Span(day_start(who.since)), {"role": who.role, "docNo": who.doc_no}
        yield Fact("RESPONSIBLE_FOR", Ref("Person", who.person), held, ref, properties=said)
    for span, standing in record.versions():
        said = _standing(standing, document.on, catalogue)
        yield Fact("Standing", ref, span, key=format_instant(span.start), properties=said)


def _document(document: DocumentEntry, names: Mapping[str, str]) -> Entity:
    return _thing(
        Ref("Document", document.key),
        docNo=document.doc_no,
        docType=document.type,
        issuer=names[document.issuer],
        issuedOn=iso(document.on),
        title=document.title or document.doc_no,
    )


def _standing(standing: StandingEntry, issued: date, catalogue: Catalogue) -> Mapping[str, Value]:
    """Both instants are told, or come of the terms in force on the day of the document."""
    counts_term = _term(standing.counts_term, issued, catalogue)
    public_term = _term(standing.public_term, issued, catalogue)
    counts_until = _until(standing.counts_until, counts_term, issued, OPEN_END)
    event_at = standing.event_at
    return {
        "status": standing.status.value,
        "category": standing.category.value if standing.category else None,
        "severity": standing.severity.value if standing.severity else None,
        "eventAt": day_start(issued) if event_at is None else event_at,
        "publicUntil": _until(standing.public_until, public_term, issued, counts_until),
        "publicTerm": public_term.code if public_term else None,
        "countsUntil": counts_until,
        "countsTerm": counts_term.code if counts_term else None,
        "disputed": standing.disputed,
        "obligationOpen": standing.obligation_open,
        "domain": standing.domain_code,
        "list": standing.list_kind,
        "penalty": standing.penalty,
        "discipline": standing.discipline,
        "marks": standing.marks,
        "reason": standing.reason,
    }


def _term(period: str | None, issued: date, catalogue: Catalogue) -> Term | None:
    if period is None:
        return None
    return term_for(catalogue, period, catalogue.jurisdiction, issued)


def _until(given: Millis | None, term: Term | None, issued: date, otherwise: Millis) -> Millis:
    """A term runs from the day of the document."""
    if given is not None:
        return given
    return end_of(term, day_start(issued)) if term else otherwise


def _generation(delivery: DeliveryEntry) -> Fact:
    said: dict[str, Value] = {
        "source": delivery.source,
        "freshUntil": delivery.fresh_until,
        "jurisdictions": delivery.jurisdictions,
    }
    return Fact(
        "SourceGeneration",
        Ref("Source", delivery.source),
        Span(day_start(delivery.on)),
        key=str(delivery.number),
        properties=said,
    )
