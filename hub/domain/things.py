"""Things of the graph as of both clocks, for those who read a verdict and follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hub.domain.clocks import Millis

Row = Mapping[str, Any]
"""One thing, edge or state in the words of `model.yaml`: instants in milliseconds, days as text."""


class Clocks(NamedTuple):
    """As of when: in the world, and in the hub's knowledge (None: the newest)."""

    at: Millis
    known_at: Millis | None


Wanted = frozenset[str] | None
"""Names of the fields that are to be read; None for all."""


class Shape(NamedTuple):
    """What makes one list statement differ from another.

    Names of filters, the order, and what is to be read of the things and of the edges.
    """

    filters: tuple[str, ...] = ()
    order: str | None = None
    descending: bool = False
    things: Wanted = None
    edges: Wanted = None


class PageAsk(NamedTuple):
    """One page of one thing's list; `where` holds the values of the shape's filters, in order."""

    code: str
    clocks: Clocks
    first: int
    skip: int = 0
    where: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list, in its order, as of `clocks`; `total` counts all of it.

    `complete` is False where the thing has more edges than are read: then `total` counts those
    that were read, and the order is theirs alone.
    """

    clocks: Clocks
    rows: Sequence[Row]
    total: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` counts the smallest unit: 4600000 with scale 2 is 46,000.00."""

    minor: int
    currency: str
    scale: int
