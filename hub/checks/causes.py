"""Why two answers differ, read off the facts and the law that each side had.

A cause is something that is on one side only: a fact or a rule set that holds, a basis in force, a
term or a window still running, a specific rule that keeps a fallback silent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from hub.checks import matching
from hub.checks.judge import subject_state
from hub.checks.timeline import Moment
from hub.domain.catalogue import Rule, Speech, Trigger
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref
from hub.domain.known import Arrival, Generation, Held, Known, RuleSetInForce, SubjectState
from hub.domain.verdict import Cause, CauseKind, Clock, Ground, Turn
from hub.domain.vocabulary import Reach


class Side(NamedTuple):
    """One of two answers; `facts` are the ids of all that was read for it."""

    moment: Moment
    facts: frozenset[str]

    @property
    def state(self) -> SubjectState | None:
        return subject_state(self.moment.known, self.moment.at)

    @property
    def asked(self) -> frozenset[str]:
        """The sources the answer depends on."""
        return frozenset(one.source for one in self.moment.judgement.coverage)

    def rule(self, code: str) -> Rule | None:
        """None also where no rule set was in force."""
        return self.moment.catalogue.rules.get(code) if self.moment.rule_set else None

    def bases(self, rule: Rule) -> frozenset[str]:
        """Codes of those in force."""
        in_force = self.moment.catalogue.bases_in_force(rule, self.moment.at)
        return frozenset(basis.code for basis in in_force)


class Sides(NamedTuple):
    before: Side
    after: Side

    def divided_by(self, instant: Millis) -> bool:
        """Whether the instant has come on one side only."""
        earlier, later = sorted(side.moment.at for side in self)
        return earlier < instant <= later

    def from_each(self) -> Iterator[tuple[Side, Side, Turn]]:
        """Each side with the other: what only the first has ends, what only the last begins."""
        yield self.before, self.after, Turn.ENDS
        yield self.after, self.before, Turn.BEGINS


def side(moment: Moment) -> Side:
    return Side(moment, frozenset(_fact_ids(moment.known)))


def causes_of(sides: Sides, old: Ground | None, new: Ground | None) -> tuple[Cause, ...]:
    """Of a ground that is not the same on both sides; at least one of the two is there."""
    shown = new or old
    assert shown is not None
    causes = [
        *_of_facts(sides, old, new),
        *_of_subject(sides, [rule for one in sides if (rule := one.rule(shown.rule))]),
        *_of_rule_sets(sides, shown.rule),
        *_of_bases(sides, shown.rule),
        *_of_terms(sides, old, new),
        *_of_documents(sides, shown),
        *_of_other_rules(sides, old, new),
    ]
    return tuple(dict.fromkeys(causes))


def causes_of_coverage(
    sides: Sides, source: str, old: Generation | None, new: Generation | None
) -> tuple[Cause, ...]:
    """Of a source that is lacking on one side only, by the delivery it used on the other."""
    if len({source in one.asked for one in sides}) > 1:
        return tuple(_rule_sets_of(sides))
    facts = ([_delivery(generation)] if generation else [] for generation in (old, new))
    causes = [
        cause
        for held, (_, other, turn) in zip(facts, sides.from_each(), strict=True)
        for cause in _missing(held, other, turn)
    ]
    states = [one.state for one in sides]
    if len({state.jurisdiction if state else None for state in states}) > 1:
        causes += _of_states(sides)
    return tuple(causes)


def causes_of_doubt(sides: Sides, reach: Reach, record: str) -> tuple[Cause, ...]:
    """Of a record that nobody can decide, on one side only."""
    read = (one.moment.speech.reading(reach) for one in sides)
    rules = {one.rule.code: one.rule for one in chain.from_iterable(read)}
    causes = [
        *_of_arrivals(sides, reach, record),
        *_of_speech(sides, lambda speech: [one.effects for one in speech.reading(reach)]),
        *_of_doubtful_terms(sides, reach, record),
        *chain.from_iterable(_of_bases(sides, code) for code in rules),
        *_of_what_is_asked(sides, rules.values()),
    ]
    if any(one.moment.speech.looking_back for one in sides):
        causes += _of_days(sides, record)
    return tuple(dict.fromkeys(causes))


def _of_what_is_asked(sides: Sides, rules: Collection[Rule]) -> Iterator[Cause]:
    """What the subject is, governs and does, where any of the rules asks for it."""
    asked = [effect.subject for rule in rules for effect in rule.effects]
    yield from _of_subject(sides, rules)
    for one, other, turn in sides.from_each():
        known, at = one.moment.known, one.moment.at
        held = known.governs if any(subject.governs for subject in asked) else ()
        posts = known.posts if any(subject.in_post for subject in asked) else ()
        yield from _missing([fact for fact in (*held, *posts) if fact.holds(at)], other, turn)


def causes_of_cut(sides: Sides, reach: Reach) -> tuple[Cause, ...]:
    """Of a reach of which not all was read, on one side only; what was not is not known."""
    facts = (
        Cause(CauseKind.FACT, turn, None, None, None)
        for one, other, turn in sides.from_each()
        if reach in one.moment.known.cut_at(one.moment.at)
        and reach not in other.moment.known.cut_at(other.moment.at)
    )
    return (*facts, *_of_speech(sides, lambda speech: reach in speech.reaches))


def _of_arrivals(sides: Sides, reach: Reach, record: str) -> Iterator[Cause]:
    """All by which the record arrives, in doubt or not."""
    for one, other, turn in sides.from_each():
        for arrival in one.moment.known.arrivals:
            if (arrival.reach, arrival.record) == (reach, record) and arrival.holds(one.moment.at):
                held = (tie.fact for tie in arrival.behaviours if tie.fact.holds(one.moment.at))
                facts = (*arrival.edges, arrival.standing.fact, *held, *arrival.deciding)
                yield from _missing(facts, other, turn)


def _of_speech(sides: Sides, said: Callable[[Speech], object]) -> Iterator[Cause]:
    """Of rule sets, where they do not say the same; one that was not in force says nothing."""
    before, after = (said(one.moment.speech) if one.moment.rule_set else None for one in sides)
    if before != after:
        yield from _rule_sets_of(sides)


def _of_doubtful_terms(sides: Sides, reach: Reach, record: str) -> Iterator[Cause]:
    """The record's term and the look-backs, as if it were decided that it concerns the subject."""
    for one, _, turn in sides.from_each():
        for arrival in one.moment.judgement.undecided:
            if (arrival.reach, arrival.record) == (reach, record):
                for cause in _ends_in_doubt(arrival, one.moment, turn):
                    if cause.at is not None and sides.divided_by(cause.at):
                        yield cause


def _ends_in_doubt(arrival: Arrival, moment: Moment, turn: Turn) -> Iterator[Cause]:
    for speaking in moment.speech.reading(arrival.reach):
        yield from _ends_of(speaking.rule.code, speaking.triggers, arrival, moment.at, turn)


def _of_facts(sides: Sides, old: Ground | None, new: Ground | None) -> Iterator[Cause]:
    for ground, (_, other, turn) in zip((old, new), sides.from_each(), strict=True):
        if ground is not None:
            yield from _missing(ground.facts or (), other, turn)


def _of_subject(sides: Sides, rules: Iterable[Rule]) -> Iterator[Cause]:
    """What the subject is, where any of the rules asks: a later state may have stood before it."""
    asked = (effect.subject for rule in rules for effect in rule.effects)
    if any(subject.unit_kinds or subject.levels for subject in asked):
        yield from _of_states(sides)


def _of_states(sides: Sides) -> Iterator[Cause]:
    for one, other, turn in sides.from_each():
        if one.state is not None:
            yield from _missing([one.state.fact], other, turn)


def _missing(facts: Iterable[Held], other: Side, turn: Turn) -> Iterator[Cause]:
    """Those that do not hold on the other side, with the clock that took them or brought them."""
    at = other.moment.at
    for fact in facts:
        over = fact.valid.end <= at and not (fact.at_event or fact.once_begun)
        if fact.fact_id not in other.facts and not over:
            yield Cause(CauseKind.FACT, turn, fact.fact_id, Clock.KNOWLEDGE, None)
        elif not fact.holds(at):
            yield _in_the_world(CauseKind.FACT, fact.fact_id, fact.valid, at, turn)


def _in_the_world(
    kind: CauseKind, code: str | None, span: Span, missing_at: Millis, turn: Turn
) -> Cause:
    """Of something that is not there at `missing_at`: not yet, or no longer."""
    at = span.start if missing_at < span.start else span.end
    return Cause(kind, turn, code, Clock.EFFECTIVE, at)


def _of_rule_sets(sides: Sides, rule: str) -> Iterator[Cause]:
    """None where both sides have the same words of the rule."""
    if sides.before.rule(rule) != sides.after.rule(rule):
        yield from _rule_sets_of(sides)


def _rule_sets_of(sides: Sides) -> Iterator[Cause]:
    for one, other, turn in sides.from_each():
        rule_set = one.moment.rule_set
        if rule_set is not None:
            for cause in _missing([_state(rule_set)], other, turn):
                yield Cause(CauseKind.RULE_SET, turn, str(rule_set.number), cause.clock, cause.at)


def _of_bases(sides: Sides, code: str) -> Iterator[Cause]:
    for one, other, turn in sides.from_each():
        here, there = one.rule(code), other.rule(code)
        if here is None or there is None:
            continue
        for basis in sorted((one.bases(here) & {*there.bases}) - other.bases(there)):
            in_force = other.moment.catalogue.legal_bases[basis].in_force
            at = other.moment.at
            if not in_force.contains(at):
                yield _in_the_world(CauseKind.LEGAL_BASIS, basis, in_force, at, turn)


def _of_terms(sides: Sides, old: Ground | None, new: Ground | None) -> Iterator[Cause]:
    """The record's term and the rule's look-back, where they end between the two sides."""
    if old is not None and new is not None and old.outcome is new.outcome:
        return
    for ground, (one, _, turn) in zip((old, new), sides.from_each(), strict=True):
        if ground is not None and ground.arrival is not None:
            rule, at = one.moment.catalogue.rules[ground.rule], one.moment.at
            for cause in _ends_of(rule.code, rule.triggers, ground.arrival, at, turn):
                if cause.at is not None and sides.divided_by(cause.at):
                    yield cause


def _ends_of(
    code: str, triggers: Iterable[Trigger], arrival: Arrival, at: Millis, turn: Turn
) -> Iterator[Cause]:
    """Of all by which the rule meets the record at the instant."""
    standing = arrival.standing
    for trigger in triggers:
        if not matching.may_meet(trigger, arrival, at):
            continue
        if trigger.within_years is not None:
            end = matching.look_back_end(trigger.within_years, arrival, at)
            yield Cause(CauseKind.WINDOW, turn, code, Clock.EFFECTIVE, end)
        if trigger.within_years is None or trigger.lapsed:
            end = matching.over(standing) if trigger.lapsed else standing.counts_until
            yield Cause(CauseKind.TERM, turn, standing.counts_term, Clock.EFFECTIVE, end)


def _of_documents(sides: Sides, shown: Ground) -> Iterator[Cause]:
    """Those that say a day, where a rule looks back from one of them and it is another."""
    rules = [rule for one in sides if (rule := one.rule(shown.rule)) is not None]
    looking_back = any(trigger.within_years for rule in rules for trigger in rule.triggers)
    if looking_back and shown.arrival is not None:
        yield from _of_days(sides, shown.arrival.record)


def _of_days(sides: Sides, record: str) -> Iterator[Cause]:
    if len({_look_back_starts(one.moment, record) for one in sides}) > 1:
        for one, other, turn in sides.from_each():
            yield from _missing(_dated_documents(one.moment, record), other, turn)


def _look_back_starts(moment: Moment, record: str) -> frozenset[Millis]:
    at, arrivals = moment.at, moment.known.arrivals
    came = (arrival for arrival in arrivals if arrival.record == record and arrival.holds(at))
    return frozenset(matching.look_back_start(arrival, at) for arrival in came)


def _dated_documents(moment: Moment, record: str) -> list[Held]:
    """Of the record, as they hold at the moment."""
    return [
        tie.fact
        for arrival in moment.known.arrivals
        if arrival.record == record
        for tie in arrival.documents
        if tie.issued_on is not None and tie.fact.holds(moment.at)
    ]


def _of_other_rules(sides: Sides, old: Ground | None, new: Ground | None) -> Iterator[Cause]:
    """A fallback ends where a specific rule begins, and begins where it ends."""
    if old is not None and new is not None:
        return
    for ground, (one, other, turn) in zip((old, new), sides.from_each(), strict=True):
        if ground is None or not one.moment.catalogue.rules[ground.rule].fallback:
            continue
        rules = other.moment.catalogue.rules
        opposite = Turn.BEGINS if turn is Turn.ENDS else Turn.ENDS
        for instead in other.moment.judgement.grounds:
            if _same_record(instead, ground) and not rules[instead.rule].fallback:
                yield Cause(CauseKind.RULE, opposite, instead.rule, None, None)


def _same_record(one: Ground, other: Ground) -> bool:
    if one.arrival is None or other.arrival is None:
        return False
    return (one.arrival.record, one.reach) == (other.arrival.record, other.reach)


def _state(rule_set: RuleSetInForce) -> Held:
    ref = Ref("RuleSet", str(rule_set.number))
    return Held(rule_set.fact_id, "RuleSetState", ref, None, rule_set.valid)


def _delivery(generation: Generation) -> Held:
    """For as long as it covers."""
    span = Span(generation.valid.start, min(generation.valid.end, generation.fresh_until))
    ref = Ref("Source", generation.source)
    return Held(generation.fact_id, "SourceGeneration", ref, None, span)


def _fact_ids(known: Known) -> Iterator[str]:
    for state in known.states:
        yield state.fact.fact_id
    for fact in (*known.governs, *known.posts):
        yield fact.fact_id
    for arrival in known.arrivals:
        ties = (*arrival.behaviours, *arrival.determiners, *arrival.documents)
        facts = (*arrival.edges, arrival.standing.fact, *arrival.deciding)
        for fact in (*facts, *(tie.fact for tie in ties)):
            yield fact.fact_id
    for read in (*known.generations, *known.rule_sets):
        yield read.fact_id
