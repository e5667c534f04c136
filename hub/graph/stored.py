"""What the graph gives back of a thing or a fact, in the words a writer would use."""

from collections.abc import Mapping, Sequence
from typing import Any

from neo4j.time import Date, DateTime

from hub.domain.clocks import millis_of
from hub.domain.facts import Ref, Value
from hub.graph.kinds import STAMP_FIELDS
from hub.graph.model import graph_model

_NOT_TOLD = frozenset({*STAMP_FIELDS, "digest", "caption"})


def ref_of(labels: Sequence[str], code: str) -> Ref:
    """By the label that has the key; what is shared by kinds of subject says less."""
    nodes = graph_model().nodes
    return Ref(next(label for label in labels if nodes[label].key and label != "Subject"), code)


def told_of(properties: Mapping[str, Any]) -> Mapping[str, Value]:
    """What a fact tells beside its stamps: instants in milliseconds, days as text."""
    return {name: _value(told) for name, told in properties.items() if name not in _NOT_TOLD}


def _value(stored: Any) -> Value:
    if isinstance(stored, DateTime):
        return millis_of(stored.to_native())
    return stored.iso_format() if isinstance(stored, Date) else stored
