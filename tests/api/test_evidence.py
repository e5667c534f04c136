"""What was answered over HTTP is on record: read again, reviewed, replayed, held to its matter."""

import hashlib
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hub.checks.identity import DECIDE_VERSION
from hub.checks.recheck import DECIDERS
from hub.domain.clocks import Millis, format_instant, parse_instant
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask
from hub.errors import InvalidSettings, VerdictStoreUnavailable
from hub.evidence.replay import ReplayResult
from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import Hub, open_hub
from tests.graph.small_worlds import World
from tests.serving import Served
from tests.worlds import DAY, fresh_name

HOSPITAL = SubjectId("12159900990000260C")
REVIEWED = SubjectId("P-159900-0112")
_BUYS = {"subject": HOSPITAL, "scenario": "GOV_PROCUREMENT", "capacity": "SUPPLIER"}
_CHECK = """
query ($subject: String!, $scenario: String!, $capacity: String, $at: Instant, $known: Instant,
       $matter: String, $purpose: String, $key: String) {
  check(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at,
        knownAt: $known, matter: $matter, purpose: $purpose, idempotencyKey: $key) {
    id outcome status effectiveAt knownAt validUntil purpose matter
    grounds { rule outcome reach record { code } path { factId } }
  }
}
"""
_VERDICT = """
query ($id: String!) {
  verdict(id: $id) {
    id body status subject scenario capacity outcome covered complete effectiveAt knownAt epoch
    ruleSet validUntil marks
    grounds { rule outcome measure bases reach disputed record facts }
    coverage { source covered generation asOf freshUntil }
    askings { purpose matter authorisation }
    reviews { decision reviewer reasons }
    explained {
      id outcome status effectiveAt knownAt validUntil purpose matter
      grounds { rule outcome reach record { code } path { factId } }
    }
  }
}
"""
_REPLAY = "query ($id: String!) { replay(id: $id) { result differences { place recorded now } } }"
_REVIEW = """
mutation ($id: String!, $decision: ReviewDecision!, $reasons: String!) {
  reviewVerdict(id: $id, decision: $decision, reviewer: "张某", reasons: $reasons) {
    status reviews { decision reviewer reasons }
  }
}
"""
_REGISTER = """
mutation ($matter: String!, $scenario: String!, $at: Instant!, $subject: String) {
  registerMatter(matter: $matter, scenario: $scenario, decidedAt: $at, subject: $subject,
                 organ: "示例旗财政局") { name scenario decidedAt subject organ }
}
"""
_UNCHECKED = """
query ($scenario: String!, $from: Instant!, $to: Instant!, $first: Int!, $after: String) {
  decisionsWithoutCheck(scenario: $scenario, from: $from, to: $to, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { name subject }
  }
}
"""


def _code_of(answer: dict[str, Any]) -> str:
    [error] = answer["errors"]
    return error["extensions"]["code"]


def _answer_of(answer: dict[str, Any], field: str) -> Any:
    assert "errors" not in answer, answer["errors"]
    return answer["data"][field]


def test_a_verdict_is_on_record_as_it_was_given(served: Served) -> None:
    matter = fresh_name("M")
    asked = {**_BUYS, "matter": matter, "purpose": "采购审查"}
    given = _answer_of(served.ask(_CHECK, **asked), "check")
    kept = _answer_of(served.ask(_VERDICT, id=given["id"]), "verdict")
    body = json.loads(kept["body"])

    assert hashlib.sha256(kept["body"].encode()).hexdigest() == given["id"]
    assert kept["explained"] == given
    assert {field: kept[field] for field in body if field not in {"body", "decide"}} == {
        field: value for field, value in body.items() if field not in {"body", "decide"}
    }
    assert kept["askings"] == [{"purpose": "采购审查", "matter": matter, "authorisation": None}]
    assert (kept["status"], kept["reviews"]) == ("FINAL", [])


def test_every_verdict_of_a_list_is_on_record(served: Served) -> None:
    many = """query ($units: [String!]!) {
      checkMany(subjects: $units, scenario: "FUNDING_SUPPORT") { items { verdict { id } } }
    }"""
    units = [HOSPITAL, "11159900990000236Y"]
    items = _answer_of(served.ask(many, units=units), "checkMany")["items"]
    kept = [_answer_of(served.ask(_VERDICT, id=i["verdict"]["id"]), "verdict") for i in items]

    assert [verdict["subject"] for verdict in kept] == units


def test_a_verdict_nobody_was_given_is_an_error(served: Served) -> None:
    assert _code_of(served.ask(_VERDICT, id="00" * 32)) == "UNKNOWN_VERDICT"
    assert _code_of(served.ask(_REPLAY, id="nonsense")) == "UNKNOWN_VERDICT"


def test_a_provisional_verdict_is_confirmed_or_overturned_with_reasons(served: Served) -> None:
    at = format_instant(Millis(DAY + 1))
    ask = {"subject": REVIEWED, "scenario": "TRANSFER_IN", "at": at}
    given = _answer_of(served.ask(_CHECK, **ask), "check")
    review = {"id": given["id"], "decision": "CONFIRM"}
    blank = served.ask(_REVIEW, **review, reasons=" ")
    confirmed = _answer_of(served.ask(_REVIEW, **review, reasons="相符"), "reviewVerdict")
    last = {**review, "decision": "OVERTURN", "reasons": "原决定已撤销"}
    overturned = _answer_of(served.ask(_REVIEW, **last), "reviewVerdict")
    again = _answer_of(served.ask(_CHECK, **ask, known=given["knownAt"]), "check")

    assert (given["outcome"], given["status"]) == ("BLOCK", "PROVISIONAL")
    assert _code_of(blank) == "REASONS_REQUIRED"
    assert confirmed["status"] == "CONFIRMED"
    assert (overturned["status"], [one["reasons"] for one in overturned["reviews"]]) == (
        "OVERTURNED",
        ["相符", "原决定已撤销"],
    )
    assert (again["id"], again["status"]) == (given["id"], "OVERTURNED")


def test_a_final_verdict_is_not_reviewed(served: Served) -> None:
    given = _answer_of(served.ask(_CHECK, **_BUYS), "check")
    told = served.ask(_REVIEW, id=given["id"], decision="OVERTURN", reasons="…")

    assert _code_of(told) == "REVIEW_NOT_REQUIRED"


def test_the_same_key_and_question_get_the_same_verdict_and_leave_one_asking(
    served: Served,
) -> None:
    ask = {**_BUYS, "matter": fresh_name("M"), "key": "first try"}
    first = _answer_of(served.ask(_CHECK, **ask), "check")
    again = _answer_of(served.ask(_CHECK, **ask), "check")
    kept = _answer_of(served.ask(_VERDICT, id=first["id"]), "verdict")

    assert again == first
    assert len(kept["askings"]) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": "PURCHASER"}, "IDEMPOTENCY_CONFLICT"),
        ({"purpose": "另一用途"}, "IDEMPOTENCY_CONFLICT"),
        ({"matter": None}, "MATTER_REQUIRED"),
    ],
)
def test_a_key_is_for_one_question_of_one_matter(
    served: Served, change: dict[str, Any], code: str
) -> None:
    ask = {**_BUYS, "matter": fresh_name("M"), "key": "key"}
    served.ask(_CHECK, **ask)

    assert _code_of(served.ask(_CHECK, **{**ask, **change})) == code


_MANY = """
query ($matter: String) {
  checkMany(subjects: [], scenario: "FUNDING_SUPPORT", matter: $matter) { knownAt }
}
"""
_COMPARE = """
query ($subject: String!, $scenario: String!, $capacity: String, $matter: String) {
  compare(subject: $subject, scenario: $scenario, capacity: $capacity, matter: $matter,
          before: {}, after: {}) { outcomeChanged }
}
"""


@pytest.mark.parametrize("given", ["", " \u3000", "M" * 201])
def test_matter_and_key_are_neither_blank_nor_endless(served: Served, given: str) -> None:
    plain = {**_BUYS, "matter": "M"}
    registered = {"scenario": "FUNDING_SUPPORT", "at": format_instant(DAY)}
    refused = {
        "matter": served.ask(_CHECK, **{**plain, "matter": given}),
        "key": served.ask(_CHECK, **plain, key=given),
        "many": served.ask(_MANY, matter=given),
        "compare": served.ask(_COMPARE, **{**plain, "matter": given}),
        "register": served.ask(_REGISTER, **registered, matter=given),
    }

    assert {form: _code_of(answer) for form, answer in refused.items()} == dict.fromkeys(
        refused, "INVALID_REFERENCE"
    )
    assert refused["key"]["errors"][0]["extensions"]["where"] == "idempotencyKey"


def _before_it_lapses(served: Served, **asked: str) -> Millis:
    """The last five instants at which what is answered now is still so begin then."""
    until = _answer_of(served.ask(_CHECK, **asked), "check")["validUntil"]
    return Millis(DAY + 10**11 if until is None else parse_instant(until) - 5)


def test_decisions_that_nobody_checked_for_come_out_page_by_page(served: Served) -> None:
    scenario = "BUDGET_ARRANGEMENT"
    soon = _before_it_lapses(served, subject=HOSPITAL, scenario=scenario)
    matters = sorted(fresh_name("M") for _ in range(4))
    for number, matter in enumerate(matters):
        at = format_instant(Millis(soon + number))
        registered = {"matter": matter, "scenario": scenario, "at": at, "subject": HOSPITAL}
        served.ask(_REGISTER, **registered)
    served.ask(_CHECK, **{**_BUYS, "scenario": scenario, "capacity": None, "matter": matters[1]})
    ask: dict[str, Any] = {
        "scenario": scenario,
        "from": format_instant(soon),
        "to": format_instant(Millis(soon + 4)),
        "first": 2,
    }
    first = _answer_of(served.ask(_UNCHECKED, **ask), "decisionsWithoutCheck")
    ask["after"] = first["pageInfo"]["endCursor"]
    last = _answer_of(served.ask(_UNCHECKED, **ask), "decisionsWithoutCheck")

    assert [node["name"] for node in first["nodes"]] == [matters[0], matters[2]]
    assert [node["name"] for node in last["nodes"]] == [matters[3]]
    assert (first["pageInfo"]["hasNextPage"], last["pageInfo"]["hasNextPage"]) == (True, False)
    assert _code_of(served.ask(_UNCHECKED, **{**ask, "scenario": "TENDERING"})) == "INVALID_PAGE"


def test_a_check_of_another_time_than_that_of_asking_counts_for_no_matter(served: Served) -> None:
    scenario = "TRANSFER_IN"
    soon = _before_it_lapses(served, subject=REVIEWED, scenario=scenario)
    plain = _answer_of(served.ask(_CHECK, scenario=scenario, subject=REVIEWED), "check")
    asked: dict[str, dict[str, str]] = {
        "ahead": {"at": format_instant(soon)},
        "back": {"at": format_instant(Millis(DAY - 10**9))},
        "as once known": {"known": "2026-01-01T00:00:00Z"},
        "as now": {"at": plain["effectiveAt"], "known": plain["knownAt"]},
    }
    matters = {fresh_name("M"): clocks for clocks in asked.values()}
    for matter, clocks in matters.items():
        about = {"matter": matter, "scenario": scenario, "subject": REVIEWED}
        served.ask(_REGISTER, **about, at=format_instant(soon))
        _answer_of(served.ask(_CHECK, **about, **clocks), "check")
    until = format_instant(Millis(soon + 1))
    ask = {"scenario": scenario, "from": format_instant(soon), "to": until, "first": 100}

    listed = _answer_of(served.ask(_UNCHECKED, **ask), "decisionsWithoutCheck")["nodes"]

    assert sorted(node["name"] for node in listed) == sorted([*matters][:3])


def test_a_registered_matter_names_no_person_and_never_changes(served: Served) -> None:
    matter, at = fresh_name("M"), format_instant(DAY)
    ask = {"matter": matter, "scenario": "PROMOTION", "at": at, "subject": REVIEWED}
    registered = _answer_of(served.ask(_REGISTER, **ask), "registerMatter")
    again = _answer_of(served.ask(_REGISTER, **ask), "registerMatter")
    other = served.ask(_REGISTER, **{**ask, "scenario": "AWARD"})
    unknown = served.ask(_REGISTER, **{**ask, "scenario": "SPACE_TRAVEL"})

    assert registered == again
    assert (registered["subject"], registered["organ"]) == (None, "示例旗财政局")
    assert _code_of(other) == "MATTER_CONFLICT"
    assert _code_of(unknown) == "UNKNOWN_SCENARIO"


def test_nothing_is_handed_in_by_what_a_page_of_another_site_can_send(served: Served) -> None:
    body = json.dumps({"query": _REGISTER}).encode()
    headers = {"content-type": "text/plain"}
    answer = httpx2.post(f"{served.url}/graphql", content=body, headers=headers)

    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


# Replay


async def test_what_was_answered_before_a_fact_came_and_after_it_is_replayed_as_it_was(
    demo: Hub, served: Served
) -> None:
    world = World()
    unit = world.unit()
    await world.enter(demo)
    ask = {**_BUYS, "subject": unit}
    before = _answer_of(served.ask(_CHECK, **ask), "check")
    world.record(unit, labels=("FailureEvent", "JudgmentDefault"))
    await world.enter(demo)
    after = _answer_of(served.ask(_CHECK, **ask), "check")
    replays = [_answer_of(served.ask(_REPLAY, id=one["id"]), "replay") for one in (before, after)]

    assert (before["grounds"], after["grounds"] == []) == ([], False)
    assert replays == [{"result": "EQUAL", "differences": []}] * 2


async def test_a_fact_changed_behind_the_hubs_back_is_named(demo: Hub, served: Served) -> None:
    world = World()
    unit = world.unit()
    record = world.record(unit, labels=("FailureEvent", "JudgmentDefault"))
    await world.enter(demo)
    given = _answer_of(served.ask(_CHECK, **{**_BUYS, "subject": unit}), "check")
    stands = literal("MATCH (:CreditRecord {id: $id})-[:STANDS]->(s:Standing) ")
    await demo.door.run(literal(f"{stands}SET s.disputed = true"), id=record)
    kept = _answer_of(served.ask(_VERDICT, id=given["id"]), "verdict")
    replay = _answer_of(served.ask(_REPLAY, id=given["id"]), "replay")

    assert replay["result"] == "DIFFERENT"
    assert {"place": "grounds[0].disputed", "recorded": "false", "now": "true"} in replay[
        "differences"
    ]
    assert kept["explained"] is None
    assert kept["outcome"] == given["outcome"]


async def test_after_a_backup_was_restored_replay_says_epoch(demo: Hub, served: Served) -> None:
    given = _answer_of(served.ask(_CHECK, **_BUYS), "check")
    await demo.door.run("MATCH (k:KnowledgeClock {id: 1}) SET k.epoch = k.epoch + 1")
    try:
        replay = _answer_of(served.ask(_REPLAY, id=given["id"]), "replay")
    finally:
        await demo.door.run("MATCH (k:KnowledgeClock {id: 1}) SET k.epoch = k.epoch - 1")

    assert replay["result"] == "EPOCH"


async def test_of_an_erased_person_the_record_stays_and_nothing_is_told_anew(
    demo: Hub, served: Served
) -> None:
    person = SubjectId(fresh_name("P-NOBODY"))
    given = _answer_of(served.ask(_CHECK, subject=person, scenario="PROMOTION"), "check")
    before = _answer_of(served.ask(_REPLAY, id=given["id"]), "replay")
    await demo.evidence.persons.erase(person, "示例删除决定〔2026〕1号")
    kept = _answer_of(served.ask(_VERDICT, id=given["id"]), "verdict")
    after = _answer_of(served.ask(_REPLAY, id=given["id"]), "replay")

    assert [before["result"], after["result"]] == ["EQUAL", "WITHHELD"]
    assert (kept["outcome"], kept["explained"]) == (given["outcome"], None)


async def test_many_are_replayed_at_once_each_at_its_own_clocks(
    demo: Hub, settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"verdict_dir": tmp_path})
    async with open_hub(own) as hub:
        for number in range(60):
            at = Millis(DAY + 3_600_000 * (number // 2))
            ask = Ask(HOSPITAL, "GOV_PROCUREMENT", "SUPPLIER", effective_at=at)
            await hub.check(ask if number % 2 else Ask(REVIEWED, "PROMOTION", effective_at=at))
        results = [replay.result async for replay in hub.evidence.replays.replay_all()]

    assert results == [ReplayResult.EQUAL] * 60


def test_every_decider_that_ever_answered_is_kept() -> None:
    assert sorted(DECIDERS) == list(range(1, DECIDE_VERSION + 1))


# Recorded before it is answered


async def test_what_cannot_be_recorded_is_not_answered(
    demo: Hub, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    unwritable = settings.model_copy(update={"verdict_dir": tmp_path / "file"})
    async with open_hub(unwritable) as hub:
        with pytest.raises(VerdictStoreUnavailable):
            await hub.check(Ask(HOSPITAL, "GOV_PROCUREMENT", "SUPPLIER"))


async def test_a_hub_without_the_store_answers_and_records_nothing(
    demo: Hub, settings: Settings, tmp_path: Path
) -> None:
    changes = {"verdict_store": "off", "verdict_dir": tmp_path / "verdicts"}
    off = settings.model_copy(update=changes)
    async with open_hub(off) as hub:
        answered = await hub.check(Ask(HOSPITAL, "GOV_PROCUREMENT", "SUPPLIER"))

    assert answered.verdict.outcome == "BLOCK"
    assert not (tmp_path / "verdicts").exists()


async def test_a_key_file_that_is_not_there_is_told_and_nothing_answered(
    demo: Hub, settings: Settings, tmp_path: Path
) -> None:
    changes = {"verdict_dir": tmp_path / "own", "verdict_keys": tmp_path / "absent"}
    async with open_hub(settings.model_copy(update=changes)) as hub:
        with pytest.raises(InvalidSettings, match="HUB_VERDICT_KEYS"):
            await hub.check(Ask(HOSPITAL, "GOV_PROCUREMENT", "SUPPLIER"))
