"""The one statement that reads everything a check needs, for one subject or many.

Instants travel as epoch milliseconds and are built inside Cypher, so that all have one zone form.
Facts are read from the instant asked for on (`held_from`), which also tells until when the answer
stays right. The arrivals of a reach come in no order: sorting them here would hold all its ways
once for each arrival.
"""

from typing import LiteralString

from hub.domain.vocabulary import DEPARTMENT_KINDS
from hub.graph.door import literal
from hub.graph.reaches import AT_THE_EVENT, WAYS
from hub.graph.time_filter import clocks, held, held_from


def _span(fact: LiteralString) -> LiteralString:
    """Items of a map that every fact is told by."""
    return (
        f"factId: {fact}.factId, validFrom: {fact}.validFrom.epochMillis,"
        f" validTo: {fact}.validTo.epochMillis"
    )


def _edge(
    fact: LiteralString, kind: LiteralString, start: LiteralString, end: LiteralString
) -> LiteralString:
    return f"{{{_span(fact)}, kind: {kind}, start: {start}.id, end: {end}.id}}"


def _tie(
    kind: LiteralString,
    label: LiteralString,
    title: LiteralString,
    issued_on: LiteralString = "NULL",
    doc_type: LiteralString = "NULL",
) -> LiteralString:
    return f"""COLLECT {{
        MATCH (r)-[tie:{kind}]->(other:{label}) WHERE {held_from("tie")}
        RETURN {{{_span("tie")}, code: other.id, title: {title}, issuedOn: {issued_on},
          docType: {doc_type}}}
        ORDER BY tie.factId }}"""


# The name the determiner had then; its caption is read by no verdict.
_NAME: LiteralString = f"""head(COLLECT {{
        MATCH (other)-[:HAS_STATE]->(named:UnitState) WHERE {held("named")}
        RETURN named.name ORDER BY named.validFrom DESC LIMIT 1 }})"""

_DOCUMENTS: LiteralString = _tie(
    "EVIDENCED_BY", "Document", "other.docNo", "toString(other.issuedOn)", "other.docType"
)

_STANDING: LiteralString = f"""{{{_span("st")},
      status: st.status, category: st.category, severity: st.severity,
      eventAt: st.eventAt.epochMillis, publicUntil: st.publicUntil.epochMillis,
      countsUntil: st.countsUntil.epochMillis, disputed: st.disputed,
      obligationOpen: st.obligationOpen, domain: st.domain, list: st.list,
      penalty: st.penalty, discipline: st.discipline, marks: st.marks,
      publicTerm: st.publicTerm, countsTerm: st.countsTerm}}"""

_REACHES: LiteralString = literal(
    ", ".join(f"{{reach: '{reach}', ways: {ways}}}" for reach, ways in WAYS.items())
)
_AT_THE_EVENT: LiteralString = literal(str([str(reach) for reach in AT_THE_EVENT]))


def _state_then(label: LiteralString, thing: LiteralString, said: LiteralString) -> LiteralString:
    """What one of the two was at the event: of REGION only, and NULL where nobody knows."""
    return f"""CASE walked.reach WHEN 'REGION' THEN head(COLLECT {{
      UNWIND [{thing}] AS one
      MATCH (one)-[:HAS_STATE]->(x:{label}State) WHERE {held("x", "st.eventAt")}
      RETURN {{{_span("x")}, label: '{label}', of: one.id, {said}}}
      ORDER BY x.validFrom DESC, x.factId DESC LIMIT 1 }}) END"""


# Who lay where.
_FAILED: LiteralString = _state_then(
    "Unit", "startNode(last(edges))", "unitKind: x.unitKind, level: x.adminLevel"
)
_DIVISION: LiteralString = _state_then("Region", "endNode(last(edges))", "level: x.level")
_KINDS: LiteralString = literal(str([str(kind) for kind in DEPARTMENT_KINDS]))

# True, false, or NULL where nobody can say. What passed stays passed: a succession is asked only
# whether it had begun after the event, and whether every scope on the way holds the domain in
# which the event happened. A region answers for its own departments: those of its own level.
_CONCERNED: LiteralString = f"""CASE walked.reach
      WHEN 'SUCCESSION' THEN last(edges).validFrom > st.eventAt
        AND all(e IN edges WHERE 'ALL' IN e.scope OR st.domain IN e.scope)
      WHEN 'REGION' THEN failed.unitKind IN {_KINDS} AND failed.level = division.level
      ELSE true END"""

# `edges` are those before the last: posts, successions, subordinations, the seat in a region.
_ARRIVALS: LiteralString = f"""COLLECT {{
    UNWIND CASE WHEN size(walked.ways) <= $fan THEN walked.ways END AS way
    WITH way, way.record AS r, way.edges[..-1] AS edges WHERE way.record IS NOT NULL
    MATCH (r)-[:STANDS]->(st:Standing) WHERE {held_from("st")}
      AND (NOT walked.reach IN {_AT_THE_EVENT} OR all(e IN edges WHERE {held("e", "st.eventAt")}))
    WITH *, {_FAILED} AS failed, {_DIVISION} AS division
    WITH *, {_CONCERNED} AS concerned WHERE coalesce(concerned, true)
    RETURN {{record: r.id, labels: labels(r), undecided: concerned IS NULL,
      deciding: [state IN [failed, division] WHERE state IS NOT NULL],
      edges: [e IN way.edges | {_edge("e", "type(e)", "startNode(e)", "endNode(e)")}],
      standing: {_STANDING},
      behaviours: {_tie("OF", "Behaviour", "NULL")},
      determiners: {_tie("DETERMINED_BY", "Unit", _NAME)},
      documents: {_DOCUMENTS}}}
    }}"""

# The same for every subject, and of one knowledge instant for ever: told when it is not `$kept`.
# `CASE` asks for it only then.
_COMMON: LiteralString = f"""CASE WHEN epoch = $kept.epoch AND known.epochMillis = $kept.knownAt
  THEN NULL ELSE {{
  generations: COLLECT {{
    MATCH (g:SourceGeneration) WHERE g.freshUntil > at AND {held_from("g")}
    RETURN {{{_span("g")}, source: g.source, freshUntil: g.freshUntil.epochMillis,
      jurisdictions: g.jurisdictions}}
    ORDER BY g.factId }},
  ruleSets: COLLECT {{
    MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
    WHERE {held_from("x")} AND x.status = 'PUBLISHED'
    RETURN {{{_span("x")}, number: w.number, contentHash: w.contentHash}}
    ORDER BY x.factId }} }} END"""

CHECK: LiteralString = f"""CYPHER 25
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS knownUpTo, k.epoch AS epoch
WITH epoch, knownUpTo, {clocks()}
WITH epoch, knownUpTo, at, known, {_COMMON} AS common
UNWIND range(0, size($lists.subjects) - 1) AS place
OPTIONAL MATCH (s:Subject {{id: $lists.subjects[place]}})
WITH *, CASE WHEN s:Unit THEN s END AS unit
WITH *, CASE WHEN unit IS NULL THEN s END AS person
RETURN {{
  subject: $lists.subjects[place], at: at.epochMillis, knownAt: known.epochMillis, epoch: epoch,
  knownUpTo: knownUpTo.epochMillis,
  common: CASE place WHEN 0 THEN common END,
  states: COLLECT {{
    MATCH (unit)-[:HAS_STATE]->(x:UnitState) WHERE {held_from("x")}
    RETURN {{{_span("x")}, name: x.name, unitKind: x.unitKind, level: x.adminLevel,
      status: x.status, jurisdiction: x.jurisdiction}}
    ORDER BY x.factId }} + COLLECT {{
    MATCH (person)-[:HAS_STATE]->(x:PersonState) WHERE {held_from("x")}
    RETURN {{{_span("x")}, name: x.name, status: x.status,
      jurisdiction: x.jurisdiction}}
    ORDER BY x.factId }},
  governs: COLLECT {{
    MATCH (unit)-[x:GOVERNS]->(d) WHERE {held_from("x")}
    RETURN {_edge("x", "'GOVERNS'", "s", "d")} ORDER BY x.factId }},
  posts: COLLECT {{
    MATCH (person)-[x:HOLDS_POST]->(u) WHERE {held_from("x")}
    RETURN {_edge("x", "'HOLDS_POST'", "s", "u")} ORDER BY x.factId }},
  reaches: COLLECT {{
    UNWIND [{_REACHES}] AS walked
    RETURN {{reach: walked.reach, ways: size(walked.ways), arrivals: {_ARRIVALS},
      beyond: [way IN walked.ways WHERE way.beyond IS NOT NULL | way.beyond]}} }}
}} AS known
"""
