"""The statements that write facts and the things they are about: one a kind.

They are put together from the words of `model.yaml`, and from nothing else.
"""

from functools import cache
from typing import LiteralString

from hub.graph.door import literal
from hub.graph.model import NodeKind, Property, RelationshipKind, graph_model


@cache
def fact_statement(kind: str, start: str, end: str) -> LiteralString:
    model = graph_model()
    declared = model.kind(kind)
    if isinstance(declared, NodeKind):
        assert start in declared.state_of, f"{kind} is no state of {start}"
        create = f"MATCH (s:{start} {{id: row.subject}})\nCREATE (s)-[:{declared.via}]->(f:{kind})"
    else:
        assert start in declared.start, f"no {kind} starts at {start}"
        assert end in declared.end, f"no {kind} ends at {end}"
        create = (
            f"MATCH (s:{start} {{id: row.subject}})\nMATCH (o:{end} {{id: row.object}})\n"
            f"CREATE (s)-[f:{kind}]->(o)"
        )
    clocks = ",\n    ".join(
        f"f.{name} = datetime({{epochMillis: row.{name}}})"
        for name in ("validFrom", "validTo", "recordedFrom", "recordedTo")
    )
    captioned = ", f += row.caption" if "caption" in declared.properties else ""
    return literal(
        f"UNWIND $lists.rows AS row\n{create}\n"
        f"SET f += row.stamp, f += row.plain{captioned},\n"
        f"    {clocks}{_temporal(declared, 'f')}\n"
        f"RETURN count(*) AS written"
    )


def _temporal(declared: NodeKind | RelationshipKind, variable: str, *, keep: bool = False) -> str:
    """Further `SET` items for the properties that are instants or days; `keep` what is not told."""
    items = ""
    for name, prop in declared.properties.items():
        if prop.type in {"instant", "date"}:
            otherwise = f" ELSE {variable}.{name}" if keep else ""
            items += (
                f",\n    {variable}.{name} = CASE WHEN row.{prop.type}.{name} IS NOT NULL"
                f" THEN {_temporal_value(name, prop)}{otherwise} END"
            )
    return items


def _temporal_value(name: str, prop: Property) -> str:
    told = f"row.{prop.type}.{name}"
    return f"datetime({{epochMillis: {told}}})" if prop.type == "instant" else f"date({told})"


@cache
def place_statement(label: str, labels: tuple[str, ...]) -> LiteralString:
    declared = graph_model().nodes[label]
    known = set(graph_model().nodes)
    assert set(labels) <= known, f"{set(labels) - known} are not in the model"
    further = "".join(f", n:{name}" for name in labels)
    return literal(
        f"UNWIND $lists.rows AS row\nMERGE (n:{label} {{id: row.id}})\n"
        "ON CREATE SET n += row.plain, n += row.caption, n.importId = $import_id"
        f"{_temporal(declared, 'n')}{further}\n"
        f"RETURN collect(CASE WHEN {_differs(label)} THEN n.id END) AS changed,\n"
        f"       collect(CASE WHEN {_lacks(label)} THEN n.id END) AS incomplete"
    )


def _differs(label: str) -> str:
    """Something told of the thing contradicts what is kept, or it is kept as another kind."""
    conditions = [
        "any(key IN keys(row.plain) WHERE n[key] <> row.plain[key])",
        *(
            f"n.{name} <> {_temporal_value(name, prop)}"
            for name, prop in graph_model().nodes[label].properties.items()
            if prop.type in {"instant", "date"}
        ),
    ]
    kinds = graph_model().kinds_of(label)
    if kinds:
        kept = f"[l IN labels(n) WHERE l IN {list(kinds)}]"
        conditions.append(f"any(l IN {kept} WHERE NOT l IN $lists.labels)")
        conditions.append(f"any(l IN $lists.labels WHERE l IN {list(kinds)} AND NOT l IN {kept})")
    return " OR ".join(conditions)


def _lacks(label: str) -> str:
    """Something told of the thing is not kept yet, or it has another caption."""
    conditions = [
        "any(key IN keys(row.plain) WHERE n[key] IS NULL AND row.plain[key] IS NOT NULL)",
        "any(key IN keys(row.caption) WHERE coalesce(n[key] <> row.caption[key], true))",
        "any(l IN $lists.labels WHERE NOT l IN labels(n))",
        *(
            f"n.{name} IS NULL AND row.{prop.type}.{name} IS NOT NULL"
            for name, prop in graph_model().nodes[label].properties.items()
            if prop.type in {"instant", "date"}
        ),
    ]
    return " OR ".join(conditions)


@cache
def complete_statement(label: str, labels: tuple[str, ...]) -> LiteralString:
    declared = graph_model().nodes[label]
    further = "".join(f", n:{name}" for name in labels)
    return literal(
        f"UNWIND $lists.rows AS row\nMATCH (n:{label} {{id: row.id}})\n"
        f"SET n += row.plain, n += row.caption{_temporal(declared, 'n', keep=True)}{further}"
    )


@cache
def remove_placed_statement(label: str, _labels: tuple[str, ...]) -> LiteralString:
    return literal(
        f"UNWIND $lists.ids AS id\nMATCH (n:{label} {{id: id}})\n"
        "WHERE n.importId = $import_id AND NOT EXISTS { (n)--() }\nDELETE n"
    )


@cache
def link_statement(kind: str, start: str, end: str) -> LiteralString:
    declared = graph_model().relationships[kind]
    assert start in declared.start, f"no {kind} starts at {start}"
    assert end in declared.end, f"no {kind} ends at {end}"
    return literal(
        f"UNWIND $lists.rows AS row\nMATCH (s:{start} {{id: row.subject}})\n"
        f"MATCH (o:{end} {{id: row.object}})\nMERGE (s)-[:{kind}]->(o)"
    )


@cache
def versions_statement(kind: str) -> LiteralString:
    return literal(
        f"UNWIND $lists.keys AS key\nMATCH {_pattern(kind)}\nWHERE f.factId STARTS WITH key\n"
        "RETURN key, f.factId AS fact_id, f.digest AS digest,\n"
        "       toInteger(last(split(f.factId, '.'))) AS number,\n"
        "       f.recordedTo.epochMillis = $open AND f.recordedFrom.epochMillis < $open AS current"
    )


@cache
def close_statement(kind: str) -> LiteralString:
    # A style of Neo4j Browser tells labels apart, not properties; no read asks for the label.
    mark = ", f:Superseded" if graph_model().is_state(kind) else ""
    return literal(
        f"UNWIND $lists.ids AS id\nMATCH {_pattern(kind, '{factId: id}')}\n"
        "WHERE f.recordedTo = datetime({epochMillis: $open})\n"
        f"SET f.recordedTo = datetime({{epochMillis: $tick}}){mark}\nRETURN count(*) AS closed"
    )


@cache
def stamp_statement(kind: str) -> LiteralString:
    return literal(
        f"UNWIND $lists.ids AS id\nMATCH {_pattern(kind, '{factId: id}')}\n"
        "WHERE f.recordedFrom = datetime({epochMillis: $open})\n"
        "SET f.recordedFrom = datetime({epochMillis: $tick})"
    )


@cache
def staged_statement(kind: str) -> LiteralString:
    return literal(
        f"MATCH {_pattern(kind)}\nWHERE f.importId = $import_id"
        " AND f.recordedFrom = datetime({epochMillis: $open})\nRETURN f.factId AS fact_id"
    )


@cache
def remove_statement(kind: str) -> LiteralString:
    detach = "DETACH DELETE" if graph_model().is_state(kind) else "DELETE"
    return literal(
        f"UNWIND $lists.ids AS id\nMATCH {_pattern(kind, '{factId: id}')}\n"
        f"WHERE f.recordedFrom = datetime({{epochMillis: $open}})\n{detach} f"
    )


def _pattern(kind: str, properties: str = "") -> str:
    declared = graph_model().kind(kind)
    words = f"{kind} {properties}".rstrip()
    return f"(f:{words})" if isinstance(declared, NodeKind) else f"()-[f:{words}]->()"
