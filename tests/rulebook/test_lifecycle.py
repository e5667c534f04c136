"""Which states a publication begins and ends, for every order of days and numbers."""

from collections.abc import Sequence

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Fact
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus, newest_published
from hub.errors import RuleSetNotNext, RuleSetTransition
from hub.intake.rule_sets import state_fact
from hub.rulebook.lifecycle import (
    is_published,
    publication,
    require_begun,
    require_next,
    taken_place_of,
)

DRAFT, PUBLISHED, SUPERSEDED = RuleSetStatus
A, B, C = Millis(1_000), Millis(2_000), Millis(3_000)


def drafted(number: int, at: Millis) -> KnownRuleSet:
    return KnownRuleSet(number, f"hash-{number}", (RuleSetState(DRAFT, Span(at)),))


def published(number: int, start: Millis, end: Millis = OPEN_END) -> KnownRuleSet:
    states = [RuleSetState(PUBLISHED, Span(start, end), "文")]
    if end < OPEN_END:
        states.append(RuleSetState(SUPERSEDED, Span(end), "文"))
    return KnownRuleSet(number, f"hash-{number}", tuple(states))


def said(facts: Sequence[Fact]) -> list[tuple[str, str, int, int]]:
    """Number, status and span of each state."""
    return [
        (fact.subject.id, str(fact.properties["status"]), fact.valid.start, fact.valid.end)
        for fact in facts
    ]


def test_the_first_publication_ends_nothing() -> None:
    facts, withdrawn = publication([], 1, A, None)

    assert said(facts) == [("1", "PUBLISHED", A, OPEN_END)]
    assert withdrawn == []


def test_a_later_one_ends_the_one_before_and_its_own_draft() -> None:
    facts, withdrawn = publication([published(1, A), drafted(2, B)], 2, C, "文")

    assert said(facts) == [
        ("2", "PUBLISHED", C, OPEN_END),
        ("1", "PUBLISHED", A, C),
        ("1", "SUPERSEDED", C, OPEN_END),
        ("2", "DRAFT", B, C),
    ]
    assert withdrawn == []


def test_one_that_begins_before_others_leaves_them_no_time_at_all() -> None:
    known = [published(1, A, B), published(2, B), drafted(3, C)]

    facts, withdrawn = publication(known, 3, A, "文")

    assert said(facts) == [
        ("3", "PUBLISHED", A, OPEN_END),
        ("1", "SUPERSEDED", A, OPEN_END),
        ("2", "SUPERSEDED", B, OPEN_END),
    ]
    assert said(withdrawn) == [
        ("1", "PUBLISHED", A, A),
        ("2", "PUBLISHED", B, A),
        ("3", "DRAFT", C, A),
    ]


def test_one_that_ended_before_is_left_alone() -> None:
    facts, _ = publication([published(1, A, B), published(2, B)], 3, C, "文")

    assert [number for number, *_ in said(facts)] == ["3", "2", "2"]


def test_states_of_one_rule_set_are_three_facts_and_a_correction_is_of_the_same() -> None:
    keys = [state_fact(1, RuleSetState(status, Span(A))).key for status in RuleSetStatus]

    assert keys == ["DRAFT", "", "SUPERSEDED"]


@pytest.mark.parametrize(
    ("known", "answer"),
    [
        ([], False),
        ([drafted(2, A)], False),
        ([published(2, B)], True),
        ([published(2, B, C), published(3, C)], True),
    ],
)
def test_published_already_is_the_same_day_by_the_same_document(
    known: list[KnownRuleSet], *, answer: bool
) -> None:
    assert is_published(known, 2, B, "文") is answer


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ([published(2, A)], "published already, on another day or document"),
        ([drafted(2, A), published(3, B)], "rule set 3 is published already"),
    ],
)
def test_nothing_is_published_twice_or_after_a_later_one(
    known: list[KnownRuleSet], reason: str
) -> None:
    with pytest.raises(RuleSetTransition) as caught:
        is_published(known, 2, B, "文")

    assert caught.value.reason.en == reason


def test_what_is_derived_begins_no_earlier_than_any_law() -> None:
    known = [published(1, A, B), published(2, B), drafted(3, A)]

    require_begun(known, 2, A)

    with pytest.raises(RuleSetTransition) as caught:
        require_begun(known, 2, Millis(A - 1))
    assert caught.value.number == 2


@pytest.mark.parametrize(
    ("start", "taken"),
    [
        (A, [(1, Span(A, B)), (2, Span(B, C))]),
        (B, [(2, Span(B, C))]),
        (Millis(C - 1), [(2, Span(Millis(C - 1), C))]),
        (C, []),
    ],
)
def test_it_takes_the_place_of_what_was_to_decide_until_the_newest_begins(
    start: Millis, taken: list[tuple[int, Span]]
) -> None:
    known = [published(1, A, B), published(2, B, C), published(3, C), drafted(4, A)]

    told = [(one.number, time) for one, time in taken_place_of(known, 3, start)]

    assert told == taken


def test_the_next_number_is_one_more_than_the_highest() -> None:
    require_next([], 1)
    require_next([published(1, A), drafted(2, B)], 3)

    with pytest.raises(RuleSetNotNext) as caught:
        require_next([published(1, A)], 3)
    assert caught.value.following == 2


def test_the_newest_published_is_no_draft() -> None:
    assert newest_published([published(1, A), drafted(2, B)]) == published(1, A)
    assert newest_published([drafted(2, B)]) is None
