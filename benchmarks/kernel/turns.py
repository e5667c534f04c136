"""Two sides that take turns, so that a noisy machine disturbs both: quote ratios, not times."""

import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

import click

Call = Callable[[], Awaitable[object]]
Sides = Mapping[str, Sequence[Call]]
"""What is called on each side, one after the other."""
Medians = Mapping[str, float]

PATIENT = {"statement_timeout_ms": 60_000}
"""Settings: what a cold server plans for the first time may take longer than a check may."""


class Ratio(NamedTuple):
    """`aim` is the most that is right, or the least where `at_least`."""

    name: str
    measured: float
    against: float
    aim: float
    at_least: bool = False

    def row(self) -> str:
        ratio = self.measured / self.against
        missed = ratio < self.aim if self.at_least else ratio > self.aim
        sides = f"{self.measured:>10.3f}{self.against:>10.3f}"
        return f"{self.name:<40}{sides}{ratio:>8.2f}{self.aim:>7.2f}{'  missed' if missed else ''}"


def show(ratios: Sequence[Ratio]) -> None:
    click.echo(f"{'':<40}{'measured':>10}{'against':>10}{'ratio':>8}{'aim':>7}")
    for ratio in ratios:
        click.echo(ratio.row())


async def warmed(sides: Sides, *, warm: int, rounds: int) -> Medians:
    """Median milliseconds a call, by side, after so many seconds of warming for each of them."""
    until = time.perf_counter() + warm * len(sides)
    while time.perf_counter() < until:
        await _milliseconds(sides)
    taken = [await _milliseconds(sides) for _ in range(rounds)]
    return {name: statistics.median(t for turn in taken for t in turn[name]) for name in sides}


async def _milliseconds(sides: Sides) -> Mapping[str, Sequence[float]]:
    """Of every call; the sides take turns at each."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for place in range(max(map(len, sides.values()))):
        for name, calls in sides.items():
            if place < len(calls):
                begun = time.perf_counter()
                await calls[place]()
                taken[name].append((time.perf_counter() - begun) * 1_000)
    return taken
