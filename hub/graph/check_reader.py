"""Reads what a check needs: the statement's nested maps become `Known`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import (
    Arrival,
    Generation,
    Held,
    Known,
    RuleSetInForce,
    Standing,
    SubjectState,
    Tie,
)
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Reach,
    RecordKind,
    StandingStatus,
    UnitKind,
)
from hub.graph.check_statement import CHECK
from hub.graph.door import Door

Map = Mapping[str, Any]

GUARD = 1_000
"""Most versions of records that one reach may bring before it is cut."""

# The most telling label first: a judgment default is a failure event too.
_KIND_OF_LABEL = {
    "JudgmentDefault": RecordKind.JUDGMENT_DEFAULT,
    "FailureEvent": RecordKind.FAILURE_EVENT,
    "Listing": RecordKind.LISTING,
    "Discipline": RecordKind.DISCIPLINE,
    "Penalty": RecordKind.PENALTY,
    "Honour": RecordKind.HONOUR,
    "RiskAlert": RecordKind.RISK_ALERT,
}
_IDENTITY_LABELS = ("CreditRecord", "Unit", "Person", "Region", "Behaviour", "Document", "Subject")
_READ_REACHES = (Reach.OWN, Reach.RESPONSIBLE, Reach.PRINCIPAL, Reach.SUCCESSION)


class CheckReader:
    def __init__(self, door: Door, *, guard: int = GUARD) -> None:
        self._door = door
        self._guard = guard

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        """What is known about each subject, in the order given.

        Read at `min(known_at, knownUpTo)` of the knowledge clock. A subject nobody knows comes
        back without states. Raises `GraphProblem`s.
        """
        asks = [{"subject": subject, "at": at, "known": known_at} for subject in subjects]
        rows = await self._door.read(CHECK, asks=asks, guard=self._guard)
        return [self._known(row["known"]) for row in rows]

    def _known(self, row: Any) -> Known:
        reaches = {reach: row[reach] for reach in _READ_REACHES}
        return Known(
            subject=SubjectId(row["subject"]),
            at=Millis(row["at"]),
            known_at=Millis(row["knownAt"]),
            epoch=row["epoch"],
            states=tuple(_state(state, row["subject"]) for state in row["states"]),
            governs=tuple(_held(fact) for fact in row["governs"]),
            posts=tuple(_held(fact) for fact in row["posts"]),
            arrivals=tuple(
                _arrival(reach, arrival)
                for reach, arrivals in reaches.items()
                for arrival in arrivals[: self._guard]
            ),
            generations=tuple(_generation(generation) for generation in row["generations"]),
            rule_sets=tuple(_rule_set(rule_set) for rule_set in row["ruleSets"]),
            cut=tuple(reach for reach, rows in reaches.items() if len(rows) > self._guard),
        )


def kind_of_labels(labels: Sequence[str]) -> RecordKind:
    return next(kind for label, kind in _KIND_OF_LABEL.items() if label in labels)


def span_of(row: Map) -> Span:
    return Span(Millis(row["validFrom"]), Millis(row["validTo"]))


def _ref(labels: Sequence[str], key: str) -> Ref:
    return Ref(next(label for label in _IDENTITY_LABELS if label in labels), key)


def _held(row: Map, *, at_event: bool = False, once_begun: bool = False) -> Held:
    return Held(
        fact_id=row["factId"],
        kind=row["kind"],
        start=_ref(row["startLabels"], row["start"]),
        end=_ref(row["endLabels"], row["end"]),
        valid=span_of(row),
        at_event=at_event,
        once_begun=once_begun,
    )


def _state(row: Map, subject: str) -> SubjectState:
    kind = "UnitState" if "UnitState" in row["labels"] else "PersonState"
    return SubjectState(
        fact=Held(row["factId"], kind, _ref(row["ownerLabels"], subject), None, span_of(row)),
        name=row["name"],
        unit_kind=UnitKind(row["unitKind"]) if row["unitKind"] else None,
        level=AdminLevel(row["level"]) if row["level"] else None,
        status=row["status"],
        jurisdiction=row["jurisdiction"],
    )


def _arrival(reach: Reach, row: Map) -> Arrival:
    edges = [
        _held(
            edge,
            at_event=reach is Reach.PRINCIPAL and edge["kind"] == "HOLDS_POST",
            once_begun=edge["kind"] == "SUCCEEDED_BY",
        )
        for edge in row["edges"]
    ]
    return Arrival(
        reach=reach,
        record=row["record"],
        kind=kind_of_labels(row["labels"]),
        edges=tuple(edges),
        undecided=row["undecided"],
        standing=_standing(row["standing"], row["record"]),
        behaviours=_ties(row["behaviours"]),
        determiners=_ties(row["determiners"]),
        documents=_ties(row["documents"]),
    )


def _standing(row: Map, record: str) -> Standing:
    return Standing(
        fact=Held(row["factId"], "Standing", Ref("CreditRecord", record), None, span_of(row)),
        status=StandingStatus(row["status"]),
        category=InfoCategory(row["category"]),
        event_at=Millis(row["eventAt"]),
        public_until=Millis(row["publicUntil"]),
        counts_until=Millis(row["countsUntil"]),
        severity=row["severity"],
        disputed=bool(row["disputed"]),
        obligation_open=bool(row["obligationOpen"]),
        domain=row["domain"],
        list_kind=row["list"],
        penalty=row["penalty"],
        discipline=row["discipline"],
        marks=tuple(row["marks"] or ()),
        public_term=row["publicTerm"],
        counts_term=row["countsTerm"],
    )


def _ties(rows: Sequence[Map]) -> tuple[Tie, ...]:
    return tuple(_tie(row) for row in rows)


def _tie(row: Map) -> Tie:
    issued_on = row["issuedOn"]
    day = date.fromisoformat(issued_on) if issued_on else None
    return Tie(_held(row["fact"]), row["code"], row["title"], day)


def _generation(row: Map) -> Generation:
    return Generation(
        fact_id=row["factId"],
        source=row["source"],
        valid=span_of(row),
        fresh_until=Millis(row["freshUntil"]),
        jurisdictions=tuple(row["jurisdictions"]),
    )


def _rule_set(row: Map) -> RuleSetInForce:
    return RuleSetInForce(row["factId"], row["number"], row["contentHash"], span_of(row))
