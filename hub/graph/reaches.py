"""How a record arrives at a subject: six reaches, each one bounded pattern of typed edges.

A way is the list of edges from the subject to the record. Ways are walked until there are more
than `$fan`, which says that the reach is cut; a unit passed through counts even when nothing is
recorded about it. Which ways were walked first is then up to the store, so none of them is told.
"""

from collections.abc import Mapping
from typing import LiteralString

from hub.domain.vocabulary import Reach
from hub.graph.time_filter import held_from, known


def _ways(
    pattern: LiteralString, edges: LiteralString, without: LiteralString = "NULL"
) -> LiteralString:
    """A list of at most `$fan + 1` ways to records `r`; what it is `without` a record else."""
    return f"""COLLECT {{
    {pattern}
    RETURN CASE WHEN r IS NULL THEN {without} ELSE {{record: r, edges: {edges}}} END
    LIMIT $fan + 1 }}"""


# Most subjects have neither a record nor anybody below them: a degree is told at once, while their
# edges would all be walked to find none.
def _about(unit: LiteralString) -> LiteralString:
    return (
        f"({unit})<-[a:ABOUT]-(r:CreditRecord) WHERE {held_from('a')}"
        f" AND COUNT {{ ({unit})<-[:ABOUT]-() }} > 0"
    )


_ABOUT_IF_ANY: LiteralString = f"OPTIONAL MATCH {_about('u')}"

_OWN: LiteralString = _ways(f"MATCH {_about('s')}", "[a]")
_RESPONSIBLE: LiteralString = _ways(
    f"MATCH (person)-[x:RESPONSIBLE_FOR]->(r:CreditRecord) WHERE {held_from('x')}"
    " AND COUNT { (s)-[:RESPONSIBLE_FOR]->() } > 0",
    "[x]",
)
_PRINCIPAL: LiteralString = _ways(
    f"MATCH (person)-[post:HOLDS_POST {{isPrincipal: true}}]->(u) WHERE {known('post')}"
    f" {_ABOUT_IF_ANY}",
    "[post, a]",
)
# From the successor back to the predecessor, each succession no later than the one after it:
# nothing is walked behind one that is later. A sixth leads beyond the reach: what lies there is not
# read, and from when on there is more is told.
_SUCCESSION: LiteralString = _ways(
    f"MATCH (unit) (()<-[y:SUCCEEDED_BY WHERE {known('y')}]-()){{1,6}} (u)"
    " WHERE allReduce(day = NULL, e IN y |"
    " CASE WHEN e.validFrom > day THEN NULL ELSE e.validFrom END, day IS NOT NULL)"
    f" {_ABOUT_IF_ANY} AND size(y) < 6",
    "y + a",
    without="CASE size(y) WHEN 6 THEN {beyond: y[0].validFrom.epochMillis} END",
)
_SUBORDINATE: LiteralString = _ways(
    "MATCH (unit) ((o WHERE COUNT { (o)<-[:SUBORDINATE_TO]-() } > 0)"
    f"<-[y:SUBORDINATE_TO WHERE {known('y')}]-()){{1,3}} (u) WHERE u <> s {_ABOUT_IF_ANY}",
    "y + a",
)
_REGION: LiteralString = _ways(
    "MATCH (unit)-[governs:GOVERNS]->()<-[seat:IN_REGION]-(u)"
    f" WHERE {known('governs')} AND {known('seat')} AND u <> s {_ABOUT_IF_ANY}",
    "[governs, seat, a]",
)

WAYS: Mapping[Reach, LiteralString] = {
    Reach.OWN: _OWN,
    Reach.RESPONSIBLE: _RESPONSIBLE,
    Reach.PRINCIPAL: _PRINCIPAL,
    Reach.SUCCESSION: _SUCCESSION,
    Reach.SUBORDINATE: _SUBORDINATE,
    Reach.REGION: _REGION,
}
"""The ways of each reach from the subject `s`, which is `unit` or `person`, at `at` and `known`."""

AT_THE_EVENT = (Reach.PRINCIPAL, Reach.SUBORDINATE, Reach.REGION)
"""Reaches whose edges before the last are asked of the day of the event."""
