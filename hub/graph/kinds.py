"""Which kinds of thing are shown to those who explore, and what is read of each.

Everything about a thing at the clocks comes as one nested map: its own properties, and beside them
the state in which it is held.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from hub.graph.door import literal
from hub.graph.model import NodeKind, Property, graph_model
from hub.graph.time_filter import held, known

_BOOKKEEPING = {"Subject", "KnowledgeClock", "WriterLease", "SchemaVersion"}
_STAMPS = ("validFrom", "validTo", "recordedFrom", "recordedTo")


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


def projection(label: str, variable: str, *, alone: bool = False) -> str:
    """The map that shows the thing `variable`; `at` and `known` are in scope.

    Asked for `alone`, it also says whether any state of it is known at all.
    """
    kind = shown_kinds()[label]
    if kind.is_state:
        return _state_map(label, variable, [f"shown: {shown(label, variable)}"])
    parts = [f"code: {variable}.id", f"shown: {shown(label, variable)}"]
    own = {name: prop for name, prop in kind.declared.properties.items() if name != "id"}
    parts += property_parts(variable, own)
    parts += _state_parts(kind, variable, alone=alone)
    if graph_model().kinds_of(label):
        parts.append(f"labels: labels({variable})")
    return f"{{label: '{label}', {', '.join(parts)}}}"


def _state_parts(kind: ShownKind, variable: str, *, alone: bool) -> list[str]:
    """The state held at the clocks, the newest where there are several; and if any is known."""
    if kind.state is None:
        return []
    via = graph_model().nodes[kind.state].via
    state, any_state = f"{variable}s", f"{variable}k"
    held_state = (
        f"MATCH ({variable})-[:{via}]->({state}:{kind.state}) WHERE {held(literal(state))} "
        f"RETURN {_state_map(kind.state, state, [])} ORDER BY {state}.validFrom DESC LIMIT 1"
    )
    known_state = (
        f"MATCH ({variable})-[:{via}]->({any_state}:{kind.state}) WHERE {known(literal(any_state))}"
    )
    parts = [f"stateHeld: COLLECT {{ {held_state} }}"]
    return [*parts, f"stateKnown: EXISTS {{ {known_state} }}"] if alone else parts


def _state_map(label: str, variable: str, more: list[str]) -> str:
    parts = [f"label: '{label}'", *stamp_parts(variable), *more]
    properties = graph_model().nodes[label].properties
    parts += [_read(variable, name, prop) for name, prop in properties.items()]
    return f"{{{', '.join(parts)}}}"


def stamp_parts(variable: str) -> list[str]:
    """What every fact carries, as items of a map."""
    instants = [f"{name}: {variable}.{name}.epochMillis" for name in _STAMPS]
    return [f"factId: {variable}.factId", f"importId: {variable}.importId", *instants]


def property_parts(variable: str, properties: Mapping[str, Property]) -> list[str]:
    return [_read(variable, name, prop) for name, prop in properties.items()]


def _read(variable: str, name: str, prop: Property) -> str:
    if prop.type == "instant":
        return f"{name}: {variable}.{name}.epochMillis"
    if prop.type == "date":
        return f"{name}: toString({variable}.{name})"
    return f"{name}: {variable}.{name}"


def shown(label: str, variable: str) -> str:
    """The condition under which the thing is shown at all.

    Real persons, the records about them and what rests on those are not shown before there is a
    purpose to show them for; an import is there once it is known.
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
        return f"(coalesce({variable}.synthetic, false) OR {about})"
    if label == "Document":
        rests = f"MATCH ({variable})<-[v:EVIDENCED_BY]-(d:CreditRecord)-[w:ABOUT]->(:Unit)"
        reads = f"EXISTS {{ {rests} WHERE {known('v')} AND {known('w')} }}"
        return f"(coalesce({variable}.synthetic, false) OR {reads})"
    return "true"
