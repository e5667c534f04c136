"""Reads what a check needs: the statement's nested maps become `Known`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, LiteralString

from hub.domain.clocks import Millis
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.known import (
    Arrival,
    Held,
    Known,
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
    SubjectKind,
    UnitKind,
)
from hub.graph.check_statement import CHECK
from hub.graph.common_facts import CommonFacts, KeptFacts, Map, span_of
from hub.graph.door import Door
from hub.graph.knowledge_clock import known_by, read_known
from hub.graph.migrations import require_current
from hub.graph.reaches import AT_THE_EVENT
from hub.graph.time_filter import as_known

GUARD = 1_000
"""Most versions of records that one reach may bring before it is cut."""

FAN = 2_000
"""Most ways that one reach may walk, to units and to their records, before it is cut."""

_KNOWN_UP_TO: LiteralString = """
MATCH (k:KnowledgeClock {id: 1}) RETURN k.knownUpTo.epochMillis AS knownUpTo
"""
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
_JOINS = {
    "ABOUT": ("CreditRecord", None),
    "RESPONSIBLE_FOR": ("Person", "CreditRecord"),
    "HOLDS_POST": ("Person", "Unit"),
    "SUCCEEDED_BY": ("Unit", "Unit"),
    "SUBORDINATE_TO": ("Unit", "Unit"),
    "GOVERNS": ("Unit", "Region"),
    "IN_REGION": ("Unit", "Region"),
}
"""Labels of the things an edge joins; a record is about a unit or a person."""


class CheckReader:
    def __init__(self, door: Door, *, guard: int = GUARD, fan: int = FAN) -> None:
        self._door = door
        self._guard = guard
        self._fan = fan
        self._kept = KeptFacts()

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        """What is known about each subject, in the order given.

        Read at `min(known_at, knownUpTo)` of the knowledge clock. A subject nobody knows comes
        back without states. Raises `GraphProblem`s, among them `ClockAhead`, whatever `known_at`.
        """
        if not subjects:
            return []
        common = self._kept.likely(at=at, known_at=known_at)
        rows = await self._door.read(
            CHECK,
            lists={"subjects": list(subjects)},
            kept=common.name,
            at=at,
            known=as_known(known_at),
            fan=self._fan,
        )
        if not rows:
            await require_current(self._door)
        told: list[Any] = [row["known"] for row in rows]
        known_by(self._door, told[0]["knownUpTo"])
        if told[0]["common"] is not None:
            common = CommonFacts.told(told[0])
            self._kept.keep(common)
        common = common.since(at)
        return [self._known(row, common) for row in told]

    async def known_up_to(self) -> Millis:
        """The newest knowledge instant. Raises `ClockAhead`."""
        row = await read_known(self._door, _KNOWN_UP_TO)
        return Millis(row["knownUpTo"])

    def _known(self, row: Map, common: CommonFacts) -> Known:
        reaches = {Reach(walked["reach"]): walked for walked in row["reaches"]}
        return Known(
            subject=SubjectId(row["subject"]),
            at=Millis(row["at"]),
            known_at=Millis(row["knownAt"]),
            epoch=row["epoch"],
            newest=row["knownAt"] == row["knownUpTo"],
            states=tuple(_state(state, row["subject"]) for state in row["states"]),
            governs=tuple(_held(fact) for fact in row["governs"]),
            posts=tuple(_held(fact) for fact in row["posts"]),
            arrivals=tuple(
                _arrival(reach, arrival)
                for reach, walked in reaches.items()
                for arrival in self._told(walked)
            ),
            generations=common.generations,
            rule_sets=common.rule_sets,
            cut=tuple(reach for reach, walked in reaches.items() if self._is_cut(walked)),
            longer_from=min(reaches[Reach.SUCCESSION]["beyond"], default=None),
        )

    def _told(self, walked: Map) -> Sequence[Map]:
        """Ordered before they are cut, so that the same clocks always tell the same."""
        return sorted(walked["arrivals"], key=_place)[: self._guard]

    def _is_cut(self, walked: Map) -> bool:
        return walked["ways"] > self._fan or len(walked["arrivals"]) > self._guard


def _place(arrival: Map) -> tuple[str, str, list[str]]:
    way = [edge["factId"] for edge in arrival["edges"]]
    return arrival["record"], arrival["standing"]["factId"], way


def kind_of_labels(labels: Sequence[str]) -> RecordKind:
    return next(kind for label, kind in _KIND_OF_LABEL.items() if label in labels)


def _subject(key: str) -> Ref:
    return Ref("Person" if subject_kind(SubjectId(key)) is SubjectKind.PERSON else "Unit", key)


def _held(row: Map, *, at_event: bool = False, once_begun: bool = False) -> Held:
    start, end = _JOINS[row["kind"]]
    return Held(
        fact_id=row["factId"],
        kind=row["kind"],
        start=Ref(start, row["start"]),
        end=Ref(end, row["end"]) if end else _subject(row["end"]),
        valid=span_of(row),
        at_event=at_event,
        once_begun=once_begun,
    )


def _state_then(row: Map) -> Held:
    of = Ref(row["label"], row["of"])
    return Held(row["factId"], f"{of.label}State", of, None, span_of(row), at_event=True)


def _state(row: Map, subject: str) -> SubjectState:
    owner = _subject(subject)
    return SubjectState(
        fact=Held(row["factId"], f"{owner.label}State", owner, None, span_of(row)),
        name=row["name"],
        unit_kind=UnitKind(row["unitKind"]) if row.get("unitKind") else None,
        level=AdminLevel(row["level"]) if row.get("level") else None,
        status=row["status"],
        jurisdiction=row.get("jurisdiction"),
    )


def _arrival(reach: Reach, row: Map) -> Arrival:
    *led, last = row["edges"]
    at_event, once_begun = reach in AT_THE_EVENT, reach is Reach.SUCCESSION
    return Arrival(
        reach=reach,
        record=row["record"],
        kind=kind_of_labels(row["labels"]),
        edges=(
            *(_held(edge, at_event=at_event, once_begun=once_begun) for edge in led),
            _held(last),
        ),
        deciding=tuple(_state_then(state) for state in row["deciding"]),
        undecided=row["undecided"],
        standing=_standing(row["standing"], row["record"]),
        behaviours=tuple(_tie("OF", "Behaviour", row, tie) for tie in row["behaviours"]),
        determiners=tuple(_tie("DETERMINED_BY", "Unit", row, tie) for tie in row["determiners"]),
        documents=tuple(_tie("EVIDENCED_BY", "Document", row, tie) for tie in row["documents"]),
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


def _tie(kind: str, label: str, arrival: Map, row: Map) -> Tie:
    record, other = Ref("CreditRecord", arrival["record"]), Ref(label, row["code"])
    issued_on = row["issuedOn"]
    day = date.fromisoformat(issued_on) if issued_on else None
    fact = Held(row["factId"], kind, record, other, span_of(row))
    return Tie(fact, row["code"], row["title"], day, row["docType"])
