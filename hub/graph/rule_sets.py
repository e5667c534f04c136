"""Rule sets as the graph keeps them: immutable bodies by content hash, and their states."""

from typing import Any, LiteralString

from hub.domain.clocks import Millis, Span
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus
from hub.graph.door import Door
from hub.graph.knowledge_clock import read_known
from hub.graph.time_filter import TELL_THE_CLOCK, as_known, at_the_clocks, held, known

_BODY: LiteralString = """
MATCH (w:RuleSet WHERE w.number >= 1 AND w.contentHash = $content_hash)
RETURN w.body AS body ORDER BY w.number LIMIT 1
"""
_LATEST: LiteralString = f"""
{at_the_clocks("0")}{TELL_THE_CLOCK}, head(COLLECT {{
  MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
  WHERE {known("x")} AND x.status = 'PUBLISHED'
  RETURN w.contentHash ORDER BY w.number DESC LIMIT 1 }}) AS content_hash
"""
_FIRST: LiteralString = """
MATCH (w:RuleSet WHERE w.number >= 1) RETURN w.contentHash AS content_hash ORDER BY w.number LIMIT 1
"""
_IN_FORCE: LiteralString = f"""
{at_the_clocks()}{TELL_THE_CLOCK}, head(COLLECT {{
  MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
  WHERE {held("x")} AND x.status = 'PUBLISHED'
  RETURN w.contentHash ORDER BY w.number DESC LIMIT 1 }}) AS content_hash
"""
_KNOWN: LiteralString = f"""
{at_the_clocks("0")}{TELL_THE_CLOCK}, COLLECT {{
  MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
  WHERE {known("x")}
  WITH w, x ORDER BY x.validFrom, x.factId
  WITH w, collect({{status: x.status, validFrom: x.validFrom.epochMillis,
    validTo: x.validTo.epochMillis, document: x.document}}) AS states
  RETURN {{number: w.number, content_hash: w.contentHash, states: states}} ORDER BY w.number
}} AS rule_sets
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
        row = await read_known(self._door, _IN_FORCE, at=at, known=as_known(known_at))
        return row["content_hash"]

    async def latest(self, known_at: Millis | None = None) -> str | None:
        """Content hash of the highest-numbered rule set known then as published, if any was."""
        row = await read_known(self._door, _LATEST, known=as_known(known_at))
        return row["content_hash"]

    async def first(self) -> str | None:
        """Content hash of the lowest-numbered rule set; None before the first seed."""
        rows = await self._door.read(_FIRST)
        return str(rows[0]["content_hash"]) if rows else None

    async def known(self, known_at: Millis | None = None) -> list[KnownRuleSet]:
        """Every rule set known then, drafts among them, by number."""
        row = await read_known(self._door, _KNOWN, known=as_known(known_at))
        return [_rule_set(one) for one in row["rule_sets"]]


def _rule_set(row: Any) -> KnownRuleSet:
    states = tuple(_state(state) for state in row["states"])
    return KnownRuleSet(row["number"], row["content_hash"], states)


def _state(row: Any) -> RuleSetState:
    span = Span(Millis(row["validFrom"]), Millis(row["validTo"]))
    return RuleSetState(RuleSetStatus(row["status"]), span, row["document"])
