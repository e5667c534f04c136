"""Mends a knowledge clock that ran away, and marks a graph that was restored from a backup.

Both are for an operator who knows that it is so: no other path moves the clock back or stamps a
fact anew.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END, Millis
from hub.graph import imports
from hub.graph.door import Door, literal
from hub.graph.imports import IsGone
from hub.graph.knowledge_clock import lock
from hub.graph.model import NodeKind, graph_model

_READ: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
RETURN k.knownUpTo.epochMillis AS known_up_to, datetime.realtime().epochMillis AS now
"""
_IMPORT_TICKS: LiteralString = """
MATCH (i:Import) WHERE i.tick IS NOT NULL
RETURN collect(DISTINCT i.tick.epochMillis) AS ticks
"""
_SHIFT_IMPORTS: LiteralString = """
MATCH (i:Import) WHERE $shifts[toString(i.tick.epochMillis)] IS NOT NULL
SET i.tick = datetime({epochMillis: $shifts[toString(i.tick.epochMillis)]})
"""
_SET_BACK: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
SET k.pending = datetime({epochMillis: $tick}), k.knownUpTo = datetime({epochMillis: $tick})
"""
_RAISE_EPOCH: LiteralString = """
MATCH (k:KnowledgeClock {id: 1}) SET k.epoch = k.epoch + 1 RETURN k.epoch AS epoch
"""
_STAMPS = ("recordedFrom", "recordedTo")


async def set_back(door: Door, *, writer: str, is_gone: IsGone) -> Sequence[Millis]:
    """Bring a clock that ran ahead back to now; return the ticks that facts had in the future.

    Those facts keep their order and become known right after all that was known before them. Where
    they were published already, answers told instants that are not over yet: the epoch is raised.
    All in one transaction, or nothing; an abandoned stamping is finished first.
    """
    await imports.finish_abandoned(door, holder=writer, is_gone=is_gone)

    async def mend(tx: AsyncManagedTransaction) -> Sequence[Millis]:
        await lock(tx, writer)
        clock = await (await tx.run(_READ)).single(strict=True)
        known_up_to, now = clock["known_up_to"], clock["now"]
        ticks = await _ticks(tx)
        ahead = sorted(tick for tick in ticks if tick > now)
        last = max(tick for tick in (0, known_up_to, *ticks) if tick <= now)
        await _shift(tx, {str(tick): last + place for place, tick in enumerate(ahead, start=1)})
        await tx.run(_SET_BACK, tick=last + len(ahead))
        if known_up_to > now:
            await tx.run(_RAISE_EPOCH)
        return ahead

    return await door.write(mend)


async def raise_epoch(door: Door, *, writer: str) -> int:
    """Say that the graph was restored: what was answered before cannot be compared any more."""

    async def restored(tx: AsyncManagedTransaction) -> int:
        await lock(tx, writer)
        return int((await (await tx.run(_RAISE_EPOCH)).single(strict=True))["epoch"])

    return await door.write(restored)


async def _ticks(tx: AsyncManagedTransaction) -> set[Millis]:
    """Every tick that a fact or an import bears. Reads every fact."""
    found = await _collected(tx, _IMPORT_TICKS)
    for kind, stamp in _stamps():
        found |= await _collected(tx, _ticks_statement(kind, stamp))
    return found - {OPEN_END}


async def _collected(tx: AsyncManagedTransaction, statement: LiteralString) -> set[Millis]:
    return set((await (await tx.run(statement)).single(strict=True))["ticks"])


async def _shift(tx: AsyncManagedTransaction, shifts: Mapping[str, int]) -> None:
    if shifts:
        for kind, stamp in _stamps():
            await tx.run(_shift_statement(kind, stamp), shifts=shifts)
        await tx.run(_SHIFT_IMPORTS, shifts=shifts)


def _stamps() -> Sequence[tuple[str, str]]:
    return [(kind, stamp) for kind in graph_model().two_clock() for stamp in _STAMPS]


@cache
def _ticks_statement(kind: str, stamp: str) -> LiteralString:
    return literal(f"MATCH {_fact(kind)}\nRETURN collect(DISTINCT f.{stamp}.epochMillis) AS ticks")


@cache
def _shift_statement(kind: str, stamp: str) -> LiteralString:
    return literal(
        f"MATCH {_fact(kind)}\n"
        f"WITH f, $shifts[toString(f.{stamp}.epochMillis)] AS tick WHERE tick IS NOT NULL\n"
        f"SET f.{stamp} = datetime({{epochMillis: tick}})"
    )


def _fact(kind: str) -> str:
    is_node = isinstance(graph_model().kind(kind), NodeKind)
    return f"(f:{kind})" if is_node else f"()-[f:{kind}]->()"
