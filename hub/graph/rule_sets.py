"""Rule sets as the graph keeps them: immutable bodies by content hash."""

from typing import LiteralString

from hub.domain.clocks import Millis
from hub.graph.door import Door
from hub.graph.time_filter import at_the_clocks, held, known

_BODY: LiteralString = """
MATCH (w:RuleSet {contentHash: $content_hash}) RETURN w.body AS body ORDER BY w.number LIMIT 1
"""
_LATEST: LiteralString = f"""
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS known
MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
WHERE {known("x")}
RETURN w.contentHash AS content_hash ORDER BY w.number DESC LIMIT 1
"""
_IN_FORCE: LiteralString = f"""
{at_the_clocks()}MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
WHERE {held("x")} AND x.status = 'PUBLISHED'
RETURN w.contentHash AS content_hash ORDER BY w.number DESC LIMIT 1
"""


class RuleSetReader:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def body(self, content_hash: str) -> str | None:
        """The catalogue as canonical JSON; None for a hash the graph does not have."""
        rows = await self._door.read(_BODY, content_hash=content_hash)
        return str(rows[0]["body"]) if rows else None

    async def in_force(self, at: Millis, known_at: Millis | None) -> str | None:
        """Content hash of the rule set in force at both clocks; None when there was none."""
        rows = await self._door.read(_IN_FORCE, at=at, known=known_at)
        return str(rows[0]["content_hash"]) if rows else None

    async def latest(self) -> str | None:
        """Content hash of the highest-numbered rule set known now; None before the first seed."""
        rows = await self._door.read(_LATEST)
        return str(rows[0]["content_hash"]) if rows else None
