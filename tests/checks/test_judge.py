"""The gravest ground decides, and what nobody covers is never clean."""

from dataclasses import replace

import pytest

from hub.checks.judge import Question, find_grounds, judge, subject_state
from hub.domain.catalogue import Catalogue, SubjectCondition, Trigger
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Generation, Known, Tie
from hub.domain.verdict import Judgement, SourceCoverage
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, StandingStatus
from tests.checks.worlds import (
    AT,
    OTHER,
    PERSON,
    UNIT,
    arrival,
    basis,
    behaviour,
    catalogue,
    effect,
    generation,
    held,
    hour,
    known,
    ref_of,
    rule,
    standing,
    state,
)

BEFORE, AFTER = Millis(AT - 1), Millis(AT + 1)
STALE = generation(fresh_until=AT)
GENERAL = Trigger(categories=(InfoCategory.GENERAL_DISHONEST,))
PENAL = Trigger(penalties=("FINE",))


def _judged(law: Catalogue, facts: Known, at: Millis = AT) -> Judgement:
    scenario = "NOMINATION" if facts.subject == PERSON else "FUNDING"
    question = Question(law, law.scenarios[scenario], law.scenarios[scenario].capacities[0].code)
    return judge(question, facts, at)


def _rules(judgement: Judgement) -> list[str]:
    return [ground.rule for ground in judgement.grounds]


# Gravity


@pytest.mark.parametrize("gravest", list(Outcome))
def test_the_gravest_ground_is_the_outcome_and_the_grounds_stand_in_that_order(
    gravest: Outcome,
) -> None:
    lesser = [outcome for outcome in Outcome if outcome.gravity <= gravest.gravity]
    law = catalogue(*(rule(f"R{at}", effect(outcome)) for at, outcome in enumerate(lesser[::-1])))

    judgement = _judged(law, known(arrival()))

    assert judgement.outcome is gravest
    assert [ground.outcome for ground in judgement.grounds] == lesser


def test_outcomes_are_declared_gravest_first() -> None:
    assert [outcome.value for outcome in Outcome] == [
        "BLOCK",
        "RESTRICT",
        "REFERENCE",
        "UNCOVERED",
        "ATTENTION",
        "CLEAR",
    ]
    assert [outcome.gravity for outcome in Outcome] == [5, 4, 3, 2, 1, 0]
    assert Outcome.gravest([]) is Outcome.CLEAR


def test_without_a_record_and_with_all_sources_fresh_the_answer_is_clear() -> None:
    assert _judged(catalogue(rule("R1")), known()) == Judgement(
        Outcome.CLEAR,
        covered=True,
        complete=True,
        grounds=(),
        coverage=(
            SourceCoverage(
                "REGISTER",
                covered=True,
                generation="SourceGeneration-REGISTER.1",
                as_of=generation().valid.start,
                fresh_until=generation().fresh_until,
            ),
        ),
    )


# Coverage


@pytest.mark.parametrize(
    ("ruled", "told"),
    [
        (Outcome.BLOCK, Outcome.BLOCK),
        (Outcome.RESTRICT, Outcome.RESTRICT),
        (Outcome.REFERENCE, Outcome.REFERENCE),
        (Outcome.ATTENTION, Outcome.UNCOVERED),
        (None, Outcome.UNCOVERED),
    ],
)
@pytest.mark.parametrize("gap", ["stale", "cut"])
def test_a_gap_replaces_attention_and_clear_and_nothing_graver(
    gap: str, ruled: Outcome | None, told: Outcome
) -> None:
    law = catalogue(rule("R1", effect(ruled or Outcome.BLOCK)))
    came = () if ruled is None else (arrival(),)
    facts = known(*came, generations=(STALE,)) if gap == "stale" else known(*came, cut=(Reach.OWN,))

    judgement = _judged(law, facts)

    assert judgement.outcome is told
    assert (judgement.covered, judgement.complete) == (gap != "stale", gap != "cut")
    assert _rules(judgement) == ["R1"] * len(came)


def test_a_source_covers_until_the_instant_it_is_fresh_and_no_longer_at_it() -> None:
    facts = known(generations=(STALE,))

    told = [_judged(catalogue(), facts, at).covered for at in (BEFORE, AT, AFTER)]

    assert told == [True, False, False]


@pytest.mark.parametrize(
    "given",
    [
        (),
        (generation(source="ANOTHER"),),
        (generation(jurisdictions=("PY", "CN-13")),),
        (generation(valid=Span(AFTER)),),
        (generation(valid=Span(hour(-1), AT)),),
    ],
)
def test_no_delivery_of_another_source_place_or_time_covers(given: tuple[Generation, ...]) -> None:
    judgement = _judged(catalogue(), known(generations=given))

    assert judgement.outcome is Outcome.UNCOVERED
    assert judgement.coverage == (
        SourceCoverage("REGISTER", covered=False, generation=None, as_of=None, fresh_until=None),
    )


@pytest.mark.parametrize("jurisdiction", ["PY", None])
def test_a_unit_of_another_jurisdiction_is_not_covered(jurisdiction: str | None) -> None:
    judgement = _judged(catalogue(), known(states=(state(jurisdiction=jurisdiction),)))

    assert judgement.outcome is Outcome.UNCOVERED


def test_one_stale_source_of_several_is_enough() -> None:
    law = catalogue()
    funding = replace(law.scenarios["FUNDING"], sources=("COURT", "REGISTER"))
    law = replace(law, scenarios={**law.scenarios, "FUNDING": funding})

    judgement = _judged(law, known(generations=(generation(),)))

    assert [(source.source, source.covered) for source in judgement.coverage] == [
        ("COURT", False),
        ("REGISTER", True),
    ]
    assert judgement.outcome is Outcome.UNCOVERED


def test_the_delivery_that_stays_fresh_longest_is_named() -> None:
    given = tuple(
        generation(no=no, fresh_until=hour(until), valid=Span(hour(since)))
        for no, until, since in ((1, 2, -3), (2, 9, -3), (3, 9, -2), (4, 9, -2), (5, 9, 1))
    )

    for order in (given, given[::-1]):
        [source] = _judged(catalogue(), known(generations=order)).coverage
        assert (source.generation, source.as_of, source.fresh_until) == (
            "SourceGeneration-REGISTER.4",
            hour(-2),
            hour(9),
        )


# Grounds


def test_a_ground_names_its_facts_in_the_order_of_the_path() -> None:
    tie = behaviour("CR-1", "ZWSX-01")
    later = behaviour("CR-1", "ZWSX-02", valid=Span(AFTER))
    determiner = Tie(held("DETERMINED_BY", Ref("CreditRecord", "CR-1"), OTHER), OTHER.id)
    tied = arrival(behaviours=(tie, later), determiners=(determiner,))
    came = replace(tied, deciding=(held("UnitState", OTHER),))
    asked = effect(subject=SubjectCondition(governs=True))
    governs = held("GOVERNS", ref_of(UNIT), Ref("Region", "159900"))

    [ground] = _judged(catalogue(rule("R1", asked)), known(came, governs=(governs,))).grounds

    assert ground.arrival == came
    assert [fact.fact_id for fact in ground.facts or ()] == [
        f"ABOUT-CR-1-{UNIT}.1",
        "Standing-CR-1.1",
        "OF-CR-1-ZWSX-01.1",
        f"DETERMINED_BY-CR-1-{OTHER.id}.1",
        f"UnitState-{OTHER.id}.1",
        f"GOVERNS-{UNIT}-159900.1",
    ]


def test_a_division_reaches_who_governed_it_then_and_governs_the_very_same_now() -> None:
    here, elsewhere = (Ref("Region", code) for code in ("159901", "159902"))
    led = held("GOVERNS", ref_of(UNIT), here, valid=Span(hour(-9), hour(-8)), no=2)
    about = held("ABOUT", Ref("CreditRecord", "CR-1"), OTHER)
    ways = (replace(led, at_event=True), held("IN_REGION", OTHER, here), about)
    asked = effect(subject=SubjectCondition(governs=True))
    law = catalogue(rule("R1", asked, reaches=(Reach.OWN, Reach.REGION)))
    came = arrival(reach=Reach.REGION, edges=ways), arrival("CR-2")
    now = [held("GOVERNS", ref_of(UNIT), division) for division in (elsewhere, here)]

    told = [
        [
            (ground.reach, [*(ground.facts or ())][-1])
            for ground in _judged(law, known(*came, governs=of)).grounds
        ]
        for of in ((led,), (now[0],), (now[0], now[1]))
    ]

    assert told == [
        [],
        [(Reach.OWN, now[0])],
        [(Reach.OWN, now[1]), (Reach.REGION, now[1])],
    ]


def test_a_rule_gives_one_ground_a_record_by_its_gravest_effect_that_applies() -> None:
    effects = (
        effect(Outcome.ATTENTION),
        effect(Outcome.REFERENCE, GENERAL),
        effect(Outcome.BLOCK, PENAL),
        effect(Outcome.RESTRICT, subject=SubjectCondition(in_post=True)),
    )

    grounds = _judged(catalogue(rule("R1", *effects)), known(arrival())).grounds

    assert [(ground.rule, ground.outcome) for ground in grounds] == [("R1", Outcome.REFERENCE)]


def test_one_of_an_effects_triggers_is_enough() -> None:
    law = catalogue(rule("R1", effect(Outcome.BLOCK, PENAL, GENERAL)))

    assert _judged(law, known(arrival())).outcome is Outcome.BLOCK


@pytest.mark.parametrize("told", ["edge", "standing"])
def test_an_arrival_is_a_ground_only_while_its_edges_and_its_standing_hold(told: str) -> None:
    ends = Ref("CreditRecord", "CR-1"), ref_of(UNIT)
    span = Span(AT, hour(1))
    came = (
        arrival(edges=(held("ABOUT", *ends, valid=span),))
        if told == "edge"
        else arrival(stands=standing("CR-1", valid=span))
    )
    law = catalogue(rule("R1"))

    grounded = [_rules(_judged(law, known(came), at)) for at in (BEFORE, AT, hour(1))]

    assert grounded == [[], ["R1"], []]


def test_an_edge_asked_of_the_day_of_the_event_is_not_asked_again() -> None:
    post = replace(held("HOLDS_POST", ref_of(PERSON), OTHER, valid=Span(hour(-9), hour(-8))))
    about = held("ABOUT", Ref("CreditRecord", "CR-1"), OTHER)
    law = catalogue(rule("R1", reaches=(Reach.PRINCIPAL,)))

    def grounded(at_event: bool) -> list[str]:
        edges = (replace(post, at_event=at_event), about)
        came = arrival(reach=Reach.PRINCIPAL, edges=edges)
        return _rules(_judged(law, known(came, subject=PERSON)))

    assert grounded(at_event=True) == ["R1"]
    assert grounded(at_event=False) == []


def test_a_rule_speaks_only_of_the_reaches_it_names() -> None:
    law = catalogue(rule("R1"), rule("R2", reaches=(Reach.SUCCESSION,)))

    judgement = _judged(law, known(arrival(), arrival("CR-2", reach=Reach.REGION)))

    assert _rules(judgement) == ["R1"]


def test_an_effect_speaks_of_every_reach_of_its_rule_unless_it_names_some() -> None:
    both = (Reach.OWN, Reach.REGION)
    region = replace(effect(Outcome.RESTRICT), reaches=(Reach.REGION,))
    law = catalogue(rule("R1", effect(Outcome.ATTENTION), region, reaches=both))

    judgement = _judged(law, known(arrival(), arrival("CR-2", reach=Reach.REGION)))

    told = [(ground.reach, ground.outcome) for ground in judgement.grounds]
    assert told == [(Reach.REGION, Outcome.RESTRICT), (Reach.OWN, Outcome.ATTENTION)]


@pytest.mark.parametrize("cut", Reach)
def test_a_cut_matters_where_an_effect_that_speaks_here_reads_what_was_cut(cut: Reach) -> None:
    region = replace(effect(Outcome.BLOCK), reaches=(Reach.REGION,))
    elsewhere = replace(effect(scenarios=("TENDER",)), reaches=(Reach.SUCCESSION,))
    reaches = (Reach.OWN, Reach.REGION, Reach.SUCCESSION)
    law = catalogue(rule("R1", region, elsewhere, reaches=reaches))

    judgement = _judged(law, known(cut=(cut,)))

    assert judgement.complete is (cut is not Reach.REGION)
    assert judgement.cut == (() if judgement.complete else (Reach.REGION,))
    assert judgement.outcome is (Outcome.CLEAR if judgement.complete else Outcome.UNCOVERED)


@pytest.mark.parametrize(("subject", "told"), [(UNIT, ("CR-1", "CR-2")), (PERSON, ())])
def test_records_nobody_can_decide_are_named_for_units_only(
    subject: SubjectId, told: tuple[str, ...]
) -> None:
    stays = arrival("CR-0", stands=standing("CR-0", status=StandingStatus.REPAIRED))
    came = (stays, *(arrival(record) for record in ("CR-2", "CR-1", "CR-1")))
    facts = known(*(replace(one, undecided=True) for one in came), subject=subject)

    judgement = _judged(catalogue(rule("R1")), facts)

    assert (judgement.outcome, judgement.complete) == (Outcome.UNCOVERED, False)
    assert (judgement.undecided_records, judgement.cut) == (told, ())


def test_a_rule_speaks_only_in_its_scenarios_and_capacities() -> None:
    law = catalogue(
        rule("R1", effect(scenarios=("TENDER",), capacities=("BIDDER",))),
        rule("R2", effect(scenarios=("TENDER",), capacities=("TENDERER",))),
        rule("R3", effect(scenarios=("TENDER",))),
        rule("R4", effect(scenarios=("FUNDING",))),
    )

    judgement = judge(Question(law, law.scenarios["TENDER"], "BIDDER"), known(arrival()), AT)

    assert _rules(judgement) == ["R1", "R3"]


def test_a_record_that_does_not_count_is_no_ground() -> None:
    came = arrival(stands=standing("CR-1", status=StandingStatus.REPAIRED))

    assert _judged(catalogue(rule("R1")), known(came)).outcome is Outcome.CLEAR


# Fallbacks


def _fallback_law(specific: Trigger) -> Catalogue:
    both = (Reach.OWN, Reach.SUCCESSION)
    return catalogue(
        rule("A-FALLBACK", effect(Outcome.ATTENTION), reaches=both, fallback=True),
        rule("R1", effect(Outcome.BLOCK, specific), reaches=both),
    )


def test_a_fallback_speaks_where_no_specific_rule_met_the_record() -> None:
    assert _rules(_judged(_fallback_law(PENAL), known(arrival()))) == ["A-FALLBACK"]


def test_a_fallback_is_silent_where_a_specific_rule_met_the_record_by_the_same_reach() -> None:
    fined = arrival(stands=replace(standing("CR-1"), penalty="FINE"))

    assert _rules(_judged(_fallback_law(PENAL), known(fined, arrival("CR-2")))) == [
        "R1",
        "A-FALLBACK",
    ]


def test_of_several_fallbacks_none_silences_the_next() -> None:
    law = catalogue(rule("F1", fallback=True), rule("F2", fallback=True))

    assert _rules(_judged(law, known(arrival()))) == ["F1", "F2"]


def test_a_specific_rule_by_one_reach_does_not_silence_the_fallback_by_another() -> None:
    law = catalogue(
        rule("F", effect(Outcome.ATTENTION), reaches=(Reach.SUCCESSION,), fallback=True),
        rule("R1", effect(Outcome.BLOCK)),
    )

    judgement = _judged(law, known(arrival(), arrival(reach=Reach.SUCCESSION)))

    assert [(ground.rule, ground.reach) for ground in judgement.grounds] == [
        ("R1", Reach.OWN),
        ("F", Reach.SUCCESSION),
    ]


def test_a_specific_rule_that_has_ended_silences_nothing() -> None:
    law = catalogue(
        rule("F", effect(Outcome.ATTENTION), fallback=True),
        rule("R1", effect(Outcome.BLOCK), bases=("OLD",)),
        bases=(basis(), basis("OLD", in_force=Span(hour(-9), AT))),
    )

    assert [_rules(_judged(law, known(arrival()), at)) for at in (BEFORE, AT)] == [["R1"], ["F"]]


# Bases


def test_a_rule_ends_with_its_last_basis_and_names_those_in_force() -> None:
    law = catalogue(
        rule("R1", effect(Outcome.BLOCK), bases=("FIRST", "SECOND")),
        bases=(
            basis("FIRST", in_force=Span(hour(-9), AT)),
            basis("SECOND", ceiling=Outcome.REFERENCE, in_force=Span(hour(-9), hour(1))),
        ),
    )

    def told(at: Millis) -> list[tuple[Outcome, list[str]]]:
        grounds = _judged(law, known(arrival()), at).grounds
        return [(ground.outcome, [one.code for one in ground.bases]) for ground in grounds]

    assert told(BEFORE) == [(Outcome.BLOCK, ["FIRST", "SECOND"])]
    assert told(AT) == [(Outcome.REFERENCE, ["SECOND"])]
    assert told(hour(1)) == []


# Persons


def test_a_person_is_told_result_and_basis_and_not_how_many_records_there_are() -> None:
    law = catalogue(rule("R1"), rule("R2", effect(Outcome.ATTENTION)))
    one = arrival("CR-1", subject=PERSON)
    more = tuple(arrival(f"CR-{no}", subject=PERSON) for no in (1, 2, 3))

    judgement = _judged(law, known(*more, subject=PERSON))

    assert judgement == _judged(law, known(one, subject=PERSON))
    assert [(ground.rule, ground.arrival, ground.facts) for ground in judgement.grounds] == [
        ("R1", None, None),
        ("R2", None, None),
    ]


def test_results_of_a_person_that_differ_by_outcome_or_reach_stay_apart() -> None:
    law = catalogue(
        rule(
            "R1",
            effect(Outcome.RESTRICT, PENAL),
            effect(Outcome.ATTENTION),
            reaches=(Reach.OWN, Reach.RESPONSIBLE),
        )
    )
    fined = replace(standing("CR-1"), penalty="FINE")
    came = (
        arrival(subject=PERSON, stands=fined),
        arrival("CR-2", subject=PERSON),
        arrival("CR-3", subject=PERSON, reach=Reach.RESPONSIBLE),
        arrival("CR-4", subject=PERSON),
    )

    judgement = _judged(law, known(*came, subject=PERSON))

    assert [(ground.outcome, ground.reach) for ground in judgement.grounds] == [
        (Outcome.RESTRICT, Reach.OWN),
        (Outcome.ATTENTION, Reach.OWN),
        (Outcome.ATTENTION, Reach.RESPONSIBLE),
    ]


@pytest.mark.parametrize(("disputed", "told"), [((True, True), True), ((True, False), False)])
def test_a_persons_result_is_disputed_only_when_all_of_it_is(
    disputed: tuple[bool, bool], told: bool
) -> None:
    came = tuple(
        arrival(f"CR-{no}", subject=PERSON, stands=standing(f"CR-{no}", disputed=mark))
        for no, mark in enumerate(disputed)
    )

    [ground] = _judged(catalogue(rule("R1")), known(*came, subject=PERSON)).grounds

    assert ground.disputed is told


def test_a_person_is_covered_by_the_jurisdiction_of_the_rule_set() -> None:
    facts = known(subject=PERSON, states=())

    assert _judged(catalogue(), facts).outcome is Outcome.CLEAR
    assert _judged(replace(catalogue(), jurisdiction="CN-13"), facts).outcome is Outcome.UNCOVERED


def test_whom_it_may_concern_finds_the_record_and_the_path_of_a_persons_ground() -> None:
    law = catalogue(rule("R1"))
    came = arrival(subject=PERSON)
    question = Question(law, law.scenarios["NOMINATION"], "NOMINEE")

    [ground] = find_grounds(question, known(came, subject=PERSON), AT)

    assert ground.arrival == came
    assert [fact.fact_id for fact in ground.facts or ()] == [
        f"ABOUT-CR-1-{PERSON}.1",
        "Standing-CR-1.1",
    ]


# The subject


def test_the_subject_is_as_its_latest_state_tells_whatever_their_order() -> None:
    states = (
        state(no=1, valid=Span(hour(-9))),
        state(no=3, valid=Span(hour(-1))),
        state(no=2, valid=Span(hour(-1))),
        state(no=4, valid=Span(hour(1))),
    )

    for order in (states, states[::-1]):
        assert subject_state(known(states=order), AT) == states[1]
    assert subject_state(known(states=states), hour(-10)) is None
