"""`check` over real HTTP: the stories, what a path's Cypher returns, and every coded refusal."""

from collections.abc import Iterable
from typing import Any, cast

import pytest

from hub.checks.stories import tell
from hub.domain.clocks import Millis, format_instant
from hub.domain.stories import Story
from hub.domain.verdict import Ask
from hub.graph.door import literal
from hub.intake.stories import read_stories
from hub.resources import resource
from hub.wiring import Hub
from tests.serving import Served
from tests.worlds import DAY, fresh_code

_STORIES = read_stories(resource("seeds", "demo"))
_CHECK = """
query Check($subject: String!, $scenario: String!, $capacity: String, $at: Instant,
            $known: Instant) {
  check(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at,
        knownAt: $known) {
    id contentId outcome covered complete humanReviewRequired validUntil effectiveAt knownAt
    grounds {
      rule outcome reach disputed verb quote cypher
      legalBases { code grade }
      record { code kind standing { status factId } }
      path { factId kind }
    }
  }
}
"""
_UNIT_ASKS = [
    pytest.param(
        ask.subject, ask.scenario, ask.capacity, format_instant(ask.at), id=f"{s.number}.{place}"
    )
    for s in _STORIES
    for place, ask in enumerate(s.asks, start=1)
    if not ask.subject.startswith("P-")
]


@pytest.mark.parametrize(
    "story", [pytest.param(s, id=f"{s.number} {s.title.en}") for s in _STORIES]
)
async def test_the_story_comes_out_as_the_law_demands(demo: Hub, story: Story) -> None:
    result = await tell(story, demo.checks.check)

    assert [ask.actual for ask in result.asks] == [ask.expected for ask in result.asks]


@pytest.mark.parametrize(
    "story", [pytest.param(s, id=f"{s.number} {s.title.en}") for s in _STORIES]
)
def test_graphql_tells_the_story_as_the_service_does(served: Served, story: Story) -> None:
    for ask in story.asks:
        answer = served.ask(
            _CHECK,
            subject=ask.subject,
            scenario=ask.scenario,
            capacity=ask.capacity,
            at=format_instant(ask.at),
        )["data"]["check"]
        grounds = [
            g["rule"] if g["reach"] == "OWN" else f"{g['rule']}/{g['reach']}"
            for g in answer["grounds"]
        ]

        assert answer["outcome"] == ask.expected.outcome
        assert grounds == list(ask.expected.grounds)
        assert answer["covered"] is ask.expected.covered
        assert answer["complete"] is True
        assert answer["humanReviewRequired"] is ask.expected.human_review_required


async def _fact_ids(hub: Hub, cypher: str) -> list[str]:
    """Every fact in what the statement returns, nodes and relationships alike."""
    rows = await hub.door.read(literal(cypher))
    things = [dict(cast("Iterable[tuple[str, str]]", v)) for row in rows for v in row.values()]
    return sorted({thing["factId"] for thing in things if "factId" in thing})


@pytest.mark.parametrize(("subject", "scenario", "capacity", "at"), _UNIT_ASKS)
async def test_the_cypher_of_a_ground_returns_exactly_the_facts_of_its_path(
    demo: Hub, served: Served, subject: str, scenario: str, capacity: str | None, at: str
) -> None:
    answer = served.ask(_CHECK, subject=subject, scenario=scenario, capacity=capacity, at=at)

    for ground in answer["data"]["check"]["grounds"]:
        path = sorted(step["factId"] for step in ground["path"])
        assert await _fact_ids(demo, ground["cypher"]) == path
        assert ground["verb"] in ground["quote"]
        assert ground["legalBases"] != []
        assert ground["record"]["standing"]["factId"] in path


def test_the_same_clocks_give_the_same_answer(served: Served) -> None:
    ask: dict[str, Any] = {
        "subject": str(_STORIES[5].asks[0].subject),
        "scenario": "FUNDING_SUPPORT",
    }
    first = served.ask(_CHECK, **ask)["data"]["check"]
    clocks = {"at": first["effectiveAt"], "known": first["knownAt"]}

    again = served.ask(_CHECK, **ask, **clocks)["data"]["check"]

    assert again == first


def test_an_unknown_person_is_answered_as_one_without_record(served: Served) -> None:
    ask = {"scenario": "PROMOTION", "at": format_instant(DAY)}
    nobody = served.ask(_CHECK, subject="P-NOBODY-0001", **ask)["data"]["check"]
    somebody = served.ask(_CHECK, subject="P-159900-0120", **ask)["data"]["check"]

    assert nobody["outcome"] == "CLEAR"
    assert {**nobody, "id": "", "contentId": ""} == {**somebody, "id": "", "contentId": ""}


_GOOD: dict[str, Any] = {
    "subject": str(_STORIES[0].asks[0].subject),
    "scenario": "GOV_PROCUREMENT",
    "capacity": "SUPPLIER",
}


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"subject": "12159900"}, "INVALID_IDENTIFIER", "subject"),
        ({"subject": "示例旗人民医院"}, "INVALID_IDENTIFIER", "subject"),
        ({"subject": str(fresh_code())}, "UNKNOWN_UNIT", "subject"),
        ({"scenario": "SPACE_TRAVEL"}, "UNKNOWN_SCENARIO", "scenario"),
        ({"capacity": None}, "CAPACITY_REQUIRED", "capacity"),
        ({"capacity": "PILOT"}, "CAPACITY_NOT_ALLOWED", "capacity"),
        ({"subject": "P-159900-0001"}, "WRONG_SUBJECT_KIND", "subject"),
        ({"at": "2026-11-23T09:00:00"}, "INVALID_INSTANT", None),
        ({"at": "2026-11-23T09:00:00.0001+08:00"}, "INVALID_INSTANT", None),
        ({"at": "yesterday"}, "INVALID_INSTANT", None),
        ({"known": "2999-01-01T00:00:00Z"}, "KNOWN_AT_IN_FUTURE", "knownAt"),
    ],
)
def test_bad_input_is_refused_with_its_code_and_the_way_out(
    served: Served, changes: dict[str, Any], code: str, where: str | None
) -> None:
    [error] = served.ask(_CHECK, **{**_GOOD, **changes})["errors"]

    assert error["extensions"]["code"] == code
    assert error["extensions"]["where"] == where
    assert error["extensions"]["mend"]
    assert error["extensions"]["mendEn"]
    assert "neo4j" not in error["message"].lower()


async def test_an_answer_for_the_future_is_marked_as_forecast(demo: Hub) -> None:
    subject = _STORIES[0].asks[0].subject
    later = await demo.checks.check(
        Ask(subject, "GOV_PROCUREMENT", "SUPPLIER", effective_at=Millis(DAY + 10**11))
    )

    assert [mark.value for mark in later.marks] == ["FORECAST"]
