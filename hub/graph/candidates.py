"""Units of a region that a list of restricted units may hold, before they are checked."""

from typing import LiteralString, cast

from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.graph.door import Door
from hub.graph.time_filter import as_known, at_the_clocks, held, known


def _units(of_them: LiteralString) -> LiteralString:
    """Sorted before they are looked at: what comes after the last one wanted is never expanded."""
    return f"""CYPHER 25
{at_the_clocks()}OPTIONAL MATCH (root:Region {{id: $region}})
WHERE EXISTS {{ (root)-[:HAS_STATE]->(x:RegionState) WHERE {held("x")} }}
RETURN root IS NOT NULL AS found, COLLECT {{
    MATCH (root) ((:Region)<-[p:PART_OF WHERE {held("p")}]-(:Region)){{0,6}} (g:Region)
    MATCH (g)<-[i:IN_REGION]-(u:Unit) WHERE {held("i")} AND u.id > $after
    WITH DISTINCT u, at, known ORDER BY u.id
    {of_them}
    RETURN u.id ORDER BY u.id LIMIT $most
  }} AS units
"""


_EVERY: LiteralString = _units("")
# By which reaches something graver than UNCOVERED can arrive at a unit: a record of its own, a
# predecessor, a region that it governs; what comes from subordinates is shown only, and no rule
# that makes more of it is accepted. Each errs on the side of checking one unit too many.
_BEARING: LiteralString = _units(f"""WHERE EXISTS {{ (u)<-[a:ABOUT]-() WHERE {held("a")} }}
      OR EXISTS {{ (u)<-[y:SUCCEEDED_BY]-() WHERE {known("y")} }}
      OR EXISTS {{ (u)-[v:GOVERNS]->() WHERE {known("v")} }}""")


class CandidateReader:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def candidates(
        self, region: str, clocks: Clocks, *, after: str, most: int, bearing: bool
    ) -> list[SubjectId] | None:
        """Units in the region, or in a division of it, by id, after the one given.

        None where there is no such region then. `bearing` leaves out units at which nothing graver
        than UNCOVERED can arrive.
        """
        at, known_at = clocks
        statement = _BEARING if bearing else _EVERY
        parameters = {"region": region, "after": after, "most": most}
        [row] = await self._door.read(statement, at=at, known=as_known(known_at), **parameters)
        return cast("list[SubjectId]", row["units"]) if row["found"] else None
