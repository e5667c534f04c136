"""Archives records: they stand as archived, and nothing is held of them from that instant on.

What is held of a record are facts like any other, so that every read leaves an archived one out
while questions of earlier clocks find it.
"""

from collections.abc import AsyncGenerator
from typing import Any, LiteralString, NamedTuple

from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Batch, Fact
from hub.domain.moves import KeptRecord, changed, corrected
from hub.domain.retention import archived
from hub.domain.standings import ENDED
from hub.errors import ImportRefused
from hub.graph.door import Door
from hub.graph.entry import enter
from hub.graph.fact_writer import fact_key
from hub.graph.imports import IsGone
from hub.graph.path_statements import JOINED
from hub.graph.standings import kept_record
from hub.graph.stored import ref_of, told_of
from hub.graph.time_filter import as_known, at_the_clocks, held
from hub.text import Text

_SOURCE = "RETENTION"
_AT_ONCE = 100

_OVER: LiteralString = f"""CYPHER 25
{at_the_clocks()}MATCH (r:CreditRecord)-[:STANDS]->(st:Standing)
WHERE r.id > $after AND {held("st")}
  AND (st.status IN $lists.ended OR st.countsUntil <= at AND st.status <> 'ARCHIVED')
RETURN DISTINCT r.id AS code ORDER BY code LIMIT $first
"""
_EDGES: LiteralString = f"""CYPHER 25
{at_the_clocks()}MATCH (r:CreditRecord {{id: $code}})-[e:{JOINED}]-() WHERE {held("e")}
RETURN e.factId AS fact_id, type(e) AS kind, properties(e) AS told,
  e.validFrom.epochMillis AS start,
  startNode(e).id AS subject, labels(startNode(e)) AS subject_labels,
  endNode(e).id AS object, labels(endNode(e)) AS object_labels
ORDER BY fact_id
"""


class Due(NamedTuple):
    """A record to be archived: how it stands now, and how from the instant `at` on."""

    at: Millis
    before: KeptRecord
    after: KeptRecord


class Archivist:
    """Archives at the instant `now`, by one term of retention, what no rule may look back on."""

    def __init__(self, door: Door, term: Term, law: Catalogue, *, now: Millis) -> None:
        self._door = door
        self._term = term
        self._law = law
        self._now = now

    async def due(self) -> AsyncGenerator[Due]:
        """Every record whose retention is over, by code."""
        after = ""
        while codes := await self._over(after):
            for code in codes:
                record = await kept_record(self._door, code)
                found = archived(record, self._term, self._law)
                if found is not None and found[0] <= self._now:
                    yield Due(found[0], record, found[1])
            after = codes[-1]

    async def archive(self, due: Due, *, writer: str, is_gone: IsGone) -> Millis:
        """The tick at which it became known. Raises `ImportRefused`, `Publishing`."""
        edges = await self._door.read(
            _EDGES, code=due.before.code, at=self._now, known=as_known(None)
        )
        ended = [_ended(edge, due.at) for edge in edges]
        facts = [*changed(due.before, due.after), *ended]
        closed = corrected(due.before, due.after) | {str(edge["fact_id"]) for edge in edges}
        batch = Batch(_SOURCE, "", entities=(), facts=facts)
        return await enter(self._door, batch, writer=writer, is_gone=is_gone, corrects=closed)

    async def _over(self, after: str) -> list[str]:
        lists = {"ended": sorted(ENDED)}
        rows = await self._door.read(
            _OVER, after=after, lists=lists, at=self._now, known=as_known(None), first=_AT_ONCE
        )
        return [str(row["code"]) for row in rows]


def _ended(edge: Any, at: Millis) -> Fact:
    """The same fact, held until the instant."""
    start = Millis(edge["start"])
    fact = Fact(
        edge["kind"],
        ref_of(edge["subject_labels"], edge["subject"]),
        Span(start, max(start, at)),
        ref_of(edge["object_labels"], edge["object"]),
        properties=told_of(edge["told"]),
    )
    if not edge["fact_id"].startswith(fact_key(fact)):
        raise ImportRefused(_SOURCE, edge["fact_id"], _TOLD_APART)
    return fact


_TOLD_APART = Text(
    "同类事实不止一项，不能归档", "facts of a record that need a key to be told apart"
)
