"""What one request reads is gathered level by level: one statement a relation, for all parents."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from strawberry.dataloader import DataLoader

from hub.api.law_types import Law
from hub.domain.things import Clocks, Page, PageAsk, Row, Shape, Wanted
from hub.graph.navigation import Navigator
from hub.graph.relations import Relation
from hub.wiring import Catalogues

T = TypeVar("T")
ThingKey = tuple[str, Clocks]
Found = tuple[Clocks, Row]

_MOST_AT_ONCE = 1_000


class Loaders:
    """Of one request; the same question is asked once in it."""

    def __init__(self, navigator: Navigator, catalogues: Catalogues) -> None:
        self._navigator = navigator
        self._catalogues = catalogues
        self._made: dict[tuple[int, ...], object] = {}
        self._laws: DataLoader[Clocks, Law] = DataLoader(self._load_laws)
        self._things: dict[tuple[str, Wanted], DataLoader[ThingKey, Found | None]] = {}
        self._pages: dict[tuple[str, Shape], DataLoader[PageAsk, Page | None]] = {}

    def once(self, nodes: Sequence[object], make: Callable[[], T]) -> T:
        """What is made of nodes of the query's text, which the request keeps."""
        key = tuple(map(id, nodes))
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

    async def thing(
        self, label: str, code: str, clocks: Clocks, fields: Wanted = None
    ) -> Found | None:
        """What is shown under the code, with the clocks it was read at; None where nothing is."""
        kind = label, fields
        if kind not in self._things:

            async def load(keys: list[ThingKey]) -> Sequence[Found | None]:
                return await self._navigator.things(label, fields, keys)

            self._things[kind] = DataLoader(load, max_batch_size=_MOST_AT_ONCE)
        return await self._things[kind].load((code, clocks))

    async def pages(
        self, relation: Relation, shape: Shape, asks: Sequence[PageAsk]
    ) -> Sequence[Page | None]:
        """One page for each ask, in their order; None where there is no such thing."""
        key = relation.key, shape
        if key not in self._pages:

            async def load(keys: list[PageAsk]) -> Sequence[Page | None]:
                return await self._navigator.pages(relation, shape, keys)

            self._pages[key] = DataLoader(load, max_batch_size=_MOST_AT_ONCE)
        return await self._pages[key].load_many(asks)

    async def law(self, clocks: Clocks) -> Law:
        """The rule set in force at the clocks. Raises `NoRuleSetInForce`."""
        return await self._laws.load(clocks)

    async def _load_laws(self, keys: list[Clocks]) -> Sequence[Law | BaseException]:
        return await asyncio.gather(*map(self._law_at, keys), return_exceptions=True)

    async def _law_at(self, clocks: Clocks) -> Law:
        return Law(await self._catalogues.in_force(*clocks), clocks)
