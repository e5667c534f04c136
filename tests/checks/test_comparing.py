"""What differs between two answers, and which fact, rule set, basis or term made it differ."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hub.checks.comparing import changes
from hub.checks.identity import ground_content
from hub.checks.timeline import Moment, Timeline
from hub.domain.catalogue import Catalogue, SubjectCondition, Trigger
from hub.domain.clocks import OPEN_END, Millis, Span, later
from hub.domain.comparison import Changes, CoverageChange, DoubtChange
from hub.domain.known import Arrival, Known
from hub.domain.verdict import Ask, Cause, CauseKind, Clock, Turn
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, StandingStatus, UnitKind
from hub.errors import InvalidInput, NotFound
from tests.checks.random_worlds import LAWS, random_worlds
from tests.checks.worlds import (
    AT,
    HASH,
    OTHER,
    SCENARIOS,
    UNIT,
    arrival,
    basis,
    catalogue,
    document,
    effect,
    generation,
    held,
    hour,
    known,
    ref_of,
    rule,
    rule_set,
    standing,
    state,
)

LAW = catalogue(rule("R1"))
LATER = hour(4)
LONG_AGO = date(2020, 1, 1)


def _moment(facts: Known, laws: dict[str, Catalogue]) -> Moment:
    newest = max(laws.values(), key=lambda law: law.number)
    return Timeline(Ask(UNIT, "FUNDING"), facts, laws, newest).moment(facts.at)


def _changes(before: Known, after: Known, law: Catalogue = LAW, *more: Catalogue) -> Changes:
    laws = {HASH: law} | {f"hash-{one.number}": one for one in more}
    return changes(_moment(before, laws), _moment(after, laws))


def _told(found: Changes) -> list[tuple[Turn, str, tuple[Cause, ...]]]:
    return [(change.turn, change.rule, change.causes) for change in found.grounds]


def _fact(turn: Turn, code: str, at: Millis | None) -> Cause:
    clock = Clock.KNOWLEDGE if at is None else Clock.EFFECTIVE
    return Cause(CauseKind.FACT, turn, code, clock, at)


def test_the_same_facts_at_another_instant_change_nothing() -> None:
    facts = known(arrival())

    assert _changes(facts, replace(facts, at=LATER)) == Changes((), (), ())


def test_a_standing_that_begins_in_the_world_brings_its_ground() -> None:
    facts = known(arrival(stands=standing("CR-1", valid=Span(hour(2)))))

    begun = _changes(facts, replace(facts, at=LATER))
    undone = _changes(replace(facts, at=LATER), facts)

    assert _told(begun) == [(Turn.BEGINS, "R1", (_fact(Turn.BEGINS, "Standing-CR-1.1", hour(2)),))]
    assert _told(undone) == [(Turn.ENDS, "R1", (_fact(Turn.ENDS, "Standing-CR-1.1", hour(2)),))]


def test_a_repair_in_the_world_ends_it_though_the_old_standing_is_no_longer_read() -> None:
    first = standing("CR-1", valid=Span(hour(-9), hour(2)))
    repaired = standing("CR-1", valid=Span(hour(2)), status=StandingStatus.REPAIRED, no=2)

    before = known(arrival(stands=first), arrival(stands=repaired))
    after = known(arrival(stands=repaired), at=LATER)

    assert _told(_changes(before, after)) == [
        (Turn.ENDS, "R1", (_fact(Turn.ENDS, "Standing-CR-1.1", hour(2)),))
    ]


def test_what_the_hub_learnt_and_what_it_corrected_is_on_the_clock_of_knowledge() -> None:
    clean, found = known(), known(arrival())
    disputed = known(arrival(stands=standing("CR-1", disputed=True, no=2)))
    about = "ABOUT-CR-1-12159900990000260C.1"

    assert _told(_changes(clean, found)) == [
        (
            Turn.BEGINS,
            "R1",
            (_fact(Turn.BEGINS, about, None), _fact(Turn.BEGINS, "Standing-CR-1.1", None)),
        )
    ]
    assert _told(_changes(found, disputed)) == [
        (
            Turn.CHANGES,
            "R1",
            (
                _fact(Turn.ENDS, "Standing-CR-1.1", None),
                _fact(Turn.BEGINS, "Standing-CR-1.2", None),
            ),
        )
    ]


def test_the_end_of_a_term_is_the_cause_and_names_the_term() -> None:
    stands = replace(standing("CR-1", counts_until=hour(2)), counts_term="PUBLICITY-GENERAL-MAX")
    facts = known(arrival(stands=stands))
    term = Cause(CauseKind.TERM, Turn.ENDS, "PUBLICITY-GENERAL-MAX", Clock.EFFECTIVE, hour(2))

    assert _told(_changes(facts, replace(facts, at=LATER))) == [(Turn.ENDS, "R1", (term,))]


def test_an_obligation_left_open_goes_from_one_rule_to_another_at_the_end_of_the_term() -> None:
    law = catalogue(rule("R1"), rule("LAPSED", effect(Outcome.ATTENTION, Trigger(lapsed=True))))
    stands = standing("CR-1", counts_until=hour(2), public_until=hour(2), obligation_open=True)
    facts = known(arrival(stands=stands))

    told = _told(_changes(facts, replace(facts, at=LATER), law))

    assert told == [
        (
            Turn.BEGINS,
            "LAPSED",
            (Cause(CauseKind.TERM, Turn.BEGINS, None, Clock.EFFECTIVE, hour(2)),),
        ),
        (Turn.ENDS, "R1", (Cause(CauseKind.TERM, Turn.ENDS, None, Clock.EFFECTIVE, hour(2)),)),
    ]


def test_the_end_of_a_look_back_is_the_cause_and_names_the_rule() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    facts = known(arrival(stands=standing("CR-1", event_at=later(hour(2), years=-1))))
    window = Cause(CauseKind.WINDOW, Turn.ENDS, "R1", Clock.EFFECTIVE, hour(2))

    assert _told(_changes(facts, replace(facts, at=LATER), law)) == [(Turn.ENDS, "R1", (window,))]


def test_the_end_of_a_term_beyond_which_a_rule_looks_back_changes_nothing() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    facts = known(arrival(stands=standing("CR-1", counts_until=hour(2))))
    disputed = known(arrival(stands=standing("CR-1", counts_until=hour(2), disputed=True, no=2)))

    [change] = _changes(facts, replace(disputed, at=LATER), law).grounds

    assert _changes(facts, replace(facts, at=LATER), law) == Changes((), (), ())
    assert change.causes == (
        _fact(Turn.ENDS, "Standing-CR-1.1", None),
        _fact(Turn.BEGINS, "Standing-CR-1.2", None),
    )


def test_a_look_back_that_ends_before_the_term_leaves_what_the_term_gives() -> None:
    effects = effect(Outcome.BLOCK, Trigger(within_years=1)), effect(Outcome.REFERENCE)
    stands = standing("CR-1", event_at=later(hour(2), years=-1), counts_until=hour(6))
    facts = known(arrival(stands=stands))
    window = Cause(CauseKind.WINDOW, Turn.ENDS, "R1", Clock.EFFECTIVE, hour(2))

    found = _changes(facts, replace(facts, at=LATER), catalogue(rule("R1", *effects)))

    assert _told(found) == [(Turn.CHANGES, "R1", (window,))]


def test_a_document_that_is_learnt_of_and_moves_the_look_back_is_the_cause() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    unknown, found = known(arrival()), known(arrival(documents=(document("CR-1", LONG_AGO),)))
    cause = _fact(Turn.BEGINS, "EVIDENCED_BY-CR-1-D-1.1", None)

    assert _told(_changes(unknown, found, law)) == [(Turn.ENDS, "R1", (cause,))]


def test_a_repealed_basis_is_the_cause_and_so_is_one_that_only_lightens_the_outcome() -> None:
    bases = (
        basis("OLD", in_force=Span(hour(-9), hour(2))),
        basis("NEW", ceiling=Outcome.REFERENCE, in_force=Span(hour(-9), hour(3))),
    )
    law = catalogue(rule("R1", bases=("OLD", "NEW")), bases=bases)
    facts = known(arrival())
    old = Cause(CauseKind.LEGAL_BASIS, Turn.ENDS, "OLD", Clock.EFFECTIVE, hour(2))
    new = Cause(CauseKind.LEGAL_BASIS, Turn.ENDS, "NEW", Clock.EFFECTIVE, hour(3))

    assert _told(_changes(facts, replace(facts, at=hour(2)), law)) == [(Turn.CHANGES, "R1", (old,))]
    assert _told(_changes(facts, replace(facts, at=LATER), law)) == [(Turn.ENDS, "R1", (new, old))]


def test_another_rule_set_is_the_cause_only_of_the_rules_it_words_otherwise() -> None:
    first = catalogue(rule("R1"), rule("R2"))
    second = replace(
        catalogue(rule("R1"), rule("R2", effect(Outcome.ATTENTION))),
        number=2,
        content_hash="hash-2",
    )
    taking_over = rule_set(content_hash="hash-2", number=2, valid=Span(hour(2)))
    facts = known(arrival(), rule_sets=(rule_set(), taking_over))
    unheard = known(arrival())
    begun = Cause(CauseKind.RULE_SET, Turn.BEGINS, "2", Clock.EFFECTIVE, hour(2))

    assert _told(_changes(facts, replace(facts, at=LATER), first, second)) == [
        (Turn.CHANGES, "R2", (begun,))
    ]
    assert _told(_changes(unheard, replace(facts, at=LATER), first, second)) == [
        (Turn.CHANGES, "R2", (replace(begun, clock=Clock.KNOWLEDGE, at=None),))
    ]


def test_a_fallback_begins_where_the_specific_rule_ends() -> None:
    law = catalogue(
        rule("R1", bases=("OLD",)),
        rule("F", effect(Outcome.ATTENTION), fallback=True),
        bases=(basis(), basis("OLD", in_force=Span(hour(-9), hour(2)))),
    )
    facts = known(arrival())

    told = _told(_changes(facts, replace(facts, at=LATER), law))

    assert told == [
        (Turn.BEGINS, "F", (Cause(CauseKind.RULE, Turn.ENDS, "R1", None, None),)),
        (
            Turn.ENDS,
            "R1",
            (Cause(CauseKind.LEGAL_BASIS, Turn.ENDS, "OLD", Clock.EFFECTIVE, hour(2)),),
        ),
    ]


def test_a_succession_that_ends_afterwards_keeps_what_it_brought() -> None:
    law = catalogue(rule("R1", reaches=(Reach.SUCCESSION,)))
    edge = held("SUCCEEDED_BY", OTHER, ref_of(UNIT), valid=Span(hour(-9), hour(2)))
    came = arrival(reach=Reach.SUCCESSION, edges=(replace(edge, once_begun=True),))
    facts = known(came)

    assert _changes(facts, replace(facts, at=LATER), law) == Changes((), (), ())
    assert _told(_changes(known(), replace(facts, at=LATER), law))[0][2][0] == _fact(
        Turn.BEGINS, edge.fact_id, None
    )


def test_a_state_of_the_day_of_the_event_is_a_cause_when_it_is_corrected_not_when_it_ends() -> None:
    law = catalogue(rule("R1", reaches=(Reach.REGION,)))
    valid = Span(hour(-9), hour(2))
    old, new = (
        replace(held("UnitState", OTHER, valid=valid, no=no), at_event=True) for no in (1, 2)
    )
    came = arrival(reach=Reach.REGION)
    facts, corrected = (known(replace(came, deciding=(state,))) for state in (old, new))
    causes = _fact(Turn.ENDS, old.fact_id, None), _fact(Turn.BEGINS, new.fact_id, None)

    assert _changes(facts, replace(facts, at=LATER), law) == Changes((), (), ())
    assert _told(_changes(facts, corrected, law)) == [(Turn.CHANGES, "R1", causes)]


@pytest.mark.parametrize(
    ("before", "after", "turn", "at"),
    [
        (generation(fresh_until=hour(2)), None, Turn.ENDS, hour(2)),
        (None, generation(valid=Span(hour(2))), Turn.BEGINS, None),
        (generation(), None, Turn.ENDS, None),
    ],
    ids=["stale", "learnt of", "withdrawn"],
)
def test_coverage_is_told_with_the_delivery_that_brought_or_took_it(
    before: object, after: object, turn: Turn, at: Millis | None
) -> None:
    delivered = [tuple(filter(None, [one])) for one in (before, after)]
    sides = [known(generations=one) for one in delivered]  # pyright: ignore[reportArgumentType]  # as parametrised

    told = _changes(sides[0], replace(sides[1], at=LATER))

    cause = _fact(turn, "SourceGeneration-REGISTER.1", at)
    assert told == Changes((), (CoverageChange("REGISTER", turn, (cause,)),), ())


def test_a_state_that_stood_before_another_is_the_cause_when_it_ends() -> None:
    organs = SubjectCondition(unit_kinds=(UnitKind.ORGAN,))
    law = catalogue(rule("R1", effect(subject=organs)))
    short = state(UNIT, valid=Span(hour(0), hour(1)), kind=UnitKind.INSTITUTION, no=2)
    facts = replace(known(arrival()), states=(state(UNIT, kind=UnitKind.ORGAN), short))

    [change] = _changes(facts, replace(facts, at=LATER), law).grounds

    assert change.causes == (_fact(Turn.ENDS, short.fact.fact_id, hour(1)),)


SUCCESSION_LAW = catalogue(rule("R1", reaches=(Reach.SUCCESSION,)))


def _undecided(record: str = "CR-1", **more: object) -> Arrival:
    """Duties of some domains have passed, and the record names none."""
    came = arrival(record, reach=Reach.SUCCESSION, **more)  # pyright: ignore[reportArgumentType]  # as `arrival` takes them
    return replace(came, undecided=True)


def _doubts(turn: Turn, *causes: Cause) -> Changes:
    return Changes((), (), (DoubtChange(turn, Reach.SUCCESSION, "CR-1", causes),))


def test_a_record_that_comes_and_that_nobody_can_decide_is_named_with_the_fact_it_came_by() -> None:
    edge = held("SUCCEEDED_BY", OTHER, ref_of(UNIT), valid=Span(hour(2)))
    facts = known(_undecided(edges=(replace(edge, once_begun=True),)))
    begun = _fact(Turn.BEGINS, edge.fact_id, hour(2))

    assert _changes(facts, replace(facts, at=LATER), SUCCESSION_LAW) == _doubts(Turn.BEGINS, begun)


def test_a_record_of_which_it_is_learnt_what_it_concerns_is_in_doubt_no_longer() -> None:
    stands = standing("CR-1", no=2, category=InfoCategory.RISK_ALERT)
    open_one, told = known(_undecided()), known(arrival(reach=Reach.OWN, stands=stands))
    about, causes = arrival().edges[0].fact_id, (Turn.ENDS, Turn.BEGINS)

    assert _changes(open_one, told, SUCCESSION_LAW).doubts == (
        DoubtChange(
            Turn.ENDS, Reach.SUCCESSION, "CR-1", (_fact(Turn.ENDS, "Standing-CR-1.1", None),)
        ),
    )
    [change] = _changes(
        open_one,
        known(arrival(reach=Reach.SUCCESSION, stands=stands)),
        SUCCESSION_LAW,
    ).doubts
    assert [(cause.turn, cause.code) for cause in change.causes] == [
        (turn, f"Standing-CR-1.{no}") for no, turn in enumerate(causes, start=1)
    ]
    assert about not in {cause.code for cause in change.causes}


def test_a_doubt_ends_with_the_term_of_the_record_or_with_the_look_back_that_goes_on() -> None:
    looking_back = effect(Outcome.BLOCK, Trigger(within_years=1))
    stands = standing("CR-1", event_at=later(hour(3), years=-1), counts_until=hour(2))
    facts = known(_undecided(stands=stands))
    term = Cause(CauseKind.TERM, Turn.ENDS, None, Clock.EFFECTIVE, hour(2))
    window = Cause(CauseKind.WINDOW, Turn.ENDS, "R1", Clock.EFFECTIVE, hour(3))
    law = catalogue(rule("R1", looking_back, reaches=(Reach.SUCCESSION,)))

    plain = _changes(facts, replace(facts, at=LATER), SUCCESSION_LAW)

    assert plain == _doubts(Turn.ENDS, term)
    assert _changes(facts, replace(facts, at=hour(2)), law) == Changes((), (), ())
    assert _changes(facts, replace(facts, at=LATER), law) == _doubts(Turn.ENDS, window)


def test_a_document_that_moves_the_look_back_ends_a_doubt() -> None:
    looking_back = effect(Outcome.BLOCK, Trigger(within_years=1))
    law = catalogue(rule("R1", looking_back, reaches=(Reach.SUCCESSION,)))
    stands = standing("CR-1", counts_until=hour(-1))
    unknown, found = (
        known(_undecided(stands=stands, documents=documents))
        for documents in ((), (document("CR-1", LONG_AGO),))
    )
    cause = _fact(Turn.BEGINS, "EVIDENCED_BY-CR-1-D-1.1", None)

    assert _changes(unknown, found, law) == _doubts(Turn.ENDS, cause)


def test_a_reach_of_which_not_all_was_read_is_a_change_that_names_no_record_and_no_fact() -> None:
    cause = Cause(CauseKind.FACT, Turn.BEGINS, None, None, None)

    found = _changes(known(), known(cut=(Reach.OWN,)))

    assert found == Changes((), (), (DoubtChange(Turn.BEGINS, Reach.OWN, None, (cause,)),))


def test_a_chain_of_successions_that_grows_too_long_is_such_a_change() -> None:
    cause = Cause(CauseKind.FACT, Turn.BEGINS, None, None, None)
    facts = known(longer_from=hour(2))

    found = _changes(facts, replace(facts, at=LATER), SUCCESSION_LAW)

    assert found.doubts == (DoubtChange(Turn.BEGINS, Reach.SUCCESSION, None, (cause,)),)


def test_a_rule_set_that_first_hears_what_is_in_doubt_is_the_cause() -> None:
    second = replace(SUCCESSION_LAW, number=2, content_hash="hash-2")
    taking_over = rule_set(content_hash="hash-2", number=2, valid=Span(hour(2)))
    facts = known(_undecided(), rule_sets=(rule_set(), taking_over), cut=(Reach.SUCCESSION,))
    begun = Cause(CauseKind.RULE_SET, Turn.BEGINS, "2", Clock.EFFECTIVE, hour(2))

    assert _changes(facts, replace(facts, at=LATER), LAW, second).doubts == tuple(
        DoubtChange(Turn.BEGINS, Reach.SUCCESSION, record, (begun,)) for record in (None, "CR-1")
    )


def test_where_no_rule_set_was_in_force_nothing_covers_and_the_rule_set_is_the_cause() -> None:
    facts = known(rule_sets=(rule_set(valid=Span(hour(2))),))
    begun = Cause(CauseKind.RULE_SET, Turn.BEGINS, "1", Clock.EFFECTIVE, hour(2))

    assert _changes(facts, replace(facts, at=LATER)) == Changes(
        (), (CoverageChange("REGISTER", Turn.BEGINS, (begun,)),), ()
    )


def test_a_rule_set_that_first_asks_a_source_that_does_not_cover_is_the_cause() -> None:
    asking = (replace(SCENARIOS[0], sources=("REGISTER", "COURT")), *SCENARIOS[1:])
    second = replace(catalogue(rule("R1"), scenarios=asking), number=2, content_hash="hash-2")
    taking_over = rule_set(content_hash="hash-2", number=2, valid=Span(hour(2)))
    facts = known(rule_sets=(rule_set(), taking_over))
    begun = Cause(CauseKind.RULE_SET, Turn.BEGINS, "2", Clock.EFFECTIVE, hour(2))

    assert _changes(facts, replace(facts, at=LATER), LAW, second) == Changes(
        (), (CoverageChange("COURT", Turn.ENDS, (begun,)),), ()
    )


def _grounds(moment: Moment) -> list[object]:
    return [ground_content(ground) for ground in moment.judgement.grounds]


@settings(max_examples=100, deadline=None)
@given(random_worlds((UNIT,)), st.integers(0, 9), st.integers(0, 9))
def test_for_any_facts_every_difference_has_a_cause_and_no_difference_has_none(
    facts: Known, first: int, second: int
) -> None:
    assume(len({arrival.record for arrival in facts.arrivals}) == len(facts.arrivals))
    ask = Ask(UNIT, "FUNDING")
    try:
        before, after = (
            Timeline(ask, replace(facts, at=hour(at)), LAWS, LAWS["second"]).moment(hour(at))
            for at in (first, second)
        )
    except (InvalidInput, NotFound):
        return
    found = changes(before, after)

    told = (*found.grounds, *found.coverage, *found.doubts)
    assert (not found.grounds) == (_grounds(before) == _grounds(after))
    assert told or before.judgement.outcome is after.judgement.outcome
    assert all(change.causes for change in told)
    assert all(
        cause.at is None or min(first, second) <= _hours(cause.at) <= max(first, second)
        for change in told
        for cause in change.causes
    )


def _hours(at: Millis) -> float:
    return (at - AT) / 3_600_000 if at < OPEN_END else float("inf")
