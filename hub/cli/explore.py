"""`hub explore`: the investigators' questions, as a table."""

import sys
from collections.abc import Mapping, Sequence
from typing import cast

import click
from rich.table import Table

from hub.cli.clock_options import at_option, known_at_option
from hub.cli.csv_file import CsvRows
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.domain.clocks import Millis, format_instant, parse_instant
from hub.errors import InvalidParameter, KnownAtInFuture
from hub.graph import explore as exploring
from hub.graph.door import Row
from hub.graph.explore import CHAPTERS, MOST_ROWS, Query
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub, now


@click.command()
@click.argument("name", required=False)
@click.option(
    "--set", "given", multiple=True, metavar="KEY=VALUE", help="参数，可重复。  Parameters."
)
@at_option
@known_at_option
@click.option("--list", "listed", is_flag=True, help="列出全部查询与参数。  List every query.")
@click.option("--csv", "as_csv", is_flag=True, help="以 CSV 输出。  Answer in CSV.")
@json_option
@reports_errors
def explore(
    *,
    name: str | None,
    given: Sequence[str],
    at: str | None,
    known_at: str | None,
    listed: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """沿关系查询：欠款、任职、合同、记录。  Ask the graph one of the questions of --list.

    与 Neo4j Browser 指南同一批查询；不代替核查。
    The questions of the guide in Neo4j Browser; never a substitute for a check.
    """
    if listed or name is None:
        _list(as_json=as_json)
        return
    query = exploring.query_named(name)
    values, moment = dict(_pair(pair) for pair in given), now()
    query.read(values)
    asked_at = moment if at is None else parse_instant(at, where="at")
    asked_known = None if known_at is None else _past(known_at, moment)
    rows = on_hub(load_settings(), lambda hub: _asked(hub, query, values, asked_at, asked_known))
    _show(query, rows, as_json=as_json, as_csv=as_csv)


async def _asked(
    hub: Hub, query: Query, values: Mapping[str, str], at: Millis, known_at: Millis | None
) -> list[Row]:
    await hub.require_ready()
    return await exploring.explore(hub.door, query, values, at=at, known_at=known_at)


def _pair(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals:
        raise InvalidParameter(pair, Text("应写作 名称=值", "write name=value"))
    return name, value


def _past(text: str, moment: Millis) -> Millis:
    known_at = parse_instant(text, where="knownAt")
    if known_at > moment:
        raise KnownAtInFuture(format_instant(known_at), format_instant(moment))
    return known_at


def _list(*, as_json: bool) -> None:
    queries = exploring.queries().values()
    if as_json:
        print_json([_fields(query) for query in queries])
        return
    for chapter, title in CHAPTERS.items():
        say(title)
        for query in queries:
            if query.chapter == chapter:
                _say_query(query)


def _say_query(query: Query) -> None:
    OUT.print(f"  {query.name}  {' '.join(query.title)}", style="cyan", markup=False)
    for name, one in query.parameters.items():
        example = "" if one.example is None else f"  {name}={one.example}"
        OUT.print(f"    --set {name}=…  {' '.join(one.told)}{example}", style="dim", markup=False)


def _fields(query: Query) -> Mapping[str, object]:
    return {
        "name": query.name,
        "chapter": query.chapter,
        "title": query.title._asdict(),
        "question": query.question._asdict(),
        "parameters": {
            name: {"told": one.told._asdict(), **one.model_dump(exclude={"told"})}
            for name, one in query.parameters.items()
        },
        "columns": {name: title._asdict() for name, title in query.columns.items()},
    }


def _show(query: Query, rows: Sequence[Row], *, as_json: bool, as_csv: bool) -> None:
    complete = len(rows) < MOST_ROWS
    if as_json:
        print_json({"query": query.name, "complete": complete, "rows": rows})
        return
    if as_csv:
        table = CsvRows(sys.stdout, [*query.columns])
        for row in rows:
            table.add(row)
        return
    say(query.title)
    OUT.print(_table(query, rows), soft_wrap=False)
    _say_count(len(rows), complete=complete)


def _table(query: Query, rows: Sequence[Row]) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for title in query.columns.values():
        table.add_column(f"{title.zh}\n[dim]{title.en}[/]", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return "、".join(cast("list[str]", value)) if isinstance(value, list) else str(value)


def _say_count(count: int, *, complete: bool) -> None:
    more = Text("", "") if complete else Text("，可能还有更多", ", there may be more")
    say(Text(f"共 {count} 行{more.zh}", f"{count} rows{more.en}"))
