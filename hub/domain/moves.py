"""Moving a record from one standing to the next: what is kept of it, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from hub.domain.clocks import OPEN_END, Millis, Span, format_instant
from hub.domain.facts import Fact, Ref, Value
from hub.domain.standings import (
    ENDED,
    START,
    UNREPAIRED,
    Mover,
    allowed_after,
    may_move,
    require_mover,
    require_sequence,
    transition,
)
from hub.domain.vocabulary import RecordKind, StandingStatus
from hub.errors import ForbiddenTransition, WrongMover


@dataclass(frozen=True, slots=True)
class Move:
    """`by` moves the record as `mover`, on the document; only time needs neither.

    Both are what the caller says: until callers are authenticated nothing shows that a court, say,
    is one.
    """

    record: str
    to: StandingStatus
    at: Millis
    mover: Mover
    by: str | None = None
    document_type: str | None = None
    doc_no: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """One version; `fact_id` is empty where it is not kept yet."""

    fact_id: str
    valid: Span
    properties: Mapping[str, Value]

    @property
    def status(self) -> StandingStatus:
        return StandingStatus(str(self.properties["status"]))


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record as it is known now; `standings` holds every version, the earliest first.

    `issued_on` are the days of its documents.
    """

    code: str
    kind: RecordKind
    about: frozenset[str]
    determined_by: frozenset[str]
    standings: tuple[KeptStanding, ...]
    issued_on: tuple[date, ...] = ()


def moved(record: KeptRecord, move: Move) -> KeptRecord:
    """The record with the version that begins at the move; the same where it stands so already.

    Later versions that only say more of the status the move ends, or takes the place of, go with
    it. The next one beyond them has to come as it did, or on a document that says so itself.
    Raises `ForbiddenTransition`, `WrongMover`.
    """
    before = [kept for kept in record.standings if kept.valid.start < move.at]
    later = [kept for kept in record.standings if kept.valid.start >= move.at]
    if not before:
        raise ForbiddenTransition(None, move.to, sorted(START))
    *earlier, held = before
    until_now = held
    if later and later[0].valid.start == move.at:
        if _says(later[0], move):
            return record
        until_now, *later = later
    _require(record, move, held.status)
    ended = replace(held, valid=Span(held.valid.start, min(held.valid.end, move.at)))
    end = later[0].valid.start if later else OPEN_END
    begun = _goes_on(KeptStanding("", Span(move.at, end), held.properties), move, before)
    repeating = [*takewhile(lambda kept: _repeats(kept, until_now), later)]
    carried = [_goes_on(kept, move, before) for kept in repeating]
    rest = later[len(carried) :]
    if rest:
        _require_meant(record.kind, until_now.status, move.to, rest[0])
    standings = (*earlier, ended, begun, *carried, *rest)
    require_sequence(record.kind, [kept.status for kept in standings])
    return replace(record, standings=standings)


def changed(before: KeptRecord, after: KeptRecord) -> list[Fact]:
    """Versions that the later record has and the earlier has not, as facts to be written."""
    return [
        Fact(
            "Standing",
            Ref("CreditRecord", after.code),
            kept.valid,
            key=format_instant(kept.valid.start),
            properties=kept.properties,
        )
        for kept in after.standings
        if kept not in before.standings
    ]


def corrected(before: KeptRecord, after: KeptRecord) -> frozenset[str]:
    """Ids of the versions of the earlier record that the later one does not keep."""
    return frozenset(kept.fact_id for kept in before.standings if kept not in after.standings)


def _require(record: KeptRecord, move: Move, start: StandingStatus) -> None:
    one = transition(record.kind, start, move.to)
    require_mover(one, move.mover, move.document_type)
    own = move.by in record.about
    unfit = move.mover is Mover.DETERMINER and move.by not in record.determined_by
    if own or unfit:
        raise WrongMover(str(move.by), str(move.document_type), sorted(record.determined_by))


def _require_meant(
    kind: RecordKind, was: StandingStatus, start: StandingStatus, kept: KeptStanding
) -> None:
    """What followed `was` follows `start` by the same transition, or tells another by itself.

    Otherwise the end of a grace would end a stay, and an objection set a repair aside.
    """
    if kept.status is start:
        return
    one = transition(kind, start, kept.status)
    if kept.status is not was and one is transition(kind, was, kept.status):
        return
    mover, document_type = kept.properties.get("movedAs"), kept.properties.get("docType")
    if mover is None or not may_move(one, Mover(str(mover)), str(document_type)):
        others = [status for status in allowed_after(kind, start, was) if status is not kept.status]
        raise ForbiddenTransition(start, kept.status, others)


def _repeats(kept: KeptStanding, first: KeptStanding) -> bool:
    """Whether it says more of the same status, on no document of its own."""
    documents = (None, None), _document(first)
    return kept.status is first.status and _document(kept) in documents


def _document(kept: KeptStanding) -> tuple[Value | None, Value | None]:
    return kept.properties.get("movedBy"), kept.properties.get("docNo")


def _goes_on(kept: KeptStanding, move: Move, before: Sequence[KeptStanding]) -> KeptStanding:
    """The version as the move tells it; once a repair is set aside, as it was before the repair."""
    said = kept.properties
    if kept.status is StandingStatus.REPAIRED and move.to in UNREPAIRED:
        unrepaired = (one for one in reversed(before) if one.status in UNREPAIRED)
        said = next(unrepaired, kept).properties
    return replace(kept, properties={**said, **_told(move)})


def _says(kept: KeptStanding, move: Move) -> bool:
    told = _told(move)
    return all(kept.properties.get(name) == told[name] for name in ("status", "movedBy", "docNo"))


def _told(move: Move) -> Mapping[str, Value]:
    """What is pending, or was left to do, ends with the record."""
    told: dict[str, Value] = {
        "status": move.to.value,
        "movedBy": move.by,
        "movedAs": move.mover.value,
        "docType": move.document_type,
        "docNo": move.doc_no,
        "reason": move.reason,
    }
    if move.to in ENDED:
        told["disputed"] = False
    if move.to is StandingStatus.REPAIRED:
        told["obligationOpen"] = False
    return told
