"""Versions of facts and the terms of a standing, over HTTP."""

from typing import Any

from hub.api.nodes import global_id
from tests.serving import Served

BUREAU = "11159900990000236Y"
STATE = "UnitState-o275n5vla2e4peqpvhjx"
HISTORY = """
query($id: ID!, $first: Int! = 100, $after: String, $knownAt: Instant) {
  history(id: $id, first: $first, after: $after, knownAt: $knownAt) {
    knownAt complete pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node {
        factId kind title { zh } start { code nodeId } end { code } validFrom validTo recordedFrom
        recordedTo importId source enteredBy details { name value }
      }
    }
  }
}
"""
TERMS = """
{
  check(subject: "11159900990000236Y", scenario: "FUNDING_SUPPORT",
        effectiveAt: "2026-11-23T09:00:00+08:00") {
    grounds {
      rule record {
        standing {
          publicUntil publicTerm { code title { zh } jurisdiction months legalBases { code grade } }
          countsUntil countsTerm { code inForceFrom }
        }
      }
    }
  }
}
"""


def _history(served: Served, given: str, **variables: object) -> dict[str, Any]:
    return served.ask(HISTORY, id=given, **variables)["data"]["history"]


def _nodes(history: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in history["edges"]]


def _code(served: Served, given: str, **variables: object) -> str:
    [error] = served.ask(HISTORY, id=given, **variables)["errors"]
    return error["extensions"]["code"]


def test_a_version_tells_what_it_says_and_where_it_came_from(served: Served) -> None:
    by_id, by_key = _history(served, f"{STATE}.1"), _history(served, STATE)
    [version] = _nodes(by_id)

    assert _nodes(by_key) == [version]
    assert (version["factId"], version["kind"]) == (f"{STATE}.1", "UnitState")
    assert version["title"] == {"zh": "单位状态"}
    assert (version["start"]["code"], version["end"]) == (BUREAU, None)
    assert (version["source"], version["enteredBy"]) == ("DEMO", None)
    assert {"name": "name", "value": "示例旗投资促进局"} in version["details"]
    assert (version["validTo"], version["recordedTo"]) == (None, None)
    assert by_id["pageInfo"]["hasNextPage"] is False


def test_a_thing_is_told_page_by_page_as_it_was_first_asked(served: Served) -> None:
    unit = global_id("Unit", BUREAU)
    whole = _history(served, unit)
    first = _history(served, unit, first=4)
    cursor = first["pageInfo"]["endCursor"]
    rest = _history(served, unit, after=cursor)

    assert (whole["complete"], first["pageInfo"]["hasNextPage"]) == (True, True)
    assert [*_nodes(first), *_nodes(rest)] == _nodes(whole)
    assert rest["knownAt"] == first["knownAt"]
    assert _code(served, STATE, after=cursor) == "INVALID_PAGE"
    assert _code(served, unit, after="no cursor") == "INVALID_PAGE"
    assert _code(served, unit, first=101) == "INVALID_PAGE"


def test_what_has_no_history_is_refused(served: Served) -> None:
    codes = {
        global_id("Official", "P-159900-0074"): "UNITS_ONLY",
        "HOLDS_POST-o275n5vla2e4peqpvhjx.1": "UNITS_ONLY",
        global_id("Scenario", "AWARD"): "UNKNOWN_NODE",
        global_id("Unit", "nobody"): "UNKNOWN_NODE",
        "nothing": "UNKNOWN_NODE",
    }

    assert {given: _code(served, given) for given in codes} == codes
    assert _code(served, STATE, knownAt="2036-01-01T00:00:00Z") == "KNOWN_AT_IN_FUTURE"


def test_both_terms_of_a_standing_are_cited(served: Served) -> None:
    [*grounds] = served.ask(TERMS)["data"]["check"]["grounds"]
    standing = grounds[0]["record"]["standing"]

    assert standing == {
        "publicUntil": "2027-04-19T16:00:00.000Z",
        "publicTerm": {
            "code": "PUBLICITY-GENERAL-MAX",
            "title": {"zh": "一般失信的最长公示期，自文书之日起"},
            "jurisdiction": "CN",
            "months": 12,
            "legalBases": [{"code": "XYXF-2025-36", "grade": "B"}],
        },
        "countsUntil": "2027-04-19T16:00:00.000Z",
        "countsTerm": {
            "code": "PUBLICITY-GENERAL-MAX",
            "inForceFrom": "2026-03-31T16:00:00.000Z",
        },
    }
