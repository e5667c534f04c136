"""Debts that somebody supposes to be paid: whose they are, and which records arise from them."""

from collections.abc import Sequence
from typing import Any, LiteralString

from hub.domain.identifiers import SubjectId
from hub.domain.suppositions import DebtKnown
from hub.domain.things import Clocks
from hub.graph.door import Door
from hub.graph.time_filter import as_known, at_the_clocks, held

_MOST_RECORDS = 1_000

_DEBTS: LiteralString = f"""
{at_the_clocks()}UNWIND $lists.codes AS code
MATCH (d:Debt {{id: code}})
RETURN d.id AS code,
  EXISTS {{ MATCH (:Subject {{id: $subject}})-[o:OWES]->(d) WHERE {held("o")} }} AS owed,
  COLLECT {{
    MATCH (r:CreditRecord)-[f:ARISES_FROM]->(d) WHERE {held("f")}
    RETURN {{record: r.id, debts: COLLECT {{
      MATCH (r)-[g:ARISES_FROM]->(other:Debt) WHERE {held("g")} RETURN other.id }}}}
    ORDER BY r.id LIMIT $most }} AS records
ORDER BY code
"""


class SupposedDebts:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def debts(
        self, codes: Sequence[str], subject: SubjectId, clocks: Clocks
    ) -> list[DebtKnown]:
        """Those of the debts that are known at the clocks."""
        rows = await self._door.read(
            _DEBTS,
            lists={"codes": sorted(set(codes))},
            subject=subject,
            at=clocks.at,
            known=as_known(clocks.known_at),
            most=_MOST_RECORDS,
        )
        return [_debt(row) for row in rows]


def _debt(row: Any) -> DebtKnown:
    records = {one["record"]: frozenset(one["debts"]) for one in row["records"]}
    return DebtKnown(row["code"], row["owed"], records)
