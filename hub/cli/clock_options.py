"""Both clocks, as every command that asks takes them."""

import click

from hub.domain.clocks import Millis, parse_instant

at_option = click.option(
    "--at", metavar="INSTANT", help="业务时点，须写明时区；默认现在。  Default: now."
)
"""Gives the command its argument `at`."""
known_at_option = click.option(
    "--known-at", metavar="INSTANT", help="按当时所知回答。  As known at that instant."
)
"""Gives the command its argument `known_at`."""


def asked_instant(text: str | None, *, where: str) -> Millis | None:
    """Raises `InvalidInstant`."""
    return None if text is None else parse_instant(text, where=where)
