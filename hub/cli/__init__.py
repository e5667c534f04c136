"""The command `hub`."""

import click

from hub import __version__
from hub.cli.check import check
from hub.cli.doctor import doctor
from hub.cli.exit_statuses import epilog
from hub.cli.explore import explore
from hub.cli.graph import migrate, seed
from hub.cli.importing import import_
from hub.cli.neo4j import neo4j, stop
from hub.cli.serve import serve
from hub.cli.stories import stories
from hub.cli.up import up


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=epilog())
@click.version_option(__version__, prog_name="hub")
def main() -> None:
    """诚信枢纽：主体在场景下受何限制，依据何法，经何路径。 The government-integrity credit hub."""


for _command in (up, serve, migrate, seed, check, explore, stories, doctor, import_, neo4j):
    main.add_command(_command)
main.add_command(stop, "down")
