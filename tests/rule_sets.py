"""Rule sets that a test makes in the shared graph, and leaves no trace of."""

import re
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import LiteralString

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END, Millis
from hub.graph.knowledge_clock import write_at_tick
from hub.resources import resource
from hub.wiring import Hub

_KNOWN_UP_TO: LiteralString = """
MATCH (k:KnowledgeClock {id: 1}) RETURN k.knownUpTo.epochMillis AS tick
"""
_FORGET: LiteralString = """
MATCH (x:RuleSetState|LegalBasisState)
WHERE x.recordedFrom > datetime({epochMillis: $tick}) DETACH DELETE x
"""
_REOPEN: LiteralString = """
MATCH (x:RuleSetState|LegalBasisState)
WHERE x.recordedTo > datetime({epochMillis: $tick})
  AND x.recordedTo < datetime({epochMillis: $open})
SET x.recordedTo = datetime({epochMillis: $open}) REMOVE x:Superseded
"""
_FORGET_BODIES: LiteralString = """
MATCH (w:RuleSet) WHERE NOT EXISTS { (w)-[:HAS_STATE]->() }
OPTIONAL MATCH (w)-[:CONTAINS]->(rule:Rule)
DETACH DELETE rule, w
"""
_FORGET_IMPORTS: LiteralString = """
MATCH (i:Import)-[:FROM]->(s:Source) WHERE s.id IN ['RULES', 'CATALOGUE']
  AND i.tick > datetime({epochMillis: $tick})
DETACH DELETE i
"""


async def known_up_to(hub: Hub) -> Millis:
    [row] = await hub.door.read(_KNOWN_UP_TO)
    tick = row["tick"]
    assert isinstance(tick, int)
    return Millis(tick)


@asynccontextmanager
async def restored(hub: Hub) -> AsyncGenerator[None]:
    """Whatever becomes of rule sets inside is taken out of the graph again."""
    tick = await known_up_to(hub)
    try:
        yield
    finally:
        await hub.door.run(_FORGET, tick=tick)
        await hub.door.run(_REOPEN, tick=tick, open=OPEN_END)
        await hub.door.run(_FORGET_BODIES)
        await hub.door.run(_FORGET_IMPORTS, tick=tick)
        await write_at_tick(hub.door, "test", _nothing)


async def _nothing(_tx: AsyncManagedTransaction, _tick: Millis) -> None:
    """Facts are never taken out but here: what is kept of them in a process ends with the tick."""


def next_catalogue(folder: Path, *, number: int) -> Path:
    """The catalogue that ships under another number, with one measure worded otherwise."""
    shutil.copytree(resource("seeds", "catalogue"), folder)
    _edit(folder / "rule_set.yaml", r"number: \d+", f"number: {number}")
    _edit(folder / "measures.yaml", "zh: 不得调任,", f"zh: 不得调任（第{number}号）,")
    return folder


def _edit(file: Path, pattern: str, new: str) -> None:
    text, edited = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
    assert edited == 1
    file.write_text(text, encoding="utf-8")
