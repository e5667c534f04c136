"""Which kinds of thing are shown to those who explore, and what is read of each.

Everything about a thing at the clocks comes as one nested map: its own properties, and beside them
the state in which it is held.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hub.domain.things import Wanted
from hub.graph.door import literal
from hub.graph.model import NodeKind, Property, graph_model
from hub.graph.time_filter import held, known

_BOOKKEEPING = {"Subject", "KnowledgeClock", "WriterLease", "SchemaVersion"}
_STAMPS = ("validFrom", "validTo", "recordedFrom", "recordedTo")
STAMP_FIELDS = frozenset({"factId", "importId", *_STAMPS})
_AMOUNTS = frozenset({"amount", "amountDue", "amountDisputed", "balance", "quota"})
_FED_BY: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "caption"}),
    "title": frozenset({"title", "caption"}),
    "currency": _AMOUNTS | {"currency"},
    "scale": _AMOUNTS,
}
"""Fields that a property is read for, where it is not only the one of its name."""


@dataclass(frozen=True, slots=True)
class ShownKind:
    """`state` is the label of its states; a state kind has none and is itself shown."""

    label: str
    name: str
    declared: NodeKind
    state: str | None

    @property
    def is_state(self) -> bool:
        return bool(self.declared.state_of)

    @property
    def properties(self) -> Mapping[str, Property]:
        """Its own, and those of its state unless that is shown as a thing of its own."""
        own = dict(self.declared.properties)
        return own if self.state is None or self.nests else {**own, **self.state_properties}

    @property
    def state_properties(self) -> Mapping[str, Property]:
        return {} if self.state is None else graph_model().nodes[self.state].properties

    @property
    def state_words(self) -> Mapping[str, Property]:
        """Properties of its state, or its own where it is a state."""
        return self.declared.properties if self.is_state else self.state_properties

    @property
    def nests(self) -> bool:
        """Whether the state keeps its own name: a record has its standing."""
        return self.state == "Standing"


@cache
def shown_kinds() -> Mapping[str, ShownKind]:
    """By label. The law is not among them: it is read from the rule set in force."""
    return {kind.label: kind for kind in _shown()}


@cache
def shown_by_name() -> Mapping[str, ShownKind]:
    return {kind.name: kind for kind in shown_kinds().values()}


def _shown() -> Iterator[ShownKind]:
    nodes = graph_model().nodes
    states = {owner: name for name, node in nodes.items() for owner in node.state_of}
    for label, node in nodes.items():
        is_found = bool(node.key or node.state_of)
        if node.part == "law" or label in _BOOKKEEPING or not is_found:
            continue
        yield ShownKind(label, node.shown_as or label, node, states.get(label))


def identity(label: str) -> str:
    """The property that finds a thing of the label."""
    return "factId" if shown_kinds()[label].is_state else "id"


def projection(label: str, variable: str, fields: Wanted, *, alone: bool = False) -> str:
    """The map that shows the thing `variable`; `at` and `known` are in scope.

    Asked for `alone`, it also says whether any state of it is known at all.
    """
    kind = shown_kinds()[label]
    parts = [f"label: '{label}'", f"shown: {shown(label, variable)}"]
    if kind.is_state:
        parts += [f"factId: {variable}.factId", *fact_parts(variable, kind.state_words, fields)]
        return f"{{{', '.join(parts)}}}"
    own = {name: prop for name, prop in kind.declared.properties.items() if name != "id"}
    parts += [f"code: {variable}.id", *property_parts(variable, own, fields)]
    parts += _state_parts(kind, variable, fields, alone=alone)
    if graph_model().kinds_of(label) and (fields is None or "kind" in fields):
        parts.append(f"labels: labels({variable})")
    return f"{{{', '.join(parts)}}}"


def _state_parts(kind: ShownKind, variable: str, fields: Wanted, *, alone: bool) -> list[str]:
    """The state held at the clocks, the newest where there are several; and if any is known."""
    if kind.state is None:
        return [f"stateKnown: {_ever_joined(variable)}"] if alone and kind.label != "Import" else []
    via = graph_model().nodes[kind.state].via
    state, any_state = f"{variable}s", f"{variable}k"
    read = fact_parts(state, kind.state_words, _of_state(kind, fields))
    held_state = (
        f"MATCH ({variable})-[:{via}]->({state}:{kind.state}) WHERE {held(literal(state))} "
        f"RETURN {{{', '.join(read)}}} ORDER BY {state}.validFrom DESC LIMIT 1"
    )
    known_state = (
        f"MATCH ({variable})-[:{via}]->({any_state}:{kind.state}) WHERE {known(literal(any_state))}"
    )
    parts = [f"stateHeld: COLLECT {{ {held_state} }}"] if read else []
    return [*parts, f"stateKnown: EXISTS {{ {known_state} }}"] if alone else parts


def _ever_joined(variable: str) -> str:
    """What has no state is known by the first fact that joins it to anything."""
    return f"EXISTS {{ MATCH ({variable})-[j]-() WHERE {known(literal('j'))} }}"


def _of_state(kind: ShownKind, fields: Wanted) -> Wanted:
    """A state that keeps its own name is read whole, or not at all."""
    if not kind.nests or fields is None:
        return fields
    return None if "standing" in fields else fields & STAMP_FIELDS


def fact_parts(variable: str, properties: Mapping[str, Property], fields: Wanted) -> list[str]:
    """The stamps of a fact and its properties, as items of a map."""
    instants = [f"{name}: {variable}.{name}.epochMillis" for name in _STAMPS]
    stamps = [f"factId: {variable}.factId", f"importId: {variable}.importId", *instants]
    wanted = fields is None or fields & STAMP_FIELDS
    return [*(stamps if wanted else []), *property_parts(variable, properties, fields)]


def property_parts(variable: str, properties: Mapping[str, Property], fields: Wanted) -> list[str]:
    return [
        _read(variable, name, prop)
        for name, prop in properties.items()
        if fields is None or not _FED_BY.get(name, {name.removesuffix("Minor")}).isdisjoint(fields)
    ]


def _read(variable: str, name: str, prop: Property) -> str:
    if prop.type == "instant":
        return f"{name}: {variable}.{name}.epochMillis"
    if prop.type == "date":
        return f"{name}: toString({variable}.{name})"
    return f"{name}: {variable}.{name}"


def shown(label: str, variable: str) -> str:
    """The condition under which the thing is shown at all.

    Real persons, the records about them and what rests on those are not shown before there is a
    purpose to show them for, records not after they were archived; an import is there once it is
    known.
    """
    kind = graph_model().nodes[label]
    if kind.state_of and set(kind.state_of) & {"Person", "CreditRecord"}:
        [owner] = kind.state_of
        return (
            f"EXISTS {{ MATCH (o:{owner})-[:{kind.via}]->({variable}) WHERE {shown(owner, 'o')} }}"
        )
    if label == "Person":
        return f"coalesce({variable}.synthetic, false)"
    if label == "Import":
        return f"coalesce({variable}.state = 'PUBLISHED' AND {variable}.tick <= known, false)"
    if label == "CreditRecord":
        about = f"EXISTS {{ MATCH ({variable})-[w:ABOUT]->(:Unit) WHERE {known('w')} }}"
        archived = f"MATCH ({variable})-[:STANDS]->(z:Standing {{status: 'ARCHIVED'}})"
        gone = f"EXISTS {{ {archived} WHERE {known('z')} }}"
        return f"((coalesce({variable}.synthetic, false) OR {about}) AND NOT {gone})"
    if label == "Document":
        rests = f"MATCH ({variable})<-[v:EVIDENCED_BY]-(d:CreditRecord)-[w:ABOUT]->(:Unit)"
        reads = f"EXISTS {{ {rests} WHERE {known('v')} AND {known('w')} }}"
        return f"(coalesce({variable}.synthetic, false) OR {reads})"
    return "true"
