"""What nobody can decide is not cleared, and what no rule could meet costs nothing."""

from dataclasses import replace

import pytest

from hub.domain.catalogue import Trigger
from hub.domain.clocks import Millis, Span, later
from hub.domain.known import Standing
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, StandingStatus
from tests.checks.worlds import (
    AT,
    arrival,
    catalogue,
    decided,
    effect,
    hour,
    known,
    rule,
    standing,
)

LAW = catalogue(rule("R1", reaches=(Reach.OWN, Reach.SUCCESSION)))


@pytest.mark.parametrize(
    ("stands", "outcome"),
    [
        (standing("CR-1"), Outcome.UNCOVERED),
        (standing("CR-1", category=InfoCategory.POSITIVE), Outcome.CLEAR),
        (standing("CR-1", status=StandingStatus.REPAIRED), Outcome.CLEAR),
        (standing("CR-1", valid=Span(hour(1))), Outcome.CLEAR),
    ],
    ids=["counts", "an honour", "repaired", "only later"],
)
def test_a_record_that_may_have_passed_to_the_successor_keeps_it_from_being_cleared(
    stands: Standing, outcome: Outcome
) -> None:
    came = replace(arrival(reach=Reach.SUCCESSION, stands=stands), undecided=True)

    verdict = decided(known(came), LAW)

    assert (verdict.outcome, verdict.judgement.complete) == (outcome, outcome is Outcome.CLEAR)
    assert verdict.grounds == ()


def test_what_may_have_passed_matters_after_its_term_while_a_rule_looks_back_on_it() -> None:
    end = later(hour(3), years=-1)
    stands = standing("CR-1", event_at=end, counts_until=hour(-1))
    came = replace(arrival(reach=Reach.SUCCESSION, stands=stands), undecided=True)
    looking, reaches = effect(Outcome.BLOCK, Trigger(within_years=1)), LAW.rules["R1"].reaches

    back = decided(known(came), catalogue(rule("R1", looking, reaches=reaches)))
    plain = decided(known(came), LAW)

    assert (back.outcome, back.grounds, back.valid_until) == (Outcome.UNCOVERED, (), hour(3))
    assert (plain.outcome, plain.valid_until) == (Outcome.CLEAR, None)


def test_what_may_have_passed_matters_only_where_a_rule_reads_what_passed() -> None:
    came = replace(arrival(reach=Reach.SUCCESSION), undecided=True)

    verdict = decided(known(came), catalogue(rule("R1")))

    assert (verdict.outcome, verdict.judgement.complete) == (Outcome.CLEAR, True)


def test_a_chain_of_successions_is_too_long_from_the_sixth_on() -> None:
    facts = known(longer_from=hour(3))

    before, then = decided(facts, LAW), decided(replace(facts, at=hour(3)), LAW)

    assert (before.outcome, before.valid_until) == (Outcome.CLEAR, hour(3))
    assert (then.outcome, then.judgement.complete) == (Outcome.UNCOVERED, False)
    assert (then.judgement.cut, then.valid_until) == ((Reach.SUCCESSION,), None)


def test_a_chain_too_long_matters_only_where_a_rule_reads_what_passed() -> None:
    verdict = decided(known(longer_from=hour(-1)), catalogue(rule("R1")))

    assert (verdict.outcome, verdict.judgement.complete) == (Outcome.CLEAR, True)


def test_records_that_no_rule_could_meet_are_not_judged_again_and_again(
    judged: list[Millis],
) -> None:
    repaired = [
        arrival(
            f"CR-{number}",
            stands=standing(
                f"CR-{number}",
                status=StandingStatus.REPAIRED,
                counts_until=hour(number + 1),
                valid=Span(AT, hour(number + 2)),
            ),
        )
        for number in range(1_000)
    ]

    verdict = decided(known(*repaired), LAW)

    assert verdict.outcome is Outcome.CLEAR
    assert len(judged) < 10
