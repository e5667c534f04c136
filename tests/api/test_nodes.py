"""What a verdict's reader follows: units, records, divisions, the law, by code and by global id."""

import base64
from typing import Any

import pytest

from hub.api.nodes import (
    CursorMaker,
    KeyPlace,
    global_id,
    key_cursor,
    parse_cursor,
    parse_key_cursor,
)
from hub.domain.clocks import Millis
from hub.domain.things import Clocks
from hub.errors import InvalidPage
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
          records(first: 1) { totalCount complete edges { node { kind standing { status category }
            behaviours { edges { node { code } } } documents { edges { node { docNo } } }
            determinedBy { edges { node { name } } } about { edges { node { code } } } } } } } }"""
    )["data"]["unit"]
    [edge] = unit["records"]["edges"]

    def only(field: str) -> Any:
        [end] = edge["node"][field]["edges"]
        return end["node"]

    assert unit["synthetic"] is True
    assert unit["effectiveAt"] == "2026-11-23T01:00:00.000Z"
    assert unit["records"]["totalCount"] == 1
    assert edge["node"]["kind"] == "JUDGMENT_DEFAULT"
    assert edge["node"]["standing"] == {"status": "IN_FORCE", "category": "SERIOUS_DISHONEST"}
    assert only("behaviours") == {"code": "ZWSX-17"}
    assert only("about") == {"code": "12159900990000260C"}
    assert only("documents")["docNo"]
    assert only("determinedBy")["name"]


def test_a_retired_division_shows_what_replaced_it(served: Served) -> None:
    region = served.ask(
        """{ region(code: "152105") { name caption factId
          replacedBy { edges { node { code replaces { edges { node { code } } } } } } } }"""
    )["data"]["region"]
    [successor] = region["replacedBy"]["edges"]

    assert (region["name"], region["factId"]) == (None, None)
    assert region["caption"] is not None
    assert {"code": "152105"} in [e["node"] for e in successor["node"]["replaces"]["edges"]]


def test_the_region_has_its_twelve_and_one_of_them_its_nine(served: Served) -> None:
    def told(code: str) -> Any:
        query = f'{{ region(code: "{code}") {{ name children {{ totalCount }} }} }}'
        return served.ask(query)["data"]["region"]

    assert told("150000") == {"name": "内蒙古自治区", "children": {"totalCount": 12}}
    assert told("150100") == {"name": "呼和浩特市", "children": {"totalCount": 9}}


_NUMBERED = """query($number: String!) {
  contracts(contractNo: $number) { code contractNo }
  documents(docNo: $number) { code docNo }
}"""


@pytest.mark.parametrize(
    ("typed", "contracts", "documents"),
    [
        ("示合〔2021〕001号", ["示合〔2021〕001号"], []),
        (" 示合〔2021〕００１号 ", ["示合〔2021〕001号"], []),
        ("示发改认〔2026〕7号", [], ["示发改认〔2026〕7号"]),
        ("没有此号", [], []),
    ],
)
def test_contracts_and_documents_are_found_by_their_number_however_typed(
    served: Served, typed: str, contracts: list[str], documents: list[str]
) -> None:
    told = served.ask(_NUMBERED, number=typed)["data"]

    assert [contract["contractNo"] for contract in told["contracts"]] == contracts
    assert [document["docNo"] for document in told["documents"]] == documents


@pytest.mark.parametrize(
    ("field", "code", "error"),
    [
        ("unit", "12159900990009993A", "INVALID_IDENTIFIER"),
        ("unit", "XX-NONE:1", "UNKNOWN_UNIT"),
        ("enterprise", "XX-NONE:1", "UNKNOWN_NODE"),
        ("contract", "none", "UNKNOWN_NODE"),
        ("debt", "none", "UNKNOWN_NODE"),
        ("record", "CR-NONE", "UNKNOWN_NODE"),
        ("region", "999999", "UNKNOWN_NODE"),
    ],
)
def test_what_is_not_there_is_told_by_code(
    served: Served, field: str, code: str, error: str
) -> None:
    [told] = served.ask(f'{{ {field}(code: "{code}") {{ id }} }}')["errors"]

    assert told["extensions"]["code"] == error


def test_a_unit_is_shown_as_of_both_clocks(served: Served) -> None:
    [told] = served.ask(
        """{ unit(code: "12159900990000260C", knownAt: "2020-01-01T00:00:00Z") { name } }"""
    )["errors"]
    before = served.ask(
        """{ unit(code: "12159900990000260C", effectiveAt: "1990-01-01T00:00:00Z") {
          name validFrom records { totalCount } } }"""
    )["data"]["unit"]

    assert told["extensions"]["code"] == "UNKNOWN_UNIT"
    assert before["validFrom"] is None
    assert before["records"] == {"totalCount": 0}


def test_the_law_is_listed_whole(served: Served) -> None:
    law: dict[str, Any] = served.ask(
        "{ scenarios { code } behaviours { code } rules { code kind } legalBases { code grade } }"
    )["data"]

    assert len(law["scenarios"]) == 17
    assert len(law["behaviours"]) == 26
    assert {f"R{number:02d}" for number in range(1, 35)} <= {rule["code"] for rule in law["rules"]}
    assert all(basis["grade"] for basis in law["legalBases"])


def test_a_cursor_of_a_sorted_list_gives_back_its_clocks_and_key() -> None:
    place = KeyPlace(Clocks(Millis(0), Millis(1)), "PY-RUC:80.1-2")

    assert parse_key_cursor(["list", 1], key_cursor(["list", 1], place)) == place


@pytest.mark.parametrize(
    "forged",
    [
        key_cursor(["other"], KeyPlace(Clocks(Millis(0), Millis(1)), "X")),
        CursorMaker(["list"], Clocks(Millis(0), Millis(1))).cursor(3),
        CursorMaker(["list"], Clocks(Millis(0), Millis(1))).cursor(3).partition(".")[0],
        base64.urlsafe_b64encode(b'["67cd", 0, 1, 7]').decode(),
        "",
        "nonsense",
    ],
)
def test_a_cursor_of_another_list_or_kind_is_refused(forged: str) -> None:
    with pytest.raises(InvalidPage):
        parse_key_cursor(["list"], forged)


def test_a_numbered_list_refuses_the_cursor_of_a_sorted_one() -> None:
    cursor = key_cursor(["list"], KeyPlace(Clocks(Millis(0), Millis(1)), "X"))

    with pytest.raises(InvalidPage):
        parse_cursor(["list"], f"{cursor}.1")
