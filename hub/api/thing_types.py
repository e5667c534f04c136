"""Every kind of thing in `model.yaml` as a GraphQL type, with what is shown of it at the clocks."""

from collections.abc import Mapping
from typing import Any

import strawberry

from hub.api import enums
from hub.api.nodes import Node, global_id
from hub.api.row_types import FACT_FIELDS, Fact, Read, Shown, row_type, shown_properties
from hub.api.words import both, told
from hub.domain.clocks import Millis
from hub.domain.things import Clocks, Row
from hub.graph.check_reader import kind_of_labels
from hub.graph.kinds import ShownKind, shown_kinds

_NO_STATE: Row = {}


@strawberry.interface(description=both("图中的对象，按两个时钟显示", "a thing, as of both clocks"))
class Thing(Node):
    code: str = told("编号", "its code")
    caption: str | None = told("名称或标题", "its name or title")
    synthetic: bool = told("虚构的演示数据", "invented for demonstration")
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")


class ThingType:
    """The GraphQL type of one kind. An object of it keeps its row, and the state held as `fact`."""

    def __init__(self, kind: ShownKind, nested: "ThingType | None") -> None:
        self.kind = kind
        self._nested = nested
        about = both(kind.declared.zh, kind.declared.en)
        stamped = kind.is_state or kind.state is not None
        bases: tuple[type, ...] = (Thing, Fact) if stamped else (Thing,)
        inherited = {**_thing_fields(kind), **(FACT_FIELDS if stamped else {})}
        self.cls = row_type(kind.name, bases, about, self._own_fields(), inherited)

    def of(self, row: Row, clocks: Clocks) -> Any:
        """The thing as an object of `cls`; None where it may not be shown."""
        if not row["shown"]:
            return None
        thing = self.cls()
        thing.row, thing.clocks, thing.withheld = row, clocks, False
        states = row.get("stateHeld")
        thing.fact = row if self.kind.is_state else states[0] if states else _NO_STATE
        return thing

    def withheld(self, code: str, clocks: Clocks) -> Any:
        """The thing of which only the code asked for is echoed."""
        thing = self.of({"code": code, "shown": True}, clocks)
        thing.withheld = True
        return thing

    def _own_fields(self) -> list[Shown]:
        kind, nested = self.kind, self._nested
        fields = shown_properties(
            {word: p for word, p in kind.properties.items() if word in kind.state_properties},
            lambda self: self.fact,
        )
        own = {word: p for word, p in kind.properties.items() if word not in kind.state_properties}
        fields += shown_properties(own, lambda self: self.row)
        if nested is not None:
            about = "核查时点的记录状态", "its standing at the instant"
            fields.append(Shown("standing", nested.cls | None, *about, _standing(nested)))
        if kind.label == "CreditRecord":
            about = "种类", "kind of record"
            fields.append(Shown("kind", enums.RecordKind, *about, _record_kind))
        return fields


def _thing_fields(kind: ShownKind) -> Mapping[str, Read]:
    code = "factId" if kind.is_state else "code"
    return {
        "id": lambda self: global_id(kind.name, self.row[code]),
        "code": lambda self: self.row[code],
        "caption": _caption,
        "synthetic": lambda self: bool(self.row.get("synthetic")),
        "effective_at": lambda self: self.clocks.at,
        "known_at": lambda self: self.clocks.known_at,
    }


def _caption(thing: Any) -> str | None:
    """The name at the instant; the lasting caption where there is none."""
    held, row = thing.fact, thing.row
    return held.get("name") or held.get("title") or row.get("name") or row.get("title")


def _record_kind(thing: Any) -> enums.RecordKind:
    return kind_of_labels(thing.row["labels"])


def _standing(nested: ThingType) -> Any:
    def read(thing: Any) -> Any:
        held = thing.fact
        return nested.of({**held, "shown": True}, thing.clocks) if held else None

    return read


def _thing_types() -> dict[str, ThingType]:
    """By label; a record shows its standing as a thing of its own."""
    made: dict[str, ThingType] = {}
    for label, kind in sorted(shown_kinds().items(), key=lambda item: not item[1].is_state):
        made[label] = ThingType(kind, made[kind.state] if kind.nests and kind.state else None)
    return made


THING_TYPES: Mapping[str, ThingType] = _thing_types()
