"""The reference has every type, field, argument and value of any schema it is given."""

from collections.abc import Mapping

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
)

from hub.resources import resource
from scripts.docs.schema_pages import schema_pages

_SMALL = '''
"""
查询。
The questions.
"""
type Query {
  """
  单位。
  units of | a region.
  """
  units(
    "个数。\\nhow many."
    first: Int! = 20
    after: String = null
    kinds: [Kind!] = [ORGAN]
  ): [Unit!]!
}
interface Thing { id: ID! }
type Unit implements Thing { id: ID!  old: String @deprecated(reason: "use id") }
enum Kind { "机关。\\nan organ." ORGAN }
input Filter { name: String = "x" }
union Found = Unit
'''


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(resource("graph_schema", "schema.graphql").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(schema: GraphQLSchema) -> Mapping[str, str]:
    return schema_pages(schema)


@pytest.fixture(scope="module")
def small() -> Mapping[str, str]:
    return schema_pages(build_schema(_SMALL))


def test_every_type_has_its_anchor(schema: GraphQLSchema, pages: Mapping[str, str]) -> None:
    everything = "\n".join(pages.values())
    kinds = [kind for kind in schema.type_map.values() if not is_introspection_type(kind)]

    missing = [
        kind.name for kind in kinds if f"## `{kind.name}` {{#{kind.name}}}" not in everything
    ]

    assert missing == []


def test_every_field_argument_and_value_stands_there(
    schema: GraphQLSchema, pages: Mapping[str, str]
) -> None:
    everything = "\n".join(pages.values())
    missing: list[str] = []
    for kind in schema.type_map.values():
        if is_introspection_type(kind):
            continue
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                anchors = [
                    f"{kind.name}.{name}",
                    *(f"{kind.name}.{name}.{arg}" for arg in field.args),
                ]
                missing += [each for each in anchors if f'id="{each}"' not in everything]
        if isinstance(kind, GraphQLEnumType):
            missing += [value for value in kind.values if f"| `{value}` |" not in everything]

    assert missing == []


def test_chinese_and_english_stand_side_by_side(small: Mapping[str, str]) -> None:
    assert r"| 单位。 | units of \| a region. |" in small["operations.md"]


def test_arguments_follow_their_field_with_types_and_defaults(small: Mapping[str, str]) -> None:
    rows = [line for line in small["operations.md"].splitlines() if line.startswith("| ↳")]

    assert [row.split(" | ")[1] for row in rows] == [
        "[`Int!`](scalars.md#Int) = `20`",
        "[`String`](scalars.md#String)",
        "[`[Kind!]`](enums.md#Kind) = `[ORGAN]`",
    ]
    assert " | 个数。 | how many. |" in rows[0]


def test_a_type_tells_what_it_implements_and_what_uses_it(small: Mapping[str, str]) -> None:
    assert "**实现接口 implements** [`Thing`](interfaces.md#Thing)" in small["objects.md"]
    assert "**具体类型 types** [`Unit`](objects.md#Unit)" in small["interfaces.md"]
    assert "**用于 used by** [`Query`](operations.md#Query)" in small["enums.md"]


def test_what_is_deprecated_says_so(small: Mapping[str, str]) -> None:
    assert "**已弃用** use id |  **deprecated** use id |" in small["objects.md"]


def test_input_fields_have_their_defaults(small: Mapping[str, str]) -> None:
    assert '[`String`](scalars.md#String) = `"x"`' in small["inputs.md"]
