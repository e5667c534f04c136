"""The objects that the pages of a query may hold."""

from typing import Any

import pytest
import strawberry
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from hub.api.cost import objects, pages_of
from hub.api.limits import LIMITS
from hub.api.schema import schema


@strawberry.interface
class Node:
    @strawberry.field
    def contracts(self, first: int = 20) -> "Contracts":
        raise NotImplementedError


@strawberry.type
class Unit(Node):
    name: str


@strawberry.type
class Changes:
    total_count: int


@strawberry.type
class Contract:
    @strawberry.field
    def changes(self, first: int = 5) -> Changes:
        raise NotImplementedError


@strawberry.type
class Contracts:
    total_count: int
    edges: list[Contract]


@strawberry.type
class Units:
    edges: list[Unit]


@strawberry.type
class Rule:
    code: str
    scenarios: "list[Scenario] | None"


@strawberry.type
class Scenario:
    codes: list[str]
    rules: list[Rule]


@strawberry.type
class Verdict:
    outcome: str
    grounds: list[Rule]


@strawberry.type
class Item:
    verdict: Verdict


@strawberry.type
class Checked:
    items: list[Item]


@strawberry.type
class Matrix:
    cells: list[Item]


@strawberry.type
class Query:
    matrix: Matrix
    unit: Unit
    node: Node
    rules: list[Rule]

    @strawberry.field
    def units(self, first: int = 20) -> Units:
        raise NotImplementedError

    @strawberry.field
    def some(self, first: int | None) -> Units:
        raise NotImplementedError

    @strawberry.field
    def named(self, first: str) -> Units:
        raise NotImplementedError

    @strawberry.field
    def checked(self, subjects: list[str]) -> Checked:
        raise NotImplementedError


SCHEMA = strawberry.Schema(Query)._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _objects(text: str, **variables: Any) -> int:
    document = parse(text)
    [operation] = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = {
        d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
    }
    return objects(pages_of(SCHEMA, operation, fragments), variables)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ unit { name } }", 0),
        ("{ units { edges { name } } }", 20),
        ("{ units(first: 7) { edges { name } } }", 7),
        ("{ units(first: 7) { edges { contracts(first: 3) { totalCount } } } }", 7 + 21),
        ("{ unit { contracts(first: 4) { edges { changes { totalCount } } } } }", 4 + 20),
        ("{ units(first: 1) { edges { name } } b: units(first: 2) { edges { name } } }", 3),
        ("{ units(first: 0) { edges { contracts { totalCount } } } }", 0),
        ("{ units(first: -5) { edges { name } } }", 0),
        ("{ some { edges { name } } }", 100),
        ("{ some(first: null) { edges { name } } }", 100),
        ('{ named(first: "x") { edges { name } } }', 0),
        (
            "{ unit { ...F } unit { ...F ...F } } fragment F on Unit { contracts { totalCount } }",
            20,
        ),
        (
            "{ node { ... on Unit { contracts { totalCount } } contracts { totalCount } } }",
            40,
        ),
        ("{ rules { code } }", 10),
        ("{ rules { scenarios { codes rules { code } } } }", 10 + 100 + 1_000),
        ("{ __schema { types { fields { args { name } } } } }", 0),
        ('{ checked(subjects: ["a", "b", "a"]) { items { verdict { outcome } } } }', 3),
        (
            '{ checked(subjects: ["a", "b"]) {items {verdict {grounds {scenarios {codes}}}}} }',
            2 + 8 + 80,
        ),
        ("{ matrix { cells { verdict { grounds { code } } } } }", 30 + 120),
        ("{ units(first: 2147483647) { edges { contracts { totalCount } } } }", 2147483647 * 21),
    ],
)
def test_a_page_holds_its_first_for_each_object_around_it(text: str, cost: int) -> None:
    assert _objects(text) == cost


@pytest.mark.parametrize(
    ("head", "variables", "cost"),
    [
        ("$n: Int!", {"n": 30}, 30),
        ("$n: Int!", {"n": 30.0}, 30),
        ("$n: Int!", {"n": "30"}, 0),
        ("$n: Int!", {"n": -1}, 0),
        ("$n: Int! = 8", {}, 8),
        ("$n: Int! = 8", {"n": 9}, 9),
        ("$n: Int", {"n": None}, 100),
        ("$n: Int", {}, 20),
    ],
)
def test_a_variable_counts_as_it_is_given(head: str, variables: dict[str, Any], cost: int) -> None:
    assert (
        _objects(f"query({head}) {{ units(first: $n) {{ edges {{ name }} }} }}", **variables)
        == cost
    )


@pytest.mark.parametrize(
    ("given", "cost"), [(["a"] * 7, 7), ([], 0), (["a"] * 1_000, 1_000), (["a"] * 9_999, 1_000)]
)
def test_a_list_of_subjects_counts_each_up_to_what_is_refused_by_its_own_error(
    given: list[str], cost: int
) -> None:
    query = "query($s: [String!]!) { checked(subjects: $s) { items { verdict { outcome } } } }"

    assert _objects(query, s=given) == cost


def test_a_thousand_verdicts_with_grounds_and_coverage_are_affordable() -> None:
    document = parse(
        """query($s: [String!]!) { checkMany(subjects: $s, scenario: "") { items { verdict {
          outcome grounds { rule } coverage { covered } } } } }"""
    )
    [operation] = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]

    cost = objects(pages_of(schema.core, operation, {}), {"s": ["x"] * 1_000})

    assert cost == 9_000 < LIMITS.objects
