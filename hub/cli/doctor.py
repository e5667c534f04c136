"""`hub doctor`: one sentence on everything the hub stands on, each with the way out."""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from platform import python_version
from typing import NamedTuple

import click

from hub.cli.exit_statuses import DIFFERS
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.domain.clocks import format_instant, format_shanghai
from hub.errors import ClockAhead, HubError
from hub.graph.clock_repair import raise_epoch, set_back
from hub.graph.diagnosis import clock_state, freshness, server_name, unfinished_imports
from hub.graph.imports import recover
from hub.graph.knowledge_clock import MOST_AHEAD_MS
from hub.graph.migrations import migrations, require_current
from hub.local_neo4j import LocalNeo4j
from hub.local_neo4j.server import available_memory_mib
from hub.settings import Settings, load_settings
from hub.text import Text
from hub.wiring import Hub, now, open_hub, writer_is_gone, writer_name

_ASSET = re.compile(r'"/assets/([^"]+)"')


class Finding(NamedTuple):
    """`mend` is None where all is well."""

    name: str
    says: Text
    mend: Text | None = None

    @property
    def fine(self) -> bool:
        return self.mend is None

    @classmethod
    def of(cls, name: str, error: HubError) -> "Finding":
        return cls(name, error.what, error.mend)


@click.command()
@click.option(
    "--mend",
    is_flag=True,
    help="先修复知识时钟：收回、做完公开、标明恢复过备份。  Mend the knowledge clock first.",
)
@json_option
@reports_errors
def doctor(*, mend: bool, as_json: bool) -> None:
    """逐项检查运行条件，并说明如何修复；有问题即以 1 退出。  Check what the hub stands on."""
    if mend:
        on_hub(load_settings(), mend_clock)
    findings = _findings()
    fine = all(finding.fine for finding in findings)
    if as_json:
        print_json({"fine": fine, "findings": [_fields(finding) for finding in findings]})
    else:
        _say(findings)
    if not fine:
        sys.exit(DIFFERS)


def _findings() -> list[Finding]:
    """Without sound settings, nothing that depends on them can be looked at."""
    python = Text(f"Python {python_version()}", f"Python {python_version()}")
    findings = [Finding("python", python), _graphiql()]
    try:
        settings = load_settings()
    except HubError as error:
        return [*findings, Finding.of("settings", error)]
    profile = Text(
        f"设置有效（{settings.profile}）", f"the settings are valid ({settings.profile})"
    )
    local = [_memory(settings), _local_server(settings)]
    return [*findings, Finding("settings", profile), *local, *asyncio.run(_in_graph(settings))]


def _graphiql() -> Finding:
    folder = files("hub").joinpath("api", "assets")
    wanted = _ASSET.findall(folder.joinpath("graphiql.html").read_text(encoding="utf-8"))
    missing = [name for name in wanted if not folder.joinpath(name).is_file()]
    if not missing:
        return Finding("graphiql", Text("GraphiQL 文件齐全", "the GraphiQL files are there"))
    names = ", ".join(missing)
    return Finding(
        "graphiql",
        Text(f"缺少 GraphiQL 文件：{names}", f"GraphiQL files are missing: {names}"),
        Text("请运行 make setup", "Run make setup"),
    )


def _memory(settings: Settings) -> Finding:
    """Only a local server that is still to be started needs any."""
    server = LocalNeo4j(settings)
    try:
        if settings.neo4j_uri is None and server.status().pid is None:
            server.require_memory()
    except HubError as error:
        return Finding.of("memory", error)
    free = available_memory_mib()
    return Finding("memory", Text(f"可用内存 {free} MiB", f"{free} MiB of memory are free"))


def _local_server(settings: Settings) -> Finding:
    if settings.neo4j_uri is not None:
        said = Text("使用 HUB_NEO4J_URI，不需要本地 Neo4j", "HUB_NEO4J_URI is used, no local Neo4j")
        return Finding("localNeo4j", said)
    status = LocalNeo4j(settings).status()
    if status.pid is None:
        stopped = Text("本地 Neo4j 没有在运行", "the local Neo4j is not running")
        return Finding("localNeo4j", stopped, Text("请运行 hub up", "Run hub up"))
    running = Text(
        f"本地 Neo4j {status.version} 正在运行（进程 {status.pid}）",
        f"the local Neo4j {status.version} is running (process {status.pid})",
    )
    return Finding("localNeo4j", running)


async def _in_graph(settings: Settings) -> list[Finding]:
    """In their order, up to the first that keeps the later ones from being asked."""
    findings: list[Finding] = []
    try:
        async with open_hub(settings) as hub:
            for name, examine in _GRAPH_CHECKS.items():
                findings.append(Finding(name, *await examine(hub)))
    except HubError as error:
        findings.append(Finding.of(list(_GRAPH_CHECKS)[len(findings)], error))
    return findings


_Said = tuple[Text, Text | None]


async def _server(hub: Hub) -> _Said:
    name = await server_name(hub.door)
    return Text(f"可以登录 {name}", f"logged in to {name}"), None


async def _schema(hub: Hub) -> _Said:
    await require_current(hub.door)
    version = len(migrations())
    return Text(
        f"数据库结构为最新版本 {version}", f"the schema is current, version {version}"
    ), None


async def _clock(hub: Hub) -> _Said:
    clock = await clock_state(hub.door)
    until = format_shanghai(clock.known_up_to)
    if clock.ahead_ms > MOST_AHEAD_MS:
        return ClockAhead(clock.ahead_ms / 1_000).what, Text(
            "请校准 Neo4j 所在服务器的时间；若时间无误，请运行 hub doctor --mend",
            "Set the clock of Neo4j's machine right; if it is right, run hub doctor --mend",
        )
    if clock.unpublished and not clock.writing:
        return Text("有已提交而未公开的写入", "writes were committed and not made known"), Text(
            "请运行 hub migrate", "Run hub migrate"
        )
    return Text(
        f"知识时钟已公开至 {until}", f"the knowledge clock stands at {until} (+08:00)"
    ), None


async def _imports(hub: Hub) -> _Said:
    unfinished = ", ".join(await unfinished_imports(hub.door))
    if not unfinished:
        return Text("没有未完成的导入", "no import is unfinished"), None
    if (await clock_state(hub.door)).writing:
        return Text(f"正在导入 {unfinished}", f"an import is at work: {unfinished}"), None
    return Text(
        f"导入 {unfinished} 被中断，其内容不可见", f"interrupted and invisible: import {unfinished}"
    ), Text("请再次运行 hub seed 或那次导入", "Run hub seed or that import again")


async def _catalogue(hub: Hub) -> _Said:
    catalogue = await hub.catalogues.current()
    rules, number = len(catalogue.rules), catalogue.number
    return Text(
        f"规则集 {number} 已载入，规则 {rules} 条", f"rule set {number} is loaded, {rules} rules"
    ), None


async def _sources(hub: Hub) -> _Said:
    instant, catalogue = now(), await hub.catalogues.current()
    delivered = await freshness(hub.door, jurisdiction=catalogue.jurisdiction, at=instant)
    fresh = {source.source for source in delivered if source.fresh_until > instant}
    stale = ", ".join(code for code in catalogue.sources if code not in fresh)
    if not stale:
        count = len(catalogue.sources)
        return Text(f"{count} 个来源均在有效期内", f"all {count} sources are fresh"), None
    return Text(
        f"来源没有有效批次，相关核查将答 UNCOVERED：{stale}",
        f"no fresh delivery, so checks that depend on it answer UNCOVERED: {stale}",
    ), Text("请导入新的批次；示例盟可运行 hub seed", "Import a delivery; for the demo run hub seed")


async def _verdicts(hub: Hub) -> _Said:
    if not await _is_restored(hub):
        return Text("留痕与图相符", "the recorded verdicts know no more than the graph"), None
    return Text(
        "已有结论所知晚于图：图是从备份恢复的",
        "verdicts were given on later knowledge than the graph has: it was restored from a backup",
    ), Text("请运行 hub clock restored", "Run hub clock restored")


async def _is_restored(hub: Hub) -> bool:
    """Whether a verdict of this epoch was given on knowledge that the graph does not have."""
    clock = await clock_state(hub.door)
    bodies = [stored.fields for stored in await hub.evidence.verdicts.newest()]
    known = [body["knownAt"] for body in bodies if body and body["epoch"] == clock.epoch]
    return max(known, default="") > format_instant(clock.known_up_to)


async def mend_clock(hub: Hub) -> None:
    """Whatever of the clock is out of order; nothing where it is in order.

    Raises `Publishing` while an import is at work.
    """
    writer = writer_name()
    await require_current(hub.door)
    if await _is_restored(hub):
        await raise_epoch(hub.door, writer=writer)
    if (await clock_state(hub.door)).ahead_ms > MOST_AHEAD_MS:
        await set_back(hub.door, writer=writer, is_gone=writer_is_gone)
    await recover(hub.door, holder=writer, is_gone=writer_is_gone)


_GRAPH_CHECKS: Mapping[str, Callable[[Hub], Awaitable[_Said]]] = {
    "neo4j": _server,
    "schema": _schema,
    "knowledgeClock": _clock,
    "imports": _imports,
    "catalogue": _catalogue,
    "sources": _sources,
    "verdicts": _verdicts,
}


def _say(findings: list[Finding]) -> None:
    for finding in findings:
        mark = "[green]✓[/]" if finding.fine else "[bold red]✗[/]"
        OUT.print(mark, end=" ")
        OUT.print(f"{finding.says.zh}  {finding.says.en}", markup=False)
        if finding.mend is not None:
            OUT.print(f"    {finding.mend.zh}。  {finding.mend.en}.", style="yellow", markup=False)
    wrong = sum(not finding.fine for finding in findings)
    if wrong:
        say(Text(f"有 {wrong} 项需要处理", f"{wrong} findings need attention"))
    else:
        say(Text("一切正常", "All is well"))


def _fields(finding: Finding) -> dict[str, object]:
    return {
        "name": finding.name,
        "fine": finding.fine,
        "says": finding.says._asdict(),
        "mend": finding.mend._asdict() if finding.mend else None,
    }
