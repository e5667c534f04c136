"""Moving a record from one standing to the next: what is kept of it, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hub.domain.clocks import OPEN_END, Millis, Span, format_instant
from hub.domain.facts import Fact, Ref, Value
from hub.domain.standings import ENDED, START, Mover, require_mover, require_sequence, transition
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

    Raises `ForbiddenTransition`, `WrongMover`.
    """
    before = [kept for kept in record.standings if kept.valid.start < move.at]
    later = [kept for kept in record.standings if kept.valid.start >= move.at]
    if not before:
        raise ForbiddenTransition(None, move.to, sorted(START))
    if later and later[0].valid.start == move.at:
        if _says(later[0], move):
            return record
        later = later[1:]
    *earlier, held = before
    _require(record, move, held.status)
    ended = replace(held, valid=Span(held.valid.start, min(held.valid.end, move.at)))
    end = later[0].valid.start if later else OPEN_END
    said = _goes_on_from(move, held, earlier).properties
    begun = KeptStanding("", Span(move.at, end), {**said, **_told(move)})
    standings = (*earlier, ended, begun, *later)
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


def _goes_on_from(move: Move, held: KeptStanding, earlier: Sequence[KeptStanding]) -> KeptStanding:
    """What is owed, pending and counted again once a repair is set aside is what was before it."""
    if held.status is not StandingStatus.REPAIRED or move.to is not StandingStatus.IN_FORCE:
        return held
    before = (kept for kept in reversed(earlier) if kept.status is not StandingStatus.REPAIRED)
    return next(before, held)


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
