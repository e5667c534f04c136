"""GraphQL types whose attributes are read out of a row when a query asks for them: few are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

import strawberry
from strawberry.utils.str_converters import to_camel_case

from hub.api import enums
from hub.api.law_types import instant_or_none
from hub.api.words import both, told
from hub.domain import things
from hub.domain.clocks import OPEN_START, Millis
from hub.domain.things import Row
from hub.graph.model import Property

_PLAIN: Mapping[str, Any] = {
    "string": str,
    "strings": list[str],
    "integer": int,
    "boolean": bool,
    "instant": Millis,
    "date": date,
}
_MINOR = "Minor"
_NOT_SHOWN = {"id", "synthetic", "scale"}
_CAPTIONS = {"name", "title"}

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One field: its attribute, annotation and description, and how an object comes by it."""

    attribute: str
    annotation: Any
    zh: str
    en: str
    read: Read


def row_type(
    name: str,
    bases: tuple[type, ...],
    about: str,
    fields: Sequence[Shown],
    inherited: Mapping[str, Read],
) -> Any:
    """A type whose objects are made bare: who makes one sets what its fields read.

    `inherited` says how they come by the fields of the bases.
    """
    described = {field.attribute: told(field.zh, field.en) for field in fields}
    annotations = {field.attribute: field.annotation for field in fields}
    made: Any = type(name, bases, {"__annotations__": annotations, **described})
    shown = strawberry.type(made, name=name, description=about)
    shown.__init__ = object.__init__
    for attribute, read in {**inherited, **{f.attribute: f.read for f in fields}}.items():
        setattr(shown, attribute, property(read))
    return shown


@strawberry.type(description=both("金额", "an amount of money"))
class Money:
    amount: Decimal = told("十进制金额", "decimal amount")
    currency: str = told("币种 ISO 4217", "ISO 4217 currency")

    @classmethod
    def of(cls, money: things.Money) -> Self:
        return cls(amount=Decimal(money.minor).scaleb(-money.scale), currency=money.currency)


@strawberry.interface(
    description=both("事实：何时成立，何时获知，随何导入", "a fact: its two clocks and its import")
)
class Fact:
    fact_id: str | None = told("事实编号", "id of the fact")
    import_id: str | None = told("所属导入", "import it came with")
    valid_from: Millis | None = told("生效起；空为不详", "holds from; null where unknown")
    valid_to: Millis | None = told("生效止；空为至今", "holds until; null while it has no end")
    recorded_from: Millis | None = told("获知起", "known to the hub from")
    recorded_to: Millis | None = told("获知止；空为至今", "and until; null while it is known so")


FACT_FIELDS: Mapping[str, Read] = {
    "fact_id": lambda self: self.fact.get("factId"),
    "import_id": lambda self: self.fact.get("importId"),
    "valid_from": lambda self: _start_or_none(self.fact.get("validFrom")),
    "valid_to": lambda self: _end_or_none(self.fact.get("validTo")),
    "recorded_from": lambda self: self.fact.get("recordedFrom"),
    "recorded_to": lambda self: _end_or_none(self.fact.get("recordedTo")),
}
"""The fields of a `Fact`, of objects that keep its row as `fact`."""


def shown_properties(
    properties: Mapping[str, Property], row_of: Callable[[Any], Row]
) -> list[Shown]:
    """Fields of the declared properties; amounts with their currency become `Money`."""
    return [
        Shown(
            attribute_of(word.removesuffix(_MINOR)),
            _annotation(word, prop),
            prop.zh,
            prop.en,
            _reader(word, prop, row_of),
        )
        for word, prop in properties.items()
        if word not in _NOT_SHOWN and not (prop.caption and word not in _CAPTIONS)
    ]


def attribute_of(name: str) -> str:
    """Snake case, as Strawberry turns it into the same word again."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    assert to_camel_case(snake) == name, name
    return snake


def _annotation(word: str, prop: Property) -> Any:
    if word.endswith(_MINOR):
        return Money | None
    plain: Any = getattr(enums, prop.enum) if prop.enum else _PLAIN[prop.type]
    return plain | None


def _reader(word: str, prop: Property, row_of: Callable[[Any], Row]) -> Read:
    if word.endswith(_MINOR):
        return lambda self: _money(row_of(self), word)
    if prop.enum:
        closed: Any = getattr(enums, prop.enum)
        return lambda self: _if_told(closed, row_of(self).get(word))
    if prop.type == "date":
        return lambda self: _if_told(date.fromisoformat, row_of(self).get(word))
    if prop.type == "instant":
        return lambda self: _end_or_none(row_of(self).get(word))
    return lambda self: row_of(self).get(word)


def _if_told(make: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else make(value)


def _end_or_none(given: Millis | None) -> Millis | None:
    return None if given is None else instant_or_none(given)


def _start_or_none(given: Millis | None) -> Millis | None:
    return given if given is not None and given > OPEN_START else None


def _money(row: Row, word: str) -> Money | None:
    """None when the publisher gave no amount or no currency: missing stays missing."""
    minor, currency = row.get(word), row.get("currency")
    if minor is None or currency is None:
        return None
    return Money.of(things.Money(minor, currency, row["scale"]))
