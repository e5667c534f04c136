"""`hub whatif` and `hub compare`: the answers of GraphQL, in the terminal."""

import pytest

from hub.checks.explanation_json import comparison_json, verdict_json
from hub.cli.opening import on_hub
from hub.domain.clocks import parse_instant
from hub.domain.identifiers import SubjectId
from hub.domain.suppositions import Supposition
from hub.domain.verdict import Ask
from hub.settings import Settings
from tests.cli.command import answer_of, error_of, hub_command

FARMING_BUREAU = "11159900990000252L"
DEBT = "示欠〔2025〕001号@11159900990000252L"
ROADS = "12159900990000439G"
PERSON = "P-159900-0074"
FUNDING = ("--scenario", "FUNDING_SUPPORT")
DAY = "2026-11-23T09:00:00+08:00"
BEFORE, AFTER = "2026-08-31T00:00:00+08:00", "2026-09-01T00:00:00+08:00"
COMPARE = ("compare", ROADS, *FUNDING, "--before", BEFORE, "--after", AFTER)

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")


def test_what_is_supposed_is_answered_as_over_graphql_and_not_kept(settings: Settings) -> None:
    asked = ("whatif", FARMING_BUREAU, *FUNDING, "--at", DAY, "--debt-paid", DEBT)
    told = answer_of(hub_command(*asked, "--json"))

    ask = Ask(
        SubjectId(FARMING_BUREAU),
        "FUNDING_SUPPORT",
        effective_at=parse_instant(DAY),
        known_at=parse_instant(told["knownAt"]),
    )
    supposition = Supposition(debts_paid=(DEBT,))
    assert told == verdict_json(on_hub(settings, lambda hub: hub.what_if(ask, supposition)))
    assert (told["outcome"], told["marks"]) == ("CLEAR", ["HYPOTHETICAL"])
    kept = hub_command("receipt", told["id"], "--json")
    assert (kept.exit_code, error_of(kept)["code"]) == (3, "UNKNOWN_VERDICT")


def test_people_see_the_mark_and_scripts_the_outcome() -> None:
    asked = ("whatif", FARMING_BUREAU, *FUNDING, "--at", DAY, "--rule-set", "2", "--exit-outcome")

    nothing, paid = hub_command(*asked), hub_command(*asked, "--debt-paid", DEBT)

    assert (nothing.exit_code, paid.exit_code) == (10, 0)
    assert "HYPOTHETICAL" in nothing.stdout


def test_two_answers_are_compared_as_over_graphql_and_kept(settings: Settings) -> None:
    told = answer_of(hub_command(*COMPARE, "--json"))

    known_at = parse_instant(told["before"]["knownAt"])
    before, after = (
        Ask(SubjectId(ROADS), "FUNDING_SUPPORT", effective_at=parse_instant(at), known_at=known_at)
        for at in (BEFORE, AFTER)
    )
    assert told == comparison_json(on_hub(settings, lambda hub: hub.compare(before, after)))
    assert told["outcomeChanged"] is True
    replayed = answer_of(hub_command("replay", told["after"]["id"], "--json"))
    assert replayed["equal"] == 1


def test_people_see_both_outcomes_and_the_cause() -> None:
    told = hub_command(*COMPARE).stdout
    same = hub_command(*COMPARE[:-1], BEFORE).stdout

    assert told.startswith("结论不同  the outcomes differ\n")
    assert "ENDS R17  RESTRICT → —  " in told
    assert "FACT ENDS Standing-" in told
    assert "EFFECTIVE  2026-09-01 00:00:00  Asia/Shanghai" in told
    assert same.startswith("结论相同  the outcomes are the same\n")
    assert "ENDS" not in same


def test_a_source_that_goes_stale_between_the_two_is_told() -> None:
    span = ("--before", "2026-09-30T00:00:00+08:00", "--after", "2026-10-02T00:00:00+08:00")
    told = hub_command("compare", "11159900990000236Y", *FUNDING, *span).stdout

    assert "ENDS COURT_DEFAULTERS" in told
    assert "EFFECTIVE  2026-10-01 00:00:00  Asia/Shanghai" in told


@pytest.mark.parametrize(
    ("words", "status", "code", "where"),
    [
        (["whatif", PERSON, "--scenario", "PROMOTION"], 2, "UNITS_ONLY", "whatIf"),
        (["compare", PERSON, "--scenario", "PROMOTION"], 2, "UNITS_ONLY", "compare"),
        (["whatif", ROADS, *FUNDING, "--debt-paid", DEBT], 2, "NOT_OF_SUBJECT", "debtsPaid"),
        (["whatif", ROADS, *FUNDING, "--rule-set", "999"], 3, "UNKNOWN_RULE_SET", "ruleSet"),
        ([*COMPARE, "--after-known-at", "today"], 2, "INVALID_INSTANT", "after.knownAt"),
        ([*COMPARE[:4], "--before", "today"], 2, "INVALID_INSTANT", "before.effectiveAt"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_code_and_place(
    words: list[str], status: int, code: str, where: str
) -> None:
    result = hub_command(*words, "--json")

    assert result.exit_code == status
    assert (error_of(result)["code"], error_of(result)["where"]) == (code, where)
