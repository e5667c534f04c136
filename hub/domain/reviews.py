"""What a human makes of an answer that only a human may make final (PIPL art. 24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.clocks import Millis


class ReviewDecision(StrEnum):
    CONFIRM = "CONFIRM"
    OVERTURN = "OVERTURN"


class VerdictStatus(StrEnum):
    FINAL = "FINAL"
    PROVISIONAL = "PROVISIONAL"
    CONFIRMED = "CONFIRMED"
    OVERTURNED = "OVERTURNED"


@dataclass(frozen=True, slots=True)
class Review:
    decision: ReviewDecision
    reviewer: str
    reasons: str
    recorded_at: Millis


_STATUS_OF = {
    ReviewDecision.CONFIRM: VerdictStatus.CONFIRMED,
    ReviewDecision.OVERTURN: VerdictStatus.OVERTURNED,
}


def verdict_status(decisions: Sequence[ReviewDecision], *, review_required: bool) -> VerdictStatus:
    """The last decision counts."""
    if not review_required:
        return VerdictStatus.FINAL
    return _STATUS_OF[decisions[-1]] if decisions else VerdictStatus.PROVISIONAL
