"""The words of `model.yaml`, and those of every statement of `hub.graph`."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import product
from typing import NamedTuple, cast

import hub.graph
from hub.domain.things import Shape
from hub.graph import fact_statements, history, time_filter
from hub.graph.door import literal
from hub.graph.kinds import shown_kinds
from hub.graph.model import NodeKind, Property, RelationshipKind, graph_model
from hub.graph.path_statements import ends_statement
from hub.graph.relations import (
    list_statement,
    number_statement,
    relations,
    thing_statement,
)

MODEL = graph_model()
KINDS: Mapping[str, NodeKind | RelationshipKind] = {**MODEL.nodes, **MODEL.relationships}


def properties_of(kind: str) -> Mapping[str, Property]:
    """Those the kind declares; a fact has its stamp too, and a thing the import that made it."""
    declared = KINDS[kind]
    own = declared.properties
    if isinstance(declared, NodeKind) and declared.marks:
        own = {**own, **MODEL.nodes[declared.marks].properties}
    if declared.clocks == "two":
        return {**own, **MODEL.stamp}
    made = isinstance(declared, NodeKind) and declared.clocks == "immutable"
    return {**own, "importId": MODEL.stamp["importId"]} if made else own


class Pattern(NamedTuple):
    """One node or relationship of a statement, as far as it says its kind."""

    variable: str | None
    kinds: tuple[str, ...]
    keys: tuple[str, ...]


_PATTERN = re.compile(
    r"[(\[]\s*(?P<variable>[a-z]\w*)?\s*:\s*(?P<kinds>[A-Z]\w*(?:\s*\|\s*[A-Z]\w*)*)"
    r"(?:\s*\{(?P<map>[^{}]*)\})?"
)
_DEGREE = re.compile(r"COUNT \{ \(\w\)<?-\[:\w+\]->?\(\) \}")
"""How many edges there ever were, which only says whether all were read."""
_MORE_LABELS = re.compile(r"(?<![\w(\[])[a-z]\w*:([A-Z]\w*)")
_READ = re.compile(r"(?<![\w.$])([a-z]\w*)(?:\[[^\]]*\])?\.([a-z]\w*)(?!\w*\()")
_LAST = re.compile(r"last\(([a-z]\w*)\)\.([a-z]\w*)")
_ALIAS = re.compile(r"\b([a-z]\w*) IN ([a-z]\w*) (?:WHERE|\|)")
NOT_OF_THE_GRAPH = {
    *("row", "q", "pair", "walked", "way"),
    *("db", "datetime", "date", "at", "known", "knownUpTo"),
}
"""Rows and maps, functions and procedures, and instants already taken out of a node."""


def _constants() -> dict[str, str]:
    """Every Cypher constant of `hub.graph`, by module and name."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(hub.graph.__path__):
        names = vars(importlib.import_module(f"hub.graph.{module.name}"))
        for name, value in names.items():
            if isinstance(value, str) and name.isupper() and re.search(r"\b(MATCH|MERGE)\b", value):
                found[f"{module.name}.{name}"] = value
    return found


def _composed() -> Iterator[tuple[str, str]]:
    """Every statement the fact writer puts together, for every kind it may be asked for."""
    of = cast("Mapping[str, Callable[..., str]]", vars(fact_statements))
    for kind in MODEL.two_clock():
        for name in ("versions", "close", "stamp", "staged", "remove"):
            yield f"{name} {kind}", of[f"{name}_statement"](kind)
        for start, end in _ends(kind):
            yield f"fact {start} {kind} {end}", of["fact_statement"](kind, start, end)
    for label, labels in _things():
        for name in ("place", "complete", "remove_placed"):
            yield f"{name} {label}", of[f"{name}_statement"](label, labels)
    vias = {node.via for node in MODEL.nodes.values()}
    for kind in set(MODEL.relationships) - set(MODEL.two_clock()) - vias:
        for start, end in _ends(kind):
            yield f"link {start} {kind} {end}", of["link_statement"](kind, start, end)


def _explored() -> Iterator[tuple[str, str]]:
    """Every statement that shows things and lists them, narrowed by all there is to narrow by."""
    for label in shown_kinds():
        yield f"thing {label}", thing_statement(label)
    for label, word in (("Contract", "contractNo"), ("Document", "docNo")):
        yield f"numbered {label}", number_statement(label, word)
    yield "ends of a path", ends_statement("Unit", "Person")
    for key, relation in relations().items():
        yield f"list {key}", list_statement(relation, Shape())
        for order in (None, *relation.orders):
            shape = Shape(tuple(relation.narrowings), order)
            yield f"narrowed {key} by {order}", list_statement(relation, shape)


def _told() -> Iterator[tuple[str, str]]:
    """Every statement of a history."""
    for kind in MODEL.two_clock():
        yield f"versions of a {kind}", history.fact_statement(kind)
    for label, kind in shown_kinds().items():
        if not kind.is_state:
            yield f"history of a {label}", history.thing_statement(label)


def _things() -> Iterator[tuple[str, tuple[str, ...]]]:
    for label, node in MODEL.nodes.items():
        if node.key and node.clocks == "immutable":
            yield label, node.labels


def _ends(kind: str) -> Iterator[tuple[str, str]]:
    declared = KINDS[kind]
    if isinstance(declared, NodeKind):
        return ((owner, "") for owner in declared.state_of)
    return product(declared.start, declared.end)


def patterns_of(text: str) -> list[Pattern]:
    return [
        Pattern(
            match["variable"],
            tuple(re.split(r"\s*\|\s*", match["kinds"])),
            tuple(re.findall(r"(\w+)\s*:", match["map"] or "")),
        )
        for match in _PATTERN.finditer(text)
    ]


def kinds_of_variables(text: str) -> dict[str, set[str]]:
    """Kinds a variable is ever bound to; what walks through a list has those of the list."""
    found: dict[str, set[str]] = {}
    for pattern in patterns_of(text):
        if pattern.variable:
            found.setdefault(pattern.variable, set()).update(pattern.kinds)
    for alias, walked in _ALIAS.findall(text):
        if walked in found:
            found.setdefault(alias, set()).update(found[walked])
    return found


def reads_of(text: str) -> list[tuple[str, str]]:
    """Variable and property of every access, and of every map in a pattern."""
    found: list[tuple[str, str]] = [*_READ.findall(text), *_LAST.findall(text)]
    return [access for access in found if access[0] not in NOT_OF_THE_GRAPH]


def strange_words(text: str) -> Iterator[str]:
    """Labels, types and properties of the statement that the model does not have there."""
    bound = kinds_of_variables(text)
    anywhere = {word for kind in KINDS for word in properties_of(kind)}
    yield from sorted(set(_MORE_LABELS.findall(text)) - set(KINDS))
    for pattern in patterns_of(text):
        yield from sorted(set(pattern.kinds) - set(KINDS))
        for kind in set(pattern.kinds) & set(KINDS):
            yield from (f"{kind}.{key}" for key in pattern.keys if key not in properties_of(kind))
    for variable, word in reads_of(text):
        kinds = bound.get(variable, set[str]()) & set(KINDS)
        allowed = {w for kind in kinds for w in properties_of(kind)} or anywhere
        if word not in allowed:
            yield f"{variable}.{word}"


def unfiltered(text: str, alone: Collection[str] = ()) -> list[str]:
    """Variables of two-clock facts that are not asked both whether they are known and hold.

    Those `alone` are asked of knowledge only.
    """
    text = _DEGREE.sub("", text)
    facts = [p.variable for p in patterns_of(text) if set(MODEL.two_clock()) & set(p.kinds)]
    found: set[str] = set()
    for variable in set(facts):
        assert variable is not None, "a fact without a name cannot be filtered"
        times = facts.count(variable)
        asked = len(re.findall(filter_of(variable), text))
        holding = len(re.findall(_holding(variable), text))
        if asked != times or (variable not in alone and holding != times):
            found.add(variable)
    return sorted(found)


def filter_of(variable: str) -> str:
    """Pattern of what asks whether the fact is known, or, of a history, whether it ever was."""
    filters = (time_filter.known, time_filter.recorded)
    return "|".join(re.escape(asked(literal(variable))) for asked in filters)


def _holding(variable: str) -> str:
    """`held` or `held_from` for the variable, at whatever instant."""
    start = rf"(?:{variable}\.validFrom <= (?P<when>[\w.]+) AND )?"
    return rf"\({start}{variable}\.validTo > [\w.]+ AND (?:{filter_of(variable)})\)"


CONSTANTS = _constants()
COMPOSED = dict(_composed())
EXPLORED = dict(_explored())
HISTORIES = dict(_told())
