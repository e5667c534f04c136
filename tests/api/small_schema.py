"""A small schema with every kind of field, and objects for it that are often not as they should be.

`schema_of(executor)` builds it; `persons(seed)` makes the same objects each time it is called.
"""

import enum
import random
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types import ExecutionContext

from hub.api.scalars import SCALARS
from hub.domain.clocks import Millis
from hub.errors import UnitNotFound

T = TypeVar("T")


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


@strawberry.interface
class Named:
    id: strawberry.ID
    name: str
    nickname: str | None


@strawberry.type
class Edge(Generic[T]):
    cursor: str
    node: T


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Connection(Generic[T]):
    total_count: int
    page_info: PageInfo
    edges: list[Edge[T]]


@strawberry.type
class Leaves:
    text: str
    number: int
    maybe_number: int | None
    ratio: float
    maybe_ratio: float | None
    sure: bool
    colour: Colour
    maybe_colour: Colour | None
    day: date | None
    moment: datetime | None
    instant: Millis
    maybe_instant: Millis | None
    money: Decimal
    words: list[str]
    maybe_words: list[str | None] | None
    colours: list[Colour] | None
    table: list[list[int]] | None


@strawberry.type
class Place(Named):
    leaves: Leaves
    maybe_leaves: Leaves | None
    near: list[Named] | None


Thing = Annotated["Person | Place", strawberry.union("Thing")]


@strawberry.type
class Person(Named):
    leaves: Leaves | None
    home: Place | None
    birthplace: Place
    favourite: Named | None
    belongings: list[Named]
    things: list[Thing] | None
    neighbours: Connection["Person"] | None

    @strawberry.field
    async def friends(self, first: int = 2) -> Connection["Person"]:
        people: Any = getattr(self, "known", [])
        if first == 13:
            raise UnitNotFound("13")
        return _connection(people[:first])

    @strawberry.field
    def greeting(self, to: str = "you") -> str | None:
        return None if to == "nobody" else f"{self.name} greets {to}"

    @strawberry.field
    async def late_place(self) -> Place:
        return self.birthplace


@strawberry.type
class Query:
    @strawberry.field
    def people(self, seed: int, first: int = 3) -> list[Person]:
        return persons(seed, first)

    @strawberry.field
    async def person(self, seed: int) -> Person | None:
        return persons(seed, 1)[0]

    @strawberry.field
    def named(self, seed: int) -> Named:
        return persons(seed, 1)[0].favourite or persons(seed, 1)[0]

    @strawberry.field
    async def page(self, seed: int, first: int = 3) -> Connection[Person]:
        return _connection(persons(seed, first))

    @strawberry.field
    def check(self, subject: str) -> str:
        return subject


class _Quiet(strawberry.Schema):
    """Does not log what fails here on purpose."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


def schema_of(
    executor: type[StrawberryGraphQLCoreExecutionContext] | None = None,
    *extensions: type[SchemaExtension] | Callable[[], SchemaExtension],
) -> strawberry.Schema:
    return _Quiet(
        Query,
        types=[Person, Place],
        execution_context_class=executor,
        extensions=extensions,
        config=StrawberryConfig(scalar_map=SCALARS),
    )


@dataclass
class Lookalike:
    """Has the attributes of a place, and none of its classes."""

    id: str
    name: str
    nickname: str | None
    leaves: Any

    @property
    def maybe_leaves(self) -> Any:
        return self.leaves

    near = None


class Words(str):
    __slots__ = ()


def persons(seed: int, count: int) -> list[Any]:
    """Seeds below 1,000 make objects that are as the schema says."""
    world = _World(random.Random(seed), wrong=0.0 if seed < 1_000 else (seed % 5) * 0.01)
    return [world.person(2) for _ in range(count)]


def _connection(people: list[Any]) -> Connection[Person]:
    edges = [Edge(cursor=f"c{place}", node=person) for place, person in enumerate(people)]
    page = PageInfo(has_next_page=False, end_cursor=edges[-1].cursor if edges else None)
    return Connection(total_count=len(people), page_info=page, edges=edges)


class _World:
    def __init__(self, rng: random.Random, wrong: float) -> None:
        self._rng = rng
        self._wrong = wrong

    def person(self, depth: int) -> Any:
        deeper = depth > 0
        person = Person(
            id=self._or_wrong(strawberry.ID(f"p{self._rng.randrange(99)}")),
            name=self._or_wrong("Ada"),
            nickname=self._or_wrong(self._rng.choice(["A", None])),
            leaves=self._or_wrong(self.leaves()),
            home=self._or_wrong(self.place(depth - 1) if deeper else None),
            birthplace=self._or_wrong(self.place(0)),
            favourite=self._or_wrong(self.named(depth - 1) if deeper else None),
            belongings=self._or_wrong([self.named(depth - 1) for _ in range(2 * deeper)]),
            things=self._or_wrong([self.named(depth - 1)] if deeper else None),
            neighbours=self._or_wrong(_connection([self.person(depth - 1)]) if deeper else None),
        )
        vars(person)["known"] = [self.person(depth - 2) for _ in range(2)] if depth > 1 else []
        return person

    def named(self, depth: int) -> Any:
        return self._or_wrong(self.place(depth) if self._rng.random() < 0.6 else self.person(depth))

    def place(self, depth: int) -> Any:
        leaves = self._or_wrong(self.leaves())
        if self._rng.random() < self._wrong:
            return Lookalike(id="l", name="Look", nickname=None, leaves=leaves)
        return Place(
            id=strawberry.ID("h"),
            name=self._or_wrong("Home"),
            nickname=None,
            leaves=leaves,
            maybe_leaves=self._or_wrong(None),
            near=self._or_wrong([self.named(depth - 1)] if depth > 0 else []),
        )

    def leaves(self) -> Leaves:
        rng = self._rng
        day = date(2026, 1, rng.randrange(1, 29))
        right: dict[str, Any] = {
            "text": "诚信",
            "number": rng.choice([0, -(2**31), 2**31 - 1]),
            "maybe_number": rng.choice([None, 1]),
            "ratio": rng.choice([0.5, -1e300]),
            "maybe_ratio": rng.choice([None, 1]),
            "sure": rng.choice([True, False]),
            "colour": rng.choice(list(Colour)),
            "maybe_colour": rng.choice([*Colour, None]),
            "day": rng.choice([day, None]),
            "moment": rng.choice([datetime(2026, 1, 1, tzinfo=UTC), None]),
            "instant": rng.choice([0, 1_795_000_000_123]),
            "maybe_instant": rng.choice([None, 1]),
            "money": Decimal("12.50"),
            "words": ["a", "b"],
            "maybe_words": rng.choice([None, ["a", None], ("b",)]),
            "colours": rng.choice([None, list(Colour)]),
            "table": rng.choice([None, [[1, 2], []], [(3,)]]),
        }
        return Leaves(**{name: self._or_wrong(value) for name, value in right.items()})

    def _or_wrong(self, right: Any) -> Any:
        if self._rng.random() >= self._wrong:
            return right
        return self._rng.choice(_WRONG)()


@dataclass
class _Late:
    """May be awaited, and does not mind when it is not."""

    value: Any

    def __await__(self) -> Generator[Any, None, Any]:
        return self.value
        yield


class _Odd:
    def __repr__(self) -> str:
        return "odd"


_WRONG: list[Callable[[], Any]] = [
    lambda: None,
    lambda: "text",
    lambda: Words("words"),
    lambda: "7",
    lambda: 7,
    lambda: 2**31,
    lambda: -(2**31) - 1,
    lambda: True,
    lambda: 1.5,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: Decimal(3),
    lambda: b"bytes",
    list,
    lambda: [None],
    lambda: (1, "x"),
    lambda: {"a": 1},
    lambda: iter(["a"]),
    lambda: "red",
    lambda: "RED",
    lambda: Colour.GREEN,
    lambda: date(2026, 1, 1),
    lambda: ValueError("a value"),
    lambda: UnitNotFound("x"),
    lambda: _Late(None),
    lambda: _Late("late"),
    _Odd,
    lambda: Colour,
]
