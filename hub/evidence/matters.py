"""Registered matters: decisions that were, or should have been, checked before they were taken."""

import asyncio
import heapq
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import orjson

from hub.domain.canonical import canonical
from hub.domain.clocks import Millis, parse_instant
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import require_reference
from hub.errors import MatterConflict
from hub.evidence.keyring import Sealed
from hub.evidence.recorded import of_body
from hub.evidence.volume import Row
from hub.evidence.volumes import Volumes

_KEEP = """
INSERT INTO matter (name, content, scenario, subject, decidedAt, kid, box)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_REGISTERED = "SELECT content FROM matter WHERE name = ?"
_DECIDED = """
SELECT decidedAt, name, subject, kid, box FROM matter
WHERE scenario = ? AND (decidedAt, name) > (?, ?) AND decidedAt < ?
ORDER BY decidedAt, name LIMIT ?
"""
_CHECKED = """
SELECT id, kid, box FROM verdict
WHERE scenario = ?3 AND (?4 IS NULL OR subject = ?4)
AND id IN (SELECT verdict FROM asking WHERE matter = ?1 AND recordedAt <= ?2)
ORDER BY number DESC
"""
_BATCH = 200
_MOST_LOOKED_AT = 10_000
"""Matters that one page goes through, most of which may have been checked."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision in a scenario; `subject` where it was about one, `organ` who took it."""

    name: str
    scenario: str
    decided_at: Millis
    subject: SubjectId | None = None
    organ: str | None = None


class MatterPlace(NamedTuple):
    """Where a matter stands among those of its scenario: by day of decision, then by digest."""

    decided_at: Millis
    name: bytes = b""


class Unchecked(NamedTuple):
    """One page of matters; the next begins after `end`, None when there is no more."""

    matters: list[Matter]
    end: MatterPlace | None


class MatterRegister:
    def __init__(self, volumes: Volumes) -> None:
        self._volumes = volumes

    async def register(self, matter: Matter) -> None:
        """The same again changes nothing.

        Raises `InvalidReference`, `MatterConflict`, `VerdictStoreUnavailable`.
        """
        require_reference("matter", matter.name)
        told = canonical(asdict(matter))

        def job(volume: sqlite3.Connection) -> None:
            keys = self._volumes.keys
            name, content = keys.digest(matter.name), keys.digest(told.decode())
            kept = volume.execute(_REGISTERED, (name,)).fetchall()
            for (registered,) in kept or self._volumes.rows(_REGISTERED, name):
                if registered != content:
                    raise MatterConflict(matter.name)
                return
            subject = None if matter.subject is None else keys.digest(matter.subject)
            shown = (name, content, matter.scenario, subject, matter.decided_at)
            volume.execute(_KEEP, (*shown, *keys.seal(told, _of_matter(name))))

        await self._volumes.write(job, alone=True)

    async def without_check(
        self, scenario: str, *, after: MatterPlace, before: Millis, first: int
    ) -> Unchecked:
        """Decided before `before`, none of them checked in time; in the order of decision.

        A check counts when it was recorded at the latest at the instant of decision, for the
        matter, in its scenario and on its subject, was timely, so that it spoke of the time of
        asking by what was known then, and was still valid at the instant of decision: the body
        says until when, and counts where its key was destroyed. A page may hold less than `first`
        and yet not be the last. Raises `VerdictStoreDamaged`, `VerdictStoreUnavailable`.
        """
        return await asyncio.to_thread(self._without_check, scenario, after, before, first)

    def _without_check(
        self, scenario: str, after: MatterPlace, before: Millis, first: int
    ) -> Unchecked:
        matters: list[Matter] = []
        with self._volumes.opened() as volumes:
            rows = [_decided(volume, scenario, after, before) for volume in volumes]
            place = None
            for looked_at, row in enumerate(heapq.merge(*rows)):
                if len(matters) == first or looked_at == _MOST_LOOKED_AT:
                    return Unchecked(matters, place)
                place = MatterPlace(*row[:2])
                if not self._is_checked(volumes, scenario, row):
                    matters += self._opened(row)
        return Unchecked(matters, None)

    def _is_checked(self, volumes: Sequence[sqlite3.Connection], scenario: str, row: Row) -> bool:
        decided_at, name, subject, *_ = row
        sought = (name, decided_at, scenario, subject)
        return any(
            self._was_valid(decided_at, *verdict)
            for volume in volumes
            for verdict in volume.execute(_CHECKED, sought)
        )

    def _was_valid(self, decided_at: Millis, verdict: bytes, kid: str, box: bytes) -> bool:
        body = self._volumes.keys.open(Sealed(kid, box), of_body(verdict))
        until = None if body is None else orjson.loads(body)["validUntil"]
        return until is None or decided_at < parse_instant(until)

    def _opened(self, row: Row) -> Iterator[Matter]:
        """None where the key was destroyed."""
        _, name, _, kid, box = row
        told = self._volumes.keys.open(Sealed(kid, box), _of_matter(name))
        if told is not None:
            yield Matter(**orjson.loads(told))


def _decided(
    volume: sqlite3.Connection, scenario: str, after: MatterPlace, before: Millis
) -> Iterator[Row]:
    while rows := volume.execute(_DECIDED, (scenario, *after, before, _BATCH)).fetchall():
        yield from rows
        after = MatterPlace(*rows[-1][:2])


def _of_matter(name: bytes) -> str:
    return f"matter:{name.hex()}"
