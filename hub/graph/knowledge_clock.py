"""The knowledge clock: what is known up to when.

A writer takes a tick under the clock's lock, stamps its facts with it and commits; only a second
transaction moves `knownUpTo` to the tick. Commits are not atomic to readers, so a reader that saw
the clock move with the facts could see half of them; moved afterwards, it never can.
"""

from collections.abc import Awaitable, Callable
from typing import Any, LiteralString, cast

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import Millis
from hub.errors import ClockAhead, Publishing
from hub.graph.door import Door
from hub.graph.migrations import require_current

MOST_AHEAD_MS = 60_000

# Its own statement: a property read in the statement that takes the lock may be older than it.
_LOCK: LiteralString = "MATCH (k:KnowledgeClock {id: 1}) SET k.writer = $writer"

_READ: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
OPTIONAL MATCH (i:Import {state: 'STAMPING'})
RETURN k.pending.epochMillis AS pending, k.knownUpTo.epochMillis AS known_up_to,
       datetime.realtime().epochMillis AS now, i.id AS stamping
"""
_TAKE: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
SET k.knownUpTo = k.pending, k.pending = datetime({epochMillis: $tick})
"""
_PUBLISH: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
WHERE k.knownUpTo < datetime({epochMillis: $tick})
SET k.knownUpTo = datetime({epochMillis: $tick})
"""
_RECOVER: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
WHERE k.knownUpTo < k.pending
SET k.knownUpTo = k.pending
"""
_RETRY_AFTER_SECONDS = 5


async def lock(tx: AsyncManagedTransaction, writer: str) -> None:
    """Wait for the clock's lock; it is held until the transaction ends."""
    await tx.run(_LOCK, writer=writer)


async def take_tick(tx: AsyncManagedTransaction) -> Millis:
    """Give out the next tick, under the lock already held; what was pending becomes known.

    Whoever held the lock before has committed, so its facts are complete.
    Raises `Publishing` while an import is being stamped, `ClockAhead` when the clock has run away.
    """
    record = await (await tx.run(_READ)).single(strict=True)
    if record["stamping"] is not None:
        raise Publishing(record["stamping"], _RETRY_AFTER_SECONDS)
    pending, now = int(record["pending"]), int(record["now"])
    _require_past(max(pending, int(record["known_up_to"])), now)
    tick = Millis(max(now, pending + 1))
    await tx.run(_TAKE, tick=tick)
    return tick


async def read_known(door: Door, text: LiteralString, **parameters: object) -> Any:
    """The one row of a statement that tells the clock, whatever instant it reads as of.

    Raises what `require_current` and `known_by` raise.
    """
    rows = await door.read(text, **parameters)
    if not rows:
        await require_current(door)
    [row] = rows
    known_by(door, row["knownUpTo"])
    return row


def known_by(door: Door, told: object) -> Millis:
    """The newest instant of knowledge, as a statement tells it.

    Raises `ClockAhead` where it is yet to come: nobody can say what is known by then, nor by an
    instant of the past, which misses what was written with a tick to come.
    """
    known = Millis(cast("int", told))
    _require_past(known, door.now())
    return known


def _require_past(tick: int, now: int) -> None:
    if tick > now + MOST_AHEAD_MS:
        raise ClockAhead((tick - now) / 1_000)


async def publish(door: Door, tick: Millis, writer: str) -> None:
    """Let readers see everything stamped with the tick. Its own transaction, by design."""

    async def move(tx: AsyncManagedTransaction) -> None:
        await lock(tx, writer)
        await tx.run(_PUBLISH, tick=tick)

    await door.write(move)


async def publish_pending(door: Door, writer: str) -> None:
    """At start-up: make known what a writer committed and did not live to publish.

    Nothing happens while an import is being stamped: only its end moves the clock.
    """

    async def recover(tx: AsyncManagedTransaction) -> None:
        await lock(tx, writer)
        record = await (await tx.run(_READ)).single(strict=True)
        if record["stamping"] is None:
            await tx.run(_RECOVER)

    await door.write(recover)


async def write_at_tick(
    door: Door, writer: str, work: Callable[[AsyncManagedTransaction, Millis], Awaitable[None]]
) -> Millis:
    """Run `work` in one transaction with a tick of its own, then publish it; return the tick."""

    async def first(tx: AsyncManagedTransaction) -> Millis:
        await lock(tx, writer)
        tick = await take_tick(tx)
        await work(tx, tick)
        return tick

    tick = await door.write(first)
    await publish(door, tick, writer)
    return tick
