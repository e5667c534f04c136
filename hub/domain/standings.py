"""How a record may stand after how it stood: who moves it, on which document, on which law.

A dispute is a mark of a standing and moves nothing. Saying something else of the same instant is a
correction, which this is not about either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hub.domain.vocabulary import RecordKind, StandingStatus
from hub.errors import ForbiddenTransition, WrongMover
from hub.text import Text

(
    DETERMINED,
    IN_FORCE,
    SUSPENDED,
    LIFTED,
    CORRECTED,
    REVOKED,
    REPAIRED,
    EXPIRED,
    ARCHIVED,
) = StandingStatus


class Mover(StrEnum):
    """As what somebody moves a record; `TIME` does it by itself, without a document."""

    DETERMINER = "DETERMINER"
    COURT = "COURT"
    REVIEW_ORGAN = "REVIEW_ORGAN"
    CREDIT_AUTHORITY = "CREDIT_AUTHORITY"
    TIME = "TIME"


MOVER_TITLES: Mapping[Mover, Text] = {
    Mover.DETERMINER: Text("认定单位", "the determining unit"),
    Mover.COURT: Text("人民法院", "a court"),
    Mover.REVIEW_ORGAN: Text("复议、复核机关", "a review organ"),
    Mover.CREDIT_AUTHORITY: Text("信用主管部门", "the credit authority"),
    Mover.TIME: Text("期限届满", "time"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """`by` names the types of document each mover needs.

    `basis` is the code of the legal basis; without one the transition is the hub's own proposal.
    """

    starts: tuple[StandingStatus, ...]
    end: StandingStatus
    kinds: frozenset[RecordKind]
    by: Mapping[Mover, tuple[str, ...]]
    basis: str | None
    why: Text


START = frozenset({DETERMINED, IN_FORCE})
"""How a record may stand at first."""
ENDED = frozenset({CORRECTED, REVOKED, REPAIRED, EXPIRED})
"""Statuses after which a record never counts by itself again."""
UNREPAIRED = frozenset({IN_FORCE, SUSPENDED, LIFTED})
"""How a record may stand before its repair, and again as before once that is set aside."""

_ALL = frozenset(RecordKind)
_DISCIPLINE = frozenset({RecordKind.DISCIPLINE})
_DEFAULT = frozenset({RecordKind.JUDGMENT_DEFAULT})
_LISTED = _DEFAULT | {RecordKind.LISTING}
_ALERT = frozenset({RecordKind.RISK_ALERT})
_REPAIRABLE = frozenset({RecordKind.FAILURE_EVENT, RecordKind.LISTING, RecordKind.PENALTY})

_DETERMINING = (
    "BREACH_CONFIRMATION",
    "DISCIPLINE",
    "ENFORCEMENT_DECISION",
    "LISTING_DECISION",
    "PENALTY",
    "OTHER",
)
_BY_TIME: Mapping[Mover, tuple[str, ...]] = {Mover.TIME: ()}
_SUSPENDING: Mapping[Mover, tuple[str, ...]] = {
    Mover.COURT: ("JUDGMENT",),
    Mover.REVIEW_ORGAN: ("REVIEW_DECISION",),
    Mover.DETERMINER: ("SUSPENSION_DECISION",),
}
_LIFTING: Mapping[Mover, tuple[str, ...]] = {
    Mover.COURT: ("ENFORCEMENT_DECISION",),
    Mover.DETERMINER: ("LISTING_DECISION",),
}
_REVOKING: Mapping[Mover, tuple[str, ...]] = {
    Mover.DETERMINER: ("REVOCATION_DECISION",),
    Mover.REVIEW_ORGAN: ("REVIEW_DECISION",),
    Mover.COURT: ("JUDGMENT",),
}
_ASIDE: Mapping[Mover, tuple[str, ...]] = {Mover.DETERMINER: ("REVOCATION_DECISION",)}
_IS_SET_ASIDE = Text(
    "修复被撤销，回到修复之前的状态", "the repair is set aside: it stands as before it"
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        (DETERMINED,),
        IN_FORCE,
        _ALL,
        {Mover.DETERMINER: _DETERMINING, Mover.TIME: ()},
        None,
        Text("认定生效", "the determination takes effect"),
    ),
    Transition(
        (IN_FORCE, LIFTED),
        SUSPENDED,
        _ALL - _DISCIPLINE,
        _SUSPENDING,
        None,
        Text(
            "中止执行；政务处分复审、复核不停止执行",
            "stayed; a review of a discipline never stays it",
        ),
    ),
    Transition(
        (SUSPENDED,), IN_FORCE, _ALL - _DISCIPLINE, _SUSPENDING, None, Text("恢复执行", "resumed")
    ),
    Transition(
        (IN_FORCE,),
        LIFTED,
        _LISTED,
        _LIFTING,
        None,
        Text("宽限期或单次解除", "a period of grace, or lifted for once"),
    ),
    Transition(
        (LIFTED,),
        IN_FORCE,
        _LISTED,
        {**_LIFTING, Mover.TIME: ()},
        None,
        Text("宽限期满", "the period of grace is over"),
    ),
    Transition(
        (DETERMINED, IN_FORCE, SUSPENDED, LIFTED),
        CORRECTED,
        _DEFAULT,
        {Mover.DETERMINER: ("ENFORCEMENT_DECISION",)},
        "SXMD-2013-3",
        Text("错误列入，由法院纠正", "wrongly listed, put right by the court"),
    ),
    Transition(
        (DETERMINED, IN_FORCE, SUSPENDED, LIFTED),
        CORRECTED,
        _ALL - _DEFAULT,
        {Mover.DETERMINER: ("CORRECTION_DECISION",)},
        "NZF-2021-12-2-1-6",
        Text("纠错：本不应有此记录", "found wrong: it should not have been recorded"),
    ),
    Transition(
        (DETERMINED, IN_FORCE, SUSPENDED, LIFTED, REPAIRED, EXPIRED),
        REVOKED,
        _ALL,
        _REVOKING,
        "NZF-2021-12-2-1-6",
        Text("认定被撤销", "the determination is set aside"),
    ),
    Transition(
        (IN_FORCE, SUSPENDED, LIFTED),
        REPAIRED,
        _REPAIRABLE,
        {Mover.DETERMINER: ("REPAIR_DECISION",)},
        "XYXF-2025-36",
        Text("谁认定、谁修复", "repaired by who determined it"),
    ),
    Transition(
        (IN_FORCE, SUSPENDED, LIFTED),
        REPAIRED,
        _DEFAULT,
        {Mover.DETERMINER: ("ENFORCEMENT_DECISION",)},
        "SXMD-2013-7",
        Text("全部履行，从名单中删除", "performed in full, deleted from the list"),
    ),
    Transition(
        (IN_FORCE, SUSPENDED),
        REPAIRED,
        _ALERT,
        {Mover.CREDIT_AUTHORITY: ("OTHER",)},
        None,
        Text("风险已消除", "the risk is gone"),
    ),
    Transition((REPAIRED,), IN_FORCE, _REPAIRABLE | _DEFAULT, _ASIDE, None, _IS_SET_ASIDE),
    Transition((REPAIRED,), SUSPENDED, _REPAIRABLE | _DEFAULT, _ASIDE, None, _IS_SET_ASIDE),
    Transition((REPAIRED,), LIFTED, _LISTED, _ASIDE, None, _IS_SET_ASIDE),
    Transition(
        (IN_FORCE, LIFTED),
        EXPIRED,
        _ALL - _DISCIPLINE,
        _BY_TIME,
        "XYXF-2025-36",
        Text("最长公示期届满", "the longest publication is over"),
    ),
    Transition(
        (IN_FORCE,),
        EXPIRED,
        _DISCIPLINE,
        _BY_TIME,
        "ZWCF-2020-26",
        Text("处分期满自动解除", "the period of the sanction is over"),
    ),
    Transition(
        (CORRECTED, REVOKED, REPAIRED, EXPIRED),
        ARCHIVED,
        _ALL,
        _BY_TIME,
        None,
        Text("保存期限届满", "its retention is over"),
    ),
)


def transition(kind: RecordKind, start: StandingStatus, end: StandingStatus) -> Transition:
    """Raises `ForbiddenTransition`."""
    for one in TRANSITIONS:
        if start in one.starts and end is one.end and kind in one.kinds:
            return one
    raise ForbiddenTransition(start, end, allowed_after(kind, start))


def allowed_after(
    kind: RecordKind, start: StandingStatus, before: StandingStatus | None = None
) -> Sequence[StandingStatus]:
    """In the order of their declaration; `before` is how it stood before a repair, if known."""
    ends = {one.end for one in TRANSITIONS if start in one.starts and kind in one.kinds}
    if start is REPAIRED and before is not None:
        ends -= UNREPAIRED - {before}
    return [status for status in StandingStatus if status in ends]


def require_sequence(kind: RecordKind, statuses: Sequence[StandingStatus]) -> None:
    """A status may stay while something else is said of it, until the record is archived.

    Raises `ForbiddenTransition` for the first that may not come after those before it.
    """
    if statuses[0] not in START:
        raise ForbiddenTransition(None, statuses[0], sorted(START))
    before = statuses[0]
    for start, end in pairwise(statuses):
        if start is end is not ARCHIVED:
            continue
        transition(kind, start, end)
        if start is REPAIRED and end in UNREPAIRED - {before}:
            raise ForbiddenTransition(start, end, allowed_after(kind, start, before))
        before = start


def may_move(one: Transition, mover: Mover, document_type: str | None) -> bool:
    documents = one.by.get(mover)
    return documents is not None and (not documents or document_type in documents)


def require_mover(one: Transition, mover: Mover, document_type: str | None) -> None:
    """Raises `WrongMover`."""
    if not may_move(one, mover, document_type):
        raise WrongMover(mover, document_type or "-", list(_told(one.by)))


def _told(by: Mapping[Mover, tuple[str, ...]]) -> Iterable[str]:
    return (f"{mover} ({', '.join(documents)})" for mover, documents in by.items() if documents)
