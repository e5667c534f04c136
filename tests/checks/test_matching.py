"""Which record meets which rule: every condition at its boundary."""

from dataclasses import replace
from datetime import date

import pytest

from hub.checks.matching import PUNISHING, counts, lapsed, met, outcome_of, subject_facts
from hub.domain.catalogue import SubjectCondition, Trigger
from hub.domain.clocks import OPEN_END, Millis, Span, day_start, parse_instant
from hub.domain.facts import Ref
from hub.domain.known import Arrival, Tie
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Outcome,
    ReadingGrade,
    RecordKind,
    StandingStatus,
    UnitKind,
)
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from tests.checks.worlds import (
    AT,
    OTHER,
    UNIT,
    arrival,
    basis,
    behaviour,
    catalogue,
    document,
    effect,
    held,
    hour,
    known,
    ref_of,
    rule,
    standing,
    state,
)

BEFORE, AFTER = Millis(AT - 1), Millis(AT + 1)


def _tell(*documents: Tie, **conditions: object) -> Arrival:
    return arrival(stands=replace(standing("CR-1"), **conditions), documents=documents)


# Standing


@pytest.mark.parametrize("status", list(StandingStatus))
def test_only_a_record_in_force_counts(status: StandingStatus) -> None:
    assert counts(standing("CR-1", status=status), AT) is (status is StandingStatus.IN_FORCE)


def test_a_record_counts_until_its_term_and_no_longer_at_it() -> None:
    stands = standing("CR-1", counts_until=AT)

    assert [counts(stands, at) for at in (BEFORE, AT, AFTER)] == [True, False, False]


def test_a_dispute_does_not_stop_a_record_from_counting() -> None:
    assert counts(standing("CR-1", disputed=True), AT)


@pytest.mark.parametrize(("public", "counted"), [(0, -1), (-1, 0), (0, 0)])
def test_an_obligation_lapses_when_both_terms_are_over(public: int, counted: int) -> None:
    stands = standing(
        "CR-1", public_until=hour(public), counts_until=hour(counted), obligation_open=True
    )

    assert [lapsed(stands, at) for at in (BEFORE, AT, AFTER)] == [False, True, True]


def test_a_performed_obligation_or_a_lifted_record_never_lapses() -> None:
    over = standing("CR-1", public_until=hour(-1), counts_until=hour(-1), obligation_open=True)

    assert lapsed(over, AT)
    assert lapsed(replace(over, status=StandingStatus.EXPIRED), AT)
    assert not lapsed(replace(over, obligation_open=False), AT)
    assert not lapsed(replace(over, status=StandingStatus.LIFTED), AT)


# Triggers


@pytest.mark.parametrize(
    ("trigger", "fits", "differs"),
    [
        (Trigger(), {}, {"status": StandingStatus.REPAIRED}),
        (
            Trigger(categories=(InfoCategory.SERIOUS_DISHONEST,)),
            {"category": InfoCategory.SERIOUS_DISHONEST},
            {"category": InfoCategory.GENERAL_DISHONEST},
        ),
        (Trigger(lists=("WAGES", "TAX")), {"list_kind": "TAX"}, {"list_kind": None}),
        (Trigger(penalties=("FINE",)), {"penalty": "FINE"}, {"penalty": "WARNING"}),
        (Trigger(domains=("PPP",)), {"domain": "PPP"}, {"domain": None}),
        (Trigger(marks=("A", "B")), {"marks": ("B", "C", "A")}, {"marks": ("A",)}),
    ],
)
def test_a_condition_that_is_named_must_be_met(
    trigger: Trigger, fits: dict[str, object], differs: dict[str, object]
) -> None:
    assert met(trigger, _tell(**fits), AT)
    assert not met(trigger, _tell(**differs), AT)


def test_all_conditions_that_are_named_must_be_met_together() -> None:
    both = Trigger(lists=("TAX",), penalties=("FINE",))

    assert met(both, _tell(list_kind="TAX", penalty="FINE"), AT)
    assert not met(both, _tell(list_kind="TAX"), AT)
    assert not met(both, _tell(penalty="FINE"), AT)


def test_a_judgment_default_is_a_failure_event_and_not_the_other_way_round() -> None:
    default, event = RecordKind.JUDGMENT_DEFAULT, RecordKind.FAILURE_EVENT

    assert met(Trigger(kinds=(event,)), arrival(kind=default), AT)
    assert met(Trigger(kinds=(default, event)), arrival(kind=event), AT)
    assert not met(Trigger(kinds=(default,)), arrival(kind=event), AT)
    assert not met(Trigger(kinds=(event,)), arrival(kind=RecordKind.LISTING), AT)


def test_a_behaviour_is_met_only_while_the_record_is_an_instance_of_it() -> None:
    trigger = Trigger(behaviours=("ZWSX-01", "ZWSX-02"))
    tie = behaviour("CR-1", "ZWSX-02", valid=Span(AT, hour(1)))
    came = arrival(behaviours=(behaviour("CR-1", "ZWSX-09"), tie))

    told = [met(trigger, came, at) for at in (BEFORE, AT, Millis(hour(1) - 1), hour(1))]

    assert told == [False, True, True, False]


# A rule's own look-back

BACK = Trigger(within_years=3)


def _around(trigger: Trigger, came: Arrival, instant: Millis) -> list[bool]:
    return [met(trigger, came, Millis(instant + step)) for step in (-1, 0, 1)]


def test_a_look_back_runs_from_the_day_of_the_penalty_to_the_same_midnight_years_later() -> None:
    penalty, violation = document("CR-1", date(2024, 2, 29)), parse_instant("2020-05-01T00:00:00Z")
    came = _tell(penalty, event_at=violation)

    assert _around(BACK, came, day_start(date(2027, 2, 28))) == [True, False, False]


def test_a_penalty_of_long_ago_is_not_looked_back_on_whatever_the_event() -> None:
    assert not met(BACK, _tell(document("CR-1", date(2023, 11, 22)), event_at=hour(-1)), AT)


def test_of_several_decisions_that_punish_the_earliest_that_holds_is_the_penalty() -> None:
    early = document("CR-1", date(2023, 11, 20), valid=Span(AT, hour(5)))
    came = _tell(document("CR-1", date(2024, 1, 1), no=2), early, document("CR-1", None, no=3))

    assert _around(BACK, came, AT) == [True, False, False]
    assert _around(BACK, came, hour(5)) == [False, True, True]


@pytest.mark.parametrize("documents", [(), (document("CR-1", None),)], ids=["none", "no day"])
def test_without_a_day_of_a_document_it_runs_from_the_event(documents: tuple[Tie, ...]) -> None:
    came = _tell(*documents, event_at=parse_instant("2024-02-29T09:00:00+08:00"))

    assert _around(BACK, came, parse_instant("2027-02-28T09:00:00+08:00")) == [True, False, False]


def test_an_audit_or_a_repair_is_no_penalty() -> None:
    audit = document("CR-1", date(2023, 1, 1), doc_type="AUDIT")
    judged = document("CR-1", date(2023, 11, 24), doc_type="JUDGMENT", no=2)
    repaired = document("CR-1", date(2024, 5, 1), doc_type="REPAIR_DECISION", no=3)

    assert _around(BACK, _tell(repaired, judged, audit), day_start(date(2026, 11, 24))) == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("penalty", "imposes", "other"),
    [("CRIMINAL", "JUDGMENT", "PENALTY"), ("LARGE_FINE", "PENALTY", "JUDGMENT")],
)
def test_a_penalty_is_imposed_by_documents_of_its_own_type(
    penalty: str, imposes: str, other: str
) -> None:
    before = document("CR-1", date(2023, 1, 1), doc_type=other)
    imposed = document("CR-1", date(2023, 11, 24), doc_type=imposes, no=2)
    after = document("CR-1", date(2024, 5, 1), doc_type=other, no=3)
    came = _tell(before, imposed, after)
    came = replace(came, standing=replace(came.standing, penalty=penalty))

    assert _around(BACK, came, day_start(date(2026, 11, 24))) == [True, False, False]


@pytest.mark.parametrize("doc_type", ["AUDIT", None])
def test_where_no_document_is_known_to_punish_the_last_that_is_told_ends_no_sooner_than_it_may(
    doc_type: str | None,
) -> None:
    days = date(2023, 1, 1), date(2023, 11, 24), None
    came = _tell(
        *(document("CR-1", day, doc_type=doc_type, no=no) for no, day in enumerate(days)),
        document("CR-1", None, no=9),
        event_at=parse_instant("2022-05-01T00:00:00Z"),
    )
    later_event = replace(came.standing, event_at=parse_instant("2023-12-01T00:00:00+08:00"))

    assert _around(BACK, came, day_start(date(2026, 11, 24))) == [True, False, False]
    assert _around(BACK, replace(came, standing=later_event), day_start(date(2026, 12, 1))) == [
        True,
        False,
        False,
    ]


def test_the_types_of_document_that_punish_are_in_the_vocabulary() -> None:
    law = read_catalogue(resource("seeds", "catalogue")).catalogue

    assert set(law.vocabulary["documentTypes"].titles) >= PUNISHING


def test_a_look_back_replaces_the_records_own_term() -> None:
    came = _tell(document("CR-1", date(2024, 11, 23)), counts_until=hour(-1))

    assert met(BACK, came, AT)
    assert not met(Trigger(), came, AT)


@pytest.mark.parametrize("status", list(StandingStatus))
def test_a_record_in_force_is_looked_back_on_and_one_that_time_alone_expired(
    status: StandingStatus,
) -> None:
    came = _tell(document("CR-1", date(2024, 11, 23)), counts_until=hour(-1), status=status)
    looked_back_on = status in (StandingStatus.IN_FORCE, StandingStatus.EXPIRED)

    assert met(BACK, came, AT) is looked_back_on
    assert not met(replace(BACK, lapsed=True), came, AT)


def test_a_lapsed_obligation_that_is_looked_back_on_is_met_between_both() -> None:
    came = _tell(
        event_at=parse_instant("2023-11-23T11:00:00+08:00"),
        public_until=AT,
        counts_until=AT,
        obligation_open=True,
    )
    trigger = Trigger(lapsed=True, within_years=3)

    assert _around(trigger, came, AT) == [False, True, True]
    assert _around(trigger, came, hour(2)) == [True, False, False]


def test_a_lapsed_obligation_is_met_by_the_trigger_for_it_alone_and_without_end() -> None:
    came = _tell(public_until=AT, counts_until=AT, obligation_open=True)
    trigger = Trigger(lapsed=True)

    assert [met(trigger, came, at) for at in (BEFORE, AT, OPEN_END)] == [False, True, True]
    assert [met(Trigger(), came, at) for at in (BEFORE, AT)] == [True, False]


# The subject


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (SubjectCondition(unit_kinds=(UnitKind.INSTITUTION,)), True),
        (SubjectCondition(unit_kinds=(UnitKind.ORGAN, UnitKind.MASS_ORG)), False),
        (SubjectCondition(levels=(AdminLevel.BANNER_COUNTY, AdminLevel.TOWNSHIP)), True),
        (SubjectCondition(levels=(AdminLevel.REGION,)), False),
        (
            SubjectCondition(unit_kinds=(UnitKind.INSTITUTION,), levels=(AdminLevel.LEAGUE_CITY,)),
            False,
        ),
    ],
)
def test_kind_and_level_are_asked_of_the_state_and_prove_it_in_the_path(
    condition: SubjectCondition, fits: bool
) -> None:
    told = subject_facts(condition, known(), state(), AT)

    assert told == ((state().fact,) if fits else None)


def test_without_a_state_no_kind_and_no_level_is_met() -> None:
    assert subject_facts(SubjectCondition(unit_kinds=tuple(UnitKind)), known(), None, AT) is None
    assert subject_facts(SubjectCondition(levels=tuple(AdminLevel)), known(), None, AT) is None


def test_a_rule_that_asks_nothing_of_the_subject_is_met_without_facts() -> None:
    assert subject_facts(SubjectCondition(), known(), None, AT) == ()


def test_governing_and_being_in_post_are_asked_of_the_instant() -> None:
    edge = held("EDGE", ref_of(UNIT), OTHER, valid=Span(AT, hour(1)))
    facts = known(governs=(edge,), posts=(edge,))

    for condition in (SubjectCondition(governs=True), SubjectCondition(in_post=True)):
        told = [subject_facts(condition, facts, None, at) for at in (BEFORE, AT, hour(1))]

        assert told == [None, (edge,), None]


def test_of_several_posts_the_same_one_is_shown_whatever_their_order() -> None:
    posts = tuple(held("HOLDS_POST", ref_of(UNIT), OTHER, no=no) for no in (2, 1, 3))

    for given in (posts, posts[::-1]):
        assert subject_facts(SubjectCondition(in_post=True), known(posts=given), None, AT) == (
            posts[1],
        )


def test_the_facts_that_prove_the_subject_come_in_the_order_asked() -> None:
    governs = held("GOVERNS", ref_of(UNIT), Ref("Region", "159900"))
    condition = SubjectCondition(unit_kinds=(UnitKind.INSTITUTION,), governs=True)

    told = subject_facts(condition, known(governs=(governs,)), state(), AT)

    assert told == (state().fact, governs)


# Bases


@pytest.mark.parametrize(
    ("stated", "ceilings", "outcome"),
    [
        (Outcome.BLOCK, (Outcome.BLOCK,), Outcome.BLOCK),
        (Outcome.BLOCK, (Outcome.RESTRICT,), Outcome.RESTRICT),
        (Outcome.BLOCK, (Outcome.ATTENTION, Outcome.REFERENCE), Outcome.REFERENCE),
        (Outcome.ATTENTION, (Outcome.BLOCK,), Outcome.ATTENTION),
        (Outcome.BLOCK, (), None),
    ],
)
def test_an_outcome_is_no_graver_than_the_gravest_basis_in_force_allows(
    stated: Outcome, ceilings: tuple[Outcome, ...], outcome: Outcome | None
) -> None:
    bases = tuple(basis(f"L{no}", ceiling=ceiling) for no, ceiling in enumerate(ceilings))
    one = rule("R1", bases=tuple(entry.code for entry in bases))
    law = catalogue(one, bases=bases)

    assert outcome_of(effect(stated), one, law, AT) is outcome


def test_a_basis_nobody_has_read_is_none() -> None:
    one = rule("R1")
    law = catalogue(one, bases=(basis(grade=ReadingGrade.MEMORY),))

    assert outcome_of(effect(), one, law, AT) is None


def test_a_basis_nobody_has_read_sets_no_ceiling() -> None:
    one = rule("R1", bases=("READ", "UNREAD"))
    unread = basis("UNREAD", grade=ReadingGrade.MEMORY)
    law = catalogue(one, bases=(basis("READ", ceiling=Outcome.REFERENCE), unread))

    assert outcome_of(effect(Outcome.BLOCK), one, law, AT) is Outcome.REFERENCE


def test_the_basis_that_remains_after_a_repeal_sets_the_ceiling() -> None:
    one = rule("R1", bases=("OLD", "NEW"))
    repealed = basis("OLD", in_force=Span(hour(-9), AT))
    law = catalogue(one, bases=(repealed, basis("NEW", ceiling=Outcome.REFERENCE)))

    told = [outcome_of(effect(Outcome.BLOCK), one, law, at) for at in (BEFORE, AT)]

    assert told == [Outcome.BLOCK, Outcome.REFERENCE]
