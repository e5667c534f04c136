"""A batch of any size becomes known at one tick, or not at all.

Facts are staged in small transactions with the sentinel as `recordedFrom`, invisible to every
read. Then one transaction, under the clock's lock, checks that nobody changed meanwhile what the
import corrects, gives it its tick and calls it STAMPING; from there on it can only be finished, by
this process or by the next. The clock moves last. One import at a time holds the writer's lease;
its fencing number is checked in every transaction, so a holder that slept cannot write any more.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import LiteralString, TypeVar, cast

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END, Millis
from hub.domain.facts import Batch, Entity, Fact, Ref
from hub.errors import GraphProblem, ImportRefused, Publishing
from hub.graph import fact_writer, knowledge_clock, lease
from hub.graph.door import Door
from hub.text import Text

T = TypeVar("T")
Step = Callable[[int], None]
"""Called with how many entities, links or facts have just been written."""
IsGone = Callable[[str], bool]
"""Whether a holder of the lease is known to have died."""

_ROWS = 1_000
_WAIT_SECONDS = 60.0

_LAST: LiteralString = """
MATCH (:Source {id: $source})<-[:FROM]-(i:Import {state: 'PUBLISHED'})
RETURN i.id AS id, i.contentHash AS content_hash, coalesce(i.incomplete, false) AS incomplete
ORDER BY i.tick DESC LIMIT 1
"""
_KEPT: LiteralString = """
MATCH (:Source {id: $source})<-[:FROM]-(i:Import {state: 'PUBLISHED', contentHash: $content_hash})
RETURN count(i) > 0 AS kept
"""
_UNFINISHED: LiteralString = """
MATCH (i:Import) WHERE i.state IN ['STAGING', 'STAMPING']
RETURN i.id AS id, i.state AS state, i.tick.epochMillis AS tick, i.closes AS closes
ORDER BY i.state DESC, i.id
"""
_BEGIN: LiteralString = """
MERGE (s:Source {id: $source})
WITH s
OPTIONAL MATCH (earlier:Import)-[:FROM]->(s)
WITH s, count(earlier) AS before
CREATE (i:Import {id: $source + '#' + toString(before) + '-' + left($content_hash, 12),
  contentHash: $content_hash, state: 'STAGING',
  createdAt: datetime({epochMillis: datetime.realtime().epochMillis})})-[:FROM]->(s)
RETURN i.id AS id
"""
_RESERVE: LiteralString = """
MATCH (i:Import {id: $import_id})
SET i.state = 'STAMPING', i.tick = datetime({epochMillis: $tick}), i.closes = $closes,
    i.incomplete = CASE WHEN $incomplete THEN true END
"""
_COMPLETED: LiteralString = """
MATCH (i:Import {id: $import_id}) REMOVE i.incomplete
"""
_FINISH: LiteralString = """
MATCH (i:Import {id: $import_id}) SET i.state = 'PUBLISHED'
"""
_REFUSE: LiteralString = """
MATCH (i:Import {id: $import_id}) SET i.state = 'REFUSED'
"""
_FORGET: LiteralString = """
MATCH (i:Import {id: $import_id, state: 'STAGING'}) DETACH DELETE i
"""
_MOVE: LiteralString = """
MATCH (k:KnowledgeClock {id: 1})
SET k.knownUpTo = datetime({epochMillis: $tick})
"""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`tick` is None when everything was known already and nothing was written."""

    import_id: str | None
    tick: Millis | None
    added: int
    closed: int


UNCHANGED = ImportResult(None, None, 0, 0)


async def import_batch(
    door: Door,
    batch: Batch,
    *,
    holder: str,
    step: Step = lambda _count: None,
    is_gone: IsGone = lambda _holder: False,
) -> ImportResult:
    """Write the batch; the same content twice changes nothing.

    Finishes or clears away first what an interrupted import left. Raises `ImportRefused` when a
    fact it corrects was changed meanwhile or names a thing that does not exist, `Publishing` when
    another import keeps the lease, `LeaseLost` when this process was too slow to keep it.
    """
    async with importing(door, holder, is_gone) as importer:
        return await importer.keep(batch, step)


async def recover(door: Door, *, holder: str, is_gone: IsGone = lambda _holder: False) -> None:
    """At start-up: finish what was interrupted in its stamping, then publish the clock."""
    if any(row["state"] == "STAMPING" for row in await door.read(_UNFINISHED)):
        async with importing(door, holder, is_gone):
            pass
    await knowledge_clock.publish_pending(door, holder)


async def finish_abandoned(door: Door, *, holder: str, is_gone: IsGone) -> bool:
    """Finish a stamping whose process has gone; False while somebody is still at it."""
    try:
        async with importing(door, holder, is_gone, wait_seconds=0):
            return True
    except Publishing:
        return False


@asynccontextmanager
async def importing(
    door: Door, holder: str, is_gone: IsGone, *, wait_seconds: float = _WAIT_SECONDS
) -> AsyncGenerator["Importer"]:
    """The lease, once what an earlier holder left has been finished or cleared away.

    Nothing else is imported until the block ends: a batch made inside it, of what the graph says,
    is written to the same graph. Raises `Publishing` when another import keeps the lease.
    """
    fence = await lease.acquire(door, holder, wait_seconds=wait_seconds, is_gone=is_gone)
    try:
        importer = Importer(door, fence, holder)
        await importer.finish_interrupted()
        yield importer
    finally:
        with suppress(GraphProblem):  # Neo4j gone: the lease runs out by itself
            await lease.release(door, fence)


class Importer:
    """One holder of the lease at work; every transaction proves the lease first."""

    def __init__(self, door: Door, fence: int, holder: str) -> None:
        self._door = door
        self._fence = fence
        self._holder = holder

    async def keep(self, batch: Batch, step: Step = lambda _count: None) -> ImportResult:
        """Raises `ImportRefused`, `LeaseLost`."""
        last = await self._last(batch.source)
        if last is None or last["content_hash"] != batch.content_hash:
            return await self._run(batch, step)
        if last["incomplete"]:
            await self._complete(str(last["id"]), batch.entities)
        step(len(batch.entities) + len(batch.links) + len(batch.facts))
        return UNCHANGED

    async def has_kept(self, source: str, content_hash: str) -> bool:
        """Whether that content was ever imported from the source."""
        [row] = await self._door.read(_KEPT, source=source, content_hash=content_hash)
        return bool(row["kept"])

    async def _last(self, source: str) -> Mapping[str, object] | None:
        rows = await self._door.read(_LAST, source=source)
        return rows[0] if rows else None

    async def finish_interrupted(self) -> None:
        for row in await self._door.read(_UNFINISHED):
            import_id = str(row["id"])
            if row["state"] == "STAGING":
                await self._clear_away(import_id, _FORGET)
                continue
            tick, closes = row["tick"], row["closes"]
            assert isinstance(tick, int)
            assert isinstance(closes, list)
            staged = await self._staged(import_id)
            await self._stamp(import_id, Millis(tick), staged, cast("list[str]", closes))

    async def _run(self, batch: Batch, step: Step) -> ImportResult:
        import_id = await self._begin(batch)
        try:
            incomplete = batch.only(await self._write_things(batch, import_id, step))
            rows = await self._stage(batch, import_id, step)
            tick, closes = await self._reserve(batch, import_id, rows, bool(incomplete))
        except (
            ImportRefused,
            fact_writer.ChangedIdentity,
            fact_writer.MissingEndpoint,
            fact_writer.ContradictingFacts,
        ) as error:
            await self._clear_away(import_id, _REFUSE)
            for entities in _parts(batch.entities):
                remove = partial(fact_writer.remove_placed, entities=entities, import_id=import_id)
                await self._fenced(remove)
            raise _refused(batch, error) from error
        if incomplete:
            await self._complete(import_id, incomplete)
        await self._stamp(import_id, tick, [row.fact_id for row in rows], closes)
        return ImportResult(import_id, tick, len(rows), len(closes))

    async def _begin(self, batch: Batch) -> str:
        async def begin(tx: AsyncManagedTransaction) -> str:
            result = await tx.run(_BEGIN, source=batch.source, content_hash=batch.content_hash)
            return str((await result.single(strict=True))["id"])

        return await self._fenced(begin)

    async def _write_things(self, batch: Batch, import_id: str, step: Step) -> set[Ref]:
        """Returns the things that are to be completed once the batch is certain to be published."""
        incomplete = set[Ref]()
        for entities in _parts(batch.entities):
            place = partial(fact_writer.place_entities, entities=entities, import_id=import_id)
            incomplete |= await self._fenced(place)
            step(len(entities))
        for links in _parts(batch.links):
            await self._fenced(partial(fact_writer.write_links, links=links))
            step(len(links))
        return incomplete

    async def _complete(self, import_id: str, entities: Sequence[Entity]) -> None:
        """It stays marked until all is told: who is killed on the way does it when told again."""
        for part in _parts(entities):
            await self._fenced(partial(fact_writer.complete_entities, entities=part))

        async def unmark(tx: AsyncManagedTransaction) -> None:
            await tx.run(_COMPLETED, import_id=import_id)

        await self._fenced(unmark)

    async def _stage(self, batch: Batch, import_id: str, step: Step) -> list[fact_writer.FactRow]:
        staged: list[fact_writer.FactRow] = []

        async def stage(
            tx: AsyncManagedTransaction, *, facts: Sequence[Fact]
        ) -> Sequence[fact_writer.FactRow]:
            rows = (await fact_writer.plan(tx, facts)).rows
            await fact_writer.write_facts(tx, rows, recorded_from=OPEN_END, import_id=import_id)
            return rows

        for facts in _parts(fact_writer.distinct(batch.facts)):
            staged += await self._fenced(partial(stage, facts=facts))
            step(len(facts))
        return staged

    async def _reserve(
        self,
        batch: Batch,
        import_id: str,
        rows: Sequence[fact_writer.FactRow],
        incomplete: bool,
    ) -> tuple[Millis, Sequence[str]]:
        """The tick, and the ids of all facts to close: what is withdrawn as it is known now."""

        async def reserve(tx: AsyncManagedTransaction) -> tuple[Millis, Sequence[str]]:
            await knowledge_clock.lock(tx, self._holder)
            if not await fact_writer.still_as_planned(tx, rows):
                raise ImportRefused(batch.source, import_id, CHANGED_MEANWHILE)
            withdrawn = (await fact_writer.plan(tx, (), batch.withdrawn)).withdrawn
            closes = [*(row.closes for row in rows if row.closes), *withdrawn]
            tick = await knowledge_clock.take_tick(tx)
            given = {"tick": tick, "closes": closes, "incomplete": incomplete}
            await tx.run(_RESERVE, import_id=import_id, parameters=given)
            return tick, closes

        return await self._fenced(reserve)

    async def _stamp(
        self, import_id: str, tick: Millis, staged: Sequence[str], closes: Sequence[str]
    ) -> None:
        for ids in _parts(staged):
            await self._fenced(partial(fact_writer.stamp_facts, fact_ids=ids, recorded_from=tick))
        for ids in _parts(closes):
            await self._fenced(partial(fact_writer.close_facts, fact_ids=ids, recorded_to=tick))

        async def finish(tx: AsyncManagedTransaction) -> None:
            await knowledge_clock.lock(tx, self._holder)
            await tx.run(_FINISH, import_id=import_id)
            await tx.run(_MOVE, tick=tick)

        await self._fenced(finish)

    async def _clear_away(self, import_id: str, verdict: LiteralString) -> None:
        """Remove staged facts, which nobody ever knew; then mark or forget the import."""
        for ids in _parts(await self._staged(import_id)):
            await self._fenced(partial(fact_writer.remove_staged, fact_ids=ids))

        async def close(tx: AsyncManagedTransaction) -> None:
            await tx.run(verdict, import_id=import_id)

        await self._fenced(close)

    async def _staged(self, import_id: str) -> list[str]:
        return await self._fenced(partial(fact_writer.staged_facts, import_id=import_id))

    async def _fenced(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        async def proven(tx: AsyncManagedTransaction) -> T:
            await lease.renew(tx, self._fence, self._holder)
            return await work(tx)

        return await self._door.write(proven)


CHANGED_MEANWHILE = Text(
    "导入期间有人修改了它要更正的内容", "what it corrects was changed while it was being read"
)


def _refused(batch: Batch, error: Exception) -> ImportRefused:
    if isinstance(error, ImportRefused):
        return error
    return ImportRefused(batch.source, batch.content_hash[:12], Text(str(error), str(error)))


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS))
