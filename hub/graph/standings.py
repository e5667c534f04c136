"""Moves records from one standing to the next, as one correction at one tick."""

from collections.abc import Mapping
from datetime import date
from typing import Any, LiteralString

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Batch
from hub.domain.moves import KeptRecord, KeptStanding, Move, changed, corrected, moved
from hub.errors import NodeNotFound, UnitNotFound
from hub.graph.check_reader import kind_of_labels
from hub.graph.door import Door, literal
from hub.graph.entry import enter
from hub.graph.imports import IsGone
from hub.graph.kinds import fact_parts
from hub.graph.model import graph_model
from hub.graph.time_filter import known

_PROPERTIES = {
    word: prop
    for word, prop in graph_model().nodes["Standing"].properties.items()
    if not prop.caption
}
_VERSION: LiteralString = literal(", ".join(fact_parts("st", _PROPERTIES, None)))
# Every version there is, not only that of one instant: the next one is put among them.
_RECORD: LiteralString = f"""
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS known
MATCH (r:CreditRecord {{id: $code}})
RETURN labels(r) AS labels,
  COLLECT {{ MATCH (r)-[a:ABOUT]->(s:Subject) WHERE {known("a")}
    RETURN s.id ORDER BY s.id }} AS about,
  COLLECT {{ MATCH (r)-[d:DETERMINED_BY]->(u:Unit) WHERE {known("d")}
    RETURN u.id ORDER BY u.id }} AS determined_by,
  COLLECT {{ MATCH (r)-[e:EVIDENCED_BY]->(d:Document) WHERE {known("e")} AND d.issuedOn IS NOT NULL
    RETURN toString(d.issuedOn) AS day ORDER BY day }} AS issued_on,
  COLLECT {{ MATCH (r)-[:STANDS]->(st:Standing) WHERE {known("st")}
    RETURN {{{_VERSION}}} ORDER BY st.validFrom }} AS standings
"""
_UNIT: LiteralString = f"""
MATCH (k:KnowledgeClock {{id: 1}})
WITH k.knownUpTo AS known
MATCH (u:Unit {{id: $code}})
WHERE EXISTS {{ MATCH (u)-[:HAS_STATE]->(x:UnitState) WHERE {known("x")} }}
RETURN u.id AS code
"""


class RecordMover:
    def __init__(self, door: Door, *, writer: str, is_gone: IsGone) -> None:
        self._door = door
        self._writer = writer
        self._is_gone = is_gone

    async def move(self, move: Move) -> Millis | None:
        """The tick at which the move became known; None where the record stands so already.

        Raises `NodeNotFound`, `UnitNotFound` for who moves it, `ForbiddenTransition`,
        `WrongMover`, `ImportRefused` where the record was changed meanwhile, `Publishing`.
        """
        record = await kept_record(self._door, move.record)
        if move.by is not None and not await self._door.read(_UNIT, code=move.by):
            raise UnitNotFound(move.by)
        after = moved(record, move)
        facts = changed(record, after)
        if not facts:
            return None
        return await enter(
            self._door,
            Batch(move.by or move.mover, "", entities=(), facts=facts),
            writer=self._writer,
            is_gone=self._is_gone,
            corrects=corrected(record, after),
        )


async def kept_record(door: Door, code: str) -> KeptRecord:
    """Raises `NodeNotFound`."""
    [row] = await door.read(_RECORD, code=code) or [None]
    if row is None or not row["standings"]:
        raise NodeNotFound(code)
    kept: Any = row
    return KeptRecord(
        code=code,
        kind=kind_of_labels(kept["labels"]),
        about=frozenset(kept["about"]),
        determined_by=frozenset(kept["determined_by"]),
        standings=tuple(_standing(standing) for standing in kept["standings"]),
        issued_on=tuple(date.fromisoformat(day) for day in kept["issued_on"]),
    )


def _standing(row: Mapping[str, Any]) -> KeptStanding:
    span = Span(Millis(row["validFrom"]), Millis(row["validTo"]))
    return KeptStanding(row["factId"], span, {word: row[word] for word in _PROPERTIES})
