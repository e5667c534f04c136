"""`graph_schema/model.yaml` as objects: which labels, relationships and properties there are."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from hub.resources import resource

Clocks = Literal["two", "immutable", "none"]
Part = Literal["subject", "dealing", "record", "law", "knowledge"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Property(_Entry):
    """`sealed` properties of real things are kept so that only a key outside the graph opens them.

    `caption` is for Neo4j Browser alone.
    """

    zh: str
    en: str
    type: Literal["string", "strings", "integer", "boolean", "instant", "date"]
    source: str
    unit: str | None = None
    caption: bool = False
    sealed: bool = False
    enum: str | None = None
    filter: bool = False
    order: bool = False


class NodeKind(_Entry):
    """`marks` names the identity label this one stands beside; `state_of` the owners of a state.

    `beside_states` is said of a label that a state of any kind may come to carry.
    """

    zh: str
    en: str
    part: Part
    clocks: Clocks
    source: str
    shown_as: str | None = None
    key: str | None = None
    labels: tuple[str, ...] = ()
    marks: str | None = None
    beside_states: bool = False
    state_of: tuple[str, ...] = ()
    via: str | None = None
    properties: Mapping[str, Property] = Field(default_factory=dict[str, Property])


class Walk(_Entry):
    """The field that walks a relationship one way; `of` and `to` name labels where not all do."""

    field: str
    zh: str
    en: str
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


class RelationshipKind(_Entry):
    zh: str
    en: str
    clocks: Clocks
    source: str
    start: tuple[str, ...] = Field(alias="from")
    end: tuple[str, ...] = Field(alias="to")
    out: tuple[Walk, ...]
    back: tuple[Walk, ...] = Field(alias="in")
    properties: Mapping[str, Property] = Field(default_factory=dict[str, Property])


class GraphModel(_Entry):
    version: int
    sources: Mapping[str, str]
    stamp: Mapping[str, Property]
    nodes: Mapping[str, NodeKind]
    relationships: Mapping[str, RelationshipKind]

    def kind(self, name: str) -> NodeKind | RelationshipKind:
        """A label or relationship type. Raises `KeyError` for a word the model does not have."""
        return self.nodes.get(name) or self.relationships[name]

    def kinds_of(self, label: str) -> tuple[str, ...]:
        """Labels of which a thing carries its own for ever, such as the kinds of record.

        A single further label, such as that of an official, may come with time.
        """
        marks = tuple(name for name, node in self.nodes.items() if node.marks == label)
        return marks if len(marks) > 1 else ()

    def is_state(self, name: str) -> bool:
        return name in self.nodes and bool(self.nodes[name].state_of)

    def two_clock(self) -> tuple[str, ...]:
        """Names of all two-clock kinds, states first, each in the order of the file."""
        kinds = {**self.nodes, **self.relationships}
        return tuple(name for name, kind in kinds.items() if kind.clocks == "two")


def read_model(path: Path) -> GraphModel:
    return GraphModel.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def graph_model() -> GraphModel:
    """The model that travels with this version of the hub."""
    return read_model(resource("graph_schema", "model.yaml"))
