"""One question at any instant from the one it was asked for on."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from hub.checks.identity import Body, judgement_content
from hub.checks.judge import Question, coverage, judge, subject_state
from hub.checks.matching import bearing, could_meet, look_back_ends
from hub.domain.catalogue import Catalogue, Scenario, Speech
from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known, RuleSetInForce
from hub.domain.verdict import Ask, Judgement, SourceCoverage
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


_Content = tuple[RuleSetInForce | None, Body]


@dataclass(frozen=True, slots=True)
class Moment:
    """What was so at one instant; `catalogue` is the newest where no rule set was in force.

    `speech` is what speaks there of the question.
    """

    known: Known
    at: Millis
    rule_set: RuleSetInForce | None
    catalogue: Catalogue
    speech: Speech
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Timeline:
    """The same question at any instant from `known.at` on."""

    ask: Ask
    known: Known
    catalogues: Mapping[str, Catalogue]
    current: Catalogue

    def concern(self) -> Hashable:
        """All that the answer depends on beside the facts: of one concern, there is one answer."""
        laws = {id(law): law for law in (self.current, *self._laws())}
        return tuple(self._concern_under(law) for law in laws.values())

    def speeches(self) -> Iterator[Speech]:
        """All that speaks here, now and under each rule set to come."""
        for law in self._laws():
            with suppress(InvalidInput):
                yield self._question(law).speech()

    def rule_set(self, at: Millis) -> RuleSetInForce | None:
        return self.known.rule_set_at(at)

    def catalogue(self, at: Millis) -> Catalogue:
        rule_set = self.rule_set(at)
        return self.catalogues[rule_set.content_hash] if rule_set else self.current

    def moment(self, at: Millis) -> Moment:
        """Raises what `check_question` raises, and `UnitNotFound`."""
        judgement, law = self.judgement(at), self.catalogue(at)
        speech = self._question(law).speech()
        return Moment(self.known, at, self.rule_set(at), law, speech, judgement)

    def judgement(self, at: Millis) -> Judgement:
        """Raises what `moment` raises."""
        question = self._question(self.catalogue(at))
        kind = question.scenario.subject_kind
        if kind is SubjectKind.UNIT and subject_state(self.known, at) is None:
            raise UnitNotFound(self.ask.subject)
        if self.rule_set(at) is None:
            return _NO_RULE_SET
        return judge(question, self.known, at)

    def next_change(self, now: Judgement) -> Millis | None:
        """The earliest instant at which the answer differs; None when it never does by itself."""
        content, turns = self._content(now, self.known.at), self._ahead(self._instants_of_grounds())
        for instant in sorted(turns | self._ahead(self._instants_of_coverage())):
            if instant not in turns:
                differs = self._covered(instant) != _covered(now.coverage)
            else:
                differs = self._content_then(instant) != content
            if differs:
                return instant
        return None

    def changes_of_grounds(self, until: Millis) -> list[Millis]:
        """Instants after `known.at`, up to and with `until`, at which a ground may change."""
        ahead = self._ahead(self._instants_of_grounds())
        return sorted(instant for instant in ahead if instant <= until)

    def _laws(self) -> Iterator[Catalogue]:
        for rule_set in self.known.rule_sets:
            yield self.catalogues[rule_set.content_hash]

    def _question(self, law: Catalogue) -> Question:
        return Question(law, *check_question(self.ask, law))

    def _concern_under(self, law: Catalogue) -> Hashable:
        try:
            question = self._question(law)
        except InvalidInput:
            return None
        scenario, speech = question.scenario, question.speech()
        heard = tuple(rule for rule in speech.rules if bearing(rule, self.known))
        doubtful = speech.reaches & self.known.doubtful
        return law.content_hash, scenario.subject_kind, scenario.sources, heard, doubtful

    def _content_then(self, at: Millis) -> _Content | None:
        """None where the unit or the question itself has ended."""
        try:
            return self._content(self.judgement(at), at)
        except (InvalidInput, NotFound):
            return None

    def _content(self, judgement: Judgement, at: Millis) -> _Content:
        return self.rule_set(at), judgement_content(judgement)

    def _covered(self, at: Millis) -> list[bool]:
        if self.rule_set(at) is None:
            return []
        return _covered(coverage(self._question(self.catalogue(at)), self.known, at))

    def _ahead(self, instants: Iterable[Millis]) -> frozenset[Millis]:
        at = self.known.at
        return frozenset(instant for instant in instants if at < instant < OPEN_END)

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
        if known.longer_from is not None:
            yield known.longer_from
        for arrival in known.arrivals:
            standing = arrival.standing
            ties = (*arrival.behaviours, *arrival.determiners, *arrival.documents)
            yield from _ends(standing.fact.valid, *(edge.valid for edge in arrival.edges))
            yield from _ends(*(tie.fact.valid for tie in ties))
            yield standing.counts_until
            if standing.obligation_open:
                yield standing.public_until

    def _instants_of_rules(self) -> Iterator[Millis]:
        for law in self._laws():
            yield from law.basis_instants
        for trigger in chain.from_iterable(speech.looking_back for speech in self.speeches()):
            for arrival in self.known.arrivals:
                if could_meet(trigger, arrival):
                    yield from look_back_ends(trigger, arrival)


def _covered(sources: Iterable[SourceCoverage]) -> list[bool]:
    return [source.covered for source in sources]


def _ends(*spans: Span) -> Iterator[Millis]:
    for span in spans:
        yield from span
