"""`hub migrate` and `hub seed`: the schema, and what every graph starts with."""

import click

from hub.cli.opening import on_hub
from hub.cli.output import json_option, print_json, reports_errors, say
from hub.cli.seeding import (
    keep_waiting,
    kept_fields,
    migrate_waiting,
    read_seeds,
    say_kept,
    say_migrated,
)
from hub.cli.waiting import Waiting
from hub.settings import load_settings
from hub.text import Text

no_demo_option = click.option(
    "--no-demo", is_flag=True, help="不载入示例盟。  Leave the demo region out."
)
"""Gives the command its argument `no_demo`."""


@click.command()
@json_option
@reports_errors
def migrate(*, as_json: bool) -> None:
    """更新数据库结构，并接着做完被中断的导入；可重复执行。  Bring the schema up to date."""
    with Waiting(silent=as_json) as waiting:
        applied = on_hub(load_settings(), lambda hub: migrate_waiting(hub, waiting))
    if as_json:
        print_json({"applied": applied})
    else:
        say_migrated(applied)


@click.command()
@no_demo_option
@click.option("--cases", is_flag=True, help="另载入法律案例。  The law's cases too.")
@json_option
@reports_errors
def seed(*, no_demo: bool, cases: bool, as_json: bool) -> None:
    """载入行政区划、规则目录与示例盟；重复执行没有变化。  Load divisions, catalogue and demo."""
    with Waiting(silent=as_json) as waiting:
        settings = load_settings()
        batches = read_seeds(waiting, demo=not no_demo, cases=cases)
        kept = on_hub(settings, lambda hub: keep_waiting(hub, batches, waiting))
    if as_json:
        print_json({"batches": [kept_fields(one) for one in kept]})
    else:
        say(Text("种子已载入", "Seeds loaded"))
        say_kept(kept)
