"""What ten versions of every fact cost a check, beside one: the same graph is loaded twice.

    HUB_INSTANCE=bench-v python -m benchmarks.versions --size S

The instance is that of the settings, which must not be the one that holds anything to keep: its
data are replaced. Times are told beside the floor of the same server; quote the ratios.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import get_args

import click

from benchmarks.graph import names
from benchmarks.graph.loading import load
from benchmarks.graph.parties import Parties
from benchmarks.graph.sizes import SIZES, SizeName
from benchmarks.graph.telling import LAST_TICK, Chance
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import CheckReader
from hub.local_neo4j import LocalNeo4j
from hub.settings import load_settings
from hub.wiring import Hub, open_hub

_ASKED, _ROUNDS = 500, 5
Call = Callable[[], Awaitable[object]]
Medians = Mapping[str, float]


@click.command(help=__doc__)
@click.option("--size", type=click.Choice(get_args(SizeName)), default="S", show_default=True)
@click.option("--versions", type=int, default=10, show_default=True)
@click.option("--warm", type=int, default=60, show_default=True, help="Seconds, each side.")
def main(*, size: SizeName, versions: int, warm: int) -> None:
    one, many = (asyncio.run(_measured(size, each, warm)) for each in (1, versions))
    click.echo(f"{'ms a check':<24}{'one':>9}{versions:>9}{'ratio':>9}")
    for name, taken in one.items():
        click.echo(f"{name:<24}{taken:>9.3f}{many[name]:>9.3f}{many[name] / taken:>9.2f}")


async def _measured(size: SizeName, versions: int, warm: int) -> Medians:
    """Milliseconds a subject, by what is asked; the floor first."""
    settings = load_settings()
    await load(LocalNeo4j(settings), settings, size, 1, versions=versions, say=click.echo)
    async with open_hub(settings) as hub:
        calls = _calls(hub, size)
        until = time.perf_counter() + warm
        while time.perf_counter() < until:
            await _rounds(calls, 1)
        return await _rounds(calls, _ROUNDS)


def _calls(hub: Hub, size: SizeName) -> Mapping[str, Sequence[Call]]:
    """What is measured: the same subjects one by one, and in a list."""
    reader, parties, chance = CheckReader(hub.door), Parties(SIZES[size], 0, ""), Chance("asked")
    units = [parties.unit(chance.below(SIZES[size].units)).id for _ in range(_ASKED)]
    officials = [names.person(chance.below(SIZES[size].officials)) for _ in range(_ASKED)]

    def read(*ids: str) -> Call:
        return lambda: reader.read([SubjectId(each) for each in ids], at=LAST_TICK, known_at=None)

    return {
        "RETURN 1": [lambda: hub.door.read("RETURN 1 AS x")] * _ASKED,
        "unit": [read(unit) for unit in units],
        "official": [read(official) for official in officials],
        f"unit in {_ASKED}": [read(*units)],
        f"official in {_ASKED}": [read(*officials)],
    }


async def _rounds(calls: Mapping[str, Sequence[Call]], rounds: int) -> Medians:
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, each in calls.items():
            for call in each:
                begun = time.perf_counter()
                await call()
                taken[name].append((time.perf_counter() - begun) * 1_000 * len(each) / _ASKED)
    return {name: statistics.median(values) for name, values in taken.items()}


if __name__ == "__main__":
    main()
