"""Reads things of the graph and lists of what they are joined to, as of both clocks."""

from collections.abc import Sequence
from typing import Any

from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks, Page, PageAsk, Row, Shape, Wanted
from hub.graph.door import Door
from hub.graph.knowledge_clock import read_known
from hub.graph.merging import Merged
from hub.graph.relations import (
    EDGES_OF_A_LEVEL,
    EDGES_OF_A_THING,
    Relation,
    list_statement,
    number_statement,
    relations,
    thing_statement,
)
from hub.graph.time_filter import as_known

_MOST_NUMBERED = 100


ThingAsk = tuple[str, Clocks]
FoundThing = tuple[Clocks, Row]
_Lists = tuple[str, Shape, int]
"""Key of the relation, shape, and edges of a thing that are read at most."""


class Navigator:
    """One statement answers all asks of one kind, however many, each as of its own clocks.

    So asks of different callers go together too, where they come at once.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._things = Merged(self._read_things)
        self._pages = Merged(self._read_pages)

    async def things(
        self, label: str, fields: Wanted, asks: Sequence[ThingAsk]
    ) -> Sequence[FoundThing | None]:
        """What is shown under each code of the label, in the order given; None where nothing is.

        Beside it stand the clocks it was read at.
        """
        return await self._things.answers((label, fields), asks)

    async def unit_name(self, unit: SubjectId, clocks: Clocks) -> str | None:
        """What it was called at the clocks; None where nothing is known of it then."""
        [found] = await self.things("Unit", frozenset({"name"}), [(unit, clocks)])
        return None if found is None else found[1]["name"]

    async def pages(
        self, relation: Relation, shape: Shape, asks: Sequence[PageAsk]
    ) -> Sequence[Page | None]:
        """One page for each ask, in the order given; None where there is no such thing.

        How many edges of a thing are read hangs on these asks alone, never on other callers'.
        """
        most = max(1, min(EDGES_OF_A_THING, EDGES_OF_A_LEVEL // len(asks)))
        return await self._pages.answers((relation.key, shape, most), asks)

    async def _read_things(
        self, kind: tuple[str, Wanted], asks: Sequence[ThingAsk]
    ) -> list[FoundThing | None]:
        sent = [
            {"place": place, "code": code, "at": at, "known": known_at}
            for place, (code, (at, known_at)) in enumerate(asks)
        ]
        found: list[FoundThing | None] = [None] * len(asks)
        row = await read_known(self._door, thing_statement(*kind), lists={"asks": sent})
        for read in row["things"]:
            found[read["place"]] = _clocks(read), read["thing"]
        return found

    async def _read_pages(self, lists: _Lists, asks: Sequence[PageAsk]) -> list[Page | None]:
        key, shape, most = lists
        statement = list_statement(relations()[key], shape)
        sent = [_sent(place, ask, shape) for place, ask in enumerate(asks)]
        found: list[Page | None] = [None] * len(asks)
        row = await read_known(self._door, statement, lists={"asks": sent}, most=most)
        for read in row["pages"]:
            found[read["place"]] = Page(
                _clocks(read), read["rows"], read["total"], complete=read["complete"]
            )
        return found

    async def numbered(
        self, label: str, word: str, number: str, clocks: Clocks
    ) -> list[tuple[Clocks, Row]]:
        """Things whose `word` is the number at the clocks, by code; at most a hundred."""
        row = await read_known(
            self._door,
            number_statement(label, word),
            number=number,
            at=clocks.at,
            known=as_known(clocks.known_at),
            most=_MOST_NUMBERED,
        )
        return [(_clocks(row), thing) for thing in row["things"]]


def _clocks(row: Any) -> Clocks:
    return Clocks(Millis(row["at"]), Millis(row["known"]))


def _sent(place: int, ask: PageAsk, shape: Shape) -> dict[str, object]:
    return {
        "place": place,
        "code": ask.code,
        "at": ask.clocks.at,
        "known": ask.clocks.known_at,
        "skip": ask.skip,
        "first": ask.first,
        **dict(zip(shape.filters, ask.where, strict=True)),
    }
