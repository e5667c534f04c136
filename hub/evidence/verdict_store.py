"""The verdict store: every verdict is kept here before anybody sees it."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import orjson

from hub.domain.canonical import canonical
from hub.domain.clocks import Millis
from hub.domain.verdict import Ask, require_reference
from hub.errors import IdempotencyConflict, VerdictNotFound, VerdictStoreDamaged, VerdictWithheld
from hub.evidence.keyring import Sealed
from hub.evidence.recorded import (
    Answer,
    Asking,
    Context,
    Recorded,
    Stored,
    of_body,
    verdict_key,
)
from hub.evidence.reviews import Reviews
from hub.evidence.volume import Row, keep, opened_for_reading
from hub.evidence.volumes import Volumes

BATCH: Final = 200
"""Bodies that are held at once when all are gone through."""

_ONCE = "INSERT INTO once (key, ask, verdict) VALUES (?, ?, ?)"
_GIVEN = "SELECT ask, verdict FROM once WHERE key = ?"
_BODY = "SELECT kid, box FROM verdict WHERE id = ?"
_ASKINGS = "SELECT recordedAt, kid, box FROM asking WHERE verdict = ? ORDER BY number"
_BODIES = """
SELECT number, id, kid, box FROM verdict WHERE number > ? ORDER BY number LIMIT ?
"""
_NEWEST: Final = "SELECT id, kid, box FROM verdict ORDER BY number DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class Once:
    """A key under which a matter asks one question, and gets one answer, however often."""

    matter: str
    key: str
    ask: Ask

    def __post_init__(self) -> None:
        """Raises `InvalidReference`."""
        require_reference("idempotencyKey", self.key)

    @property
    def name(self) -> str:
        return canonical({"matter": self.matter, "key": self.key}).decode()

    @property
    def question(self) -> str:
        return canonical(asdict(self.ask)).decode()


class VerdictStore:
    """`now` gives the hub's wall clock. All but `record_once` only ever add."""

    def __init__(self, volumes: Volumes, *, now: Callable[[], Millis]) -> None:
        self._volumes = volumes
        self._now = now
        self.reviews = Reviews(volumes, now=now)

    async def record(self, answers: Sequence[Answer]) -> None:
        """All of them, or none. Raises `VerdictStoreUnavailable`: then give none of them."""
        await self._volumes.keep([self._row(answer) for answer in answers])

    async def record_once(self, answer: Answer, once: Once) -> str:
        """The id of the verdict recorded under the key: another one if another was faster.

        Raises `IdempotencyConflict`, `VerdictStoreUnavailable`.
        """

        def job(volume: sqlite3.Connection) -> str:
            key = self._volumes.keys.digest(once.name)
            kept = volume.execute(_GIVEN, (key,)).fetchall() or self._volumes.rows(_GIVEN, key)
            earlier = self._given(once, kept)
            if earlier is None:
                keep(volume, [self._row(answer)])
                asked = self._volumes.keys.digest(once.question)
                volume.execute(_ONCE, (key, asked, bytes.fromhex(answer.id)))
            return earlier or answer.id

        return await self._volumes.write(job, alone=True)

    async def given_once(self, once: Once) -> str | None:
        """The id of the verdict recorded under the key. Raises `IdempotencyConflict`."""

        def look() -> str | None:
            key = self._volumes.keys.digest(once.name)
            return self._given(once, self._volumes.rows(_GIVEN, key))

        return await asyncio.to_thread(look)

    async def find(self, verdict_id: str) -> Recorded:
        """Raises `VerdictNotFound`, `VerdictWithheld`, `VerdictStoreUnavailable`."""
        return await asyncio.to_thread(self._find, verdict_id)

    async def stored(self, verdict_id: str) -> Stored:
        """Raises `VerdictNotFound`, `VerdictStoreUnavailable`."""
        return await asyncio.to_thread(self._stored_as, verdict_id)

    async def newest(self) -> list[Stored]:
        """The last bodies of every volume, at most `BATCH` of each."""
        rows = await asyncio.to_thread(self._volumes.rows, _NEWEST, BATCH)
        return [self._stored(*row) for row in rows]

    async def batches(self) -> AsyncGenerator[list[Stored]]:
        """Every body of every volume, one volume after the other, at most `BATCH` at a time."""
        for file in self._volumes.files():
            last = 0
            while rows := await asyncio.to_thread(_bodies, file, last):
                yield [self._stored(*row) for _, *row in rows]
                last = rows[-1][0]

    def _row(self, answer: Answer) -> Row:
        """Of `answered`; sealed, digested."""
        keys, verdict, context = self._volumes.keys, bytes.fromhex(answer.id), answer.context
        body = keys.seal(answer.body, of_body(verdict))
        counts = context.matter if answer.timely else None
        matter = None if counts is None else keys.digest(counts)
        told = keys.seal(context.told, _of_asking(verdict))
        shown = (verdict, keys.digest(answer.subject), answer.scenario)
        return (*shown, *body, matter, self._now(), *told)

    def _given(self, once: Once, kept: Sequence[Row]) -> str | None:
        for ask, verdict in kept:
            if ask != self._volumes.keys.digest(once.question):
                raise IdempotencyConflict(once.key)
            return verdict.hex()
        return None

    def _find(self, verdict_id: str) -> Recorded:
        verdict, stored = verdict_key(verdict_id), self._stored_as(verdict_id)
        if stored.damaged:
            raise VerdictStoreDamaged(of_body(verdict))
        if stored.body is None:
            raise VerdictWithheld(stored.id)
        askings = [self._asking(verdict, *row) for row in self._volumes.rows(_ASKINGS, verdict)]
        askings.sort(key=lambda asking: asking.recorded_at)
        return Recorded(stored.id, stored.body, tuple(askings), tuple(self.reviews.of(stored.id)))

    def _stored_as(self, verdict_id: str) -> Stored:
        verdict = verdict_key(verdict_id)
        for row in self._volumes.rows(_BODY, verdict):
            return self._stored(verdict, *row)
        raise VerdictNotFound(verdict_id)

    def _stored(self, verdict: bytes, kid: str, box: bytes) -> Stored:
        try:
            body = self._volumes.keys.open(Sealed(kid, box), of_body(verdict))
        except VerdictStoreDamaged:
            return Stored(verdict.hex(), None, damaged=True)
        return Stored(verdict.hex(), body)

    def _asking(self, verdict: bytes, recorded_at: Millis, kid: str, box: bytes) -> Asking:
        told = self._volumes.keys.open(Sealed(kid, box), _of_asking(verdict))
        return Asking(recorded_at, Context(**orjson.loads(told)) if told else None)


def _bodies(file: Path, after: int) -> list[Row]:
    with opened_for_reading(file) as volume:
        return volume.execute(_BODIES, (after, BATCH)).fetchall()


def _of_asking(verdict: bytes) -> str:
    return f"asking:{verdict.hex()}"
