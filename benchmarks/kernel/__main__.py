"""The forms of the check beside each other and beside the floor, on a generated graph.

    HUB_INSTANCE=bench-m python -m benchmarks.kernel --size M

The instance is that of the settings and holds a graph of that size (`benchmarks.generator`).
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any, get_args

import click

from benchmarks.graph.sizes import SizeName
from benchmarks.kernel.asked import NOW, PAST_DAYS, Asked
from benchmarks.kernel.database_hits import median_hits
from benchmarks.kernel.recording import checks_a_second
from benchmarks.kernel.turns import PATIENT, Call, Medians, Ratio, Sides, show, warmed
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import CheckReader
from hub.settings import Settings, load_settings
from hub.wiring import Hub, open_hub

_Clocks = tuple[Millis, Millis | None]

_FLOOR = "RETURN $x AS x"
_HITS_OF = 101


@click.command(help=__doc__)
@click.option("--size", type=click.Choice(get_args(SizeName)), default="M", show_default=True)
@click.option("--asked", type=int, default=200, show_default=True, help="Subjects of each kind.")
@click.option("--warm", type=int, default=60, show_default=True, help="Seconds, for each side.")
@click.option("--rounds", type=int, default=5, show_default=True)
def main(*, size: SizeName, asked: int, warm: int, rounds: int) -> None:
    settings = load_settings().model_copy(update={"verdict_store": "off", **PATIENT})
    subjects = Asked(size, asked)
    show(asyncio.run(_forms(settings, subjects, warm, rounds)))
    show([asyncio.run(_recording(settings, subjects, warm, rounds))])
    for name, ids, aim in (("person", subjects.officials, 40), ("unit", subjects.units, 400)):
        hits = asyncio.run(median_hits(settings, ids[:_HITS_OF]))
        click.echo(f"median db hits of a {name:<20}{hits:>10.0f}{'aim':>10}{aim:>8}")


async def _forms(settings: Settings, asked: Asked, warm: int, rounds: int) -> Sequence[Ratio]:
    async with open_hub(settings) as hub:
        return _ratios(await warmed(_sides(hub, asked), warm=warm, rounds=rounds))


def _sides(hub: Hub, asked: Asked) -> Sides:
    return {
        "floor": [lambda: hub.door.read(_FLOOR, x=1)] * asked.count,
        "unit": _each(hub.checks.check, asked.of_units()),
        "official": _each(hub.checks.check, asked.of_officials()),
        "explained": _each(hub.check, asked.of_units()),
        "matrix": [_matrix(hub, ask) for ask in asked.of_units()],
        "unit read": _read(hub, asked.units, [(NOW, None)]),
        "official read": _read(hub, asked.officials, [(NOW, None)]),
        "unit then": _read(hub, asked.units, [(PAST_DAYS[0], PAST_DAYS[0])]),
        "official then": _read(hub, asked.officials, [(PAST_DAYS[0], PAST_DAYS[0])]),
        "unit long ago": _read(hub, asked.units, [(day, day) for day in PAST_DAYS]),
    }


def _each(call: Callable[[Any], Any], asks: Sequence[Any]) -> Sequence[Call]:
    return [lambda ask=ask: call(ask) for ask in asks]


def _read(hub: Hub, subjects: Sequence[SubjectId], clocks: Sequence[_Clocks]) -> Sequence[Call]:
    """Facts alone: the law came to be known only after the generated world had ended."""
    reader = CheckReader(hub.door)
    return [
        lambda one=one, at=at, known_at=known_at: reader.read([one], at=at, known_at=known_at)
        for one, (at, known_at) in zip(subjects, cycle(clocks), strict=False)
    ]


def _matrix(hub: Hub, ask: Any) -> Call:
    return lambda: hub.checks.matrix(ask.subject, effective_at=ask.effective_at)


def _ratios(ms: Medians) -> Sequence[Ratio]:
    return [
        Ratio("unit ÷ RETURN $x", ms["unit"], ms["floor"], 2.5),
        Ratio("official ÷ RETURN $x", ms["official"], ms["floor"], 2.5),
        Ratio("explained ÷ plain", ms["explained"], ms["unit"], 2),
        Ratio("matrix ÷ one", ms["matrix"], ms["unit"], 2),
        Ratio("unit read, past clocks ÷ now", ms["unit then"], ms["unit read"], 1.3),
        Ratio("official read, past clocks ÷ now", ms["official then"], ms["official read"], 1.3),
        Ratio("unit read, ever other clocks ÷ now", ms["unit long ago"], ms["unit read"], 1.3),
    ]


async def _recording(settings: Settings, asked: Asked, warm: int, rounds: int) -> Ratio:
    recording = settings.model_copy(update={"verdict_store": "on"})
    async with open_hub(recording) as on, open_hub(settings) as off:
        told = await checks_a_second([on, off], asked.of_units(), warm=warm, rounds=rounds)
    kept, given = told
    return Ratio("recorded ÷ not, checks/s, 16 clients", kept, given, 0.9, at_least=True)


if __name__ == "__main__":
    main()
