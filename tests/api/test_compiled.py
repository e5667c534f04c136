"""The compiling executor answers what the standard one answers, byte for byte."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import orjson
import pytest
import strawberry
from graphql import build_schema
from strawberry.extensions import SchemaExtension

from hub.api.compiled import Compiled
from hub.api.limits import Limits
from hub.api.prepared import Documents, Prepared
from tests.api.questions import Questions
from tests.api.small_schema import schema_of

_DOCUMENTS = Documents(
    limits=Limits(depth=99, aliases=999, fields=999, directives=999, checks=99, objects=10**9)
)
STANDARD = schema_of(None, lambda: Prepared(_DOCUMENTS))
COMPILED = schema_of(Compiled, lambda: Prepared(_DOCUMENTS))


async def _bytes(schema: strawberry.Schema, text: str, values: Mapping[str, Any]) -> bytes:
    result = await schema.execute(text, variable_values=dict(values))
    errors = [error.formatted for error in result.errors or ()]
    return orjson.dumps({"data": result.data, "errors": errors})


@pytest.mark.parametrize("seed", range(8))
async def test_any_query_of_any_objects_has_the_same_answer(seed: int) -> None:
    questions = Questions(build_schema(STANDARD.as_str()), seed)
    for number in range(130):
        text = questions.valid()
        for objects, yes in ((number, number % 2 == 0), (1_000 + number, number % 2 == 1)):
            values = {"seed": objects, "yes": yes, "first": number % 3}
            expected = await _bytes(STANDARD, text, values)

            assert await _bytes(COMPILED, text, values) == expected, text


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fields that were executed in the standard way."""
    fields: list[str] = []
    base = Compiled.execute_field

    def execute_field(self: Compiled, parent: Any, source: Any, details: Any, *rest: Any) -> Any:
        fields.append(f"{parent.name}.{details[0].node.name.value}")
        return base(self, parent, source, details, *rest)

    monkeypatch.setattr(Compiled, "execute_field", execute_field)
    return fields


async def _ask(text: str, **values: Any) -> Any:
    result = await COMPILED.execute(text, variable_values=values)
    assert result.errors is None
    return result.data


async def test_below_the_resolver_of_a_connection_no_field_is_executed(executed: list[str]) -> None:
    await _ask(
        """{ page(seed: 1, first: 2) { total: totalCount pageInfo { hasNextPage endCursor }
           edges { cursor node { ...P birthplace { name leaves { day colours instant } } } } } }
           fragment P on Person { __typename id name home { id } }"""
    )

    assert executed == ["Query.page"]


async def test_of_a_mixed_selection_only_what_has_a_resolver_is_executed(
    executed: list[str],
) -> None:
    answer = await _ask(
        "{ people(seed: 1, first: 2) { name friends(first: 1) { totalCount } id greeting } }"
    )

    assert executed == ["Query.people"] + 2 * ["Person.friends", "Person.greeting"]
    assert list(answer["people"][0]) == ["name", "friends", "id", "greeting"]


async def test_objects_behind_an_interface_are_read_by_their_class(executed: list[str]) -> None:
    answer = await _ask(
        """{ people(seed: 3, first: 1) { belongings { __typename name
             ... on Place { leaves { text } } ... on Person { birthplace { id } } } } }"""
    )

    assert executed == ["Query.people"]
    assert answer["people"][0]["belongings"] == [
        {"__typename": "Person", "name": "Ada", "birthplace": {"id": "h"}},
        {"__typename": "Place", "name": "Home", "leaves": {"text": "诚信"}},
    ]


async def test_a_value_of_another_class_is_left_to_the_standard_way(executed: list[str]) -> None:
    wrong = await COMPILED.execute("{ people(seed: 1004, first: 40) { name leaves { number } } }")

    assert wrong.errors
    assert "Leaves.number" in executed


async def test_what_is_skipped_follows_the_variables_of_each_request() -> None:
    text = "query($no: Boolean!) { people(seed: 1, first: 1) { id @skip(if: $no) name } }"

    assert await _ask(text, no=True) == {"people": [{"name": "Ada"}]}
    assert [sorted(each) for each in (await _ask(text, no=False))["people"]] == [["id", "name"]]
    assert await _ask(text, no=True) == {"people": [{"name": "Ada"}]}


async def test_with_a_middleware_every_field_goes_through_it() -> None:
    seen: list[str] = []

    class Watching(SchemaExtension):
        def resolve(self, _next: Any, root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
            seen.append(info.field_name)
            return _next(root, info, *args, **kwargs)

    await schema_of(Compiled, Watching).execute("{ people(seed: 1, first: 1) { id name } }")

    assert seen == ["people", "id", "name"]


async def test_plans_are_kept_for_the_operations_last_executed_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hub.api.compiled._OPERATIONS", 3)
    monkeypatch.setattr(Compiled, "_operations", kept := OrderedDict[Any, Any]())
    for number in range(5):
        await _ask(f"{{ a{number}: people(seed: 1) {{ id }} }}")

    assert len(kept) == 3
