"""Global ids, and pages of lists."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, Self, TypeVar

import strawberry

from hub.api.words import both, told
from hub.domain.things import Page
from hub.errors import InvalidPage, NodeNotFound

T = TypeVar("T")
Item = TypeVar("Item")

MOST = 100
"""Most items of one page."""


@strawberry.interface(
    description=both("可用全局标识再次取得的对象", "anything to be had again by its id")
)
class Node:
    id: strawberry.ID = told("全局标识", "global id, opaque")


def global_id(kind: str, code: str) -> strawberry.ID:
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind}:{code}".encode()).decode())


def parse_global_id(given: str) -> tuple[str, str]:
    """The type and the code. Raises `NodeNotFound` for what no answer can have contained."""
    try:
        kind, separator, code = base64.urlsafe_b64decode(given).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise NodeNotFound(given) from error
    if not separator or not code:
        raise NodeNotFound(given)
    return kind, code


def parse_page(first: int, after: str | None) -> str | None:
    """The key behind the cursor. Raises `InvalidPage` for a wrong size or a forged cursor."""
    if not 1 <= first <= MOST:
        raise InvalidPage("first", MOST)
    if after is None:
        return None
    try:
        kind, code = parse_global_id(after)
    except NodeNotFound as error:
        raise InvalidPage("after", MOST) from error
    if kind != "cursor":
        raise InvalidPage("after", MOST)
    return code


@strawberry.type(description=both("分页信息", "where the page lies in its list"))
class PageInfo:
    has_next_page: bool = told("后面还有", "there is more after it")
    end_cursor: str | None = told("下一页的起点", "pass it as `after` for the next page")


@strawberry.type(description=both("列表中的一项", "one item of a list"))
class Edge(Generic[T]):
    cursor: str = told("此项的位置", "its place in the list")
    node: T = told("此项", "the item")


@strawberry.type(description=both("列表的一页", "one page of a list, ordered by code"))
class Connection(Generic[T]):
    total_count: int = told("全部项数", "how many there are in all")
    complete: bool = told("列表未被截断", "the list behind the pages was not cut")
    page_info: PageInfo = told("分页信息", "where the page lies")
    edges: list[Edge[T]] = told("各项", "the items")

    @classmethod
    def of(cls, page: Page[Item], build: Callable[[Item], T]) -> Self:
        cursors: Sequence[str] = [global_id("cursor", key) for key in page.cursors]
        items = zip(cursors, page.items, strict=True)
        return cls(
            total_count=page.total,
            complete=True,
            page_info=PageInfo(
                has_next_page=page.has_next, end_cursor=cursors[-1] if cursors else None
            ),
            edges=[Edge(cursor=cursor, node=build(item)) for cursor, item in items],
        )
