"""How commands answer: people read Chinese with English beside it, programs read JSON."""

import functools
import sys
import traceback
from collections.abc import Callable
from typing import ParamSpec

import click
import orjson
from rich.console import Console

from hub.cli.exit_statuses import INTERNAL, INTERRUPTED
from hub.errors import HubError
from hub.text import Text

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

_Arguments = ParamSpec("_Arguments")

_BUG = Text("程序出错，这不是您的问题", "This is a bug in the hub, not your mistake")
_BUG_MEND = Text("请把标准错误上的内容报告给开发者", "Report what stands on standard error")
_INTERRUPTED = Text("已中断，没有留下半成品", "Interrupted; nothing is left half done")
_INTERRUPTED_MEND = Text("再次运行即可接着做", "Run it again to go on")

json_option = click.option(
    "--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。  Answer in JSON."
)
"""Gives the command its argument `as_json`."""


def say(what: Text) -> None:
    OUT.print(f"[bold]{what.zh}[/]  [dim]{what.en}[/]")


def print_json(answer: object) -> None:
    """One document on standard output; paths and times as strings."""
    click.echo(orjson.dumps(answer, default=str, option=orjson.OPT_INDENT_2))


def reports_errors(command: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """End the command with two sentences or JSON, and the exit status that fits.

    A `HubError` tells its own, Ctrl-C is no error, and whatever else comes is a bug: its traceback
    goes to standard error. What click raises to end a command passes.
    """

    @functools.wraps(command)
    def reporting(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            command(*args, **kwargs)
        except HubError as error:
            report(error, as_json=as_json)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            _tell("INTERRUPTED", _INTERRUPTED, _INTERRUPTED_MEND, as_json=as_json)
            sys.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:  # noqa: BLE001  # the last stop of every bug
            traceback.print_exc()
            _tell("INTERNAL", _BUG, _BUG_MEND, as_json=as_json)
            sys.exit(INTERNAL)

    return reporting


def report(error: HubError, *, as_json: bool) -> None:
    _tell(error.code, error.what, error.mend, where=error.where, as_json=as_json)


def _tell(code: str, what: Text, mend: Text, *, as_json: bool, where: str | None = None) -> None:
    if as_json:
        told = {"message": what.zh, "messageEn": what.en, "mend": mend.zh, "mendEn": mend.en}
        print_json({"error": {"code": code, **told, "where": where}})
        return
    ERR.print(f"{what.zh}。{mend.zh}。 [{code}]", style="red", markup=False)
    ERR.print(f"{what.en}. {mend.en}.", style="dim", markup=False)
