"""The arguments of a list: its page, one for each way to narrow it, and its order."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from inspect import Parameter
from typing import Annotated, Any

import strawberry

from hub.api import enums
from hub.api.row_types import attribute_of
from hub.api.thing_types import THING_TYPES
from hub.api.words import argument, both
from hub.domain.clocks import Millis
from hub.domain.things import Shape
from hub.errors import InvalidFilter
from hub.graph.relations import Narrowing, Relation
from hub.text import Text

PAGE = 20
"""Items of a page where the caller does not say."""
_MOST_VALUES = 100
_MILLION = 1_000_000
_MOST_AMOUNT = 9_000_000_000_000
"""Millionths of it are an integer to Neo4j; a larger one is not even to be written out."""

First = Annotated[int, argument("一页几项，1 到 100", "items of the page, 1 to 100")]
After = Annotated[
    str | None,
    argument(
        "上一页的 endCursor；续读时两个时钟随之不变",
        "the endCursor of the page before; it carries the clocks of the first page",
    ),
]


def narrowed(relation: Relation, given: Mapping[str, Any]) -> tuple[Shape, tuple[Any, ...]]:
    """What the arguments make of the list, and the values, in order. Raises `InvalidFilter`."""
    narrowings, order = relation.narrowings, given.get("orderBy")
    used = [(n, given[n]) for n in sorted(narrowings) if given.get(n) is not None]
    word, descending = order.value if order is not None else (None, False)
    where = tuple(_sent(narrowings[name], value) for name, value in used)
    return Shape(tuple(name for name, _ in used), word, descending), where


def list_arguments(relation: Relation) -> list[Parameter]:
    """`first` and `after`, then one for each way to narrow the list, then the order."""
    found = [parameter("first", First, PAGE), parameter("after", After, None)]
    for name, narrowing in relation.narrowings.items():
        found.append(parameter(attribute_of(name), _argument_type(narrowing), None))
    if relation.orders:
        order = _order(relation.ends[0], tuple(relation.orders))
        told_of = argument("次序；默认按编号", "order; by code unless given")
        found.append(parameter("order_by", Annotated[order | None, told_of], None))
    return found


def _argument_type(narrowing: Narrowing) -> Any:
    prop, plain = narrowing.prop, _value_type(narrowing)
    if narrowing.operator == "IN":
        return Annotated[list[plain] | None, argument(f"{prop.zh}为其中之一", f"{prop.en}: any of")]
    limits = {"=": ("为", "is"), ">=": ("不早（小）于", "from"), "<": ("早（小）于", "before")}
    zh, en = limits[narrowing.operator]
    return Annotated[plain | None, argument(f"{prop.zh}{zh}", f"{prop.en} {en}")]


def _value_type(narrowing: Narrowing) -> Any:
    prop = narrowing.prop
    if narrowing.word.endswith("Minor"):
        return Decimal
    if prop.enum:
        return getattr(enums, prop.enum)
    plain: dict[str, Any] = {"date": date, "instant": Millis, "integer": int, "boolean": bool}
    return plain.get(prop.type, str)


def _sent(narrowing: Narrowing, value: Any) -> Any:
    """The value as the statement compares it, hashable. Raises `InvalidFilter`."""
    if narrowing.operator == "IN":
        if len(value) > _MOST_VALUES:
            raise InvalidFilter(narrowing.name, Text("取值过多", "it has too many values"))
        return tuple(v.value if isinstance(v, Enum) else v for v in value)
    if isinstance(value, Decimal):
        if not value.is_finite() or abs(value) >= _MOST_AMOUNT:
            raise InvalidFilter(narrowing.name, Text("金额过大", "the amount is too large"))
        return int(value * _MILLION)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _order(label: str, words: tuple[str, ...]) -> Any:
    """An enum whose values are the word to sort by and whether downwards."""
    kind = THING_TYPES[label].kind
    ways = [("", False, "升序", "upwards"), ("_DESC", True, "降序", "downwards")]
    members = {
        _screaming(word) + suffix: strawberry.enum_value(
            (word, down), description=both(f"{prop.zh}{zh}", f"{prop.en}, {en}")
        )
        for word, prop in {**kind.declared.properties, **kind.state_properties}.items()
        if word in words
        for suffix, down, zh, en in ways
    }
    made: Any = Enum(f"{kind.name}Order", members)
    return strawberry.enum(
        made,
        description=both("列表的次序；无此值者在后", "order of a list; what has no value is last"),
    )


def parameter(name: str, annotation: Any, default: Any = Parameter.empty) -> Parameter:
    kind = Parameter.POSITIONAL_OR_KEYWORD
    return Parameter(name, kind, annotation=annotation, default=default)


def _screaming(word: str) -> str:
    return attribute_of(word.removesuffix("Minor")).upper()
