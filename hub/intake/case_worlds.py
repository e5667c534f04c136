"""The law's cases as facts for a graph: each case a world of its own, invented and marked so.

A case's subject stands in a jurisdiction of the cases, so that their deliveries cover nobody else.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hub.domain.cases import (
    Case,
    CaseDelivery,
    CaseFile,
    CaseRecord,
    CaseStanding,
    CaseUnit,
)
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, Span, format_instant
from hub.domain.facts import Batch, Entity, Fact, Ref, Value
from hub.domain.identifiers import SubjectId
from hub.domain.vocabulary import Reach, SubjectKind
from hub.intake.demo_facts import KIND_LABELS

SOURCE = "CASES"

Part = Entity | Fact

_EVER = Span(OPEN_START)
_COVERING = (CaseDelivery(OPEN_START, OPEN_END),)
_JURISDICTION = "CASES"


def case_batch(files: Iterable[CaseFile], catalogue: Catalogue) -> Batch:
    """All worlds; belongs after the rule set, whose behaviours and sources it names."""
    cases = [case for file in files for case in file.cases]
    parts = [*commons(cases, catalogue), *(part for case in cases for part in world(case))]
    return Batch(
        SOURCE,
        content_hash=_digest(signpost(cases), catalogue.content_hash),
        entities=[part for part in parts if isinstance(part, Entity)],
        facts=[part for part in parts if isinstance(part, Fact)],
    )


def signpost(cases: Iterable[Case]) -> SubjectId:
    """A unit that a graph knows exactly when it holds the worlds of these cases."""
    return SubjectId(f"CASE:ALL-{_digest(*sorted(case.id for case in cases))[:16].upper()}")


def _digest(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def commons(cases: Sequence[Case], catalogue: Catalogue) -> Iterator[Part]:
    """The signpost, and deliveries that never go stale for every world silent on their source."""
    yield from _unit(signpost(cases), "示例判例集")
    for source in catalogue.sources:
        silent = {_jurisdiction(case) for case in cases if source not in case.sources}
        yield from _deliveries(source, _COVERING, sorted(silent), key=SOURCE)


def world(case: Case) -> Iterator[Part]:
    """The subject with its records and those deliveries of which the case says something."""
    yield from _subject(case)
    for record in case.records:
        yield from _record(case, record)
    for source, deliveries in case.sources.items():
        yield from _deliveries(source, deliveries, [_jurisdiction(case)], key=case.id)


def _jurisdiction(case: Case) -> str:
    return f"{_JURISDICTION}-{case.id}" if case.sources else _JURISDICTION


def _deliveries(
    source: str, deliveries: Iterable[CaseDelivery], jurisdictions: list[str], *, key: str
) -> Iterator[Fact]:
    for number, delivery in enumerate(deliveries, start=1):
        said: dict[str, Value] = {
            "source": source,
            "freshUntil": delivery.fresh_until,
            "jurisdictions": jurisdictions,
        }
        span, ref = Span(delivery.delivered_at), Ref("Source", source)
        yield Fact("SourceGeneration", ref, span, key=f"{key}/{number}", properties=said)


def _subject(case: Case) -> Iterator[Part]:
    subject, ref = case.subject, _subject_ref(case)
    if subject.kind is SubjectKind.PERSON:
        yield Entity(ref, ("Subject", "Official"), {"name": "示例人员", "synthetic": True})
        said = {"name": "示例人员", "jurisdiction": _jurisdiction(case)}
        yield Fact("PersonState", ref, _EVER, properties=said)
    else:
        yield from _unit(
            case.subject_id,
            "示例单位",
            [CaseUnit(_EVER, subject.unit_kind, subject.level)],
            jurisdiction=_jurisdiction(case),
        )
    if subject.governs:
        region = Ref("Region", case.subject_id)
        yield Entity(region, properties={"name": "示例地区", "synthetic": True})
        said = {"name": "示例地区", "level": subject.level}
        yield Fact("RegionState", region, _EVER, properties=said)
        yield Fact("GOVERNS", ref, _EVER, region)
    if subject.in_post:
        yield from _other(case, "post")
        yield Fact("HOLDS_POST", ref, _EVER, _other_ref(case, "post"), properties=_POST)


_POST: Mapping[str, Value] = {"post": "示例职务", "isPrincipal": False}


def _subject_ref(case: Case) -> Ref:
    return Ref("Person" if case.subject.kind is SubjectKind.PERSON else "Unit", case.subject_id)


def _other_ref(case: Case, name: str) -> Ref:
    """A unit beside the subject: where a post is held, or what a record is about."""
    return Ref("Unit", f"CASE:{case.id}/{name}")


def _other(case: Case, name: str, was: Sequence[CaseUnit] = ()) -> Iterator[Part]:
    yield from _unit(SubjectId(_other_ref(case, name).id), "示例相关单位", was)


def _unit(
    code: SubjectId, name: str, was: Sequence[CaseUnit] = (), **said: Value
) -> Iterator[Part]:
    ref = Ref("Unit", code)
    yield Entity(ref, ("Subject",), {"name": name, "synthetic": True})
    for number, state in enumerate(was or [CaseUnit(_EVER, None, None)], start=1):
        told = {"name": name, "unitKind": state.unit_kind, "adminLevel": state.level}
        properties = {**told, "status": "ACTIVE", **said}
        yield Fact("UnitState", ref, state.valid, key=str(number), properties=properties)


def _record(case: Case, record: CaseRecord) -> Iterator[Part]:
    ref = Ref("CreditRecord", f"CASE:{case.id}/{record.id}")
    yield Entity(ref, KIND_LABELS[record.kind], {"name": "示例记录", "synthetic": True})
    yield from _arrival(case, record, ref)
    for behaviour in record.behaviours:
        yield Fact("OF", ref, _EVER, Ref("Behaviour", behaviour))
    for number, told in enumerate(record.documents, start=1):
        document = Ref("Document", f"{ref.id}/{number}")
        said = {"docNo": f"示例{number}号", "docType": told.type, "title": "示例文书"}
        dated = {"issuedOn": told.day.isoformat(), "synthetic": True}
        yield Entity(document, properties={**said, **dated})
        yield Fact("EVIDENCED_BY", ref, _EVER, document)
    for standing in record.standings:
        key = format_instant(standing.valid.start)
        yield Fact("Standing", ref, standing.valid, key=key, properties=_standing(standing))


def _arrival(case: Case, record: CaseRecord, ref: Ref) -> Iterator[Part]:
    """The record's own subject, and the edge by which the record reaches the case's."""
    subject, other, span = _subject_ref(case), _other_ref(case, record.id), record.edge or _EVER
    if record.reach is Reach.OWN:
        yield Fact("ABOUT", ref, _EVER, subject)
        return
    yield from _other(case, record.id, record.unit)
    yield Fact("ABOUT", ref, _EVER, other)
    match record.reach:
        case Reach.RESPONSIBLE:
            yield Fact("RESPONSIBLE_FOR", subject, span, ref, properties={"role": "PRINCIPAL"})
        case Reach.PRINCIPAL:
            yield Fact("HOLDS_POST", subject, span, other, properties={"isPrincipal": True})
        case Reach.SUCCESSION:
            yield Fact("SUCCEEDED_BY", other, span, subject, properties={"scope": ["ALL"]})
        case Reach.SUBORDINATE:
            yield Fact("SUBORDINATE_TO", other, span, subject)
        case Reach.REGION:
            yield Fact("IN_REGION", other, span, Ref("Region", case.subject_id))


def _standing(standing: CaseStanding) -> Mapping[str, Value]:
    return {
        "status": standing.status,
        "category": standing.category,
        "eventAt": standing.event_at,
        "publicUntil": standing.public_until,
        "countsUntil": standing.counts_until,
        "disputed": standing.disputed,
        "obligationOpen": standing.obligation_open,
        "domain": standing.domain,
        "list": standing.list_kind,
        "penalty": standing.penalty,
        "discipline": standing.discipline,
        "marks": standing.marks,
    }
