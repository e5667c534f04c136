"""Checks a second of many clients at once, on hubs that take turns."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence

from hub.domain.verdict import Ask
from hub.wiring import Hub

_CLIENTS = 16


async def checks_a_second(
    hubs: Sequence[Hub], asks: Sequence[Ask], *, warm: int, rounds: int
) -> Sequence[float]:
    """The median of each hub."""
    until = time.perf_counter() + warm * len(hubs)
    while time.perf_counter() < until:
        await _turns(hubs, asks)
    turns = [await _turns(hubs, asks) for _ in range(3 * rounds)]
    return [statistics.median(each) for each in zip(*turns, strict=True)]


async def _turns(hubs: Sequence[Hub], asks: Sequence[Ask]) -> Sequence[float]:
    return [await _rate(hub, asks) for hub in hubs]


async def _rate(hub: Hub, asks: Sequence[Ask]) -> float:
    waiting, begun = iter([*asks] * 3), time.perf_counter()
    await asyncio.gather(*(_client(hub, waiting) for _ in range(_CLIENTS)))
    return 3 * len(asks) / (time.perf_counter() - begun)


async def _client(hub: Hub, waiting: Iterator[Ask]) -> None:
    for ask in waiting:
        await hub.check(ask)
