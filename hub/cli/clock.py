"""`hub clock restored`: the graph came from a backup."""

import click

from hub.cli.opening import on_hub
from hub.cli.output import json_option, print_json, reports_errors, say
from hub.graph.clock_repair import raise_epoch
from hub.graph.migrations import require_current
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub, writer_name


@click.group()
def clock() -> None:
    """知识时钟。  The knowledge clock."""


@clock.command()
@json_option
@reports_errors
def restored(*, as_json: bool) -> None:
    """恢复备份之后运行一次：此前的结论不再与图相比。  Run once after restoring a backup."""
    epoch = on_hub(load_settings(), _raised)
    if as_json:
        print_json({"epoch": epoch})
    else:
        say(Text(f"纪元已为 {epoch}", f"The epoch is {epoch} now"))


async def _raised(hub: Hub) -> int:
    await require_current(hub.door)
    return await raise_epoch(hub.door, writer=writer_name())
