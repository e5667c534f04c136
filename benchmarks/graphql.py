r"""The hub beside graphql-yoga with @neo4j/graphql: one question, one database, one client.

    HUB_INSTANCE=bench-m HUB_NEO4J_HEAP_MB=2048 HUB_NEO4J_PAGECACHE_MB=2048 \
        python -m benchmarks.graphql --size M

The instance holds what `benchmarks.generator` made, of the size named. Both sides answer the same
things first, or nothing is measured. Then they take turns, so that a noisy machine disturbs both;
quote the ratios, not the times. Needs `wrk`, Node and npm.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click
import httpx2
import psutil

from benchmarks.graph.sizes import SIZES, SizeName
from benchmarks.graph.world import busy_units, hub_enterprise
from benchmarks.race import questions
from benchmarks.race.contestants import Served, hub_served, peer_served
from benchmarks.race.load import Measured, measure
from hub.domain.clocks import Millis, format_instant
from hub.local_neo4j import LocalNeo4j
from hub.settings import load_settings

_COMPARED = 50
_WORST_TIMES = 3


class OtherAnswers(Exception):
    """The two sides do not answer the same things."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: where it answers, what it is asked, and how its answers are told."""

    name: str
    served: Served
    query: str
    things_of: Callable[[questions.Answer], list[questions.Thing]]
    bodies: Path

    def ask(self, variables: Mapping[str, str]) -> list[questions.Thing]:
        return self.things_of(_answer(self.served.url, self.query, variables))

    def prepare(self, asked: Iterable[Mapping[str, str]]) -> None:
        bodies = [json.dumps({"query": self.query, "variables": each}) for each in asked]
        self.bodies.write_text("\n".join(bodies) + "\n", encoding="utf-8")


@click.command(help=__doc__)
@click.option("--size", type=click.Choice(get_args(SizeName)), default="M", show_default=True)
@click.option("--warm", type=int, default=60, show_default=True, help="Seconds, each side.")
@click.option("--seconds", type=int, default=10, show_default=True, help="Of one measurement.")
@click.option("--rounds", type=int, default=5, show_default=True)
def main(*, size: SizeName, warm: int, seconds: int, rounds: int) -> None:
    settings = load_settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        hub_served() as ours,
        peer_served(settings) as theirs,
    ):
        hub = Side("hub", ours, questions.HUB, questions.things_of_hub, Path(folder) / "hub")
        peer = Side("peer", theirs, questions.PEER, questions.things_of_peer, Path(folder) / "peer")
        asked = _asked(ours.url, busy_units(SIZES[size]))
        print(f"{_compare(hub, peer, asked[:_COMPARED]):.1f} things an answer, the same of both")
        for side in (hub, peer):
            side.prepare(asked)
            measure(side.served, None, side.bodies, clients=16, seconds=warm)
        pid = LocalNeo4j(settings).status().pid
        neo4j = None if pid is None else psutil.Process(pid)
        many, one = _race((hub, peer), neo4j, rounds=rounds, seconds=seconds)
        _print_ratios(many, one)
        _print_worst(ours.url, asked[0])


def _answer(url: str, query: str, variables: Mapping[str, str]) -> questions.Answer:
    answer = httpx2.post(url, json={"query": query, "variables": variables}, timeout=60).json()
    if "errors" in answer:
        raise OtherAnswers(answer["errors"][0]["message"])
    return answer


def _asked(url: str, units: Sequence[str]) -> list[dict[str, str]]:
    """Variables for every unit, at clocks that stay the same for both sides."""
    at = format_instant(Millis(int(time.time() * 1_000)))
    answer = _answer(url, questions.CLOCK, {"unit": units[0]})
    known = answer["data"]["unit"]["knownAt"]
    return [{"unit": unit, "at": at, "known": known} for unit in units]


def _compare(hub: Side, peer: Side, asked: Sequence[Mapping[str, str]]) -> float:
    """How many things an answer has on average. Raises `OtherAnswers`."""
    counts: list[int] = []
    for each in asked:
        ours, theirs = hub.ask(each), peer.ask(each)
        if ours != theirs:
            raise OtherAnswers(f"they differ on {set(ours) ^ set(theirs)}")
        counts.append(len(ours))
    return statistics.mean(counts)


Runs = dict[str, list[Measured]]


def _race(
    sides: Sequence[Side], neo4j: psutil.Process | None, *, rounds: int, seconds: int
) -> tuple[Runs, Runs]:
    """At 16 clients and at one."""
    many: Runs = {side.name: [] for side in sides}
    one: Runs = {side.name: [] for side in sides}
    for _ in range(rounds):
        for clients, runs in ((16, many), (1, one)):
            for side in sides:
                run = measure(side.served, neo4j, side.bodies, clients=clients, seconds=seconds)
                runs[side.name].append(run)
    return many, one


def _print_ratios(many: Runs, one: Runs) -> None:
    print(f"{'medians':<8}{'16 clients':>27}{'1 client':>18}{'CPU ms a request of 16':>25}")
    columns = ("req/s", "p50 ms", "p99 ms", "p50 ms", "p99 ms", "server", "Neo4j", "failed")
    print(f"{'':<8}" + "".join(f"{column:>9}" for column in columns))
    for name in many:
        at_16, at_1 = many[name], one[name]
        medians = [
            _median(run.per_second for run in at_16),
            _median(run.p50_ms for run in at_16),
            _median(run.p99_ms for run in at_16),
            _median(run.p50_ms for run in at_1),
            _median(run.p99_ms for run in at_1),
            _median(run.server_cpu_ms for run in at_16),
            _median(run.neo4j_cpu_ms for run in at_16),
        ]
        failed = sum(run.failed for run in (*at_16, *at_1))
        print(f"{name:<8}" + "".join(f"{each:>9.2f}" for each in medians) + f"{failed:>9}")
    rates = [a.per_second / b.per_second for a, b in zip(many["hub"], many["peer"], strict=True)]
    waits = [a.p50_ms / b.p50_ms for a, b in zip(one["hub"], one["peer"], strict=True)]
    print(f"throughput at 16 clients, hub ÷ peer: {_median(rates):.1f} ({_span(rates)})")
    print(f"p50 at 1 client, hub ÷ peer: {_median(waits):.2f} ({_span(waits)})")


def _print_worst(url: str, asked: Mapping[str, str]) -> None:
    print("the largest answers within the limits, longest of three:")
    variables = {**asked, "enterprise": hub_enterprise()}
    for name, query in questions.WORST.items():
        tries = [_try(url, query, variables) for _ in range(_WORST_TIMES)]
        longest = max(taken for taken, _ in tries)
        _, answer = tries[-1]
        told = answer.json()
        code = told["errors"][0]["extensions"]["code"] if "errors" in told else "answered"
        print(f"  {longest:7.0f} ms  {len(answer.content):>9,} bytes  {code:<20} {name}")


def _try(url: str, query: str, variables: Mapping[str, str]) -> tuple[float, httpx2.Response]:
    begun = time.perf_counter()
    answer = httpx2.post(url, json={"query": query, "variables": variables}, timeout=60)
    return (time.perf_counter() - begun) * 1_000, answer


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


def _span(values: Sequence[float]) -> str:
    return f"{min(values):.2f}–{max(values):.2f}"


if __name__ == "__main__":
    main()
