"""Reads things of the graph as of both clocks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, LiteralString, TypeVar

from hub.domain.clocks import Millis
from hub.domain.things import (
    Clocks,
    ContractAt,
    DebtAt,
    DocumentAt,
    Money,
    Named,
    OfficialAt,
    Page,
    PostAt,
    RecordAt,
    RegionAt,
    StandingAt,
    UnitAt,
)
from hub.graph import navigation_statements as statements
from hub.graph.check_reader import kind_of_labels, span_of
from hub.graph.door import Door

T = TypeVar("T")
Map = Mapping[str, Any]


class Navigator:
    """Every method takes the instant asked for and, optionally, as of whose knowledge."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def unit(self, code: str, at: Millis, known_at: Millis | None) -> UnitAt | None:
        """None when nobody knew the unit at those clocks."""
        return _unit_or_none(await self._thing(statements.UNIT, code, at, known_at))

    async def official(self, code: str, at: Millis, known_at: Millis | None) -> OfficialAt:
        """An unknown person is answered like a known one of whom nothing may be shown."""
        row = await self._thing(statements.OFFICIAL, code, at, known_at)
        if row is None or not row["synthetic"]:
            return OfficialAt(
                clocks=Clocks(at, known_at if known_at is not None else at),
                code=code,
                synthetic=False,
                name=None,
                official_kind=None,
                status=None,
                posts=None,
            )
        return _official(row)

    async def region(self, code: str, at: Millis, known_at: Millis | None) -> RegionAt | None:
        row = await self._thing(statements.REGION, code, at, known_at)
        return None if row is None else _region(row)

    async def record(self, code: str, at: Millis, known_at: Millis | None) -> RecordAt | None:
        row = await self._thing(statements.RECORD, code, at, known_at)
        return None if row is None else _record(row)

    async def records_of(
        self, unit: str, clocks: Clocks, first: int, after: str | None
    ) -> Page[RecordAt]:
        return await self._page(statements.UNIT_RECORDS, unit, clocks, first, after, _record)

    async def contracts_of(
        self, unit: str, clocks: Clocks, first: int, after: str | None
    ) -> Page[ContractAt]:
        return await self._page(statements.UNIT_CONTRACTS, unit, clocks, first, after, _contract)

    async def debts_of(
        self, unit: str, clocks: Clocks, first: int, after: str | None
    ) -> Page[DebtAt]:
        return await self._page(statements.UNIT_DEBTS, unit, clocks, first, after, _debt)

    async def _thing(
        self, text: LiteralString, code: str, at: Millis, known_at: Millis | None
    ) -> Any:
        rows = await self._door.read(text, code=code, at=at, known=known_at)
        return rows[0]["thing"] if rows else None

    async def _page(
        self,
        text: LiteralString,
        unit: str,
        clocks: Clocks,
        first: int,
        after: str | None,
        build: Callable[[Map], T],
    ) -> Page[T]:
        rows = await self._door.read(
            text, code=unit, at=clocks.at, known=clocks.known_at, first=first, after=after
        )
        page: Any = rows[0]["page"] if rows else {"total": 0, "rows": []}
        shown: Sequence[Map] = page["rows"][:first]
        return Page(
            items=[build(row["thing"]) for row in shown],
            cursors=[row["key"] for row in shown],
            total=page["total"],
            has_next=len(page["rows"]) > first,
        )


def _clocks(row: Map) -> Clocks:
    return Clocks(Millis(row["at"]), Millis(row["knownAt"]))


def _named(row: Map) -> Named:
    return Named(row["code"], row["name"], row["factId"], span_of(row))


def _all_named(rows: Sequence[Map]) -> list[Named]:
    return [_named(row) for row in rows]


def _first_named(rows: Sequence[Map]) -> Named | None:
    return _named(rows[0]) if rows else None


def _unit_or_none(row: Map | None) -> UnitAt | None:
    if row is None:
        return None
    return UnitAt(
        clocks=_clocks(row),
        code=row["code"],
        synthetic=bool(row["synthetic"]),
        fact_id=row["factId"],
        name=row["name"],
        unit_kind=row["unitKind"],
        level=row["level"],
        status=row["status"],
        jurisdiction=row["jurisdiction"],
        regions=_all_named(row["regions"]),
        governs=_all_named(row["governs"]),
        superiors=_all_named(row["superiors"]),
        predecessors=_all_named(row["predecessors"]),
        successors=_all_named(row["successors"]),
    )


def _official(row: Map) -> OfficialAt:
    return OfficialAt(
        clocks=_clocks(row),
        code=row["code"],
        synthetic=True,
        name=row["name"],
        official_kind=row["officialKind"],
        status=row["status"],
        posts=[
            PostAt(_named(post), post["post"], post["rank"], bool(post["isPrincipal"]))
            for post in row["posts"]
        ],
    )


def _region(row: Map) -> RegionAt:
    state: Map = row["states"][0] if row["states"] else {}
    return RegionAt(
        clocks=_clocks(row),
        code=row["code"],
        synthetic=bool(row["synthetic"]),
        fact_id=state.get("factId"),
        name=state.get("name") or row["caption"],
        short_name=state.get("shortName"),
        level=state.get("level"),
        in_use=bool(state),
        parent=_first_named(row["parents"]),
        children=_all_named(row["children"]),
        replaced_by=_all_named(row["replacedBy"]),
        government=_first_named(row["governments"]),
    )


def _record(row: Map) -> RecordAt:
    return RecordAt(
        clocks=_clocks(row),
        code=row["code"],
        synthetic=bool(row["synthetic"]),
        kind=kind_of_labels(row["labels"]),
        title=row["title"],
        standing=_standing(row["standings"][0]) if row["standings"] else None,
        about=_first_named(row["about"]),
        behaviours=_all_named(row["behaviours"]),
        determiners=_all_named(row["determiners"]),
        documents=[_document(document) for document in row["documents"]],
        arises_from=_all_named(row["arisesFrom"]),
    )


def _standing(row: Map) -> StandingAt:
    return StandingAt(
        fact_id=row["factId"],
        valid=span_of(row),
        status=row["status"],
        category=row["category"],
        severity=row["severity"],
        event_at=Millis(row["eventAt"]),
        public_until=Millis(row["publicUntil"]),
        counts_until=Millis(row["countsUntil"]),
        disputed=bool(row["disputed"]),
        obligation_open=bool(row["obligationOpen"]),
        domain=row["domain"],
        list_kind=row["list"],
        penalty=row["penalty"],
        discipline=row["discipline"],
        marks=row["marks"] or [],
        reason=row["reason"],
    )


def _document(row: Map) -> DocumentAt:
    return DocumentAt(
        row["code"],
        row["docNo"],
        row["docType"],
        row["issuer"],
        _day(row["issuedOn"]),
        row["factId"],
    )


def _contract(row: Map) -> ContractAt:
    state: Map = row["states"][0] if row["states"] else {}
    return ContractAt(
        code=row["code"],
        fact_id=state.get("factId", ""),
        contract_no=state.get("contractNo"),
        title=state.get("title"),
        side=row["side"],
        domain=state.get("domain"),
        status=state.get("status"),
        amount=_money(state.get("amountMinor"), state),
        signed_on=_day(state.get("signedOn")),
        counterparties=_all_named(row["counterparties"]),
    )


def _debt(row: Map) -> DebtAt:
    state: Map = row["states"][0] if row["states"] else {}
    return DebtAt(
        code=row["code"],
        fact_id=state.get("factId", ""),
        payable_kind=state.get("payableKind"),
        due=_money(state.get("dueMinor"), state),
        paid=_money(sum(row["payments"]), state),
        due_on=_day(state.get("dueOn")),
        dispute_status=state.get("disputeStatus"),
        creditors=_all_named(row["creditors"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _money(minor: int | None, state: Map) -> Money | None:
    """None when the publisher gave no amount or no currency: missing stays missing."""
    if minor is None or state.get("currency") is None:
        return None
    return Money(minor, state["currency"], state["scale"])
