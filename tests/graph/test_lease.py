"""The lease: one holder, a fence that only grows, and no writing for whoever lost it."""

import anyio
import pytest
from neo4j import AsyncManagedTransaction

from hub.errors import LeaseLost, Publishing
from hub.graph import lease
from hub.graph.door import Door
from hub.wiring import Hub

_EXPIRE = "MATCH (l:WriterLease {id: 1}) SET l.expiresAt = datetime({epochMillis: 0})"
_FENCE = "MATCH (l:WriterLease {id: 1}) RETURN l.fence AS fence, l.holder AS holder"


def _alive(_holder: str) -> bool:
    return False


async def _take(door: Door, holder: str) -> int:
    return await lease.acquire(door, holder, wait_seconds=0, is_gone=_alive)


async def _renew(door: Door, fence: int) -> None:
    async def write(tx: AsyncManagedTransaction) -> None:
        await lease.renew(tx, fence, "test")

    await door.write(write)


async def test_a_second_asks_in_vain_and_the_fence_stays(own_hub: Hub) -> None:
    fence = await _take(own_hub.door, "first")

    async with anyio.create_task_group() as group:
        for number in range(8):
            group.start_soon(_asks_in_vain, own_hub.door, f"other {number}")
            group.start_soon(_renew, own_hub.door, fence)

    assert await own_hub.door.read(_FENCE) == [{"fence": fence, "holder": "first"}]
    await lease.release(own_hub.door, fence)


async def _asks_in_vain(door: Door, holder: str) -> None:
    with pytest.raises(Publishing):
        await _take(door, holder)


async def test_each_holder_has_a_higher_fence(own_hub: Hub) -> None:
    first = await _take(own_hub.door, "first")
    await lease.release(own_hub.door, first)

    second = await _take(own_hub.door, "second")

    assert second == first + 1
    await lease.release(own_hub.door, second)


async def test_whoever_slept_past_its_term_writes_no_more(own_hub: Hub) -> None:
    slept = await _take(own_hub.door, "slept")
    await own_hub.door.run(_EXPIRE)
    fence = await _take(own_hub.door, "awake")

    with pytest.raises(LeaseLost):
        await _renew(own_hub.door, slept)

    await lease.release(own_hub.door, slept)
    assert await own_hub.door.read(_FENCE) == [{"fence": fence, "holder": "awake"}]
    await lease.release(own_hub.door, fence)


async def test_a_holder_that_has_died_loses_it_at_once(own_hub: Hub) -> None:
    await _take(own_hub.door, "died")

    fence = await lease.acquire(
        own_hub.door, "heir", wait_seconds=0, is_gone=lambda holder: holder == "died"
    )

    assert (await own_hub.door.read(_FENCE))[0]["holder"] == "heir"
    await lease.release(own_hub.door, fence)
