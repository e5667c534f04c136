"""What humans decided about provisional verdicts: nothing is changed, the last one counts."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence

import orjson

from hub.domain.canonical import canonical
from hub.domain.clocks import Millis
from hub.domain.reviews import Review, ReviewDecision, VerdictStatus, verdict_status
from hub.errors import ReasonsRequired, ReviewNotRequired
from hub.evidence.keyring import Sealed
from hub.evidence.recorded import Recorded, verdict_key
from hub.evidence.volumes import Volumes

_ADD = "INSERT INTO review (verdict, decision, recordedAt, kid, box) VALUES (?, ?, ?, ?, ?)"
_OF_VERDICT = """
SELECT decision, recordedAt, kid, box FROM review WHERE verdict = ? ORDER BY number
"""


class Reviews:
    def __init__(self, volumes: Volumes, *, now: Callable[[], Millis]) -> None:
        self._volumes = volumes
        self._now = now

    async def add(
        self, recorded: Recorded, decision: ReviewDecision, *, reviewer: str, reasons: str
    ) -> None:
        """Raises `ReviewNotRequired`, `ReasonsRequired`, `VerdictStoreUnavailable`."""
        if not recorded.review_required:
            raise ReviewNotRequired(recorded.id)
        for argument, given in (("reviewer", reviewer), ("reasons", reasons)):
            if not given.strip():
                raise ReasonsRequired(argument)
        told = canonical({"reviewer": reviewer.strip(), "reasons": reasons.strip()})

        def job(volume: sqlite3.Connection) -> None:
            verdict = verdict_key(recorded.id)
            sealed = self._volumes.keys.seal(told, _of_review(verdict))
            volume.execute(_ADD, (verdict, decision, self._now(), *sealed))

        await self._volumes.write(job)

    async def status(self, verdict_id: str) -> VerdictStatus:
        """Of a verdict that a human has to review, whether it is recorded yet or not."""
        reviews = await asyncio.to_thread(self.of, verdict_id)
        return verdict_status([review.decision for review in reviews], review_required=True)

    def of(self, verdict_id: str) -> Sequence[Review]:
        """Oldest first; without those whose key was destroyed."""
        verdict = verdict_key(verdict_id)
        found = [self._review(verdict, *row) for row in self._volumes.rows(_OF_VERDICT, verdict)]
        told = [review for review in found if review is not None]
        return sorted(told, key=lambda review: review.recorded_at)

    def _review(
        self, verdict: bytes, decision: str, recorded_at: Millis, kid: str, box: bytes
    ) -> Review | None:
        told = self._volumes.keys.open(Sealed(kid, box), _of_review(verdict))
        if told is None:
            return None
        return Review(ReviewDecision(decision), recorded_at=recorded_at, **orjson.loads(told))


def _of_review(verdict: bytes) -> str:
    return f"review:{verdict.hex()}"
