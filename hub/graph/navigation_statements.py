"""Statements that show one thing, or one page of a list, as of both clocks.

Each returns one nested map a thing. Pages walk by key: `$after` is the key of the last item seen,
so that writing meanwhile neither repeats nor skips what was there.
"""

from typing import LiteralString

from hub.graph.time_filter import clocks, held

_CLOCKS: LiteralString = f"""CYPHER 25
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS knownUpTo
WITH {clocks()}
"""
_STATED: LiteralString = "at: at.epochMillis, knownAt: known.epochMillis"


def _named(pattern: LiteralString, name: LiteralString = "o.name") -> LiteralString:
    """Things `o` along an edge `e` of the pattern, in order of their key."""
    return f"""COLLECT {{
    MATCH {pattern} WHERE {held("e")}
    RETURN {{code: o.id, name: {name}, factId: e.factId,
      validFrom: e.validFrom.epochMillis, validTo: e.validTo.epochMillis}}
    ORDER BY o.id LIMIT 100 }}"""


UNIT: LiteralString = f"""{_CLOCKS}
MATCH (u:Unit {{id: $code}})-[:HAS_STATE]->(x:UnitState) WHERE {held("x")}
RETURN {{ {_STATED}, code: u.id, synthetic: u.synthetic, factId: x.factId, name: x.name,
  unitKind: x.unitKind, level: x.adminLevel, status: x.status, jurisdiction: x.jurisdiction,
  regions: {_named("(u)-[e:IN_REGION]->(o:Region)")},
  governs: {_named("(u)-[e:GOVERNS]->(o:Region)")},
  superiors: {_named("(u)-[e:SUBORDINATE_TO]->(o:Unit)")},
  predecessors: {_named("(u)<-[e:SUCCEEDED_BY]-(o:Unit)")},
  successors: {_named("(u)-[e:SUCCEEDED_BY]->(o:Unit)")}
}} AS thing ORDER BY x.validFrom DESC LIMIT 1
"""

OFFICIAL: LiteralString = f"""{_CLOCKS}
MATCH (o:Person {{id: $code}})-[:HAS_STATE]->(x:PersonState) WHERE {held("x")}
RETURN {{ {_STATED}, code: o.id, synthetic: o.synthetic, name: x.name,
  officialKind: x.officialKind, status: x.status,
  posts: COLLECT {{
    MATCH (o)-[e:HOLDS_POST]->(u:Unit) WHERE {held("e")}
    RETURN {{code: u.id, name: u.name, factId: e.factId, validFrom: e.validFrom.epochMillis,
      validTo: e.validTo.epochMillis, post: e.post, rank: e.rank, isPrincipal: e.isPrincipal}}
    ORDER BY e.validFrom, u.id LIMIT 100 }}
}} AS thing ORDER BY x.validFrom DESC LIMIT 1
"""

# A code that was never in use at the instant is still shown, with what replaced it.
REGION: LiteralString = f"""{_CLOCKS}
MATCH (g:Region {{id: $code}})
RETURN {{ {_STATED}, code: g.id, synthetic: g.synthetic, caption: g.name,
  states: COLLECT {{
    MATCH (g)-[:HAS_STATE]->(x:RegionState) WHERE {held("x")}
    RETURN {{factId: x.factId, name: x.name, shortName: x.shortName, level: x.level}}
    ORDER BY x.validFrom DESC LIMIT 1 }},
  parents: {_named("(g)-[e:PART_OF]->(o:Region)")},
  children: COLLECT {{
    MATCH (g)<-[e:PART_OF]-(o:Region) WHERE {held("e")}
    RETURN {{code: o.id, name: o.name, factId: e.factId,
      validFrom: e.validFrom.epochMillis, validTo: e.validTo.epochMillis}} ORDER BY o.id }},
  replacedBy: {_named("(g)-[e:REPLACED_BY]->(o:Region)")},
  governments: {_named("(g)<-[e:GOVERNS]-(o:Unit)")}
}} AS thing
"""

_STANDING: LiteralString = f"""COLLECT {{
    MATCH (r)-[:STANDS]->(st:Standing) WHERE {held("st")}
    RETURN {{factId: st.factId, validFrom: st.validFrom.epochMillis,
      validTo: st.validTo.epochMillis, status: st.status, category: st.category,
      severity: st.severity, eventAt: st.eventAt.epochMillis,
      publicUntil: st.publicUntil.epochMillis, countsUntil: st.countsUntil.epochMillis,
      disputed: st.disputed, obligationOpen: st.obligationOpen, domain: st.domain,
      list: st.list, penalty: st.penalty, discipline: st.discipline, marks: st.marks,
      reason: st.reason}}
    ORDER BY st.validFrom DESC LIMIT 1 }}"""

_RECORD: LiteralString = f"""{{ {_STATED}, code: r.id, synthetic: r.synthetic, labels: labels(r),
  title: r.name, standings: {_STANDING},
  about: {_named("(r)-[e:ABOUT]->(o:Unit)")},
  behaviours: {_named("(r)-[e:OF]->(o:Behaviour)", "o.title")},
  determiners: {_named("(r)-[e:DETERMINED_BY]->(o:Unit)")},
  documents: COLLECT {{
    MATCH (r)-[e:EVIDENCED_BY]->(d:Document) WHERE {held("e")}
    RETURN {{code: d.id, docNo: d.docNo, docType: d.docType, issuer: d.issuer,
      issuedOn: toString(d.issuedOn), factId: e.factId}} ORDER BY d.id LIMIT 100 }},
  arisesFrom: {_named("(r)-[e:ARISES_FROM]->(o)", "o.title")}
}}"""

RECORD: LiteralString = f"""{_CLOCKS}
MATCH (r:CreditRecord {{id: $code}})
WHERE EXISTS {{ MATCH (r)-[a:ABOUT]->(:Subject) WHERE {held("a")} }}
RETURN {_RECORD} AS thing
"""


def _page(
    pattern: LiteralString, key: LiteralString, condition: LiteralString, thing: LiteralString
) -> LiteralString:
    """One page of what the pattern finds beside `u` along `link`, and how much there is in all."""
    return f"""{_CLOCKS}
MATCH (u:Unit {{id: $code}})
RETURN {{
  total: COUNT {{ MATCH {pattern} WHERE {condition} }},
  rows: COLLECT {{
    MATCH {pattern} WHERE {condition} AND ($after IS NULL OR {key}.id > $after)
    WITH at, known, {key}, link ORDER BY {key}.id LIMIT $first + 1
    RETURN {{key: {key}.id, thing: {thing}}} ORDER BY {key}.id }}
}} AS page
"""


UNIT_RECORDS: LiteralString = _page(
    "(u)<-[link:ABOUT]-(r:CreditRecord)", "r", held("link"), _RECORD
)

UNIT_CONTRACTS: LiteralString = _page(
    "(u)-[link:PARTY_TO]->(c:Contract)",
    "c",
    held("link"),
    f"""{{code: c.id, side: link.side, states: COLLECT {{
      MATCH (c)-[:HAS_STATE]->(x:ContractState) WHERE {held("x")}
      RETURN {{factId: x.factId, contractNo: x.contractNo, title: x.title, domain: x.domain,
        status: x.status, amountMinor: x.amountMinor, currency: x.currency, scale: x.scale,
        signedOn: toString(x.signedOn)}} ORDER BY x.validFrom DESC LIMIT 1 }},
      counterparties: COLLECT {{
        MATCH (c)<-[p:PARTY_TO]-(o) WHERE {held("p")} AND o.id <> $code
        RETURN {{code: o.id, name: o.name, factId: p.factId,
          validFrom: p.validFrom.epochMillis, validTo: p.validTo.epochMillis}}
        ORDER BY o.id LIMIT 100 }} }}""",
)

UNIT_DEBTS: LiteralString = _page(
    "(u)-[link:OWES]->(d:Debt)",
    "d",
    held("link"),
    f"""{{code: d.id, states: COLLECT {{
      MATCH (d)-[:HAS_STATE]->(x:DebtState) WHERE {held("x")}
      RETURN {{factId: x.factId, payableKind: x.payableKind, dueMinor: x.amountDueMinor,
        currency: x.currency, scale: x.scale, dueOn: toString(x.dueOn),
        disputeStatus: x.disputeStatus}} ORDER BY x.validFrom DESC LIMIT 1 }},
      payments: COLLECT {{
        MATCH (d)<-[p:SETTLES]-(q:Payment) WHERE {held("p")}
        MATCH (q)-[:HAS_STATE]->(y:PaymentState) WHERE {held("y")} RETURN y.amountMinor }},
      creditors: COLLECT {{
        MATCH (d)-[p:OWED_TO]->(o:Enterprise) WHERE {held("p")}
        RETURN {{code: o.id, name: o.name, factId: p.factId,
          validFrom: p.validFrom.epochMillis, validTo: p.validTo.epochMillis}}
        ORDER BY o.id LIMIT 100 }} }}""",
)
