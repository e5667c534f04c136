"""One question, one answer, and until when it stays right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.checks.decide import check_question, decide
from hub.checks.identity import content
from hub.domain.catalogue import Catalogue, SubjectCondition, Trigger
from hub.domain.clocks import OPEN_END, Millis, Span, later
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Held, Known, Tie
from hub.domain.verdict import Ask, Mark, RuleSetRef, Verdict
from hub.domain.vocabulary import (
    Outcome,
    Reach,
    SubjectKind,
)
from hub.errors import (
    CapacityNotAllowed,
    CapacityRequired,
    InvalidInput,
    NotFound,
    UnitNotFound,
    UnknownScenario,
    WrongSubjectKind,
)
from tests.checks.random_worlds import LAWS, random_worlds
from tests.checks.worlds import (
    AT,
    HASH,
    OTHER,
    PERSON,
    UNIT,
    arrival,
    basis,
    behaviour,
    catalogue,
    decided,
    document,
    effect,
    generation,
    held,
    hour,
    known,
    ref_of,
    rule,
    rule_set,
    scenario,
    standing,
    state,
)

LAW = catalogue(rule("R1"))


# The question


@pytest.mark.parametrize(
    ("ask", "capacity"),
    [
        (Ask(UNIT, "FUNDING"), "APPLICANT"),
        (Ask(UNIT, "FUNDING", "APPLICANT"), "APPLICANT"),
        (Ask(UNIT, "TENDER", "TENDERER"), "TENDERER"),
        (Ask(PERSON, "NOMINATION"), "NOMINEE"),
        (Ask(SubjectId("PY-RUC:80009735-1"), "FUNDING"), "APPLICANT"),
    ],
)
def test_the_only_capacity_need_not_be_said(ask: Ask, capacity: str) -> None:
    assert check_question(ask, LAW) == (LAW.scenarios[ask.scenario], capacity)


@pytest.mark.parametrize(
    ("ask", "error", "mend"),
    [
        (Ask(UNIT, "FUN"), UnknownScenario, "Choose one of: FUNDING, TENDER, NOMINATION"),
        (Ask(UNIT, "TENDER"), CapacityRequired, "Give capacity: BIDDER, TENDERER"),
        (Ask(UNIT, "TENDER", "NOMINEE"), CapacityNotAllowed, "Choose one of: BIDDER, TENDERER"),
        (Ask(UNIT, "TENDER", ""), CapacityNotAllowed, "Choose one of: BIDDER, TENDERER"),
        (Ask(UNIT, "FUNDING", ""), CapacityNotAllowed, "Choose one of: APPLICANT"),
        (Ask(PERSON, "FUNDING"), WrongSubjectKind, "Check that subject and scenario belong"),
        (Ask(UNIT, "NOMINATION"), WrongSubjectKind, "Check that subject and scenario belong"),
    ],
)
def test_an_unruled_question_is_an_error_and_never_a_clean_answer(
    ask: Ask, error: type[InvalidInput], mend: str
) -> None:
    with pytest.raises(error) as caught:
        check_question(ask, LAW)
    with pytest.raises(error):
        decided(known(subject=ask.subject), LAW, ask)

    assert caught.value.mend.en.startswith(mend)


# The subject


def test_a_unit_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(UnitNotFound):
        decided(known(states=()), LAW)


@pytest.mark.parametrize("valid", [Span(hour(-9), AT), Span(hour(1))])
def test_a_unit_that_existed_at_another_time_only_is_an_error(valid: Span) -> None:
    with pytest.raises(UnitNotFound):
        decided(known(states=(state(valid=valid),)), LAW)


def test_an_unknown_person_is_answered_like_a_known_one_without_record() -> None:
    stranger = SubjectId("P-NOBODY")
    posts = (held("HOLDS_POST", ref_of(PERSON), OTHER, valid=Span(hour(-9), hour(9))),)

    unknown = decided(known(subject=stranger, states=()), LAW)
    clean = decided(known(subject=PERSON, posts=posts), LAW)

    assert unknown.outcome is Outcome.CLEAR
    assert {**content(unknown), "subject": None} == {**content(clean), "subject": None}
    assert (unknown.subject_name, unknown.valid_until) == (clean.subject_name, clean.valid_until)


def test_a_units_name_is_told_and_a_persons_is_not() -> None:
    assert decided(known(), LAW).subject_name == "示例单位"
    assert decided(known(subject=PERSON), LAW).subject_name is None


@pytest.mark.parametrize(
    ("subject", "outcome", "review"),
    [
        (PERSON, Outcome.BLOCK, True),
        (PERSON, Outcome.RESTRICT, True),
        (PERSON, Outcome.REFERENCE, True),
        (PERSON, Outcome.ATTENTION, False),
        (UNIT, Outcome.BLOCK, False),
    ],
)
def test_an_adverse_result_on_a_person_waits_for_a_human(
    subject: SubjectId, outcome: Outcome, review: bool
) -> None:
    law = catalogue(rule("R1", effect(outcome)))

    verdict = decided(known(arrival(subject=subject), subject=subject), law)

    assert verdict.outcome is outcome
    assert verdict.human_review_required is review


def test_what_goes_with_the_question_goes_with_the_answer() -> None:
    ask = Ask(
        UNIT, "TENDER", "BIDDER", purpose="BIDDING", matter="M-1", authorisation="示例〔2026〕1号"
    )

    verdict = decided(known(), LAW, ask)

    assert (verdict.subject, verdict.subject_kind) == (UNIT, SubjectKind.UNIT)
    assert (verdict.scenario, verdict.capacity) == ("TENDER", "BIDDER")
    assert (verdict.effective_at, verdict.known_at, verdict.epoch) == (AT, AT, 1)
    assert (verdict.purpose, verdict.matter) == ("BIDDING", "M-1")
    assert verdict.authorisation == "示例〔2026〕1号"


# Rule sets


def test_without_a_rule_set_in_force_nothing_is_covered() -> None:
    verdict = decided(known(arrival(), rule_sets=(rule_set(valid=Span(hour(1))),)), LAW)

    assert (verdict.outcome, verdict.rule_set) == (Outcome.UNCOVERED, None)
    assert (verdict.judgement.covered, verdict.judgement.complete) == (False, True)
    assert verdict.valid_until == hour(1)


def test_without_a_rule_set_in_force_the_question_is_checked_by_the_newest() -> None:
    with pytest.raises(UnknownScenario):
        decided(known(rule_sets=()), LAW, Ask(UNIT, "FUN"))
    with pytest.raises(UnitNotFound):
        decided(known(rule_sets=(), states=()), LAW)


def _two_sets(facts: Known, second: Catalogue, ask: Ask | None = None) -> Verdict:
    both = {HASH: LAW, "second": second}
    return decide(ask or Ask(UNIT, "FUNDING"), facts, both, current=second)


SECOND = rule_set(content_hash="second", number=2, valid=Span(hour(1), hour(2)))


def test_the_highest_number_in_force_rules_whatever_the_order() -> None:
    overlapping = (rule_set(), replace(SECOND, valid=Span(hour(-1))))

    for order in (overlapping, overlapping[::-1]):
        verdict = _two_sets(known(arrival(), rule_sets=order), catalogue())
        assert (verdict.rule_set, verdict.outcome) == (RuleSetRef(2, "second"), Outcome.CLEAR)


def test_an_answer_ends_with_its_rule_set_even_when_the_next_says_the_same() -> None:
    verdict = _two_sets(known(arrival(), rule_sets=(rule_set(), SECOND)), LAW)

    assert (verdict.rule_set, verdict.outcome) == (RuleSetRef(1, HASH), Outcome.RESTRICT)
    assert verdict.valid_until == hour(1)


def test_an_answer_ends_where_the_next_rule_set_no_longer_allows_the_question() -> None:
    narrow = catalogue(scenarios=(scenario("FUNDING", SubjectKind.UNIT, "GRANTEE"),))

    verdict = _two_sets(known(rule_sets=(rule_set(), SECOND)), narrow)

    assert verdict.valid_until == hour(1)


def test_an_answer_without_rules_ends_with_the_unit() -> None:
    ends = state(valid=Span(hour(-1), hour(3)))

    assert decided(known(states=(ends,), rule_sets=()), LAW).valid_until == hour(3)


# Until when


def _until(facts: Known, law: Catalogue = LAW) -> Millis | None:
    return decided(facts, law).valid_until


STRICT = catalogue(
    rule("R1", effect(Outcome.BLOCK, subject=SubjectCondition(governs=True))),
    rule("R2", effect(Outcome.RESTRICT, subject=SubjectCondition(in_post=True))),
    rule("R3", effect(Outcome.ATTENTION, Trigger(lapsed=True))),
)


def test_an_answer_that_nothing_can_change_never_ends() -> None:
    assert _until(known()) is None
    assert _until(known(arrival())) is None


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        (known(arrival(stands=standing("CR-1", counts_until=hour(3)))), hour(3)),
        (known(arrival(stands=standing("CR-1", valid=Span(hour(-1), hour(3))))), hour(3)),
        (known(arrival(stands=standing("CR-1", valid=Span(hour(2))))), hour(2)),
        (known(arrival(stands=standing("CR-1", public_until=hour(3)))), None),
        (known(generations=(generation(fresh_until=hour(3)),)), hour(3)),
        (known(generations=(generation(valid=Span(hour(-1), hour(3))),)), hour(3)),
        (known(generations=(generation(fresh_until=hour(3)), generation(no=2))), None),
        (known(generations=(generation(valid=Span(hour(3))),)), hour(3)),
        (known(states=(state(valid=Span(hour(-1), hour(3))),)), hour(3)),
        (
            known(states=(state(valid=Span(hour(-1), hour(3))), state(valid=Span(hour(3)), no=2))),
            None,
        ),
        (known(rule_sets=(rule_set(valid=Span(hour(-1), hour(3))),)), hour(3)),
        (
            known(arrival(behaviours=(behaviour("CR-1", "ZWSX-01", valid=Span(hour(3))),))),
            hour(3),
        ),
    ],
)
def test_an_answer_ends_when_the_first_fact_it_hangs_on_does(
    facts: Known, until: Millis | None
) -> None:
    assert _until(facts) == until


_TIED = (Tie(held("TIE", Ref("CreditRecord", "CR-1"), valid=Span(hour(-1), hour(3))), "CODE"),)


@pytest.mark.parametrize(
    "came",
    [
        replace(arrival(), behaviours=_TIED),
        replace(arrival(), determiners=_TIED),
        replace(arrival(), documents=_TIED),
    ],
    ids=["behaviour", "determiner", "document"],
)
def test_an_answer_ends_when_what_its_ground_names_beside_the_record_does(came: Arrival) -> None:
    assert _until(known(came)) == hour(3)


def _until_hour_three() -> Held:
    return held("EDGE", ref_of(UNIT), OTHER, valid=Span(hour(-1), hour(3)))


@pytest.mark.parametrize(
    "facts",
    [
        known(arrival(), governs=(_until_hour_three(),)),
        known(arrival(), posts=(_until_hour_three(),)),
        known(arrival(edges=(_until_hour_three(),)), posts=(held("POST", OTHER),)),
        known(
            arrival(
                stands=standing(
                    "CR-1", counts_until=hour(1), public_until=hour(3), obligation_open=True
                )
            )
        ),
    ],
)
def test_an_answer_ends_when_what_a_rule_asks_beside_the_record_does(facts: Known) -> None:
    assert _until(facts, STRICT) == hour(3)


def test_an_answer_ends_with_the_window_of_its_rule_and_not_with_one_that_met_nothing() -> None:
    law = catalogue(
        rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))),
        rule("R2", effect(Outcome.BLOCK, Trigger(within_years=2, penalties=("FINE",)))),
    )
    event = later(hour(5), years=-1)

    assert _until(known(arrival(stands=standing("CR-1", event_at=event))), law) == hour(5)


def test_a_look_back_outlives_the_term_of_the_record_and_ends_at_the_midnight_of_its_penalty() -> (
    None
):
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    penalty = document("CR-1", date(2025, 11, 24))
    came = arrival(stands=standing("CR-1", counts_until=hour(2)), documents=(penalty,))

    assert _until(known(came), law) == hour(15)


def test_an_answer_ends_when_a_document_that_says_otherwise_begins() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1))))
    earlier = document("CR-1", date(2024, 1, 1), valid=Span(hour(4)), no=2)
    came = arrival(documents=(document("CR-1", date(2025, 11, 24)), earlier))

    assert _until(known(came), law) == hour(4)


def test_a_repeal_ends_the_answer_at_that_instant_and_only_then() -> None:
    law = catalogue(rule("R1"), bases=(basis(in_force=Span(hour(-9), hour(4))),))
    facts = known(arrival())

    told = [
        decided(replace(facts, at=at), law).outcome
        for at in (AT, Millis(hour(4) - 1), hour(4), hour(5))
    ]

    assert told == [Outcome.RESTRICT, Outcome.RESTRICT, Outcome.CLEAR, Outcome.CLEAR]
    assert _until(facts, law) == hour(4)


def test_a_forecast_is_marked() -> None:
    ask = Ask(UNIT, "FUNDING")

    verdict = decide(ask, known(), {HASH: LAW}, current=LAW, marks=(Mark.FORECAST,))

    assert verdict.marks == (Mark.FORECAST,)
    assert verdict.content_id != decided(known(), LAW).content_id


# Many questions of the same facts

PLAIN = scenario("PLAIN", SubjectKind.UNIT, "PARTY")
MORE = {**LAWS[HASH].scenarios, "PLAIN": replace(PLAIN, sources=())}
MORE_LAWS = {name: replace(law, scenarios=MORE) for name, law in LAWS.items()}
QUESTIONS = [
    Ask(UNIT, "FUNDING"),
    Ask(UNIT, "TENDER", "BIDDER"),
    Ask(UNIT, "TENDER", "TENDERER"),
    Ask(UNIT, "PLAIN"),
]


@settings(max_examples=60, deadline=None)
@given(random_worlds((UNIT,)), st.permutations(QUESTIONS))
def test_what_was_asked_before_of_the_same_facts_changes_no_answer(
    facts: Known, asks: Sequence[Ask]
) -> None:
    def answer(ask: Ask, of: Known) -> object:
        try:
            verdict = decide(ask, of, MORE_LAWS, current=MORE_LAWS["second"])
        except (InvalidInput, NotFound) as error:
            return error.code
        return verdict.id, verdict.near_misses

    assert [answer(ask, facts) for ask in asks] == [answer(ask, replace(facts)) for ask in asks]


def test_what_was_cut_matters_to_one_question_and_not_to_another_of_the_same_facts() -> None:
    facts = known(cut=(Reach.OWN,))
    asks = Ask(UNIT, "TENDER", "BIDDER"), Ask(UNIT, "FUNDING")

    assert [decided(facts, LAW, ask).judgement.complete for ask in asks] == [True, False]


def test_questions_on_which_the_law_says_the_same_are_judged_once(
    judged: list[Millis],
) -> None:
    law = catalogue(rule("R1", effect(scenarios=("TENDER", "FUNDING"))), rule("R2"))
    facts = known(arrival(), generations=(generation(fresh_until=hour(4)),))
    told = [decided(facts, law, Ask(UNIT, "TENDER", one)) for one in ("BIDDER", "TENDERER")]
    funded = decided(facts, law, Ask(UNIT, "FUNDING"))

    assert [ground.rule for ground in funded.grounds] == ["R1", "R2"]
    assert {(verdict.outcome, verdict.valid_until) for verdict in (*told, funded)} == {
        (Outcome.RESTRICT, hour(4))
    }
    assert judged == [AT, AT]


# Until when, for any facts


def _answer(facts: Known, at: Millis) -> object:
    """Content of the answer at the instant, or the error it is."""
    person = facts.subject == PERSON
    ask = Ask(facts.subject, "NOMINATION" if person else "FUNDING")
    try:
        return content(decide(ask, replace(facts, at=at), LAWS, current=LAWS["second"]))
    except (InvalidInput, NotFound) as error:
        return error.code


@settings(max_examples=300, deadline=None)
@given(random_worlds())
def test_the_answer_is_the_same_until_it_ends_and_another_when_it_does(facts: Known) -> None:
    now = _answer(facts, AT)
    if isinstance(now, str):
        return
    ask = Ask(facts.subject, "NOMINATION" if facts.subject == PERSON else "FUNDING")
    until = decide(ask, facts, LAWS, current=LAWS["second"]).valid_until
    end = until or OPEN_END
    around = (at for turn in map(hour, range(12)) for at in (turn - 1, turn, turn + 1))
    before = [Millis(at) for at in (*around, end - 1) if AT <= at < end]

    assert all(_answer(facts, at) == now for at in before)
    assert until is None or _answer(facts, until) != now
