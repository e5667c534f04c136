"""`clearedBy`, `nearMiss`, `whatIf` and `compare` over real HTTP, on the demo and beside it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hub.api.nodes import global_id
from hub.checks.identity import judgement_content
from hub.domain.clocks import Millis, Span, format_instant, format_shanghai, parse_instant
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.suppositions import Supposition
from hub.domain.verdict import Ask, Ground, Verdict
from hub.domain.vocabulary import ClearanceKind
from hub.wiring import Hub
from tests.graph.small_worlds import World
from tests.serving import Served
from tests.worlds import DAY, batch, fresh_code, fresh_name, record, standing, unit

PROMOTION_BUREAU = "11159900990000236Y"
FARMING_BUREAU = "11159900990000252L"
FARMING_DEBT = "示欠〔2025〕001号@11159900990000252L"
HOSPITAL = "12159900990000260C"
HOSPITAL_DEBT = "示欠〔2024〕008号@12159900990000260C"
ROADS = "12159900990000439G"
PERSON = "P-159900-0074"

_GROUNDS = """
id outcome marks
grounds { rule outcome reach record { code }
  clearedBy { kind at obligationFirst needsConfirmation title { zh en }
    term { code legalBases { code grade } } legalBases { code grade } } }
nearMiss { at change { turn rule record outcomeBefore outcomeAfter causes { kind turn at } } }
"""
_CHECK = f"""
query ($subject: String!, $scenario: String!, $capacity: String, $at: Instant) {{
  check(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at) {{
    {_GROUNDS} }} }}
"""
_WHAT_IF = f"""
query ($subject: String!, $scenario: String!, $capacity: String, $at: Instant,
       $known: Instant, $suppose: Suppose!) {{
  whatIf(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at,
         knownAt: $known, suppose: $suppose) {{ {_GROUNDS} }} }}
"""
_COMPARE = """
query ($subject: String!, $scenario: String!, $before: ClocksInput!, $after: ClocksInput!) {
  compare(subject: $subject, scenario: $scenario, before: $before, after: $after) {
    outcomeChanged before { id outcome } after { id outcome complete undecidedRecords }
    grounds { turn rule record reach outcomeBefore outcomeAfter title { en }
      causes { kind turn code clock at } }
    coverage { source turn causes { kind turn clock at } }
    doubts { turn reach record recordId causes { kind turn code clock at } }
  }
}
"""


def _ask(served: Served, query: str, field: str, **variables: Any) -> dict[str, Any]:
    answer = served.ask(query, **variables)
    assert "errors" not in answer, answer
    return answer["data"][field]


def test_a_ground_tells_what_clears_it_by_which_law(served: Served) -> None:
    asked = {"subject": PROMOTION_BUREAU, "scenario": "FUNDING_SUPPORT", "at": format_instant(DAY)}

    grounds = _ask(served, _CHECK, "check", **asked)["grounds"]

    by_rule = {ground["rule"]: ground["clearedBy"] for ground in grounds}
    repair, correction, expiry = by_rule["R17"]
    assert (repair["kind"], repair["at"], repair["term"]) == ("REPAIR", None, None)
    assert repair["legalBases"] == [{"code": "FGCJ-2023-1103-REPAIR", "grade": "C"}]
    assert (repair["obligationFirst"], repair["needsConfirmation"]) == (True, True)
    assert (correction["kind"], correction["at"]) == ("CORRECTION", None)
    assert (expiry["kind"], expiry["at"]) == ("EXPIRY", "2027-04-19T16:00:00.000Z")
    assert expiry["term"]["code"] == "PUBLICITY-GENERAL-MAX"
    assert all(ways == by_rule["R17"] for ways in by_rule.values())


def _row(rule: str, way: dict[str, Any]) -> str:
    day = format_shanghai(parse_instant(way["at"]))[:10] if way["at"] else ""
    law = ", ".join(f"{basis['code']} ({basis['grade']})" for basis in way["legalBases"])
    term = f"{way['term']['code']}: " if way["term"] else ""
    confirmed = str(way["needsConfirmation"]).lower()
    return f"| {rule} | {way['kind']} | {day} | {term}{law} | {confirmed} |"


def test_the_page_about_it_shows_a_real_answer(served: Served) -> None:
    page = Path("docs/what-clears-a-ground.md").read_text(encoding="utf-8")
    asked = {"subject": "12159900990000180Q", "scenario": "GOV_PROCUREMENT", "capacity": "SUPPLIER"}

    answer = _ask(served, _CHECK, "check", **asked, at="2027-03-01T00:00:00+08:00")

    rows = [
        _row(ground["rule"], way) for ground in answer["grounds"] for way in ground["clearedBy"]
    ]
    [miss] = answer["nearMiss"]
    day = format_shanghai(parse_instant(miss["at"]))[:10]
    assert "\n".join(rows) in page
    assert f"`nearMiss`: {day} {miss['change']['rule']} {miss['change']['turn']} (TERM" in page


def test_of_persons_neither_is_told(served: Served) -> None:
    asked = {"subject": PERSON, "scenario": "PROMOTION", "at": format_instant(DAY)}

    answer = _ask(served, _CHECK, "check", **asked)

    assert [ground["clearedBy"] for ground in answer["grounds"]] == [None]
    assert answer["nearMiss"] == []


def test_a_term_that_ends_within_ninety_days_is_a_near_miss(served: Served) -> None:
    asked = {"subject": PROMOTION_BUREAU, "scenario": "FUNDING_SUPPORT"}
    at = {"at": "2027-03-01T00:00:00+08:00"}

    misses = _ask(served, _CHECK, "check", **asked, **at)["nearMiss"]
    none = _ask(served, _CHECK, "check", **asked, at=format_instant(DAY))["nearMiss"]

    assert none == []
    assert {miss["at"] for miss in misses} == {"2027-04-19T16:00:00.000Z"}
    told = {miss["change"]["rule"]: miss["change"] for miss in misses}
    assert (told["R17"]["turn"], told["R17"]["outcomeBefore"]) == ("ENDS", "RESTRICT")
    assert (told["F-LAPSED-UNIT"]["turn"], told["F-LAPSED-UNIT"]["outcomeAfter"]) == (
        "BEGINS",
        "ATTENTION",
    )
    assert [cause["kind"] for cause in told["R17"]["causes"]] == ["TERM"]


def test_a_debt_paid_ends_the_alert_and_the_entry_as_judgment_defaulter(served: Served) -> None:
    at = format_instant(DAY)
    farming = {"subject": FARMING_BUREAU, "scenario": "FUNDING_SUPPORT", "at": at}
    hospital = {"subject": HOSPITAL, "scenario": "QUALIFICATION_REVIEW", "at": at}

    alert = _ask(served, _WHAT_IF, "whatIf", **farming, suppose={"debtsPaid": [FARMING_DEBT]})
    default = _ask(served, _WHAT_IF, "whatIf", **hospital, suppose={"debtsPaid": [HOSPITAL_DEBT]})

    assert _ask(served, _CHECK, "check", **farming)["outcome"] == "ATTENTION"
    assert _ask(served, _CHECK, "check", **hospital)["outcome"] == "RESTRICT"
    assert (alert["outcome"], alert["marks"]) == ("CLEAR", ["HYPOTHETICAL"])
    assert (default["outcome"], default["marks"]) == ("CLEAR", ["HYPOTHETICAL"])


def test_supposing_nothing_is_another_answer_and_is_not_kept(served: Served) -> None:
    asked = {"subject": PROMOTION_BUREAU, "scenario": "FUNDING_SUPPORT", "at": format_instant(DAY)}

    supposed = _ask(served, _WHAT_IF, "whatIf", **asked, suppose={})
    checked = _ask(served, _CHECK, "check", **asked)

    assert supposed["grounds"] == checked["grounds"]
    assert supposed["id"] != checked["id"]
    kept = "query ($id: String!) { verdict(id: $id) { outcome } }"
    [error] = served.ask(kept, id=supposed["id"])["errors"]
    assert error["extensions"]["code"] == "UNKNOWN_VERDICT"


async def test_the_rule_set_in_force_may_be_supposed_by_number_and_by_hash(
    demo: Hub, served: Served
) -> None:
    current = await demo.catalogues.current()
    asked = {
        "subject": PROMOTION_BUREAU,
        "scenario": "FUNDING_SUPPORT",
        "at": "2021-10-01T00:00:00Z",
    }
    named = (str(current.number), current.content_hash)

    answers = [_ask(served, _WHAT_IF, "whatIf", **asked, suppose={"ruleSet": n}) for n in named]

    assert answers[0] == answers[1]
    assert answers[0]["outcome"] == "UNCOVERED"


@pytest.mark.parametrize(
    ("changes", "suppose", "code", "where"),
    [
        ({"subject": PERSON, "scenario": "PROMOTION"}, {}, "UNITS_ONLY", "whatIf"),
        ({}, {"recordsRepaired": ["CR-NOBODYS"]}, "NOT_OF_SUBJECT", "recordsRepaired"),
        ({}, {"debtsPaid": ["D-NOBODYS"]}, "NOT_OF_SUBJECT", "debtsPaid"),
        ({}, {"debtsPaid": [FARMING_DEBT]}, "NOT_OF_SUBJECT", "debtsPaid"),
        ({}, {"ruleSet": "999"}, "UNKNOWN_RULE_SET", "ruleSet"),
        ({}, {"ruleSet": "no-such-hash"}, "UNKNOWN_RULE_SET", "ruleSet"),
        ({"known": "2999-01-01T00:00:00Z"}, {}, "KNOWN_AT_IN_FUTURE", "knownAt"),
        ({"subject": str(fresh_code())}, {}, "UNKNOWN_UNIT", "subject"),
    ],
)
def test_a_wrong_supposition_is_refused_with_its_code(
    served: Served, changes: dict[str, Any], suppose: dict[str, Any], code: str, where: str
) -> None:
    asked = {"subject": PROMOTION_BUREAU, "scenario": "FUNDING_SUPPORT", **changes}

    [error] = served.ask(_WHAT_IF, **asked, suppose=suppose)["errors"]

    assert (error["extensions"]["code"], error["extensions"]["where"]) == (code, where)


def test_a_repair_in_the_world_is_what_made_the_two_answers_differ(served: Served) -> None:
    repaired = "2026-09-01T00:00:00+08:00"
    before = {"effectiveAt": "2026-08-31T00:00:00+08:00"}
    asked = {"subject": ROADS, "scenario": "FUNDING_SUPPORT"}

    compared = _ask(
        served, _COMPARE, "compare", **asked, before=before, after={"effectiveAt": repaired}
    )
    same = _ask(served, _COMPARE, "compare", **asked, before=before, after=before)

    assert (compared["outcomeChanged"], same["outcomeChanged"]) == (True, False)
    assert (same["grounds"], same["doubts"]) == ([], [])
    assert same["before"]["id"] == same["after"]["id"]
    told = {change["rule"]: change for change in compared["grounds"]}
    [cause] = told["R17"]["causes"]
    assert (told["R17"]["turn"], told["R17"]["outcomeBefore"]) == ("ENDS", "RESTRICT")
    assert cause["code"].startswith("Standing-")
    assert {**cause, "code": ""} == {
        "kind": "FACT",
        "turn": "ENDS",
        "code": "",
        "clock": "EFFECTIVE",
        "at": format_instant(parse_instant(repaired)),
    }


async def test_what_the_hub_corrected_is_told_on_the_clock_of_knowledge(
    demo: Hub, served: Served
) -> None:
    code, record_code = fresh_code(), fresh_name("CR-COMPARED")
    about, told = record(record_code, Ref("Unit", code))
    state, fact = unit(code)
    facts = [fact, told, standing(record_code, domain="PPP", valid=Span(Millis(DAY - 10**9)))]
    first = await demo.keep(batch([state, about], facts), lambda _count: None)
    revoked = standing(record_code, status="REVOKED", valid=Span(Millis(DAY - 10**9)))
    await demo.keep(batch([], [revoked]), lambda _count: None)
    assert first.tick is not None
    at = {"effectiveAt": format_instant(DAY)}

    compared = _ask(
        served,
        _COMPARE,
        "compare",
        subject=code,
        scenario="FUNDING_SUPPORT",
        before={**at, "knownAt": format_instant(first.tick)},
        after=at,
    )

    causes = [change["causes"] for change in compared["grounds"] if change["rule"] == "R17"]
    [[cause]] = causes
    assert (cause["kind"], cause["turn"], cause["clock"], cause["at"]) == (
        "FACT",
        "ENDS",
        "KNOWLEDGE",
        None,
    )


def test_a_source_that_goes_stale_is_told_with_the_instant(served: Served) -> None:
    compared = _ask(
        served,
        _COMPARE,
        "compare",
        subject=PROMOTION_BUREAU,
        scenario="FUNDING_SUPPORT",
        before={"effectiveAt": "2026-09-30T00:00:00+08:00"},
        after={"effectiveAt": "2026-10-02T00:00:00+08:00"},
    )

    [change] = compared["coverage"]
    assert (change["source"], change["turn"]) == ("COURT_DEFAULTERS", "ENDS")
    assert change["causes"] == [
        {"kind": "FACT", "turn": "ENDS", "clock": "EFFECTIVE", "at": "2026-09-30T16:00:00.000Z"}
    ]
    assert compared["grounds"] == []


async def test_a_record_that_nobody_can_decide_is_named_with_the_succession_it_came_by(
    demo: Hub, served: Served
) -> None:
    world, passed = World(), Millis(DAY - 86_400_000)
    old, new = world.unit(), world.unit()
    way = world.succession(old, new, passed, ["PROCUREMENT"])
    open_one = world.record(old, domain=None)
    await world.enter(demo)
    before, after = ({"effectiveAt": format_instant(at)} for at in (Millis(passed - 1), passed))

    asked = {"subject": new, "scenario": "FUNDING_SUPPORT", "before": before, "after": after}
    compared = _ask(served, _COMPARE, "compare", **asked)

    [doubt] = compared["doubts"]
    [cause] = doubt.pop("causes")
    told = compared["after"]["complete"], compared["after"]["undecidedRecords"]
    assert (compared["grounds"], told) == ([], (False, [open_one]))
    assert doubt == {
        "turn": "BEGINS",
        "reach": "SUCCESSION",
        "record": open_one,
        "recordId": global_id("Record", open_one),
    }
    assert cause.pop("code").startswith(f"{way.kind}-")
    at = after["effectiveAt"]
    assert cause == {"kind": "FACT", "turn": "BEGINS", "clock": "EFFECTIVE", "at": at}


def test_persons_are_never_compared(served: Served) -> None:
    [error] = served.ask(_COMPARE, subject=PERSON, scenario="PROMOTION", before={}, after={})[
        "errors"
    ]

    assert error["extensions"]["code"] == "UNITS_ONLY"


_UNITS = """
MATCH (u:Unit {synthetic: true})
WHERE u.id STARTS WITH '1' AND substring(u.id, 2, 6) = '159900'
  AND (EXISTS { (u)<-[:ABOUT]-() } OR EXISTS { (u)<-[:SUCCEEDED_BY]-() })
RETURN DISTINCT u.id AS id ORDER BY id
"""
_MIDSUMMER = parse_instant("2026-08-01T00:00:00+08:00")
"""Some records of the demo are repaired or stayed since."""
_LEAST_UNITS = 20


@pytest.fixture(scope="module")
async def with_grounds(demo: Hub, anyio_backend: str) -> Sequence[Ask]:
    """For each of the units the first question that has grounds."""
    asks: list[Ask] = []
    for row in await demo.door.read(_UNITS):
        code = SubjectId(str(row["id"]))
        cells = [
            cell
            for at in (DAY, _MIDSUMMER)
            for cell in (await demo.checks.matrix(code, effective_at=at)).verdicts
            if cell.grounds
        ]
        asks += [
            Ask(code, first.scenario, first.capacity, effective_at=first.effective_at)
            for first in cells[:1]
        ]
    assert len({ask.subject for ask in asks}) == len(asks) >= _LEAST_UNITS
    return asks


async def _ground_is_there(hub: Hub, ask: Ask, ground: Ground, *, repaired: bool) -> bool:
    assert ground.arrival is not None
    record_code = ground.arrival.record
    supposed = Supposition(records_repaired=(record_code,) if repaired else ())
    verdict = await hub.supposing.what_if(ask, supposed)
    left = {(g.rule, g.arrival.record) for g in verdict.grounds if g.arrival}
    return (ground.rule, record_code) in left


async def _looked_back_on(hub: Hub) -> Ask:
    """A supplier whose fine R25 looks back on, whatever the record's own term."""
    code, fine = fresh_code(), fresh_name("CR-FINE")
    about, told = record(fine, Ref("Unit", code), labels=("Penalty",))
    state, fact = unit(code)
    facts = [fact, told, standing(fine, penalty="LARGE_FINE")]
    await hub.keep(batch([state, about], facts), lambda _count: None)
    return Ask(SubjectId(code), "GOV_PROCUREMENT", "SUPPLIER", effective_at=DAY)


async def test_every_way_to_clear_a_ground_makes_it_disappear(
    demo: Hub, with_grounds: Sequence[Ask]
) -> None:
    kinds: list[ClearanceKind] = []
    for ask in (*with_grounds, await _looked_back_on(demo)):
        for ground in (await demo.what_if(ask, Supposition())).grounds:
            assert await _ground_is_there(demo, ask, ground.ground, repaired=False)
            for way in ground.cleared_by or ():
                then = replace(ask, effective_at=max(way.at or DAY, ask.effective_at or DAY))
                acted = way.kind not in (ClearanceKind.EXPIRY, ClearanceKind.RULE_END)
                assert not await _ground_is_there(demo, then, ground.ground, repaired=acted)
                kinds.append(way.kind)

    assert {*kinds} == {*ClearanceKind}


async def test_no_answer_changes_before_the_instant_it_tells_and_each_does_at_it(
    demo: Hub, with_grounds: Sequence[Ask]
) -> None:
    for ask in with_grounds:
        now = await demo.checks.check(ask)
        until = now.valid_until
        assert until is not None
        halfway = (now.effective_at + until) // 2
        later = [
            await demo.checks.check(replace(ask, effective_at=Millis(at), known_at=now.known_at))
            for at in (halfway, until - 1, until)
        ]

        *same, other = (_content(verdict) != _content(now) for verdict in later)
        assert (same, other) == ([False, False], True)


def _content(verdict: Verdict) -> object:
    return verdict.rule_set, judgement_content(verdict.judgement)
