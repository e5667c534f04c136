"""What a verdict's reader follows: units, records, divisions, the law, by code and by global id."""

from typing import Any

import pytest

from hub.api.nodes import global_id
from tests.serving import Served

_NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("Unit", "12159900990000260C"),
        ("Official", "P-159900-0001"),
        ("Region", "150100"),
        ("Scenario", "FUNDING_SUPPORT"),
        ("Behaviour", "ZWSX-17"),
        ("Rule", "R24"),
        ("LegalBasis", "CAIKU-2016-125"),
    ],
)
def test_everything_is_had_again_by_its_global_id(served: Served, kind: str, code: str) -> None:
    node_id = str(global_id(kind, code))

    assert served.ask(_NODE, id=node_id)["data"]["node"] == {"__typename": kind, "id": node_id}


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", "5Lit5paH", str(global_id("Planet", "EARTH")), str(global_id("Rule", "R99"))],
)
def test_a_forged_id_is_told_by_code(served: Served, forged: str) -> None:
    [error] = served.ask(_NODE, id=forged)["errors"]

    assert error["extensions"]["code"] == "UNKNOWN_NODE"


def test_a_unit_shows_its_records_with_standing_behaviour_and_document(served: Served) -> None:
    unit = served.ask(
        """{ unit(code: "12159900990000260C", effectiveAt: "2026-11-23T01:00:00Z") {
          name synthetic unitKind jurisdiction effectiveAt
          records(first: 1) { totalCount complete edges { node { kind
            standing { status category } behaviours { code } documents { docNo }
            determinedBy { name } about { code } } } } } }"""
    )["data"]["unit"]
    [edge] = unit["records"]["edges"]

    assert unit["synthetic"] is True
    assert unit["effectiveAt"] == "2026-11-23T01:00:00.000Z"
    assert unit["records"]["totalCount"] == 1
    assert edge["node"]["kind"] == "JUDGMENT_DEFAULT"
    assert edge["node"]["standing"]["category"] == "SERIOUS_DISHONEST"
    assert [b["code"] for b in edge["node"]["behaviours"]] == ["ZWSX-17"]
    assert edge["node"]["about"]["code"] == "12159900990000260C"
    assert edge["node"]["documents"][0]["docNo"]
    assert edge["node"]["determinedBy"][0]["name"]


def test_a_retired_division_shows_what_replaced_it(served: Served) -> None:
    region = served.ask('{ region(code: "152105") { inUse replacedBy { code } } }')["data"][
        "region"
    ]

    assert region["inUse"] is False
    assert region["replacedBy"] != []


def test_the_region_has_its_twelve_and_one_of_them_its_nine(served: Served) -> None:
    region = served.ask('{ region(code: "150000") { name children { code } } }')["data"]["region"]
    city = served.ask('{ region(code: "150100") { name children { code } } }')["data"]["region"]

    assert (region["name"], len(region["children"])) == ("内蒙古自治区", 12)
    assert (city["name"], len(city["children"])) == ("呼和浩特市", 9)


def test_of_a_real_person_nothing_is_shown_known_or_not(served: Served) -> None:
    told = served.ask(
        '{ official(code: "P-NOBODY-0001") '
        "{ code name officialKind status synthetic posts { post } } }"
    )["data"]["official"]

    assert told == {
        "code": "P-NOBODY-0001",
        "name": None,
        "officialKind": None,
        "status": None,
        "synthetic": False,
        "posts": None,
    }


def test_the_law_is_listed_whole(served: Served) -> None:
    law: dict[str, Any] = served.ask(
        "{ scenarios { code } behaviours { code } rules { code kind } legalBases { code grade } }"
    )["data"]

    assert len(law["scenarios"]) == 17
    assert len(law["behaviours"]) == 26
    assert {f"R{number:02d}" for number in range(1, 35)} <= {rule["code"] for rule in law["rules"]}
    assert all(basis["grade"] for basis in law["legalBases"])


@pytest.mark.parametrize("page", ["first: 0", "first: 101", 'after: "x"', 'after: "UnVsZTpSMjQ="'])
def test_a_wrong_page_is_told_by_code(served: Served, page: str) -> None:
    [error] = served.ask(
        f'{{ unit(code: "12159900990000260C") {{ contracts({page}) {{ totalCount }} }} }}'
    )["errors"]

    assert error["extensions"]["code"] == "INVALID_PAGE"
