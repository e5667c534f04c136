"""The law's cases, each a claim of its own, against the pure judgement."""

from collections import Counter

import pytest

from hub.checks.cases import run_case
from hub.domain.cases import Case
from hub.domain.vocabulary import Reach, StandingStatus
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from tests.checks.wrong_rules import GRAVE, rests_on, softened

_FILES = read_catalogue(resource("seeds", "catalogue"))
_CASES = [case for file in _FILES.cases for case in file.cases]
_CLAIMS = [
    pytest.param(case, id=f"{file.file}: {case.name}")
    for file in _FILES.cases
    for case in file.cases
]
_GRAVE_RULES = [
    rule.code
    for rule in _FILES.catalogue.rules.values()
    if any(effect.outcome in GRAVE for effect in rule.effects)
]

_SILENCED = {
    ("F-SERIOUS-UNIT", "GOV_PROCUREMENT", "SUPPLIER"),
    ("F-SERIOUS-UNIT", "ADMIN_LICENSE", "APPLICANT"),
}
"""A serious record meets R25 and R30 there, which always silence the fallback."""


@pytest.mark.parametrize("case", _CLAIMS)
def test_the_clause_is_applied_as_the_case_says(case: Case) -> None:
    for result in run_case(case, _FILES.catalogue):
        assert result.answer == result.expected.answer


def test_the_law_is_shown_by_two_hundred_cases_and_more() -> None:
    assert len(_CASES) >= 200


def test_every_rule_is_shown_in_each_of_its_scenarios_and_capacities() -> None:
    asked = {
        (ground.rule, expected.scenario, expected.capacity)
        for case in _CASES
        for expected in case.expect
        for ground in expected.answer.grounds
    }
    catalogue = _FILES.catalogue
    said = {
        (rule.code, scenario, capacity.code)
        for rule in catalogue.rules.values()
        for effect in rule.effects
        for scenario in effect.scenarios
        for capacity in catalogue.scenarios[scenario].capacities
        if not effect.capacities or capacity.code in effect.capacities
    }

    assert said - asked == _SILENCED


def test_every_reach_and_every_standing_is_shown() -> None:
    records = [record for case in _CASES for record in case.records]

    assert {record.reach for record in records} == {*Reach}
    statuses = {standing.status for record in records for standing in record.standings}
    assert statuses == {*StandingStatus}


def test_every_condition_of_every_rule_is_met_by_some_record() -> None:
    """Each behaviour, list, penalty, domain and mark that a trigger names."""
    met = Counter(
        word
        for case in _CASES
        for record in case.records
        for standing in record.standings
        for word in (
            *record.behaviours,
            *standing.marks,
            standing.list_kind,
            standing.penalty,
            standing.domain,
        )
    )
    named = {
        word
        for rule in _FILES.catalogue.rules.values()
        for trigger in rule.triggers
        for words in (
            trigger.behaviours,
            trigger.marks,
            trigger.lists,
            trigger.penalties,
            trigger.domains,
        )
        for word in words
    }

    assert named - met.keys() == set()


@pytest.mark.parametrize("code", _GRAVE_RULES)
def test_a_wrong_rule_turns_exactly_the_cases_red_that_rest_on_it(code: str) -> None:
    wrong = softened(_FILES.catalogue, code)

    red = [
        case.name for case in _CASES if not all(result.passed for result in run_case(case, wrong))
    ]

    assert red == [case.name for case in _CASES if rests_on(case, code)] != []
