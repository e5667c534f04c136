"""The check's kernel beside the floor of the same server, in one run: medians and their ratio.

Run it on a seeded hub (`make bench`). The two sides take turns, so that a noisy machine disturbs
both; quote the ratio, not the times.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping

from hub.domain.clocks import parse_instant
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.settings import load_settings
from hub.wiring import Hub, open_hub

ROUNDS, CALLS = 20, 50
DAY = parse_instant("2026-11-23T09:00:00+08:00")
FLOOR = "RETURN $x AS x"
ASKS = {
    "unit with one record": Ask(
        parse_subject_id("11159900990000236Y"), "FUNDING_SUPPORT", effective_at=DAY
    ),
    "unit by succession": Ask(
        parse_subject_id("121599009900001050"), "FUNDING_SUPPORT", effective_at=DAY
    ),
    "clean unit": Ask(parse_subject_id("11159900990000316J"), "FUNDING_SUPPORT", effective_at=DAY),
    "official": Ask(parse_subject_id("P-159900-0074"), "PROMOTION", effective_at=DAY),
}

Call = Callable[[], Awaitable[object]]


def calls(hub: Hub) -> Mapping[str, Call]:
    """What is measured, by name; the floor first."""
    measured: dict[str, Call] = {"RETURN $x": lambda: hub.door.read(FLOOR, x=1)}
    for name, ask in ASKS.items():
        measured[name] = lambda ask=ask: hub.checks.check(ask)
    return measured


async def milliseconds(call: Call) -> list[float]:
    taken: list[float] = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - begun) * 1_000)
    return taken


async def main() -> None:
    async with open_hub(load_settings()) as hub:
        measured = calls(hub)
        taken: dict[str, list[float]] = {name: [] for name in measured}
        await hub.warm_up(500)
        for _ in range(ROUNDS):
            for name, call in measured.items():
                taken[name] += await milliseconds(call)
    floor = statistics.median(taken["RETURN $x"])
    print(f"{'one client, in process':<24}{'p50 ms':>9}{'p95 ms':>9}{'÷ floor':>9}")
    for name, values in taken.items():
        median = statistics.median(values)
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name:<24}{median:>9.2f}{p95:>9.2f}{median / floor:>9.2f}")


if __name__ == "__main__":
    asyncio.run(main())
