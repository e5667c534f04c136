"""What a request carries."""

from dataclasses import dataclass

from strawberry.types import Info as StrawberryInfo

from hub.api.loaders import Loaders
from hub.domain.clocks import Millis
from hub.wiring import Hub


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is the instant at which the request came, and the default of every clock in it."""

    hub: Hub
    now: Millis
    loaders: Loaders


Info = StrawberryInfo[Context, None]
