"""The same check on two generated graphs beside each other: many facts or versions, and few.

    python -m benchmarks.kernel.beside --many bench-m M --few bench-s S --aim 1.3
    python -m benchmarks.kernel.beside --many bench-s10 S --few bench-s S --aim 2

Both servers run; each is named by its instance and the size of its graph.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import cast

import click

from benchmarks.graph.sizes import SizeName
from benchmarks.kernel.asked import NOW, Asked
from benchmarks.kernel.turns import PATIENT, Call, Medians, Ratio, Sides, show, warmed
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import CheckReader
from hub.settings import load_settings
from hub.wiring import Hub, open_hub

_LIST = 100
Graph = tuple[str, str]


@click.command(help=__doc__)
@click.option("--many", type=(str, str), required=True)
@click.option("--few", type=(str, str), required=True)
@click.option("--aim", type=float, required=True)
@click.option("--asked", type=int, default=200, show_default=True, help="Subjects of each kind.")
@click.option("--warm", type=int, default=60, show_default=True, help="Seconds, for each side.")
@click.option("--rounds", type=int, default=5, show_default=True)
def main(*, many: Graph, few: Graph, aim: float, asked: int, warm: int, rounds: int) -> None:
    medians = asyncio.run(_measured([many, few], asked, warm, rounds))
    names = [name for name, of in medians if of == many]
    show([Ratio(name, medians[name, many], medians[name, few], aim) for name in names])


async def _measured(
    graphs: Sequence[Graph], asked: int, warm: int, rounds: int
) -> dict[tuple[str, Graph], float]:
    async with AsyncExitStack() as held:
        sides: dict[str, Sequence[Call]] = {}
        for instance, size in graphs:
            settings = load_settings().model_copy(update={"instance": instance, **PATIENT})
            hub = await held.enter_async_context(open_hub(settings))
            subjects = Asked(cast("SizeName", size), asked)
            sides |= {f"{instance} {n}": calls for n, calls in _sides(hub, subjects).items()}
        return _by_graph(graphs, await warmed(sides, warm=warm // 4, rounds=rounds))


def _by_graph(graphs: Sequence[Graph], medians: Medians) -> dict[tuple[str, Graph], float]:
    return {
        (name.removeprefix(f"{graph[0]} "), graph): median
        for graph in graphs
        for name, median in medians.items()
        if name.startswith(f"{graph[0]} ")
    }


def _sides(hub: Hub, asked: Asked) -> Sides:
    reader = CheckReader(hub.door)

    def read(subjects: Sequence[SubjectId]) -> Call:
        return lambda: reader.read(subjects, at=NOW, known_at=None)

    def lists(subjects: Sequence[SubjectId]) -> Sequence[Call]:
        return [read(subjects[at : at + _LIST]) for at in range(0, len(subjects), _LIST)] * 10

    return {
        "RETURN 1": [lambda: hub.door.read("RETURN 1 AS x")] * asked.count,
        "unit": [read([unit]) for unit in asked.units],
        "official": [read([official]) for official in asked.officials],
        f"list of {_LIST} units": lists(asked.units),
        f"list of {_LIST} officials": lists(asked.officials),
    }


if __name__ == "__main__":
    main()
