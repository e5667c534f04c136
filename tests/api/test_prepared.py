"""Documents are prepared once; what is refused is refused by code before anything is resolved."""

from typing import Any

import pytest
from graphql import get_introspection_query

from hub.api import prepared
from hub.api.compiled import Compiled
from hub.api.errors import PublicErrors
from hub.api.limits import LIMITS, Limits
from hub.api.prepared import Documents, Prepared
from tests.api.small_schema import Query, schema_of

_PAGE = "{ page(seed: 1, first: %s) { edges { node { friends(first: %s) { totalCount } } } } }"


class _Asked:
    """A schema of its own, and what it was asked."""

    def __init__(self, **options: Any) -> None:
        self.documents = Documents(**options)
        self._schema = schema_of(Compiled, PublicErrors, lambda: Prepared(self.documents))

    async def __call__(self, text: str, **values: Any) -> Any:
        result = await self._schema.execute(text, variable_values=values)
        if result.errors:
            assert result.data is None
            return [(e.extensions or {}).get("code") for e in result.errors]
        return result.data

    async def error(self, text: str, **values: Any) -> Any:
        result = await self._schema.execute(text, variable_values=values)
        [error] = result.errors or []
        return error.formatted


@pytest.fixture
def asked() -> _Asked:
    return _Asked()


@pytest.fixture
def validations(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    done: list[Any] = []
    validate = prepared.validate

    def counted(*given: Any, **named: Any) -> Any:
        done.append(given[1])
        return validate(*given, **named)

    monkeypatch.setattr(prepared, "validate", counted)
    return done


async def test_a_document_is_validated_once(asked: _Asked, validations: list[Any]) -> None:
    text = "query($seed: Int!) { people(seed: $seed, first: 1) { name } }"

    assert [await asked(text, seed=n) for n in range(3)] == 3 * [{"people": [{"name": "Ada"}]}]
    assert len(validations) == 1


async def test_the_documents_last_asked_for_are_kept(
    asked: _Asked, validations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "DOCUMENTS", 2)
    for name in ("a", "b", "a", "c", "a", "b"):
        await asked(f"{{ {name}: __typename }}")

    assert len(validations) == 4


async def test_what_is_refused_is_not_kept(asked: _Asked) -> None:
    await asked("{ nope }")

    assert asked.documents.kept("{ nope }") is None


def _doubled(fragments: int) -> str:
    body = " ".join(
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments)
    )
    return f"{{ ...F0 }} {body} fragment F{fragments} on Query {{ __typename }}"


def _aliased(count: int, field: str = "__typename") -> str:
    return "{ " + " ".join(f"a{n}: {field}" for n in range(count)) + " }"


_LARGE = "QUERY_TOO_LARGE"


@pytest.mark.parametrize(
    ("text", "code", "limit"),
    [
        (_doubled(60), _LARGE, "fields"),
        (_doubled(100), _LARGE, "tokens"),
        (_aliased(200), _LARGE, "aliases"),
        (_aliased(2_000), _LARGE, "tokens"),
        ("{ a " * 300 + "}" * 300, _LARGE, "depth"),
        ("{ a " * 100 + "}" * 100, _LARGE, "depth"),
        ("{ __typename " + "@skip(if: false) " * 100 + "}", _LARGE, "directives"),
        ("{ __typename " + "@nope " * 300 + "}", _LARGE, "directives"),
        ("{ __typename " + "@nope " * 3_000 + "}", _LARGE, "tokens"),
        ("{ " + "__typename " * 900 + "}", _LARGE, "fields"),
        ("{ __typename }" + "\n#" * 2_000, _LARGE, "tokens"),
        (_aliased(11, 'check(subject: "x")'), _LARGE, "checks"),
        (
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
            "GRAPHQL_INVALID",
            None,
        ),
        ("{ ...A } fragment A on Query { ...A __typename }", "GRAPHQL_INVALID", None),
        ("{ ...Nowhere }", "GRAPHQL_INVALID", None),
        ("{ " + "nope " * 100 + "}", "GRAPHQL_INVALID", None),
        ("{ people(seed: " + "[" * 300 + "]" * 300 + ") { name } }", _LARGE, "depth"),
        ("{ ", "GRAPHQL_SYNTAX", None),
        ("query A { __typename } query A { __typename }", "GRAPHQL_INVALID", None),
    ],
)
async def test_hostile_documents_are_refused_by_code(
    asked: _Asked, text: str, code: str, limit: str | None
) -> None:
    codes = await asked(text)
    assert set(codes) == {code}
    assert len(codes) <= 6

    if limit is not None:
        extensions = (await asked.error(text))["extensions"]
        most = getattr(LIMITS, limit)
        assert extensions["where"] == limit
        assert extensions["messageEn"] == f"The query is too large: no more than {most} {limit}"


async def test_too_many_objects_are_refused_before_anything_is_resolved(
    asked: _Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolved(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Compiled, "execute_field", resolved)
    error = await asked.error(_PAGE % (100, 100))

    assert error["message"] == "查询各页合计最多可含 10100 个对象，超过上限 10000"
    assert error["extensions"]["code"] == "QUERY_TOO_COSTLY"
    assert "path" not in error


async def test_up_to_the_limit_a_query_is_answered(asked: _Asked) -> None:
    assert list(await asked(_PAGE % (1, 9_999))) == ["page"]
    assert await asked(_PAGE % (1, 10_000)) == ["QUERY_TOO_COSTLY"]


async def test_a_variable_is_counted_at_each_request(asked: _Asked) -> None:
    text = "query($n: Int! = 1) " + _PAGE % ("$n", 99)

    assert await asked(text, n=101) == ["QUERY_TOO_COSTLY"]
    assert list(await asked(text, n=2)) == ["page"]
    assert list(await asked(text)) == ["page"]
    assert await asked(text, n="many") == ["GRAPHQL_INVALID"]


async def test_introspection_and_suggestions_are_one_switch(asked: _Asked) -> None:
    closed = _Asked(exposed=False)

    assert "__schema" in await asked(get_introspection_query())
    assert "Did you mean" in (await asked.error("{ peopl { name } }"))["message"]
    assert set(await closed(get_introspection_query())) == {"GRAPHQL_INVALID"}
    assert "Did you mean" not in (await closed.error("{ peopl(seed: 1) { name } }"))["message"]


async def test_limits_are_those_of_the_documents() -> None:
    assert await _Asked(limits=Limits(fields=1))("{ __typename a: __typename }") == [_LARGE]


def test_the_small_schema_has_a_check_to_count() -> None:
    assert callable(Query.check)
