"""Statements that walk the facts that join things, a level at a time, as of both clocks."""

from typing import LiteralString

from hub.graph.door import literal
from hub.graph.kinds import shown
from hub.graph.model import graph_model
from hub.graph.time_filter import TELL_THE_CLOCK, at_the_clocks, held

JOINING = tuple(
    kind for kind, declared in graph_model().relationships.items() if declared.clocks == "two"
)
"""Kinds of fact that join things; what never changes holds states, the law and bookkeeping."""

JOINED: LiteralString = literal("|".join(JOINING))
_WORDS = sorted({word for kind in JOINING for word in graph_model().relationships[kind].properties})
_TOLD: LiteralString = literal(", ".join(f"{word}: r.{word}" for word in _WORDS))

_CLOCKS: LiteralString = f"CYPHER 25\n{at_the_clocks()}"


def _thing(node: LiteralString) -> LiteralString:
    whens = literal(
        " ".join(
            f"WHEN {node}:{label} THEN {shown(label, node)}"
            for label in ("Person", "CreditRecord", "Document")
        )
    )
    return f"""{{labels: labels({node}), id: {node}.id, shown: CASE {whens} ELSE true END}}"""


def ends_statement(start: str, end: str) -> LiteralString:
    """Both ends, by their labels in `model.yaml`; no place for one that is not kept."""
    return f"""{_CLOCKS}
OPTIONAL MATCH (a:{literal(start)} {{id: $start}})
OPTIONAL MATCH (b:{literal(end)} {{id: $end}})
{TELL_THE_CLOCK}, at.epochMillis AS at, known.epochMillis AS known_at,
  elementId(a) AS start, {_thing("a")} AS start_thing,
  elementId(b) AS end, {_thing("b")} AS end_thing
"""


# Of a thing one fact more than the cap is read: whoever has it is a hub, and one row says so.
# All rows travel as one record: a record each would cost four times as much.
LEVEL: LiteralString = f"""{_CLOCKS}
UNWIND range(0, size($lists.frontier) - 1) AS number
MATCH (n) WHERE elementId(n) = $lists.frontier[number]
WITH number, COLLECT {{
  MATCH (n)-[r:{JOINED}]-(m) WHERE type(r) IN $lists.kinds AND {held("r")}
  RETURN [r.factId, elementId(m), NOT $through_shared AND (m:Region OR m:Behaviour)]
  LIMIT $of_one + 1 }} AS followed
UNWIND CASE WHEN size(followed) > $of_one THEN [[NULL, '', true]] ELSE followed END AS one
WITH number, one LIMIT $of_all
RETURN collect([number, one[0], one[1], one[2]]) AS level
"""

STEPS: LiteralString = f"""{_CLOCKS}
UNWIND $lists.hops AS row
MATCH (a) WHERE elementId(a) = row.before
CALL (row) {{ MATCH (b) WHERE elementId(b) = row.after RETURN b }}
MATCH (a)-[r:{JOINED}]-(b) WHERE r.factId = row.fact AND {held("r")}
RETURN {{factId: r.factId, kind: type(r), forward: startNode(r) = a,
  before: {_thing("a")}, after: {_thing("b")},
  validFrom: r.validFrom.epochMillis, validTo: r.validTo.epochMillis,
  recordedFrom: r.recordedFrom.epochMillis, recordedTo: r.recordedTo.epochMillis,
  told: {{ {_TOLD} }}, importId: r.importId,
  sources: COLLECT {{
    MATCH (:Import {{id: r.importId}})-[:FROM]->(s:Source)
    RETURN {{code: s.id, title: s.title}} ORDER BY s.id LIMIT 1 }}
}} AS step
"""

THINGS: LiteralString = f"""{_CLOCKS}
UNWIND $lists.places AS place
MATCH (n) WHERE elementId(n) = place
RETURN {_thing("n")} AS thing
"""
