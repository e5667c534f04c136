"""What a request carries."""

from dataclasses import dataclass
from typing import cast

from graphql import GraphQLResolveInfo
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
CoreInfo = GraphQLResolveInfo[Context]
"""The same as graphql-core gives it: with the nodes of the query's text."""


def core_info(info: Info) -> CoreInfo:
    return cast("CoreInfo", info._raw_info)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]  # Strawberry shows no nodes
