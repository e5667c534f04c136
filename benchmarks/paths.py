"""How long the hub takes to find how two units are connected, within four hops.

    HUB_INSTANCE=bench-m python -m benchmarks.paths --size M

The instance holds what `benchmarks.generator` made, of the size named. Pairs are chosen by chance,
the same every time: any two units, two of one division, and two that hold contracts.
"""

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import get_args

import click

from benchmarks.graph.parties import Parties
from benchmarks.graph.sizes import SIZES, SizeName
from benchmarks.graph.telling import Chance
from hub.domain.facts import Ref
from hub.graph.paths import PathFinder
from hub.settings import load_settings
from hub.wiring import Hub, now, open_hub

Pairs = Sequence[tuple[Ref, Ref]]


@click.command(help=__doc__)
@click.option("--size", type=click.Choice(get_args(SizeName)), default="M", show_default=True)
@click.option("--pairs", type=int, default=200, show_default=True, help="Of each sort.")
@click.option("--hops", type=int, default=4, show_default=True)
def main(*, size: SizeName, pairs: int, hops: int) -> None:
    asyncio.run(_measure(_chosen(size, pairs), hops))


def _chosen(size: SizeName, count: int) -> Mapping[str, Pairs]:
    parties, chance = Parties(SIZES[size], seed=0, jurisdiction=""), Chance("pairs")
    units, divisions, busy = SIZES[size].units, len(parties.divisions), parties.busy

    def any_two() -> tuple[int, int]:
        return chance.below(units), chance.below(units)

    def neighbours() -> tuple[int, int]:
        one = chance.below(units - divisions)
        return one, one + divisions

    def two_busy() -> tuple[int, int]:
        return busy[chance.below(len(busy))], busy[chance.below(len(busy))]

    sorts = {"any two units": any_two, "of one division": neighbours, "with contracts": two_busy}
    return {
        name: [(parties.unit(a), parties.unit(b)) for a, b in (choose() for _ in range(count))]
        for name, choose in sorts.items()
    }


async def _measure(chosen: Mapping[str, Pairs], hops: int) -> None:
    async with open_hub(load_settings()) as hub:
        for pairs in chosen.values():
            await _taken(hub, pairs, hops)
        print(
            f"{'paths of ≤ ' + str(hops) + ' hops':<20}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}"
            f"{'found':>9}{'cut':>9}"
        )
        for name, pairs in chosen.items():
            taken, found, cut = await _taken(hub, pairs, hops)
            p95 = statistics.quantiles(taken, n=20)[-1]
            times = (statistics.median(taken), p95, max(taken))
            shown = "".join(f"{each:>9.1f}" for each in times)
            print(f"{name:<20}{shown}{found:>9}{cut:>9}")


async def _taken(hub: Hub, pairs: Pairs, hops: int) -> tuple[list[float], int, int]:
    """Milliseconds of every search, how many found a path and how many were cut."""
    finder, at = PathFinder(hub.door), now()
    taken: list[float] = []
    found = cut = 0
    for start, end in pairs:
        begun = time.perf_counter()
        answer = await finder.paths(start=start, end=end, at=at, known_at=None, max_hops=hops)
        taken.append((time.perf_counter() - begun) * 1_000)
        found += bool(answer.paths)
        cut += not answer.complete
    return taken, found, cut


if __name__ == "__main__":
    main()
