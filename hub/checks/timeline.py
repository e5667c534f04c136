"""One question at any instant from the one it was asked for on."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from hub.checks.identity import Body, judgement_content
from hub.checks.judge import Question, judge, subject_state
from hub.checks.matching import could_meet, window_end
from hub.domain.catalogue import Catalogue, Scenario, Trigger
from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known, RuleSetInForce
from hub.domain.verdict import Ask, Judgement
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


def scenario_named(code: str, catalogue: Catalogue) -> Scenario:
    """Raises `UnknownScenario`: an unruled question must never read as a clean answer."""
    scenario = catalogue.scenarios.get(code)
    if scenario is None:
        raise UnknownScenario(code, list(catalogue.scenarios))
    return scenario


def capacity_in(scenario: Scenario, asked: str | None) -> str:
    """The capacity asked for, which may be left out where there is only one.

    Raises `CapacityRequired`, `CapacityNotAllowed`.
    """
    allowed = [capacity.code for capacity in scenario.capacities]
    if asked is None and len(allowed) > 1:
        raise CapacityRequired(scenario.code, allowed)
    capacity = allowed[0] if asked is None else asked
    if capacity not in allowed:
        raise CapacityNotAllowed(capacity, scenario.code, allowed)
    return capacity


def check_question(ask: Ask, catalogue: Catalogue) -> tuple[Scenario, str]:
    """The scenario and the capacity in it.

    Raises `WrongSubjectKind` and what `scenario_named` and `capacity_in` raise.
    """
    scenario = scenario_named(ask.scenario, catalogue)
    if subject_kind(ask.subject) is not scenario.subject_kind:
        raise WrongSubjectKind(ask.subject, scenario.code, _SUBJECT_WORDS[scenario.subject_kind])
    return scenario, capacity_in(scenario, ask.capacity)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was so at one instant; `catalogue` is the newest where no rule set was in force."""

    known: Known
    at: Millis
    rule_set: RuleSetInForce | None
    catalogue: Catalogue
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Timeline:
    """The same question at any instant from `known.at` on.

    `triggers` are those of every rule that speaks here, now or under a rule set to come.
    """

    ask: Ask
    known: Known
    catalogues: Mapping[str, Catalogue]
    current: Catalogue
    triggers: Sequence[Trigger]

    def rule_set(self, at: Millis) -> RuleSetInForce | None:
        return self.known.rule_set_at(at)

    def catalogue(self, at: Millis) -> Catalogue:
        rule_set = self.rule_set(at)
        return self.catalogues[rule_set.content_hash] if rule_set else self.current

    def moment(self, at: Millis) -> Moment:
        """Raises what `check_question` raises, and `UnitNotFound`."""
        judgement = self.judgement(at)
        return Moment(self.known, at, self.rule_set(at), self.catalogue(at), judgement)

    def judgement(self, at: Millis) -> Judgement:
        """Raises what `moment` raises."""
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
        for instant in self._ahead({*self._instants_of_grounds(), *self._instants_of_coverage()}):
            try:
                then = self.judgement(instant)
            except (InvalidInput, NotFound):
                return instant
            if self._content(instant, then) != content:
                return instant
        return None

    def _content(self, at: Millis, judgement: Judgement) -> tuple[RuleSetInForce | None, Body]:
        return self.rule_set(at), judgement_content(judgement)

    def changes_of_grounds(self, until: Millis) -> list[Millis]:
        """Instants after `known.at`, up to and with `until`, at which a ground may change."""
        at, instants = self.known.at, self._instants_of_grounds()
        return sorted({instant for instant in instants if at < instant <= until})

    def _ahead(self, instants: AbstractSet[Millis]) -> list[Millis]:
        return sorted(instant for instant in instants if self.known.at < instant < OPEN_END)

    def _instants_of_grounds(self) -> Iterator[Millis]:
        yield from self._instants_of_facts()
        yield from self._instants_of_rules()

    def _instants_of_coverage(self) -> Iterator[Millis]:
        for generation in self.known.generations:
            yield from (*_ends(generation.valid), generation.fresh_until)

    def _instants_of_facts(self) -> Iterator[Millis]:
        known = self.known
        yield from _ends(*(fact.valid for fact in (*known.governs, *known.posts)))
        yield from _ends(*(state.fact.valid for state in known.states))
        yield from _ends(*(rule_set.valid for rule_set in known.rule_sets))
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
            yield from self.catalogues[rule_set.content_hash].basis_instants
        for trigger in self.triggers:
            if trigger.within_years is not None:
                for arrival in self.known.arrivals:
                    if could_meet(trigger, arrival):
                        yield window_end(trigger, arrival.standing)


def _ends(*spans: Span) -> Iterator[Millis]:
    for span in spans:
        yield from span
