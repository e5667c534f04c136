"""Which ports a local Neo4j listens on.

Decided before it starts: by itself Neo4j takes 13 s to find out that a port is taken.
"""

import socket
from collections.abc import Collection
from typing import NamedTuple

from hub.errors import InvalidSettings, PortTaken
from hub.text import Text

LOOPBACK = "127.0.0.1"
_HIGHEST = 65_535


class Ports(NamedTuple):
    bolt: int
    http: int


class Wish(NamedTuple):
    """What decides one port: the setting first, then the last start, then the usual number."""

    setting: str
    asked: int | None
    kept: int | None
    usual: int


def choose_ports(bolt: Wish, http: Wish, *, reserved: Collection[int]) -> Ports:
    """Two free ports; one that was asked for or kept is never exchanged for another.

    Ports in `reserved` belong to somebody who may not be listening now.

    Raises `PortTaken`, `InvalidSettings`.
    """
    if bolt.asked is not None and bolt.asked == http.asked:
        raise InvalidSettings(http.setting, Text("与 Bolt 端口相同", "same as the Bolt port"))
    bolt_port = _choose(bolt, {*reserved, *_fixed(http)})
    return Ports(bolt_port, _choose(http, {*reserved, bolt_port}))


def is_free(port: int) -> bool:
    """Whether a server could listen on the loopback port now."""
    with socket.socket() as probe:
        # As Java does: a closed connection lingering on the port is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def _fixed(wish: Wish) -> set[int]:
    return {port for port in (wish.asked, wish.kept) if port is not None}


def _choose(wish: Wish, reserved: Collection[int]) -> int:
    fixed = wish.kept if wish.asked is None else wish.asked
    if fixed is not None:
        if not is_free(fixed):
            raise PortTaken(fixed, wish.setting)
        return fixed
    # Counted up, they stay below those that outgoing connections borrow: a kept port stays free.
    candidates = range(wish.usual, _HIGHEST + 1)
    return next(port for port in candidates if port not in reserved and is_free(port))
