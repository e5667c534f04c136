"""Both clocks, as every root field takes them."""

from typing import Annotated

from hub.api.context import Info
from hub.api.words import argument
from hub.domain.clocks import Millis, format_instant
from hub.domain.things import Clocks
from hub.errors import KnownAtInFuture

EffectiveAt = Annotated[
    Millis | None, argument("核查时点，默认现在", "instant in the world; now by default")
]
KnownAt = Annotated[
    Millis | None,
    argument("所知截至，默认最新；不得晚于现在", "as of whose knowledge; the newest by default"),
]


def asked_clocks(info: Info, at: Millis | None, known_at: Millis | None) -> Clocks:
    """Raises `KnownAtInFuture`."""
    now = info.context.now
    if known_at is not None and known_at > now:
        raise KnownAtInFuture(format_instant(known_at), format_instant(now))
    return Clocks(now if at is None else at, known_at)


def known_at_of(clocks: Clocks) -> Millis:
    """Of an answer: it was read at a knowledge instant, whether one was asked for or not."""
    assert clocks.known_at is not None
    return clocks.known_at
