"""The command `hub`."""

from collections.abc import Mapping
from importlib import import_module

import click

from hub import __version__
from hub.cli.exit_statuses import epilog

_PLACES: Mapping[str, str] = {
    "up": "up.up",
    "serve": "serve.serve",
    "migrate": "graph.migrate",
    "seed": "graph.seed",
    "check": "check.check",
    "whatif": "supposing.whatif",
    "compare": "supposing.compare",
    "restricted": "restricted.restricted",
    "receipt": "receipt.receipt",
    "verify": "verify.verify",
    "replay": "replay.replay",
    "explore": "explore.explore",
    "stories": "stories.stories",
    "conform": "conform.conform",
    "doctor": "doctor.doctor",
    "import": "importing.import_",
    "neo4j": "neo4j.neo4j",
    "rules": "rules.rules",
    "record": "record.record",
    "archive": "archive.archive",
    "erase": "erase.erase",
    "keys": "keys.keys",
    "clock": "clock.clock",
    "down": "neo4j.stop",
}
"""Module and variable of each command."""


class _Commands(click.Group):
    """Imports a command when it is called: GraphQL and all it needs take longer than many do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _PLACES:
            return None
        module, variable = _PLACES[cmd_name].split(".")
        command: click.Command = getattr(import_module(f"hub.cli.{module}"), variable)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=epilog()
)
@click.version_option(__version__, prog_name="hub")
def main() -> None:
    """诚信枢纽：主体在场景下受何限制，依据何法，经何路径。 The government-integrity credit hub."""
