"""`hub neo4j`: the local Neo4j by itself."""

import click

from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.waiting import Waiting
from hub.local_neo4j import SILENT, LocalNeo4j, Progress, Status
from hub.settings import load_settings
from hub.text import Text

_SHOWN_LINES = 50


@click.group()
def neo4j() -> None:
    """本地 Neo4j：启动、停止、状态、日志、重置。  The local Neo4j."""


@neo4j.command()
@json_option
@reports_errors
def start(*, as_json: bool) -> None:
    """启动（首次会先下载），就绪后返回；重复执行无妨。  Start it and wait until it is ready."""
    with Waiting(silent=as_json) as progress:
        server = _server(progress)
        server.start()
    _answer(server.status(), as_json=as_json)


@neo4j.command()
@json_option
@reports_errors
def stop(*, as_json: bool) -> None:
    """停止本地 Neo4j，数据保留。  Stop the local Neo4j; its data stay."""
    stopped = _server().stop()
    if as_json:
        print_json({"stopped": stopped})
    elif stopped:
        say(Text("本地 Neo4j 已停止，数据保留", "The local Neo4j has stopped; its data are kept"))
    else:
        say(Text("本地 Neo4j 没有在运行", "The local Neo4j was not running"))


@neo4j.command()
@json_option
@reports_errors
def status(*, as_json: bool) -> None:
    """是否在运行、地址与文件位置。  Whether it runs, where, and where its files are."""
    _answer(_server().status(), as_json=as_json)


@neo4j.command()
@click.option(
    "-n",
    "--lines",
    default=_SHOWN_LINES,
    show_default=True,
    type=click.IntRange(min=1),
    help="显示最后多少行。  How many lines.",
)
@json_option
@reports_errors
def log(*, lines: int, as_json: bool) -> None:
    """最近一次启动以来的日志。  What it has written since its last start."""
    written = _server().log(lines)
    if as_json:
        print_json({"lines": written})
        return
    for line in written:
        click.echo(line)


@neo4j.command()
@click.confirmation_option(
    "--yes",
    prompt="将删除本地 Neo4j 的全部数据与密码，继续吗？  Delete all its data and its password?",
    help="不再询问。  Do not ask.",
)
@json_option
@reports_errors
def reset(*, as_json: bool) -> None:
    """停止并删除数据与密码；下次启动是全新的。  Stop it and delete data and password."""
    _server().reset()
    if as_json:
        print_json({"reset": True})
    else:
        say(Text("本地 Neo4j 已清空", "The local Neo4j is empty again"))


def _server(progress: Progress = SILENT) -> LocalNeo4j:
    return LocalNeo4j(load_settings(), progress=progress)


def _answer(status: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(status_fields(status))
    else:
        show_status(status)


def show_status(status: Status) -> None:
    if status.address is None:
        say(Text("本地 Neo4j 没有在运行", "The local Neo4j is not running"))
        return
    say(Text("本地 Neo4j 正在运行", "The local Neo4j is running"))
    OUT.print(f"  Browser  {status.address.browser_url}", markup=False)
    OUT.print(f"  Bolt     {status.address.bolt_uri}", markup=False)
    OUT.print(f"  用户 user      {status.address.user}", markup=False)
    OUT.print(f"  密码 password  {status.password_file}", markup=False)


def status_fields(status: Status) -> dict[str, object]:
    address = status.address
    return {
        "running": status.pid is not None,
        "instance": status.instance,
        "version": status.version,
        "pid": status.pid,
        "boltUri": None if address is None else address.bolt_uri,
        "browserUrl": None if address is None else address.browser_url,
        "user": None if address is None else address.user,
        "passwordFile": status.password_file,
        "home": status.home,
    }
