"""Every relationship of `model.yaml` as two lists: along its arrow, and back.

A list statement is one text for all parents of a level, whatever the values: it depends on the
relation and on which filters and order are used. Within one knowledge instant a list never
changes, so a page is a place in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import LiteralString

from hub.domain.things import Shape, Wanted
from hub.graph.door import literal
from hub.graph.kinds import fact_parts, identity, projection, property_parts, shown_kinds
from hub.graph.model import Property, RelationshipKind, Walk, graph_model
from hub.graph.time_filter import (
    TELL_THE_CLOCK,
    at_the_clocks,
    each_at_its_clocks,
    held,
    known,
)
from hub.text import Text

EDGES_OF_A_LEVEL = 50_000
"""Edges that one statement reads at most, shared among the parents of the level."""
EDGES_OF_A_THING = 5_000
"""Edges of one thing that hold and are listed at most; a list with more is marked incomplete."""
WIDEST = 20
"""So many times as many are looked at, to find those that hold."""

_KEPT = 2_048
"""Statements whose texts are kept: callers decide what is read, so there is no end of them."""
_FROM_THE_CATALOGUE = {"Behaviour"}
_STATE_EDGES = {"HAS_STATE", "STANDS"}
_MILLIONTHS = "[1000000, 100000, 10000, 1000, 100, 10, 1]"
"""By scale: what makes millionths of a minor unit, so that amounts compare without fractions."""


@dataclass(frozen=True)
class Narrowing:
    """One way to narrow a list: `name` is the argument, `operator` one of `IN = >= <`."""

    name: str
    word: str
    operator: str
    prop: Property
    bearer: str
    """`e` where the edge has the property, `b` the thing at its end, `x` the state of that."""


@dataclass(frozen=True)
class Relation:
    """`ends` are the labels that the list may hold; `out` walks along the arrow."""

    kind: str
    field: str
    about: Text
    start: str
    ends: tuple[str, ...]
    out: bool

    @property
    def key(self) -> str:
        return f"{self.start}.{self.field}"

    @property
    def declared(self) -> RelationshipKind:
        return graph_model().relationships[self.kind]

    @property
    def to_states(self) -> bool:
        return self.kind in _STATE_EDGES and self.out

    @property
    def two_clock(self) -> bool:
        return self.declared.clocks == "two"

    @cached_property
    def narrowings(self) -> Mapping[str, Narrowing]:
        """By the name of the argument."""
        return {
            narrowing.name: narrowing
            for word, prop, bearer in self._borne()
            if prop.filter
            for narrowing in _narrowings(word, prop, bearer)
        }

    @cached_property
    def orders(self) -> Mapping[str, Narrowing]:
        """By the word that is sorted by."""
        return {
            word: Narrowing(word, word, "", prop, bearer)
            for word, prop, bearer in self._borne()
            if prop.order
        }

    def _borne(self) -> Iterator[tuple[str, Property, str]]:
        """Every property a list of these may be narrowed or sorted by, and who bears it."""
        yield from ((word, prop, "e") for word, prop in self.declared.properties.items())
        end, *others = self.ends
        if others or end in _FROM_THE_CATALOGUE:
            return
        kind = shown_kinds()[end]
        yield from ((word, prop, "x") for word, prop in kind.state_properties.items())
        for word, prop in kind.declared.properties.items():
            if word not in kind.state_properties:
                yield word, prop, "b"


def _narrowings(word: str, prop: Property, bearer: str) -> Iterator[Narrowing]:
    if prop.type in {"date", "instant", "integer"}:
        name = word.removesuffix("Minor")
        yield Narrowing(f"{name}From", word, ">=", prop, bearer)
        yield Narrowing(f"{name}To", word, "<", prop, bearer)
    else:
        yield Narrowing(word, word, "=" if prop.type == "boolean" else "IN", prop, bearer)


@cache
def relations() -> Mapping[str, Relation]:
    """By key, such as `Unit.contracts`."""
    return {relation.key: relation for relation in _relations()}


def _relations() -> Iterator[Relation]:
    for kind, declared in graph_model().relationships.items():
        for out in (True, False):
            starts, ends = (declared.start, declared.end) if out else (declared.end, declared.start)
            for walk in declared.out if out else declared.back:
                for start in _named(starts, walk.of):
                    yield from _relation(kind, walk, start, _named(ends, walk.to), out=out)


def _relation(
    kind: str, walk: Walk, start: str, ends: Sequence[str], *, out: bool
) -> Iterator[Relation]:
    if start not in shown_kinds() and start not in _FROM_THE_CATALOGUE:
        return
    reached = tuple(end for end in ends if _is_end(kind, start, end, out=out))
    if reached:
        yield Relation(kind, walk.field, Text(walk.zh, walk.en), start, reached, out)


def _named(labels: Sequence[str], wanted: Sequence[str]) -> list[str]:
    return [label for label in labels if not wanted or label in wanted]


def _is_end(kind: str, start: str, end: str, *, out: bool) -> bool:
    if kind in _STATE_EDGES:
        owner, state = (start, end) if out else (end, start)
        return owner in graph_model().nodes[state].state_of
    return end in shown_kinds() or (end in _FROM_THE_CATALOGUE and start in shown_kinds())


@lru_cache(_KEPT)
def list_statement(relation: Relation, shape: Shape) -> LiteralString:
    """One row in all, as each costs: a page for each parent there, `place` naming its ask."""
    own = _known_if_state(relation.start, "a") if relation.start in shown_kinds() else ""
    pages = f"""MATCH (a:{relation.start} {{{_identity(relation.start)}: q.code}}){own}
CALL (q, a, at, known) {{
  MATCH {_pattern(relation, "a", "b")}
  WITH q, at, known, e, b LIMIT $most * {WIDEST}
  WHERE {_holds(relation)}
  WITH q, at, known, e, b LIMIT $most
  {_state(relation, shape)}
  WITH e, b{_carried(relation, shape)}
  ORDER BY {_order(relation, shape)}
  RETURN collect({{e: e, b: b}}) AS found
}}
CALL (q, found, at, known) {{
  UNWIND found[q.skip..q.skip + q.first] AS pair
  WITH pair.e AS e, pair.b AS b, at, known
  RETURN collect({{{_edge(relation, shape)}node: {_node(relation, shape)}}}) AS rows
}}
RETURN {{place: q.place, at: at.epochMillis, known: known.epochMillis,
  total: size(found), rows: rows, complete: {_complete(relation)}}}"""
    return literal(f"CYPHER 25\n{each_at_its_clocks(literal(pages), 'pages')}")


@lru_cache(_KEPT)
def thing_statement(label: str, fields: Wanted = None) -> LiteralString:
    """One row in all: each thing that is there, `place` naming its ask."""
    things = f"""MATCH (n:{label} {{{identity(label)}: q.code}}){_known_if_state(label, "n")}
RETURN {{place: q.place, at: at.epochMillis, known: known.epochMillis,
  thing: {projection(label, "n", fields, alone=True)}}}"""
    return literal(f"CYPHER 25\n{each_at_its_clocks(literal(things), 'things')}")


@cache
def number_statement(label: str, word: str) -> LiteralString:
    """One row in all: things whose own property `word`, or that of their state, is `$number`."""
    kind = shown_kinds()[label]
    start = f"MATCH (n:{label} {{{word}: $number}})"
    if word in kind.state_properties:
        assert kind.state is not None
        via = graph_model().nodes[kind.state].via
        start = (
            f"MATCH (x:{kind.state} {{{word}: $number}}) WHERE {held('x')}\n"
            f"MATCH (n:{label})-[:{via}]->(x)"
        )
    return literal(f"""CYPHER 25
{at_the_clocks()}{TELL_THE_CLOCK}, at.epochMillis AS at, known.epochMillis AS known, COLLECT {{
  {start}
  WITH DISTINCT n, at, known ORDER BY n.id LIMIT $most
  RETURN {projection(label, "n", None, alone=True)} AS thing ORDER BY n.id }} AS things
""")


def _identity(label: str) -> str:
    return "id" if label in _FROM_THE_CATALOGUE else identity(label)


def _known_if_state(label: str, variable: str) -> str:
    return f"\nWHERE {known(literal(variable))}" if shown_kinds()[label].is_state else ""


def _pattern(relation: Relation, start: str, end: str) -> str:
    labels = "|".join(relation.ends)
    edge = f"-[e:{relation.kind}]-"
    arrow = f"{edge}>" if relation.out else f"<{edge}"
    return f"({start}){arrow}({end}:{labels})"


def _complete(relation: Relation) -> str:
    """A count of the edges that hold is made only where there are many."""
    holding = f"MATCH {_pattern(relation, 'a', 'b')} WHERE {_holds(relation)} RETURN 1"
    return (
        f"CASE WHEN {_degree(relation)} <= $most THEN true"
        f" ELSE {_degree(relation)} <= $most * {WIDEST}"
        f" AND COUNT {{ {holding} LIMIT $most + 1 }} <= $most END"
    )


def _degree(relation: Relation) -> str:
    arrow = f"-[:{relation.kind}]-"
    return f"COUNT {{ (a){arrow + '>' if relation.out else '<' + arrow}() }}"


def _holds(relation: Relation) -> str:
    if relation.two_clock:
        return held("e")
    return known("b") if relation.to_states else "true"


def _borne_by_state(relation: Relation, shape: Shape) -> bool:
    used = [relation.narrowings[name] for name in shape.filters]
    used += [relation.orders[shape.order]] if shape.order else []
    return any(narrowing.bearer == "x" for narrowing in used)


def _state(relation: Relation, shape: Shape) -> str:
    """The state of the end, where the list is narrowed or sorted by it; then the conditions."""
    conditions = [_condition(relation.narrowings[name]) for name in shape.filters]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    if not _borne_by_state(relation, shape):
        return f"WITH q, at, known, e, b {where}"
    state = shown_kinds()[relation.ends[0]].state
    assert state is not None
    via = graph_model().nodes[state].via
    return (
        f"WITH q, at, known, e, b, COLLECT {{ MATCH (b)-[:{via}]->(s:{state}) "
        f"WHERE {held('s')} RETURN s ORDER BY s.validFrom DESC LIMIT 1 }}[0] AS x {where}"
    )


def _carried(relation: Relation, shape: Shape) -> str:
    return ", x" if _borne_by_state(relation, shape) else ""


def _condition(narrowing: Narrowing) -> str:
    value, prop = f"q.{narrowing.name}", narrowing.prop
    left = f"{narrowing.bearer}.{narrowing.word}"
    if prop.type == "date":
        value = f"date({value})"
    elif prop.type == "instant":
        value = f"datetime({{epochMillis: {value}}})"
    elif narrowing.word.endswith("Minor"):
        left = _millionths(narrowing)
    return f"{left} {narrowing.operator} {value}"


def _millionths(narrowing: Narrowing) -> str:
    bearer = narrowing.bearer
    return f"{bearer}.{narrowing.word} * {_MILLIONTHS}[{bearer}.scale]"


def _order(relation: Relation, shape: Shape) -> str:
    """What has no such value comes last; equals are told apart by code and fact."""
    last = ["b.factId" if relation.to_states else f"b.{_identity(relation.ends[0])}"]
    if relation.two_clock:
        last.append("e.factId")
    if relation.to_states:
        last.insert(0, "b.validFrom")
    if shape.order is None:
        return ", ".join(last)
    by = relation.orders[shape.order]
    value, way = f"{by.bearer}.{by.word}", " DESC" if shape.descending else ""
    ordered = [f"{value} IS NULL", f"{value}{way}"]
    if by.word.endswith("Minor"):
        ordered = [f"{value} IS NULL", f"{by.bearer}.currency", f"{_millionths(by)}{way}"]
    return ", ".join([*ordered, *last])


def _edge(relation: Relation, shape: Shape) -> str:
    properties = relation.declared.properties
    if relation.two_clock:
        parts = fact_parts("e", properties, shape.edges)
    else:
        parts = property_parts("e", properties, shape.edges)
    return "".join(f"{part}, " for part in parts)


def _node(relation: Relation, shape: Shape) -> str:
    shows = [_projection(label, "b", shape.things) for label in relation.ends]
    if len(shows) == 1:
        return shows[0]
    cases = " ".join(
        f"WHEN b:{label} THEN {show}" for label, show in zip(relation.ends, shows, strict=True)
    )
    return f"CASE {cases} END"


def _projection(label: str, variable: str, fields: Wanted) -> str:
    if label in _FROM_THE_CATALOGUE:
        return f"{{label: '{label}', code: {variable}.id, shown: true}}"
    return projection(label, variable, fields)
