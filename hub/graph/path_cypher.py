"""The Cypher that draws a path in Neo4j Browser: its facts by `factId`, and nothing else."""

from collections.abc import Iterable

from hub.domain.facts import Ref
from hub.domain.known import Held
from hub.graph.model import NodeKind, graph_model


def path_cypher(facts: Iterable[Held]) -> str:
    """One `MATCH` a fact, things named once; run, it returns exactly the facts given."""
    names: dict[Ref, str] = {}
    lines = [_line(number, fact, names) for number, fact in enumerate(facts, start=1)]
    return "\n".join([*lines, "RETURN *"])


def _line(number: int, fact: Held, names: dict[Ref, str]) -> str:
    words = f"f{number}:{fact.kind} {{factId: {_quoted(fact.fact_id)}}}"
    start = _node(fact.start, names)
    declared = graph_model().kind(fact.kind)
    if isinstance(declared, NodeKind):
        return f"MATCH {start}-[:{declared.via}]->({words})"
    assert fact.end is not None
    return f"MATCH {start}-[{words}]->{_node(fact.end, names)}"


def _node(ref: Ref, names: dict[Ref, str]) -> str:
    if ref in names:
        return f"({names[ref]})"
    names[ref] = f"n{len(names) + 1}"
    return f"({names[ref]}:{ref.label} {{id: {_quoted(ref.id)}}})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
