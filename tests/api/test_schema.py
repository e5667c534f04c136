"""The schema is committed, current and described in both languages."""

import re
from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from hub.api.schema import schema
from hub.resources import resource

_BUILT_IN = {"Date", "Decimal"}
"""Scalars that strawberry describes itself."""


def _descriptions(built: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    for name, kind in built.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind) or name in _BUILT_IN:
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{key}", value.description) for key, value in kind.values.items())
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
            for key, field in kind.fields.items():
                yield f"{name}.{key}", field.description
                for argument, told in field.args.items():
                    yield f"{name}.{key}({argument})", told.description


def test_the_committed_sdl_is_current() -> None:
    committed = resource("graph_schema", "schema.graphql").read_text(encoding="utf-8")

    assert committed == schema.as_str() + "\n", "run `make sdl`"


def test_everything_is_described_in_chinese_and_english() -> None:
    described = dict(_descriptions(build_schema(schema.as_str())))

    assert len(described) > 200
    assert [
        place
        for place, text in described.items()
        if not text or not re.search(r"[一-鿿]", text) or not re.search(r"[A-Za-z]{2}", text)
    ] == []


def test_there_is_no_root_list_of_persons() -> None:
    query = build_schema(schema.as_str()).query_type
    assert query is not None

    listed = {name for name, field in query.fields.items() if "[" in str(field.type)}

    assert listed == {
        "behaviours",
        "contracts",
        "documents",
        "legalBases",
        "measures",
        "ruleSets",
        "rules",
        "scenarios",
    }
    assert str(query.fields["official"].type) == "Official!"
