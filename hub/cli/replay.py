"""`hub replay`: recorded verdicts asked again at their own clocks, and compared."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import click

from hub.cli.exit_statuses import DIFFERS
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.evidence.replay import Difference, Replay, ReplayResult
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub

_MOST_NAMED = 100


@dataclass(slots=True)
class _Tally:
    """How many came out how; of those that differ, the first are kept."""

    counts: Counter[ReplayResult] = field(default_factory=Counter[ReplayResult])
    differing: list[Replay] = field(default_factory=list[Replay])

    def add(self, replay: Replay) -> None:
        self.counts[replay.result] += 1
        if replay.result is ReplayResult.DIFFERENT and len(self.differing) < _MOST_NAMED:
            self.differing.append(replay)


@click.command()
@click.argument("verdict_id", required=False)
@click.option("--all", "every", is_flag=True, help="全部留痕的结论。  Every recorded verdict.")
@json_option
@reports_errors
def replay(*, verdict_id: str | None, every: bool, as_json: bool) -> None:
    """按原时点重答，与留痕逐字比对；有不同即以 1 退出。  Answer recorded verdicts again.

    VERDICT_ID 是结论的 id。只读：不写图，也不留痕。
    The id of a verdict. It only reads: nothing is written, nothing recorded.
    """
    if every == (verdict_id is not None):
        raise click.UsageError("VERDICT_ID 与 --all 二选一。  Give either VERDICT_ID or --all.")
    tally = on_hub(load_settings(), lambda hub: _replayed(hub, verdict_id))
    if as_json:
        print_json(_fields(tally))
    else:
        _say(tally)
    if tally.counts[ReplayResult.DIFFERENT]:
        sys.exit(DIFFERS)


async def _replayed(hub: Hub, verdict_id: str | None) -> _Tally:
    await hub.require_ready()
    await hub.warm_up(1)
    tally = _Tally()
    if verdict_id is not None:
        tally.add(await hub.evidence.replays.replay(verdict_id))
        return tally
    async for one in hub.evidence.replays.replay_all():
        tally.add(one)
    return tally


def _fields(tally: _Tally) -> dict[str, object]:
    """Counts by result, and where those that differ do."""
    counts = {result.lower(): tally.counts[result] for result in ReplayResult}
    differing = [
        {"id": one.id, "differences": _differences(one.differences)} for one in tally.differing
    ]
    return {**counts, "differing": differing}


def _differences(found: Sequence[Difference]) -> list[dict[str, object]]:
    return [difference._asdict() for difference in found]


def _say(tally: _Tally) -> None:
    for one in tally.differing:
        OUT.print(f"[bold red]✗[/] {one.id}")
        for difference in one.differences:
            told = f"    {difference.place}: {difference.recorded!r} → {difference.now!r}"
            OUT.print(told, markup=False)
    counts = tally.counts
    say(
        Text(
            f"相同 {counts[ReplayResult.EQUAL]}，不同 {counts[ReplayResult.DIFFERENT]}，"
            f"不再给出 {counts[ReplayResult.WITHHELD]}，备份之前 {counts[ReplayResult.EPOCH]}",
            f"equal {counts[ReplayResult.EQUAL]}, different {counts[ReplayResult.DIFFERENT]},"
            f" withheld {counts[ReplayResult.WITHHELD]}, epoch {counts[ReplayResult.EPOCH]}",
        )
    )
