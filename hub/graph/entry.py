"""A few facts entered at once, in one transaction with its own tick."""

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import Millis
from hub.domain.facts import Batch
from hub.errors import ImportRefused, Publishing
from hub.graph import fact_writer, imports, knowledge_clock
from hub.graph.door import Door
from hub.graph.imports import CHANGED_MEANWHILE, IsGone


async def enter(
    door: Door,
    batch: Batch,
    *,
    writer: str,
    is_gone: IsGone = lambda _holder: False,
    corrects: frozenset[str] | None = None,
) -> Millis:
    """Write the batch and return the tick at which it became known.

    All of it or nothing. `corrects` are the ids of the facts it was made to take the place of: it
    is refused where others are in their place by now. An import whose stamping was abandoned is
    finished first. Raises `Publishing` while one is being stamped, `ImportRefused`, `ClockAhead`,
    `ChangedIdentity`, `ContradictingFacts`, `MissingEndpoint`.
    """
    import_id = f"entry:{batch.source}"

    async def work(tx: AsyncManagedTransaction, tick: Millis) -> None:
        incomplete = await fact_writer.place_entities(tx, batch.entities, import_id=import_id)
        await fact_writer.complete_entities(tx, batch.only(incomplete))
        await fact_writer.write_links(tx, batch.links)
        facts = fact_writer.distinct(batch.facts)
        plan = await fact_writer.plan(tx, facts, batch.withdrawn)
        if corrects is not None and corrects != frozenset(plan.closes):
            raise ImportRefused(batch.source, import_id, CHANGED_MEANWHILE)
        await fact_writer.close_facts(tx, plan.closes, recorded_to=tick)
        await fact_writer.write_facts(tx, plan.rows, recorded_from=tick, import_id=import_id)

    try:
        return await knowledge_clock.write_at_tick(door, writer, work)
    except Publishing:
        if not await imports.finish_abandoned(door, holder=writer, is_gone=is_gone):
            raise
        return await knowledge_clock.write_at_tick(door, writer, work)
