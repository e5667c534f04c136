"""What begins or ends for a unit within ninety days, and what is never told of."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings

from hub.checks.comparing import ground_changes
from hub.checks.decide import decide
from hub.checks.timeline import Timeline
from hub.domain.catalogue import Catalogue, Trigger
from hub.domain.clocks import Millis, Span, later
from hub.domain.known import Known
from hub.domain.verdict import Ask, Cause, CauseKind, Clock, NearMiss, Turn
from hub.domain.vocabulary import InfoCategory, Outcome, RecordKind, StandingStatus
from hub.errors import InvalidInput, NotFound
from tests.checks.random_worlds import LAWS, random_worlds
from tests.checks.worlds import (
    AT,
    HASH,
    PERSON,
    UNIT,
    arrival,
    basis,
    catalogue,
    decided,
    document,
    effect,
    generation,
    hour,
    known,
    rule,
    rule_set,
    standing,
)

LAW = catalogue(rule("R1"))
LAST = later(AT, days=90)
ASK = Ask(UNIT, "FUNDING")


def _misses(facts: Known, law: Catalogue = LAW) -> list[tuple[Turn, str, Millis]]:
    return [(m.change.turn, m.change.rule, m.at) for m in decided(facts, law).near_misses]


def test_a_standing_that_is_determined_and_takes_effect_later_is_told_of() -> None:
    determined = standing("CR-1", valid=Span(hour(-9), hour(5)), status=StandingStatus.DETERMINED)
    in_force = standing("CR-1", valid=Span(hour(5)), no=2)
    facts = known(arrival(stands=determined), arrival(stands=in_force))

    [miss] = decided(facts, LAW).near_misses

    assert (miss.at, miss.change.turn, miss.change.rule) == (hour(5), Turn.BEGINS, "R1")
    assert miss.change.told.outcome is Outcome.RESTRICT
    assert miss.change.causes == (
        Cause(CauseKind.FACT, Turn.BEGINS, "Standing-CR-1.2", Clock.EFFECTIVE, hour(5)),
    )


def test_a_risk_alert_that_falls_due_is_told_of_by_the_rule_that_shows_it() -> None:
    law = catalogue(
        rule("F", effect(Outcome.ATTENTION, Trigger(categories=(InfoCategory.RISK_ALERT,))))
    )
    due = standing("CR-1", category=InfoCategory.RISK_ALERT, valid=Span(hour(7)))

    facts = known(arrival(kind=RecordKind.RISK_ALERT, stands=due))

    assert _misses(facts, law) == [(Turn.BEGINS, "F", hour(7))]


@pytest.mark.parametrize(
    ("at", "told"),
    [(Millis(LAST - 1), True), (LAST, True), (Millis(LAST + 1), False), (AT, False)],
)
def test_the_ninetieth_day_is_the_last(at: Millis, *, told: bool) -> None:
    ends = known(arrival(stands=standing("CR-1", counts_until=at)))

    assert bool(_misses(ends)) is told


def test_the_end_of_a_basis_and_the_beginning_of_a_rule_set_are_told_of_for_every_record() -> None:
    law = catalogue(
        rule("R1", bases=("OLD",)),
        bases=(basis(), basis("OLD", in_force=Span(hour(-9), hour(4)))),
    )
    second = replace(catalogue(rule("R2")), number=2, content_hash="second")
    facts = known(
        arrival("CR-1"),
        arrival("CR-2"),
        rule_sets=(
            rule_set(),
            rule_set(content_hash="second", number=2, valid=Span(hour(6))),
        ),
    )

    verdict = decide(ASK, facts, {HASH: law, "second": second}, current=law)

    assert [(m.at, m.change.turn, m.change.rule, _record(m)) for m in verdict.near_misses] == [
        (hour(4), Turn.ENDS, "R1", "CR-1"),
        (hour(4), Turn.ENDS, "R1", "CR-2"),
        (hour(6), Turn.BEGINS, "R2", "CR-1"),
        (hour(6), Turn.BEGINS, "R2", "CR-2"),
    ]


def test_a_basis_that_the_rules_to_come_do_not_have_at_all_is_no_cause_of_its_own() -> None:
    first = catalogue(rule("R1", bases=("OLD",)), bases=(basis(), basis("OLD")))
    second = replace(catalogue(rule("R1", effect(Outcome.BLOCK))), number=2, content_hash="second")
    to_come = rule_set(content_hash="second", number=2, valid=Span(hour(6)))
    facts = known(arrival(), rule_sets=(rule_set(valid=Span(hour(-9), hour(6))), to_come))

    [miss] = decide(ASK, facts, {HASH: first, "second": second}, current=first).near_misses

    assert (miss.at, miss.change.turn) == (hour(6), Turn.CHANGES)
    assert {(cause.kind, cause.code) for cause in miss.change.causes} == {
        (CauseKind.RULE_SET, "1"),
        (CauseKind.RULE_SET, "2"),
    }


def test_a_record_that_only_the_rules_to_come_could_meet_is_told_of() -> None:
    first = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(penalties=("FINE",)))))
    second = replace(catalogue(rule("R2")), number=2, content_hash="second")
    to_come = rule_set(content_hash="second", number=2, valid=Span(hour(6)))
    facts = known(arrival(), rule_sets=(rule_set(), to_come))

    verdict = decide(ASK, facts, {HASH: first, "second": second}, current=first)

    told = [(miss.at, miss.change.turn, miss.change.rule) for miss in verdict.near_misses]
    assert told == [(hour(6), Turn.BEGINS, "R2")]


def _record(miss: NearMiss) -> str | None:
    arrival = miss.change.told.arrival
    return arrival.record if arrival else None


@pytest.mark.parametrize(
    "status",
    [
        StandingStatus.REPAIRED,
        StandingStatus.REVOKED,
        StandingStatus.CORRECTED,
        StandingStatus.EXPIRED,
        StandingStatus.ARCHIVED,
    ],
)
def test_a_record_whose_effect_has_ended_is_never_told_of(status: StandingStatus) -> None:
    ended = standing("CR-1", valid=Span(hour(-9), hour(5)), status=status)
    again = standing("CR-1", valid=Span(hour(5)), no=2)

    assert _misses(known(arrival(stands=ended), arrival(stands=again))) == []


def test_a_look_back_about_to_end_is_told_of_and_the_end_of_the_term_before_it_is_not() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    stands = standing("CR-1", counts_until=hour(3))
    came = arrival(stands=stands, documents=(document("CR-1", date(2025, 11, 24)),))

    [miss] = decided(known(came), law).near_misses

    assert (miss.at, miss.change.turn, miss.change.rule) == (hour(15), Turn.ENDS, "R1")
    assert miss.change.causes == (
        Cause(CauseKind.WINDOW, Turn.ENDS, "R1", Clock.EFFECTIVE, hour(15)),
    )


@pytest.mark.parametrize("status", [StandingStatus.SUSPENDED, StandingStatus.LIFTED])
def test_a_suspension_or_a_lift_that_ends_is_told_of(status: StandingStatus) -> None:
    stayed = standing("CR-1", valid=Span(hour(-9), hour(5)), status=status)
    again = standing("CR-1", valid=Span(hour(5)), no=2)

    facts = known(arrival(stands=stayed), arrival(stands=again))

    assert _misses(facts) == [(Turn.BEGINS, "R1", hour(5))]


ENDING = standing("CR-1", counts_until=hour(3))


def test_of_persons_nothing_is_told() -> None:
    law = catalogue(replace(rule("R1"), subject_kind=LAW.scenarios["NOMINATION"].subject_kind))
    facts = known(arrival(subject=PERSON, stands=ENDING), subject=PERSON)

    assert decided(facts, law).valid_until == hour(3)
    assert decided(facts, law).near_misses == ()


def test_a_source_going_stale_is_no_near_miss() -> None:
    facts = known(arrival(), generations=(generation(fresh_until=hour(3)),))

    assert _misses(facts) == []


def test_what_is_about_to_happen_is_no_part_of_the_id() -> None:
    facts = known(arrival(stands=ENDING))

    verdict = decided(facts, LAW)

    assert len(verdict.near_misses) == 1
    assert verdict.id == decided(facts, LAW).id


@settings(max_examples=60, deadline=None)
@given(random_worlds((UNIT,)))
def test_for_any_facts_they_are_the_changes_from_each_hour_to_the_next(facts: Known) -> None:
    """Every turning point of the random facts lies on an hour; as long as the unit exists."""
    assume(len({arrival.record for arrival in facts.arrivals}) == len(facts.arrivals))
    timeline = Timeline(ASK, facts, LAWS, LAWS["second"])
    try:
        misses = decide(ASK, facts, LAWS, current=LAWS["second"]).near_misses
        moments = [timeline.moment(hour(number)) for number in range(11)]
    except (InvalidInput, NotFound):
        return
    changes = [
        (moment.at, change.turn, change.rule, change.told.arrival)
        for earlier, moment in pairwise(moments)
        for change in ground_changes(earlier, moment)
    ]

    assert sorted(map(str, changes)) == sorted(
        str((m.at, m.change.turn, m.change.rule, m.change.told.arrival)) for m in misses
    )
