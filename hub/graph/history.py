"""Reads every version of a fact, or of all facts about a thing, whether it is still held or not.

A version is seen from the instant it became known, never before. Nothing is seen of persons, and
a record about one is answered like a record that is not there.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, LiteralString

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Ref
from hub.domain.history import History, Version, VersionPlace
from hub.domain.paths import FactSource
from hub.errors import NodeNotFound, UnitsOnly
from hub.graph.door import Door, literal
from hub.graph.fact_writer import kind_of
from hub.graph.kinds import shown_kinds
from hub.graph.knowledge_clock import read_known
from hub.graph.model import NodeKind, graph_model
from hub.graph.path_statements import JOINED
from hub.graph.stored import ref_of, told_of
from hub.graph.time_filter import TELL_THE_CLOCK, as_known, at_the_clocks, recorded

MOST_FACTS = 20_000
"""Facts of one thing that are read; of one that has more, not all are listed."""

_FACT_ID = re.compile(r"(?P<key>[A-Za-z_]+-[a-z2-7]{20})(?:\.\d+)?")
_OF_PERSONS = frozenset({"PersonState", "HOLDS_POST", "RESPONSIBLE_FOR", "SIGNED"})
_BY_HAND = "entry:"
_NO_SOURCE: Mapping[str, str] = {}
_OPEN_END: LiteralString = literal(str(OPEN_END))


def fact_key_of(given: str) -> str | None:
    """What all versions of a fact begin with, of an id of one or of that itself."""
    match = _FACT_ID.fullmatch(given)
    if match is None or kind_of(match["key"]) not in graph_model().two_clock():
        return None
    return match["key"]


class HistoryReader:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def of_fact(
        self, key: str, *, known_at: Millis | None, first: int, after: VersionPlace
    ) -> History:
        """Versions of one fact by its key. Raises `NodeNotFound`, `UnitsOnly`, `ClockAhead`."""
        if kind_of(key) in _OF_PERSONS:
            raise UnitsOnly("history")
        return await self._read(fact_statement(kind_of(key)), key, known_at, first, after)

    async def of_thing(
        self, thing: Ref, *, known_at: Millis | None, first: int, after: VersionPlace
    ) -> History:
        """Versions of everything about a thing. Raises `NodeNotFound`, `UnitsOnly`."""
        if thing.label == "Person":
            raise UnitsOnly("history")
        return await self._read(thing_statement(thing.label), thing.id, known_at, first, after)

    async def _read(
        self,
        statement: LiteralString,
        about: str,
        known_at: Millis | None,
        first: int,
        after: VersionPlace,
    ) -> History:
        row = await read_known(
            self._door,
            statement,
            about=about,
            known=as_known(known_at),
            first=first,
            key=after.key,
            number=after.number,
            most=MOST_FACTS,
        )
        found = row["versions"]
        if not found and not after.key:
            raise NodeNotFound(about)
        versions = [_version_of(version) for version in found[:first]]
        return History(
            Millis(row["known"]),
            versions,
            more=len(found) > first,
            complete=bool(row["complete"]),
        )


def _personal(thing: LiteralString) -> LiteralString:
    """A person, or a record that was ever about one."""
    about = f"MATCH ({thing})-[w:ABOUT]->(:Person) WHERE {recorded('w')}"
    return f"({thing}:Person OR EXISTS {{ {about} }})"


def _version(kind: LiteralString, start: LiteralString, end: LiteralString) -> LiteralString:
    """A version that was closed later than `known` is told as it was then: open."""
    return f"""{{factId: f.factId, kind: {kind}, told: properties(f),
      start: {start}.id, startLabels: labels({start}), end: {end}.id, endLabels: labels({end}),
      validFrom: f.validFrom.epochMillis, validTo: f.validTo.epochMillis,
      recordedFrom: f.recordedFrom.epochMillis, importId: f.importId,
      recordedTo: CASE WHEN f.recordedTo <= known THEN f.recordedTo.epochMillis
        ELSE {_OPEN_END} END,
      sources: COLLECT {{ MATCH (:Import {{id: f.importId}})-[:FROM]->(s:Source)
        RETURN {{code: s.id, title: s.title}} ORDER BY s.id LIMIT 1 }}}} AS version"""


_LISTED: LiteralString = """WITH version, split(version.factId, '.') AS parts
    WITH version, parts[0] AS key, toInteger(parts[1]) AS number
    WHERE key > $key OR key = $key AND number > $number
    RETURN version ORDER BY key, number LIMIT $first + 1"""


@cache
def fact_statement(kind: str) -> LiteralString:
    """One row: every version of the fact of that kind whose key is `$about`."""
    declared, named = graph_model().kind(kind), literal(f"'{kind}'")
    if isinstance(declared, NodeKind):
        pattern, others = f"(n)-[:{declared.via}]->(f:{kind})", "NULL AS m"
        impersonal = f"NOT {_personal('n')}"
    else:
        pattern, others = f"(n)-[f:{kind}]->(m)", "m"
        impersonal = f"NOT {_personal('n')} AND NOT {_personal('m')}"
    return literal(f"""CYPHER 25
{at_the_clocks("0")}{TELL_THE_CLOCK}, known.epochMillis AS known, true AS complete, COLLECT {{
  MATCH {pattern}
  WHERE f.factId STARTS WITH $about + '.' AND {recorded("f")} AND {impersonal}
  WITH n, {others}, f, known
  WITH {_version(named, "n", "m")}
  {_LISTED} }} AS versions
""")


@cache
def thing_statement(label: str) -> LiteralString:
    """One row: every version of every fact about the thing of that label that is `$about`."""
    every = [_EDGES]
    if state := shown_kinds()[label].state:
        via = graph_model().nodes[state].via
        read = _version(literal(f"'{state}'"), "n", "m")
        every.append(
            literal(f"""MATCH (n)-[:{via}]->(f:{state}) WHERE {recorded("f")}
  WITH n, f, NULL AS m, known RETURN {read}""")
        )
    return literal(f"""CYPHER 25
{at_the_clocks("0")}OPTIONAL MATCH (n:{label} {{id: $about}}) WHERE NOT {_personal("n")}
{TELL_THE_CLOCK}, known.epochMillis AS known,
  COUNT {{ (n)--() }} <= $most AS complete, COLLECT {{
  CALL (n, known) {{ {" UNION ALL ".join(every)} }}
  {_LISTED} }} AS versions
""")


_EDGES: LiteralString = f"""MATCH (n)-[f:{JOINED}]-(m) WITH f, m, known LIMIT $most
  WHERE {recorded("f")} AND NOT {_personal("m")}
  WITH f, known, startNode(f) AS a, endNode(f) AS b RETURN {_version("type(f)", "a", "b")}"""


def _version_of(row: Mapping[str, Any]) -> Version:
    import_id: str = row["importId"]
    [source] = row["sources"] or [_NO_SOURCE]
    by_hand = import_id.startswith(_BY_HAND)
    return Version(
        fact_id=row["factId"],
        kind=row["kind"],
        start=ref_of(row["startLabels"], row["start"]),
        end=ref_of(row["endLabels"], row["end"]) if row["end"] else None,
        valid=Span(Millis(row["validFrom"]), Millis(row["validTo"])),
        recorded=Span(Millis(row["recordedFrom"]), Millis(row["recordedTo"])),
        told=told_of(row["told"]),
        source=FactSource(import_id, source.get("code"), source.get("title")),
        entered_by=import_id.removeprefix(_BY_HAND) if by_hand else None,
    )
