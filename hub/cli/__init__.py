"""The command `hub`."""

import click

from hub import __version__
from hub.cli.archive import archive
from hub.cli.check import check
from hub.cli.clock import clock
from hub.cli.conform import conform
from hub.cli.doctor import doctor
from hub.cli.erase import erase
from hub.cli.exit_statuses import epilog
from hub.cli.explore import explore
from hub.cli.graph import migrate, seed
from hub.cli.importing import import_
from hub.cli.keys import keys
from hub.cli.neo4j import neo4j, stop
from hub.cli.receipt import receipt
from hub.cli.record import record
from hub.cli.replay import replay
from hub.cli.restricted import restricted
from hub.cli.rules import rules
from hub.cli.serve import serve
from hub.cli.stories import stories
from hub.cli.up import up
from hub.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=epilog())
@click.version_option(__version__, prog_name="hub")
def main() -> None:
    """诚信枢纽：主体在场景下受何限制，依据何法，经何路径。 The government-integrity credit hub."""


for _command in (
    up,
    serve,
    migrate,
    seed,
    check,
    restricted,
    receipt,
    verify,
    replay,
    explore,
    stories,
    conform,
    doctor,
    import_,
    neo4j,
    rules,
    record,
    archive,
    erase,
    keys,
    clock,
):
    main.add_command(_command)
main.add_command(stop, "down")
