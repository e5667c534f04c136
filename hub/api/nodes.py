"""Global ids, and places in lists."""

import base64
import binascii
import hashlib
import json
import re
from functools import cached_property
from typing import Any, NamedTuple

import strawberry

from hub.api.words import both, told
from hub.domain.clocks import OPEN_END, OPEN_START, Millis
from hub.domain.things import Clocks
from hub.errors import InvalidPage, NodeNotFound

MOST = 100
"""Most items of one page."""
_DIGEST_LENGTH = 12
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


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
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise NodeNotFound(given) from error
    if not separator or not code:
        raise NodeNotFound(given)
    return kind, code


class Place(NamedTuple):
    """Where a page begins: the list as of these clocks never changes, so its number says it."""

    clocks: Clocks
    skip: int


class KeyPlace(NamedTuple):
    """Where a page begins in a list sorted by key, when nothing tells how many come before."""

    clocks: Clocks
    key: str


class CursorMaker:
    """Makes the cursors of one page: what they share is encoded once, when one is asked for."""

    def __init__(self, listed: Any, clocks: Clocks) -> None:
        self._listed = listed
        self._clocks = clocks

    def cursor(self, number: int) -> str:
        """Of the item that is the `number`-th of its list, counted from 1."""
        return f"{self._shared}.{number}"

    @cached_property
    def _shared(self) -> str:
        return _encoded([_digest(self._listed), *self._clocks])


def check_first(first: int | None) -> None:
    """Raises `InvalidPage`."""
    if first is None or not 1 <= first <= MOST:
        raise InvalidPage("first", MOST)


def parse_cursor(listed: Any, after: str) -> Place:
    """Raises `InvalidPage` for a cursor of another list, and for one that no answer can hold."""
    shared, _, number = after.rpartition(".")
    clocks, rest = _parsed(listed, shared)
    if rest or not _NUMBER.fullmatch(number):
        raise InvalidPage("after", MOST)
    return Place(clocks, int(number))


def key_cursor(listed: Any, place: KeyPlace) -> str:
    """Of the item that has the key."""
    return _encoded([_digest(listed), *place.clocks, place.key])


def parse_key_cursor(listed: Any, after: str) -> KeyPlace:
    """Raises `InvalidPage` as `parse_cursor` does."""
    match _parsed(listed, after):
        case (clocks, [str(key)]):
            return KeyPlace(clocks, key)
        case _:
            raise InvalidPage("after", MOST)


def _parsed(listed: Any, given: str) -> tuple[Clocks, list[Any]]:
    """The clocks in a cursor, and what else it holds. Raises `InvalidPage`."""
    try:
        digest, at, known_at, *rest = json.loads(base64.urlsafe_b64decode(given))
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidPage("after", MOST) from error
    if digest != _digest(listed) or not (_is_instant(at) and _is_instant(known_at)):
        raise InvalidPage("after", MOST)
    return Clocks(Millis(at), Millis(known_at)), rest


def _is_instant(given: object) -> bool:
    return type(given) is int and OPEN_START <= given < OPEN_END


def _digest(listed: Any) -> str:
    """Of all that makes a list what it is: relation, owner, filters and order."""
    text = json.dumps(listed, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@strawberry.type(description=both("分页信息", "where the page lies in its list"))
class PageInfo:
    has_next_page: bool = told("后面还有", "there is more after it")
    end_cursor: str | None = told("下一页的起点", "pass it as `after` for the next page")
