"""A few facts entered at once, in one transaction with its own tick."""

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import Millis
from hub.domain.facts import Batch
from hub.graph import fact_writer, knowledge_clock
from hub.graph.door import Door


async def enter(door: Door, batch: Batch, *, writer: str) -> Millis:
    """Write the batch and return the tick at which it became known.

    All of it or nothing. Raises `Publishing` while an import is being stamped, `ClockAhead`,
    `ContradictingFacts`, `MissingEndpoint`.
    """

    async def work(tx: AsyncManagedTransaction, tick: Millis) -> None:
        await fact_writer.write_entities(tx, batch.entities)
        await fact_writer.write_links(tx, batch.links)
        facts = fact_writer.distinct(batch.facts)
        plan = await fact_writer.plan(tx, facts, batch.withdrawn)
        await fact_writer.close_facts(tx, plan.closes, recorded_to=tick)
        await fact_writer.write_facts(
            tx, plan.rows, recorded_from=tick, import_id=f"entry:{batch.source}"
        )

    return await knowledge_clock.write_at_tick(door, writer, work)
