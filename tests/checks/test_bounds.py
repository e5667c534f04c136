"""What nobody can decide is not cleared, and what no rule could meet costs nothing."""

from dataclasses import replace

import pytest

from hub.domain.catalogue import SubjectCondition, Trigger
from hub.domain.clocks import Millis, Span, later
from hub.domain.facts import Ref
from hub.domain.known import Standing
from hub.domain.vocabulary import AdminLevel, InfoCategory, Outcome, Reach, StandingStatus
from tests.checks.worlds import (
    AT,
    EVER,
    OTHER,
    UNIT,
    arrival,
    catalogue,
    decided,
    effect,
    held,
    hour,
    known,
    ref_of,
    rule,
    standing,
)

LAW = catalogue(rule("R1", reaches=(Reach.OWN, Reach.SUCCESSION)))
DISHONEST = Trigger(categories=(InfoCategory.GENERAL_DISHONEST,))


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
    law = catalogue(rule("R1", effect(Outcome.RESTRICT, DISHONEST), reaches=(Reach.SUCCESSION,)))

    verdict = decided(known(came), law)

    assert (verdict.outcome, verdict.judgement.complete) == (outcome, outcome is Outcome.CLEAR)
    assert verdict.grounds == ()


@pytest.mark.parametrize(
    ("trigger", "stands"),
    [
        (
            Trigger(lapsed=True),
            standing("CR-1", public_until=AT, counts_until=AT, obligation_open=True),
        ),
        (
            Trigger(categories=(InfoCategory.RISK_ALERT,)),
            standing("CR-1", category=InfoCategory.RISK_ALERT),
        ),
        (Trigger(domains=("PROCUREMENT",)), standing("CR-1")),
    ],
    ids=["lapsed", "a risk alert", "of a domain nobody names"],
)
def test_whatever_would_give_a_ground_were_it_decided_keeps_the_answer_from_being_clear(
    trigger: Trigger, stands: Standing
) -> None:
    shown = effect(Outcome.ATTENTION, trigger)
    law = catalogue(rule("R1", shown, reaches=(Reach.SUCCESSION,)))
    came = arrival(reach=Reach.SUCCESSION, stands=stands)

    open_one = decided(known(replace(came, undecided=True)), law)
    repaired = replace(stands, status=StandingStatus.REPAIRED)
    over = decided(known(replace(came, undecided=True, standing=repaired)), law)

    assert (open_one.outcome, open_one.judgement.undecided_records) == (
        Outcome.UNCOVERED,
        ("CR-1",),
    )
    assert (over.outcome, over.judgement.complete) == (Outcome.CLEAR, True)


@pytest.mark.parametrize(
    ("governed", "subject", "at", "outcome"),
    [
        (EVER, SubjectCondition(governs=True), AT, Outcome.UNCOVERED),
        (Span(hour(-9), AT), SubjectCondition(governs=True), AT, Outcome.CLEAR),
        (EVER, SubjectCondition(governs=True, levels=(AdminLevel.LEAGUE_CITY,)), AT, Outcome.CLEAR),
    ],
    ids=["governs it", "governs it no longer", "of a level that no effect names"],
)
def test_an_open_failure_in_a_division_matters_only_to_whom_a_rule_could_reach(
    governed: Span, subject: SubjectCondition, at: Millis, outcome: Outcome
) -> None:
    division, other = Ref("Region", "R-1"), Ref("Unit", OTHER.id)
    rules = effect(Outcome.RESTRICT, subject=subject)
    edges = (
        replace(held("GOVERNS", ref_of(UNIT), division), at_event=True),
        replace(held("IN_REGION", other, division), at_event=True),
        held("ABOUT", Ref("CreditRecord", "CR-1"), other),
    )
    came = replace(arrival(reach=Reach.REGION, edges=edges), undecided=True)
    facts = known(came, governs=(held("GOVERNS", ref_of(UNIT), division, valid=governed),), at=at)

    verdict = decided(facts, catalogue(rule("R1", rules, reaches=(Reach.REGION,))))

    assert (verdict.outcome, verdict.judgement.complete) == (outcome, outcome is Outcome.CLEAR)


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
