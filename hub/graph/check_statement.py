"""The one statement that reads everything a check needs, for one subject or many.

Instants travel as epoch milliseconds and are built inside Cypher, so that all have one zone form.
Facts are read from the instant asked for on (`held_from`), which also tells until when the answer
stays right. Rows of a reach are ordered and limited to one more than the guard lets through: the
same clocks cut the same rows, and a cut is seen.
"""

from typing import LiteralString

from hub.graph.time_filter import clocks, held, held_from, known


def _fact(fact: LiteralString, start: LiteralString, end: LiteralString) -> LiteralString:
    """A relationship as a `Held`: id, span, and the ids of what it joins with their labels."""
    return (
        f"{{factId: {fact}.factId, kind: type({fact}), validFrom: {fact}.validFrom.epochMillis,"
        f" validTo: {fact}.validTo.epochMillis, start: {start}.id, startLabels: labels({start}),"
        f" end: {end}.id, endLabels: labels({end})}}"
    )


def _tie(
    kind: LiteralString,
    label: LiteralString,
    title: LiteralString,
    issued_on: LiteralString = "NULL",
) -> LiteralString:
    return f"""COLLECT {{
        MATCH (r)-[tie:{kind}]->(other:{label}) WHERE {held_from("tie")}
        RETURN {{fact: {_fact("tie", "r", "other")}, code: other.id, title: {title},
          issuedOn: {issued_on}}}
        ORDER BY tie.factId }}"""


# The name the determiner had then; its caption is read by no verdict.
_NAME: LiteralString = f"""head(COLLECT {{
        MATCH (other)-[:HAS_STATE]->(named:UnitState) WHERE {held("named")}
        RETURN named.name ORDER BY named.validFrom DESC LIMIT 1 }})"""

_STANDING: LiteralString = """{factId: st.factId,
      validFrom: st.validFrom.epochMillis, validTo: st.validTo.epochMillis,
      status: st.status, category: st.category, severity: st.severity,
      eventAt: st.eventAt.epochMillis, publicUntil: st.publicUntil.epochMillis,
      countsUntil: st.countsUntil.epochMillis, disputed: st.disputed,
      obligationOpen: st.obligationOpen, domain: st.domain, list: st.list,
      penalty: st.penalty, discipline: st.discipline, marks: st.marks,
      publicTerm: st.publicTerm, countsTerm: st.countsTerm}"""


def _reach(
    pattern: LiteralString,
    edges: LiteralString,
    way: LiteralString,
    undecided: LiteralString = "false",
) -> LiteralString:
    """Records `r` that the pattern reaches, each version of their standing one row.

    `way` tells apart the ways by which one version arrives, so that the order is always the same.
    """
    return f"""COLLECT {{
    {pattern}
    RETURN {{record: r.id, labels: labels(r), undecided: {undecided}, edges: {edges},
      standing: {_STANDING},
      behaviours: {_tie("OF", "Behaviour", "NULL")},
      determiners: {_tie("DETERMINED_BY", "Unit", _NAME)},
      documents: {_tie("EVIDENCED_BY", "Document", "other.docNo", "toString(other.issuedOn)")}}}
    ORDER BY r.id, st.factId, {way} LIMIT $guard + 1 }}"""


_STANDS: LiteralString = f"MATCH (r)-[:STANDS]->(st:Standing) WHERE {held_from('st')}"

_OWN: LiteralString = _reach(
    f"MATCH (s)<-[a:ABOUT]-(r:CreditRecord) WHERE {held_from('a')} {_STANDS}",
    f"[{_fact('a', 'r', 's')}]",
    way="a.factId",
)
_RESPONSIBLE: LiteralString = _reach(
    f"MATCH (s)-[x:RESPONSIBLE_FOR]->(r:CreditRecord) WHERE {held_from('x')} {_STANDS}",
    f"[{_fact('x', 's', 'r')}]",
    way="x.factId",
)
# The post is asked of the day of the event, which the standing tells.
_PRINCIPAL: LiteralString = _reach(
    "MATCH (s)-[x:HOLDS_POST {isPrincipal: true}]->(u:Unit)"
    f" MATCH (u)<-[a:ABOUT]-(r:CreditRecord) WHERE {held_from('a')}"
    f" {_STANDS} AND {held('x', 'st.eventAt')}",
    f"[{_fact('x', 's', 'u')}, {_fact('a', 'r', 'u')}]",
    way="x.factId, a.factId",
)
# From the successor back to the predecessor: each succession no later than the one after it, the
# event before the first, and every scope holding the domain in which the event happened. What
# passed stays passed: a succession is asked only whether it had begun.
_SUCCESSION: LiteralString = _reach(
    f"MATCH (s) ((later:Unit)<-[y:SUCCEEDED_BY WHERE {known('y')}]-(earlier:Unit)){{1,5}}"
    " (p:Unit)"
    " WHERE all(i IN range(1, size(y) - 1) WHERE y[i].validFrom <= y[i - 1].validFrom)"
    f" MATCH (p)<-[a:ABOUT]-(r:CreditRecord) WHERE {held_from('a')}"
    f" {_STANDS} AND st.eventAt < last(y).validFrom"
    " AND all(z IN y WHERE 'ALL' IN z.scope OR st.domain IS NULL OR st.domain IN z.scope)",
    "[i IN range(0, size(y) - 1) | "
    f"{_fact('y[i]', 'earlier[i]', 'later[i]')}] + [{_fact('a', 'r', 'p')}]",
    way="[z IN y | z.factId], a.factId",
    undecided="st.domain IS NULL AND any(z IN y WHERE NOT 'ALL' IN z.scope)",
)

CHECK: LiteralString = f"""CYPHER 25
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS knownUpTo, k.epoch AS epoch
UNWIND $asks AS q
WITH epoch, q.subject AS subject, {clocks("q.at", "q.known")}
OPTIONAL MATCH (s:Subject {{id: subject}})
RETURN {{
  subject: subject, at: at.epochMillis, knownAt: known.epochMillis, epoch: epoch,
  states: COLLECT {{
    MATCH (s)-[:HAS_STATE]->(x:UnitState|PersonState) WHERE {held_from("x")}
    RETURN {{factId: x.factId, labels: labels(x), ownerLabels: labels(s),
      validFrom: x.validFrom.epochMillis, validTo: x.validTo.epochMillis,
      name: x.name, unitKind: x.unitKind, level: x.adminLevel, status: x.status,
      jurisdiction: x.jurisdiction}}
    ORDER BY x.factId }},
  governs: COLLECT {{
    MATCH (s)-[x:GOVERNS]->(g:Region) WHERE {held_from("x")}
    RETURN {_fact("x", "s", "g")} ORDER BY x.factId }},
  posts: COLLECT {{
    MATCH (s)-[x:HOLDS_POST]->(u:Unit) WHERE {held_from("x")}
    RETURN {_fact("x", "s", "u")} ORDER BY x.factId }},
  OWN: {_OWN},
  RESPONSIBLE: {_RESPONSIBLE},
  PRINCIPAL: {_PRINCIPAL},
  SUCCESSION: {_SUCCESSION},
  generations: COLLECT {{
    MATCH (g:SourceGeneration) WHERE g.freshUntil > at AND {held_from("g")}
    RETURN {{factId: g.factId, source: g.source, validFrom: g.validFrom.epochMillis,
      validTo: g.validTo.epochMillis, freshUntil: g.freshUntil.epochMillis,
      jurisdictions: g.jurisdictions}}
    ORDER BY g.factId }},
  ruleSets: COLLECT {{
    MATCH (w:RuleSet WHERE w.number >= 1)-[:HAS_STATE]->(x:RuleSetState)
    WHERE {held_from("x")} AND x.status = 'PUBLISHED'
    RETURN {{factId: x.factId, number: w.number, contentHash: w.contentHash,
      validFrom: x.validFrom.epochMillis, validTo: x.validTo.epochMillis}}
    ORDER BY x.factId }}
}} AS known
"""
