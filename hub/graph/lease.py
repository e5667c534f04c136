"""The writer's lease: one import at a time, fenced by a number that only grows."""

import asyncio
from collections.abc import Callable
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from hub.errors import LeaseLost, Publishing
from hub.graph.door import Door

_TERM_MS = 15_000
_POLL_SECONDS = 0.2

# Its own statement, and it reads nothing: a property read in the statement that takes the lock
# may be older than the lock.
_LOCK: LiteralString = "MATCH (l:WriterLease {id: 1}) SET l.askedBy = $holder"

_HOLDER: LiteralString = "MATCH (l:WriterLease {id: 1}) RETURN l.holder AS holder"

_TAKE: LiteralString = """
MATCH (l:WriterLease {id: 1})
WHERE l.expiresAt < datetime.realtime() OR l.holder = $gone
SET l.holder = $holder, l.fence = l.fence + 1,
    l.expiresAt = datetime({epochMillis: datetime.realtime().epochMillis + $term})
RETURN l.fence AS fence
"""
_RENEW: LiteralString = """
MATCH (l:WriterLease {id: 1})
WHERE l.fence = $fence
SET l.expiresAt = datetime({epochMillis: datetime.realtime().epochMillis + $term})
RETURN l.fence AS fence
"""
_RELEASE: LiteralString = """
MATCH (l:WriterLease {id: 1})
WHERE l.fence = $fence
SET l.holder = NULL, l.expiresAt = datetime({epochMillis: 0})
"""


async def acquire(
    door: Door, holder: str, *, wait_seconds: float, is_gone: Callable[[str], bool]
) -> int:
    """Wait for the lease and return its fencing number.

    A holder that `is_gone` says has died loses it at once, any other when its term is over.
    Raises `Publishing` when another import holds it for longer than `wait_seconds`.
    """

    async def attempt(tx: AsyncManagedTransaction) -> int | None:
        await tx.run(_LOCK, holder=holder)
        holding = (await (await tx.run(_HOLDER)).single(strict=True))["holder"]
        gone = holding if holding is not None and is_gone(holding) else None
        taken = await tx.run(_TAKE, holder=holder, gone=gone, term=_TERM_MS)
        record = await taken.single()
        return None if record is None else int(record["fence"])

    for last in [False] * int(wait_seconds / _POLL_SECONDS) + [True]:
        fence = await door.write(attempt)
        if fence is not None:
            return fence
        if not last:
            await asyncio.sleep(_POLL_SECONDS)
    raise Publishing(holder, _TERM_MS // 1_000)


async def renew(tx: AsyncManagedTransaction, fence: int, holder: str) -> None:
    """Hold on for another term, inside the transaction that writes. Raises `LeaseLost`."""
    await tx.run(_LOCK, holder=holder)
    record = await (await tx.run(_RENEW, fence=fence, term=_TERM_MS)).single()
    if record is None:
        raise LeaseLost(holder)


async def release(door: Door, fence: int) -> None:
    async def give_back(tx: AsyncManagedTransaction) -> None:
        await tx.run(_RELEASE, fence=fence)

    await door.write(give_back)
