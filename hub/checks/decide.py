"""The decision: facts and rules in, verdict out; no I/O, no clock, no settings."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from hub.checks.identity import Body, identify, judgement_content
from hub.checks.judge import Question, judge, subject_state
from hub.checks.matching import could_meet, window_end
from hub.domain.catalogue import Catalogue, Scenario, Trigger
from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known, RuleSetInForce
from hub.domain.verdict import Ask, Judgement, Mark, RuleSetRef, Verdict
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.errors import (
    CapacityNotAllowed,
    CapacityRequired,
    InvalidInput,
    NotFound,
    UnitNotFound,
    UnknownScenario,
    WrongSubjectKind,
)
from hub.text import Text

_SUBJECT_WORDS = {
    SubjectKind.UNIT: Text("单位", "units"),
    SubjectKind.PERSON: Text("个人", "persons"),
}
_NO_RULE_SET = Judgement(Outcome.UNCOVERED, covered=False, complete=True, grounds=(), coverage=())


def check_question(ask: Ask, catalogue: Catalogue) -> tuple[Scenario, str]:
    """The scenario and the capacity in it, which may be left out where there is only one.

    Raises `UnknownScenario`, `WrongSubjectKind`, `CapacityRequired`, `CapacityNotAllowed`: an
    unruled question must never read as a clean answer.
    """
    scenario = catalogue.scenarios.get(ask.scenario)
    if scenario is None:
        raise UnknownScenario(ask.scenario, list(catalogue.scenarios))
    if subject_kind(ask.subject) is not scenario.subject_kind:
        raise WrongSubjectKind(ask.subject, scenario.code, _SUBJECT_WORDS[scenario.subject_kind])
    allowed = [capacity.code for capacity in scenario.capacities]
    if ask.capacity is None and len(allowed) > 1:
        raise CapacityRequired(scenario.code, allowed)
    capacity = allowed[0] if ask.capacity is None else ask.capacity
    if capacity not in allowed:
        raise CapacityNotAllowed(capacity, scenario.code, allowed)
    return scenario, capacity


def decide(
    ask: Ask,
    known: Known,
    catalogues: Mapping[str, Catalogue],
    *,
    current: Catalogue,
    marks: tuple[Mark, ...] = (),
) -> Verdict:
    """Judge one subject in one scenario at `known.at`.

    `catalogues` holds every rule set that `known` names, by content hash; `current` checks the
    question where none was in force, which makes the answer `UNCOVERED`. With no ground, all
    sources fresh and nothing cut the outcome is `CLEAR`. Raises what `check_question` raises,
    and `UnitNotFound`.
    """
    triggers = _triggers(ask, known, catalogues)
    timeline = _Timeline(ask, _relevant(known, triggers), catalogues, current, triggers)
    judgement, rule_set = timeline.judgement(known.at), timeline.rule_set(known.at)
    _, capacity = check_question(ask, timeline.catalogue(known.at))
    kind, state = subject_kind(ask.subject), subject_state(known, known.at)
    return identify(
        Verdict(
            id="",
            content_id="",
            subject=ask.subject,
            subject_kind=kind,
            subject_name=state.name if state and kind is SubjectKind.UNIT else None,
            scenario=ask.scenario,
            capacity=capacity,
            effective_at=known.at,
            known_at=known.known_at,
            epoch=known.epoch,
            rule_set=RuleSetRef(rule_set.number, rule_set.content_hash) if rule_set else None,
            judgement=judgement,
            valid_until=timeline.next_change(judgement),
            marks=marks,
            purpose=ask.purpose,
            matter=ask.matter,
            authorisation=ask.authorisation,
        )
    )


def _triggers(ask: Ask, known: Known, catalogues: Mapping[str, Catalogue]) -> list[Trigger]:
    """Of every rule that speaks here, now or under a rule set to come."""
    found: list[Trigger] = []
    for rule_set in known.rule_sets:
        catalogue = catalogues[rule_set.content_hash]
        with suppress(InvalidInput):
            scenario, capacity = check_question(ask, catalogue)
            found += Question(catalogue, scenario, capacity).triggers()
    return found


def _relevant(known: Known, triggers: Sequence[Trigger]) -> Known:
    """Without the records that no rule could ever meet here: they change no answer."""
    arrivals = tuple(
        arrival
        for arrival in known.arrivals
        if arrival.undecided or any(could_meet(trigger, arrival) for trigger in triggers)
    )
    return replace(known, arrivals=arrivals)


@dataclass(frozen=True, slots=True)
class _Timeline:
    """The same question at any instant from `known.at` on."""

    ask: Ask
    known: Known
    catalogues: Mapping[str, Catalogue]
    current: Catalogue
    triggers: Sequence[Trigger]

    def rule_set(self, at: Millis) -> RuleSetInForce | None:
        """The highest-numbered of those in force."""
        in_force = [rule_set for rule_set in self.known.rule_sets if rule_set.valid.contains(at)]
        return max(in_force, key=lambda rule_set: rule_set.number, default=None)

    def catalogue(self, at: Millis) -> Catalogue:
        rule_set = self.rule_set(at)
        return self.catalogues[rule_set.content_hash] if rule_set else self.current

    def judgement(self, at: Millis) -> Judgement:
        """Raises what `decide` raises."""
        catalogue = self.catalogue(at)
        scenario, capacity = check_question(self.ask, catalogue)
        if scenario.subject_kind is SubjectKind.UNIT and subject_state(self.known, at) is None:
            raise UnitNotFound(self.ask.subject)
        if self.rule_set(at) is None:
            return _NO_RULE_SET
        return judge(Question(catalogue, scenario, capacity), self.known, at)

    def next_change(self, now: Judgement) -> Millis | None:
        """The earliest instant at which the answer differs; None when it never does by itself."""
        content = self._content(self.known.at, now)
        for instant in self._turning_points():
            try:
                then = self.judgement(instant)
            except (InvalidInput, NotFound):
                return instant
            if self._content(instant, then) != content:
                return instant
        return None

    def _content(self, at: Millis, judgement: Judgement) -> tuple[RuleSetInForce | None, Body]:
        return self.rule_set(at), judgement_content(judgement)

    def _turning_points(self) -> list[Millis]:
        points = {*self._instants_of_facts(), *self._instants_of_rules()}
        return sorted(point for point in points if self.known.at < point < OPEN_END)

    def _instants_of_facts(self) -> Iterator[Millis]:
        known = self.known
        yield from _ends(*(fact.valid for fact in (*known.governs, *known.posts)))
        yield from _ends(*(state.fact.valid for state in known.states))
        yield from _ends(*(rule_set.valid for rule_set in known.rule_sets))
        for generation in known.generations:
            yield from (*_ends(generation.valid), generation.fresh_until)
        for arrival in known.arrivals:
            standing = arrival.standing
            ties = (*arrival.behaviours, *arrival.determiners, *arrival.documents)
            yield from _ends(standing.fact.valid, *(edge.valid for edge in arrival.edges))
            yield from _ends(*(tie.fact.valid for tie in ties))
            yield standing.counts_until
            if standing.obligation_open:
                yield standing.public_until

    def _instants_of_rules(self) -> Iterator[Millis]:
        for rule_set in self.known.rule_sets:
            catalogue = self.catalogues[rule_set.content_hash]
            yield from _ends(*(basis.in_force for basis in catalogue.legal_bases.values()))
        for trigger in self.triggers:
            if trigger.within_years is not None:
                for arrival in self.known.arrivals:
                    if could_meet(trigger, arrival):
                        yield window_end(trigger, arrival.standing)


def _ends(*spans: Span) -> Iterator[Millis]:
    for span in spans:
        yield from span
