"""`hub rules`: draft, compare, publish and amend the law."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from hub.cli.clock_options import asked_instant, at_option
from hub.cli.exit_statuses import DIFFERS
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.rules_page import (
    diff_fields,
    finding_fields,
    rule_set_fields,
    rule_set_table,
    say_diff,
    say_findings,
)
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, day_start
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from hub.rulebook.diff import Difference, differences
from hub.rulebook.lint import lint_folder
from hub.rulebook.population import Flips
from hub.rulebook.rulebook import Change, Publishing
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub, now

_DEMO = "159900"

T = TypeVar("T")

Chosen = int | Path
"""A rule set of the graph by its number, or the catalogue of a folder."""

_Told = tuple[Sequence[Difference], Flips]


def _chosen(_ctx: click.Context, _param: click.Parameter, given: str | None) -> Chosen | None:
    if given is None or given.isdigit():
        return None if given is None else int(given)
    if not Path(given).is_dir():
        raise click.BadParameter("既非序号，也非文件夹  neither a number nor a folder")
    return Path(given)


_DAY = click.DateTime(["%Y-%m-%d"])
_region = click.option(
    "--region", default=_DEMO, show_default=True, help="哪个区划的单位。  Whose units."
)
_document = click.option(
    "--document", required=True, metavar="NO", help="公布文件的文号。  Number of the document."
)
_retroactive = click.option(
    "--retroactive", is_flag=True, help="确需溯及既往。  The day may have begun already."
)


@click.group()
def rules() -> None:
    """规则集：起草、比对、公布、废止依据。  Draft, compare, publish and amend rule sets."""


@rules.command("list")
@json_option
@reports_errors
def list_(*, as_json: bool) -> None:
    """列出各规则集及其状态。  List the rule sets with their states."""
    known = _on_hub(lambda hub: hub.catalogues.known(None))
    if as_json:
        print_json([rule_set_fields(one) for one in known])
    else:
        OUT.print(rule_set_table(known, now()))


@rules.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@reports_errors
def draft(*, folder: Path, as_json: bool) -> None:
    """载入文件夹中的目录为下一号草案，不用于核查。  Load a catalogue as the next draft."""
    change = _on_hub(lambda hub: hub.rulebook.draft(folder))
    _tell(change, Text("已载入为草案", "is drafted"), as_json=as_json)


@rules.command()
@click.argument("number", type=int)
@click.option(
    "--from", "start", required=True, type=_DAY, metavar="DAY", help="施行日。  First day in force."
)
@_document
@_retroactive
@click.option(
    "--revives",
    multiple=True,
    metavar="BASIS",
    help="确需恢复的已废止依据，可重复。  A repealed basis that is meant to go on; repeatable.",
)
@json_option
@reports_errors
def publish(
    *,
    number: int,
    start: datetime,
    document: str,
    retroactive: bool,
    revives: tuple[str, ...],
    as_json: bool,
) -> None:
    """公布一号规则集，此前公布的自该日起失效。  Publish a rule set; it ends those before it."""
    day = start.date()
    publishing = Publishing(day, document, retroactive=retroactive)
    change = _on_hub(lambda hub: hub.rulebook.publish(number, publishing, revives=revives))
    said = Text(f"已公布，自 {day} 起施行", f"is published, in force from {day}")
    _tell(change, said, as_json=as_json)


@rules.command()
@click.argument("basis")
@click.option(
    "--on", "start", required=True, type=_DAY, metavar="DAY", help="失效日。  Day on which it ends."
)
@_document
@_retroactive
@click.option(
    "--dry-run",
    is_flag=True,
    help="只说出不同和结论会改变的单位，不公布。  Tell what would change, publish nothing.",
)
@_region
@json_option
@reports_errors
def repeal(
    *,
    basis: str,
    start: datetime,
    document: str,
    retroactive: bool,
    dry_run: bool,
    region: str,
    as_json: bool,
) -> None:
    """废止一项依据：公布不再以其为据的下一号规则集。  End a legal basis, by a next rule set.

    失效日可以早于已公布的废止。  The day may come before that of a repeal published earlier.
    """
    day = start.date()
    publishing = Publishing(day, document, retroactive=retroactive)
    if dry_run:
        told = _on_hub(lambda hub: _foretold(hub, basis, publishing, region))
        _tell_diff(*told, as_json=as_json)
        return
    change = _on_hub(lambda hub: hub.rulebook.repeal(basis, publishing))
    said = Text(f"已公布：{basis} 自 {day} 起失效", f"is published: {basis} ends on {day}")
    _tell(change, said, as_json=as_json)


async def _foretold(hub: Hub, basis: str, publishing: Publishing, region: str) -> _Told:
    """On the day of the repeal, when the basis ends."""
    before, after, _ = await hub.rulebook.amendment(basis, publishing)
    return await _compared(hub, before, after, region, day_start(publishing.start))


@rules.command("lint")
@click.argument("rule_set", callback=_chosen, required=False)
@json_option
@reports_errors
def lint_(*, rule_set: Chosen | None, as_json: bool) -> None:
    """检查规则集或目录，省略即随附的目录；有发现即以 1 退出。  Find what is wrong with it.

    RULE_SET 是图中的序号或文件夹；案例只在文件夹中检查，恢复已废止的依据只在草案中检查。
    A number of the graph or a folder; cases are looked at in folders only, revived bases in drafts.
    """
    if isinstance(rule_set, int):
        findings = _on_hub(lambda hub: hub.rulebook.findings(rule_set))
    else:
        findings = lint_folder(rule_set or resource("seeds", "catalogue"))
    if as_json:
        print_json([finding_fields(one) for one in findings])
    else:
        say_findings(findings)
    if findings:
        sys.exit(DIFFERS)


@rules.command()
@click.argument("before", callback=_chosen)
@click.argument("after", callback=_chosen)
@_region
@at_option
@json_option
@reports_errors
def diff(*, before: Chosen, after: Chosen, region: str, at: str | None, as_json: bool) -> None:
    """两个规则集有何不同，哪些单位的结论随之改变。  What differs, and whose outcomes flip.

    各以如同自始施行作答：依据自某日失效的，--at 给出该日。
    Each as if it had always been in force: where a basis ends on a day, give that day by --at.
    """
    instant = asked_instant(at, where="effectiveAt")

    async def compared(hub: Hub) -> _Told:
        old, new = await _law(hub, before), await _law(hub, after)
        return await _compared(hub, old, new, region, now() if instant is None else instant)

    _tell_diff(*_on_hub(compared), as_json=as_json)


async def _compared(
    hub: Hub, before: Catalogue, after: Catalogue, region: str, at: Millis
) -> _Told:
    flips = await hub.population.flips(region, before, after, at=at)
    return differences(before, after), flips


def _tell_diff(told: Sequence[Difference], flips: Flips, *, as_json: bool) -> None:
    if as_json:
        print_json(diff_fields(told, flips))
    else:
        say_diff(told, flips)


async def _law(hub: Hub, chosen: Chosen) -> Catalogue:
    if isinstance(chosen, int):
        return await hub.rulebook.catalogue(chosen)
    return read_catalogue(chosen).catalogue


def _on_hub(work: Callable[[Hub], Awaitable[T]]) -> T:
    async def ready(hub: Hub) -> T:
        await hub.require_ready()
        return await work(hub)

    return on_hub(load_settings(), ready)


def _tell(change: Change, done: Text, *, as_json: bool) -> None:
    number = change.number
    if as_json:
        print_json({"number": number, "changed": change.changed})
    elif change.changed:
        say(Text(f"第 {number} 号规则集{done.zh}", f"Rule set {number} {done.en}"))
    else:
        said = Text("早已如此，没有变化", "is so already, nothing changed")
        say(Text(f"第 {number} 号规则集{said.zh}", f"Rule set {number} {said.en}"))
