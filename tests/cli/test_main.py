"""The command line begins with what the command needs."""

import subprocess
import sys

import click
import pytest

from hub.cli import main
from tests.cli.command import hub_command

_LOADED = """
import sys
from hub.cli import main
main(["neo4j", "status", "--help"], standalone_mode=False)
print([name for name in ("strawberry", "uvicorn", "hub.wiring") if name in sys.modules])
"""


def test_a_command_loads_no_other() -> None:
    told = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True)

    assert told.stdout.decode().splitlines()[-1] == "[]"


def test_help_lists_every_command_in_the_order_of_its_name() -> None:
    context = click.Context(main)
    names = main.list_commands(context)

    assert names == sorted(names)
    assert [line.split()[0] for line in _listed(hub_command("--help").stdout)] == names


def _listed(told: str) -> list[str]:
    """The lines of help that begin with the name of a command."""
    lines = told.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    return [line for line in lines if line[2] != " "]


@pytest.mark.parametrize("word", ["nothing", "Up", ""])
def test_a_word_that_is_no_command_is_refused(word: str) -> None:
    assert hub_command(word).exit_code == 2
