"""How things are connected and what a name may mean, over GraphQL."""

from typing import Any

import pytest

from hub.api.nodes import global_id
from hub.domain.facts import Entity, Fact, Ref
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.serving import Served
from tests.worlds import EVER, batch, fresh_code, fresh_name, person, unit

_PATHS = """query($from: ID!, $to: ID!, $kinds: [String!], $hops: Int!) {
  paths(from: $from, to: $to, kinds: $kinds, maxHops: $hops) {
    complete cuts { reason } effectiveAt knownAt
    paths { length cypher things { __typename code }
      steps { kind forward title { zh } factId source start { code } end { code }
        details { name value } } } } }"""
BUREAU, PRINCIPAL = "11159900990000236Y", "P-159900-0023"


def _paths(served: Served, start: str, end: str, **changes: Any) -> dict[str, Any]:
    asked = {"from": start, "to": end, "kinds": None, "hops": 4, **changes}
    return served.ask(_PATHS, **asked)


def _id(kind: str, code: str) -> str:
    return str(global_id(kind, code))


def test_a_bureau_is_connected_with_its_principal_by_the_post(served: Served) -> None:
    told = _paths(served, _id("Unit", BUREAU), _id("Official", PRINCIPAL))["data"]["paths"]
    [path] = told["paths"]
    [step] = path["steps"]

    assert (told["complete"], told["cuts"], path["length"]) == (True, [], 1)
    assert [thing["code"] for thing in path["things"]] == [BUREAU, PRINCIPAL]
    assert (step["kind"], step["forward"], step["title"]["zh"]) == ("HOLDS_POST", False, "任职")
    assert (step["start"]["code"], step["end"]["code"]) == (PRINCIPAL, BUREAU)
    assert {"name": "post", "value": "局长"} in step["details"]
    assert step["source"] == "DEMO"
    assert step["factId"] in path["cypher"]


def test_kinds_narrow_what_is_followed(served: Served) -> None:
    told = _paths(
        served, _id("Unit", BUREAU), _id("Official", PRINCIPAL), kinds=["OWES", "OWED_TO"]
    )

    assert told["data"]["paths"]["paths"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hops": 7}, "INVALID_HOPS"),
        ({"hops": 0}, "INVALID_HOPS"),
        ({"kinds": ["KNOWS"]}, "UNKNOWN_KIND"),
        ({"from": _id("Rule", "R01")}, "UNKNOWN_NODE"),
        ({"from": "nonsense"}, "UNKNOWN_NODE"),
        ({"to": _id("Unit", "XX-NONE:1")}, "UNKNOWN_NODE"),
    ],
)
def test_what_cannot_be_followed_is_told_by_code(
    served: Served, changes: dict[str, Any], code: str
) -> None:
    asked = {"from": _id("Unit", BUREAU), "to": _id("Official", PRINCIPAL), **changes}
    [error] = _paths(served, asked.pop("from"), asked.pop("to"), **asked)["errors"]

    assert error["extensions"]["code"] == code


async def test_a_real_person_on_the_way_is_withheld_and_the_path_still_found(
    demo: Hub, served: Served
) -> None:
    first, second, name = fresh_code(), fresh_code(), fresh_name("P-REAL")
    one, one_state = unit(first)
    other, other_state = unit(second)
    _, known = person(name)
    real = Entity(Ref("Person", name), ("Subject", "Official"))
    posts = [Fact("HOLDS_POST", real.ref, EVER, object=office.ref) for office in (one, other)]
    facts = [one_state, other_state, known, *posts]
    await enter(demo.door, batch([one, other, real], facts), writer="test")

    told = _paths(served, _id("Unit", first), _id("Unit", second))["data"]["paths"]
    [path] = told["paths"]

    assert [thing and thing["code"] for thing in path["things"]] == [first, None, second]
    assert path["cypher"] is None
    assert all(step["details"] == [] for step in path["steps"])


_SEARCH = """query($text: String!, $kinds: [String!], $first: Int!) {
  search(text: $text, kinds: $kinds, first: $first) { complete effectiveAt
    candidates { text exact held score thing { __typename code } } } }"""


def _search(served: Served, text: str, kinds: list[str] | None = None, first: int = 20) -> Any:
    return served.ask(_SEARCH, text=text, kinds=kinds, first=first)


def test_a_name_finds_its_candidates_the_exact_one_first(served: Served) -> None:
    told = _search(served, "示例旗投资促进局", ["Unit"])["data"]["search"]
    best = told["candidates"][0]

    assert best["thing"] == {"__typename": "Unit", "code": BUREAU}
    assert (best["text"], best["exact"], best["held"]) == ("示例旗投资促进局", True, True)


def test_persons_are_never_found_by_name(served: Served) -> None:
    told = _search(served, "示例公职人员023")["data"]["search"]["candidates"]
    [error] = _search(served, "示例公职人员023", ["Official"])["errors"]

    assert "Official" not in {candidate["thing"]["__typename"] for candidate in told}
    assert error["extensions"]["code"] == "UNKNOWN_KIND"


@pytest.mark.parametrize(
    ("text", "first", "code"),
    [
        ("", 20, "INVALID_SEARCH_TEXT"),
        (" \t", 20, "INVALID_SEARCH_TEXT"),
        ("长" * 1_000, 20, "INVALID_SEARCH_TEXT"),
        ("示例", 0, "INVALID_PAGE"),
        ("示例", 101, "INVALID_PAGE"),
    ],
)
def test_a_search_for_nothing_or_too_much_is_told_by_code(
    served: Served, text: str, first: int, code: str
) -> None:
    [error] = _search(served, text, first=first)["errors"]

    assert error["extensions"]["code"] == code
