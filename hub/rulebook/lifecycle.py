"""From draft to published to superseded: which states a publication begins and ends.

A rule set that is published ends all published before it, on the day it begins; one that would
have begun later never decides. What was known before stays known as of then: the facts are
corrected, never changed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hub.domain.clocks import Millis, Span, format_shanghai
from hub.domain.facts import Batch, Fact
from hub.domain.rule_sets import KnownRuleSet, RuleSetState, RuleSetStatus, newest_published
from hub.errors import RuleSetNotNext, RuleSetTransition
from hub.intake.rule_sets import STATE, state_fact
from hub.text import Text

_DRAFT, _PUBLISHED, _SUPERSEDED = RuleSetStatus


class Publication(NamedTuple):
    """Facts to write, and facts that no longer hold at any time."""

    facts: Sequence[Fact]
    withdrawn: Sequence[Fact]


def publication(
    known: Sequence[KnownRuleSet], number: int, start: Millis, document: str | None
) -> Publication:
    """What publishing the rule set from `start` on changes among those known."""
    published = RuleSetState(_PUBLISHED, Span(start), document)
    facts, withdrawn = [state_fact(number, published)], list[Fact]()
    for rule_set, ended in _ended(known, number, start):
        fact = state_fact(rule_set.number, ended)
        (facts if ended.valid.start < start else withdrawn).append(fact)
        if ended.status is _PUBLISHED:
            since = max(start, ended.valid.start)
            superseded = RuleSetState(_SUPERSEDED, Span(since), document)
            facts.append(state_fact(rule_set.number, superseded))
    return Publication(facts, withdrawn)


def _ended(
    known: Sequence[KnownRuleSet], number: int, start: Millis
) -> Iterator[tuple[KnownRuleSet, RuleSetState]]:
    """States that end at `start`: of the draft itself, and of all that is published until then."""
    for rule_set in known:
        state = rule_set.state(_DRAFT if rule_set.number == number else _PUBLISHED)
        if state is not None and state.valid.end > start:
            yield rule_set, replace(state, valid=Span(state.valid.start, start))


def is_published(
    known: Sequence[KnownRuleSet], number: int, start: Millis, document: str | None
) -> bool:
    """Whether the rule set is published so already.

    Raises `RuleSetTransition` where it is published otherwise, or superseded, or a later one is.
    """
    rule_set = next((one for one in known if one.number == number), None)
    published = rule_set.state(_PUBLISHED) if rule_set else None
    if published is not None and (published.valid.start, published.document) == (start, document):
        return True
    newest = newest_published(known)
    if newest is not None and newest.number >= number:
        raise RuleSetTransition(number, _taken(newest.number, number))
    return False


def _taken(newest: int, number: int) -> Text:
    if newest == number:
        return Text("已经公布，日期或文号不同", "published already, on another day or document")
    return Text(f"第 {newest} 号已经公布", f"rule set {newest} is published already")


def require_begun(known: Sequence[KnownRuleSet], newest: int, start: Millis) -> None:
    """Nothing is derived for a time in which no law was. Raises `RuleSetTransition`."""
    first = min(state.valid.start for one in known if (state := one.state(_PUBLISHED)))
    if start < first:
        since = format_shanghai(first)
        raise RuleSetTransition(
            newest, Text(f"{since} 之前没有规则集施行", f"no rule set is in force before {since}")
        )


def taken_place_of(
    known: Sequence[KnownRuleSet], newest: int, start: Millis
) -> Iterator[tuple[KnownRuleSet, Span]]:
    """Rule sets before the newest that would decide from `start` on, in order, and when."""
    for one in known:
        state = one.state(_PUBLISHED)
        if one.number < newest and state is not None and state.valid.end > start:
            yield one, Span(max(start, state.valid.start), state.valid.end)


def require_next(known: Sequence[KnownRuleSet], number: int) -> None:
    """Numbers have no gaps. Raises `RuleSetNotNext`."""
    following = 1 + max((one.number for one in known), default=0)
    if number != following:
        raise RuleSetNotNext(number, following)


def seeded(batch: Batch, known: Sequence[KnownRuleSet]) -> Batch:
    """The rule set of the seeds as this graph needs it.

    One that it has published before is not published again; a new one ends those before it, and
    may leave numbers out that were never shipped to this graph. Raises `RuleSetTransition`.
    """
    [state] = (fact for fact in batch.facts if fact.kind == STATE)
    number, start = int(state.subject.id), state.valid.start
    rule_set = next((one for one in known if one.number == number), None)
    if rule_set and not rule_set.is_draft:
        return replace(batch, facts=())
    is_published(known, number, start, None)
    facts, withdrawn = publication(known, number, start, None)
    others = [fact for fact in batch.facts if fact is not state]
    return replace(batch, facts=[*facts, *others], withdrawn=withdrawn)
