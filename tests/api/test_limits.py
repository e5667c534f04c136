"""What is too large is found in one pass, however the document is made."""

import pytest
from graphql import parse

from hub.api.limits import LIMITS, Limits, errors_of_size
from hub.errors import QueryTooLarge


def _exceeded(text: str, limits: Limits = LIMITS) -> list[tuple[str, int]]:
    found = [error.original_error for error in errors_of_size(parse(text), limits)]
    return [(error.limit, error.most) for error in found if isinstance(error, QueryTooLarge)]


def _doubled(fragments: int) -> str:
    body = " ".join(f"fragment F{n} on T {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return f"{{ ...F0 }} {body} fragment F{fragments} on T {{ a }}"


def _nested(levels: int) -> str:
    return "{ a " * levels + "}" * levels


@pytest.mark.parametrize(
    ("text", "exceeded"),
    [
        (_nested(15), []),
        (_nested(16), [("depth", 15)]),
        ("{ a { ...F } } fragment F on T " + _nested(15), [("depth", 15)]),
        ("{ " + " ".join(f"a{n}: a" for n in range(30)) + " }", []),
        ("{ " + " ".join(f"a{n}: a" for n in range(31)) + " }", [("aliases", 30)]),
        ("{ ...F ...F } fragment F on T { " + "b: a " * 16 + "}", [("aliases", 30)]),
        ("{ " + "a " * 500 + "}", []),
        ("{ " + "a " * 501 + "}", [("fields", 500)]),
        ("{ a " + "@d " * 20 + "}", []),
        ("{ a " + "@d " * 21 + "}", [("directives", 20)]),
        ("query " + "@d " * 21 + "{ a }", [("directives", 20)]),
        ("{ ...F " + "@d " * 21 + "} fragment F on T { a }", [("directives", 20)]),
        ("{ ... " + "@d " * 21 + "{ a } }", [("directives", 20)]),
        ("{ ...F } fragment F on T " + "@d " * 21 + "{ a }", [("directives", 20)]),
        ("{ check " + " ".join(f"a{n}: check" for n in range(9)) + " }", []),
        ("{ check " + " ".join(f"a{n}: check" for n in range(10)) + " }", [("checks", 10)]),
        ("{ matrix " + " ".join(f"a{n}: matrix" for n in range(4)) + " }", []),
        ("{ check " + " ".join(f"a{n}: matrix" for n in range(5)) + " }", [("checks", 10)]),
        ("{ " + " ".join(f"a{n}: paths" for n in range(10)) + " }", []),
        ("{ check " + " ".join(f"a{n}: paths" for n in range(10)) + " }", [("checks", 10)]),
        ("{ restricted } ", []),
        ("{ checkMany check }", [("checks", 10)]),
        (_doubled(8), []),
        (_doubled(9), [("fields", 500)]),
        (_doubled(100), [("fields", 500)]),
        ("query A { a } query B " + _nested(16), [("depth", 15)]),
    ],
)
def test_each_limit_is_the_most_that_passes(text: str, exceeded: list[tuple[str, int]]) -> None:
    assert _exceeded(text) == exceeded


def test_fragments_within_themselves_are_left_to_validation() -> None:
    text = "{ ...A ...Nowhere } fragment A on T { ...B } fragment B on T { ...A ...B }"

    assert _exceeded(text) == []


def test_the_depth_of_introspection_is_left_to_validation() -> None:
    assert _exceeded("{ __schema " + _nested(16) + "}") == []


def test_limits_can_be_others() -> None:
    assert _exceeded("{ a b }", Limits(fields=1)) == [("fields", 1)]
