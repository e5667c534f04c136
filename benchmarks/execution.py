"""What the layer above the database costs: ratios of one run, without a database.

`python -m benchmarks.execution`. The two sides of a ratio take turns, so that a noisy machine
disturbs both. Shapes: 1 object with 10 scalars; pages of 9 and 10, about 100 objects, whose lists
are answered by asynchronous resolvers; the same behind one resolver; 2,000 objects.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from hub.api.compiled import Compiled
from hub.api.limits import Limits
from hub.api.prepared import Documents, Prepared

ROUNDS = 30

T = TypeVar("T")


@strawberry.type
class Edge(Generic[T]):
    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    total_count: int
    complete: bool
    edges: list[Edge[T]]


@strawberry.type
class Thing:
    id: strawberry.ID
    name: str
    code: str
    amount: int
    share: float
    closed: bool
    kind: str
    region: str
    note: str | None
    source: str | None
    kept: Connection["Thing"] | None

    @strawberry.field
    async def things(self, first: int = 20) -> Connection["Thing"]:
        return page(first)


@strawberry.type
class Query:
    @strawberry.field
    async def thing(self) -> Thing:
        return ONE

    @strawberry.field
    async def kept(self) -> Thing:
        return TREE

    @strawberry.field
    async def all(self) -> list[Thing]:
        return MANY


def thing(number: int, kept: Connection[Thing] | None = None) -> Thing:
    return Thing(
        id=strawberry.ID(f"t{number}"),
        name="示例市财政局",
        code="11159900990000236Y",
        amount=number,
        share=0.5,
        closed=False,
        kind="UNIT",
        region="159900",
        note=None,
        source="https://example.org/1",
        kept=kept,
    )


def page(count: int, kept: Callable[[], Connection[Thing]] | None = None) -> Connection[Thing]:
    nodes = [thing(number, kept() if kept else None) for number in range(count)]
    edges = [Edge(cursor=f"c{number}", node=node) for number, node in enumerate(nodes)]
    return Connection(total_count=count, complete=True, edges=edges)


ONE = thing(1)
TREE = thing(1, page(9, lambda: page(10)))
MANY = [thing(number) for number in range(2_000)]

SCALARS = "id name code amount share closed kind region note source"
LEVEL = "totalCount complete edges { cursor node { id name code amount closed %s } }"
SHAPES = {
    "one object": f"{{ thing {{ {SCALARS} }} }}",
    "tree, resolvers": "{ thing { name things(first: 9) { "
    + LEVEL % ("things(first: 10) { " + LEVEL % "" + " }")
    + " } } }",
    "tree, plain": "{ kept { name kept { " + LEVEL % ("kept { " + LEVEL % "" + " }") + " } } }",
    "2,000 objects": "{ all { id name amount closed kind } }",
}
HOSTILE = {
    "100 doubled fragments": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(100))
    + " fragment F100 on Query { __typename }",
    "2,000 aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(2_000)) + " }",
    "300 deep": "{ a " * 300 + "}" * 300,
    "3,000 directives": "{ __typename " + "@skip(if: false) " * 3_000 + "}",
    "900 repeats": "{ " + "__typename " * 900 + "}",
    "a cycle": "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
}


@dataclass(frozen=True)
class Ratio:
    """`gate` is the most that is right (PERFORMANCE: measured with room above)."""

    name: str
    measured: Callable[[], Awaitable[object]]
    against: Callable[[], Awaitable[object]]
    gate: float
    calls: int


class Quiet(strawberry.Schema):
    def process_errors(self, *_: Any, **__: Any) -> None:
        """Refusals are what is measured."""


def schema_of(
    executor: type[StrawberryGraphQLCoreExecutionContext] | None, documents: Documents | None
) -> strawberry.Schema:
    extensions = [] if documents is None else [lambda: Prepared(documents)]
    return Quiet(Query, execution_context_class=executor, extensions=extensions)


def asking(schema: strawberry.Schema, text: str) -> Callable[[], Awaitable[object]]:
    return lambda: schema.execute(text)


def ratios() -> list[Ratio]:
    documents = Documents()
    compiled, standard = schema_of(Compiled, documents), schema_of(None, documents)
    bare = schema_of(None, None)
    gates = {"one object": 1.0, "tree, resolvers": 0.6, "tree, plain": 0.2, "2,000 objects": 0.1}
    one = SHAPES["one object"]
    found = [
        Ratio(
            f"compiled ÷ standard: {name}",
            asking(compiled, text),
            asking(standard, text),
            gates[name],
            2 if name == "2,000 objects" else 20,
        )
        for name, text in SHAPES.items()
    ]
    found.append(
        Ratio("kept ÷ not kept: one object", asking(standard, one), asking(bare, one), 0.2, 20)
    )
    endless = Limits(*(10**9,) * 5, tokens=10**9, objects=10**18)
    free = schema_of(Compiled, Documents(limits=endless))
    found.append(
        Ratio("limits ÷ none: one object", asking(compiled, one), asking(free, one), 1.5, 50)
    )
    return found


async def milliseconds(call: Callable[[], Awaitable[object]], calls: int) -> list[float]:
    taken: list[float] = []
    for _ in range(calls):
        begun = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - begun) * 1_000)
    return taken


async def medians(ratio: Ratio) -> tuple[float, float]:
    sides: Mapping[str, list[float]] = {"measured": [], "against": []}
    for _ in range(ROUNDS):
        sides["measured"].extend(await milliseconds(ratio.measured, ratio.calls))
        sides["against"].extend(await milliseconds(ratio.against, ratio.calls))
    return statistics.median(sides["measured"]), statistics.median(sides["against"])


async def main() -> None:
    print(f"{'in process, no database':<36}{'ms':>9}{'against':>9}{'ratio':>8}{'gate':>7}")
    for ratio in ratios():
        measured, against = await medians(ratio)
        told = f"{measured:>9.3f}{against:>9.3f}{measured / against:>8.2f}{ratio.gate:>7.2f}"
        print(f"{ratio.name:<36}{told}")
    schema = schema_of(Compiled, Documents())
    print(f"\n{'hostile documents':<36}{'ms':>9}{'':>9}{'':>8}{'25.00':>7}")
    for name, text in HOSTILE.items():
        result = await schema.execute(text)
        assert result.errors, name
        taken = statistics.median(await milliseconds(asking(schema, text), 20))
        print(f"{name:<36}{taken:>9.3f}")


if __name__ == "__main__":
    asyncio.run(main())
