"""The decision: facts and rules in, verdict out; no I/O, no clock, no settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.checks.identity import identify, judgement_content
from hub.checks.judge import Question, judge, subject_state
from hub.domain.catalogue import Catalogue, Scenario
from hub.domain.clocks import OPEN_END, Millis, Span, later
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known, RuleSetInForce
from hub.domain.verdict import Ask, Judgement, Mark, RuleSetRef, Verdict
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.errors import (
    CapacityNotAllowed,
    CapacityRequired,
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
    capacity = ask.capacity or allowed[0]
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
    timeline = _Timeline(ask, known, catalogues)
    rule_set = timeline.rule_set(known.at)
    asked = catalogues[rule_set.content_hash] if rule_set else current
    _, capacity = check_question(ask, asked)
    state = subject_state(known, known.at)
    kind = subject_kind(ask.subject)
    if kind is SubjectKind.UNIT and state is None:
        raise UnitNotFound(ask.subject)
    judgement = timeline.judgement(known.at) or _NO_RULE_SET
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


@dataclass(frozen=True, slots=True)
class _Timeline:
    """The same question at any instant from `known.at` on."""

    ask: Ask
    known: Known
    catalogues: Mapping[str, Catalogue]

    def rule_set(self, at: Millis) -> RuleSetInForce | None:
        """The highest-numbered of those in force."""
        in_force = [rule_set for rule_set in self.known.rule_sets if rule_set.valid.contains(at)]
        return max(in_force, key=lambda rule_set: rule_set.number, default=None)

    def judgement(self, at: Millis) -> Judgement | None:
        """None where no rule set has the scenario or nothing says that the unit exists."""
        rule_set = self.rule_set(at)
        if rule_set is None:
            return None
        catalogue = self.catalogues[rule_set.content_hash]
        scenario = catalogue.scenarios.get(self.ask.scenario)
        missing = subject_state(self.known, at) is None
        if scenario is None or (missing and scenario.subject_kind is SubjectKind.UNIT):
            return None
        capacity = self.ask.capacity or scenario.capacities[0].code
        return judge(Question(catalogue, scenario, capacity), self.known, at)

    def next_change(self, now: Judgement) -> Millis | None:
        """The earliest instant at which the answer differs; None when it never does by itself."""
        content = judgement_content(now)
        for instant in self._turning_points():
            then = self.judgement(instant) or _NO_RULE_SET
            if judgement_content(then) != content:
                return instant
        return None

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
            yield from (standing.counts_until, standing.public_until)

    def _instants_of_rules(self) -> Iterator[Millis]:
        for rule_set in self.known.rule_sets:
            catalogue = self.catalogues[rule_set.content_hash]
            yield from _ends(*(basis.in_force for basis in catalogue.legal_bases.values()))
            for years in catalogue.windows:
                for arrival in self.known.arrivals:
                    yield later(arrival.standing.event_at, years=years)


def _ends(*spans: Span) -> Iterator[Millis]:
    for span in spans:
        yield from span
