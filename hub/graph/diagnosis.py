"""What the graph tells about its own health; read by no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from hub.domain.clocks import Millis
from hub.graph.door import Door
from hub.graph.time_filter import at_the_clocks, held

_SERVER: LiteralString = """
CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN 'Neo4j ' + versions[0] + ' ' + edition AS server
"""
_CLOCK: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
OPTIONAL MATCH (l:WriterLease {id: 1})
RETURN k.knownUpTo.epochMillis AS known_up_to, k.pending.epochMillis AS pending, k.epoch AS epoch,
       datetime.realtime().epochMillis AS server_now,
       coalesce(l.expiresAt > datetime.realtime(), false) AS writing
"""
_UNFINISHED: LiteralString = """
MATCH (i:Import) WHERE i.state IN ['STAGING', 'STAMPING']
RETURN i.id AS id ORDER BY i.id
"""
_FRESH: LiteralString = f"""
{at_the_clocks("$at", "knownUpTo.epochMillis")}MATCH (g:SourceGeneration)
WHERE $jurisdiction IN g.jurisdictions AND {held("g")}
RETURN g.source AS source, max(g.freshUntil).epochMillis AS fresh_until
ORDER BY source
"""


@dataclass(frozen=True, slots=True)
class ClockState:
    """`server_now` is the time of Neo4j's machine; `writing` says that an import is at work."""

    known_up_to: Millis
    pending: Millis
    epoch: int
    server_now: Millis
    writing: bool

    @property
    def unpublished(self) -> bool:
        """Facts were committed and are known to no reader yet."""
        return self.known_up_to < self.pending

    @property
    def ahead_ms(self) -> int:
        """How far the clock has run ahead of the server; negative is as it should be."""
        return max(self.pending, self.known_up_to) - self.server_now


@dataclass(frozen=True, slots=True)
class Freshness:
    """`fresh_until` is that of the source's delivery that stays fresh longest."""

    source: str
    fresh_until: Millis


async def server_name(door: Door) -> str:
    """Product, version and edition; answers to whoever can log in."""
    [row] = await door.read(_SERVER)
    return str(row["server"])


async def clock_state(door: Door) -> ClockState:
    """Of a migrated graph."""
    [row] = await door.read(_CLOCK)
    return _clock_state(row)


async def unfinished_imports(door: Door) -> Sequence[str]:
    """Ids of imports that are staged or being stamped, by id."""
    return [str(row["id"]) for row in await door.read(_UNFINISHED)]


async def freshness(door: Door, *, jurisdiction: str, at: Millis) -> Sequence[Freshness]:
    """Of every source with a delivery for the place that is known and holds at the instant."""
    rows = await door.read(_FRESH, jurisdiction=jurisdiction, at=at)
    return [_freshness(row) for row in rows]


def _clock_state(row: Any) -> ClockState:
    return ClockState(
        known_up_to=Millis(row["known_up_to"]),
        pending=Millis(row["pending"]),
        epoch=row["epoch"],
        server_now=Millis(row["server_now"]),
        writing=row["writing"],
    )


def _freshness(row: Any) -> Freshness:
    return Freshness(source=row["source"], fresh_until=Millis(row["fresh_until"]))
