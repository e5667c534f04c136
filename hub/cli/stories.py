"""`hub stories`: every planted story, with the answer the law demands and the one given."""

import sys
from collections.abc import Mapping, Sequence
from typing import cast

import click
from rich import box
from rich.table import Table
from rich.text import Text as Line

from hub.checks.stories import AskResult, StoryResult, tell
from hub.cli.exit_statuses import DIFFERS
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.verdict_page import OUTCOME_COLOURS
from hub.domain.clocks import format_instant, format_shanghai
from hub.domain.stories import Story, StoryAsk
from hub.domain.vocabulary import Outcome
from hub.intake.stories import read_stories
from hub.resources import resource
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub


@click.command()
@json_option
@reports_errors
def stories(*, as_json: bool) -> None:
    """核对示例盟的全部故事；有一项不符即以 1 退出。  Tell every planted story."""
    settings = load_settings()
    told = read_stories(resource("seeds", "demo"))
    results = on_hub(settings, lambda hub: _tell(hub, told))
    if as_json:
        print_json([_fields(result) for result in results])
    else:
        OUT.print(_table(results))
        _say_sum(results)
    if not all(result.agrees for result in results):
        sys.exit(DIFFERS)


async def _tell(hub: Hub, told: Sequence[Story]) -> list[StoryResult]:
    await hub.require_ready()
    return [await tell(story, hub.checks.check) for story in told]


def _table(results: Sequence[StoryResult]) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("#", justify="right")
    for heading in ("故事 story", "应为 expected", "实为 actual"):
        table.add_column(heading, overflow="fold")
    table.add_column("", no_wrap=True)
    for result in results:
        for row, ask in enumerate(result.asks):
            heading = [str(result.story.number), result.story.title.zh] if row == 0 else ["", ""]
            question = Line.assemble(heading[1], "\n" if row == 0 else "", (_question(ask), "dim"))
            same = Line("✓", style="green") if ask.agrees else Line("✗", style="bold red")
            table.add_row(heading[0], question, _answer(ask.expected), _answer(ask.actual), same)
    return table


def _question(result: AskResult) -> str:
    ask = result.ask
    asked = [ask.subject, ask.scenario, ask.capacity, format_shanghai(ask.at)]
    return " ".join(part for part in asked if part)


def _answer(answer: Mapping[str, object]) -> Line:
    outcome = Outcome(str(answer["outcome"]))
    line = Line(outcome, style=f"bold {OUTCOME_COLOURS[outcome]}")
    grounds, disputed = (cast("list[str]", answer[key]) for key in ("grounds", "disputed"))
    if grounds:
        line.append(f"\n{' '.join(grounds)}", style="not bold dim")
    if disputed:
        line.append(f"\n异议 disputed {' '.join(disputed)}", style="not bold yellow")
    if answer["humanReviewRequired"]:
        line.append("\n需人工复核 human review", style="not bold yellow")
    return line


def _say_sum(results: Sequence[StoryResult]) -> None:
    differing = [str(result.story.number) for result in results if not result.agrees]
    if differing:
        numbers = "、".join(differing)
        say(Text(f"不符的故事：{numbers}", f"stories that differ: {', '.join(differing)}"))
    else:
        count = len(results)
        say(Text(f"{count} 个故事全部相符", f"all {count} stories agree"))


def _fields(result: StoryResult) -> dict[str, object]:
    """`asks`, `expected` and `actual` lie side by side."""
    story = result.story
    return {
        "number": story.number,
        "title": story.title._asdict(),
        "law": story.law._asdict() if story.law else None,
        "asks": [_ask_fields(asked.ask) for asked in result.asks],
        "expected": [asked.expected for asked in result.asks],
        "actual": [asked.actual for asked in result.asks],
        "agrees": result.agrees,
    }


def _ask_fields(ask: StoryAsk) -> dict[str, object]:
    return {
        "subject": ask.subject,
        "scenario": ask.scenario,
        "capacity": ask.capacity,
        "effectiveAt": format_instant(ask.at),
    }
