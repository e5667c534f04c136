"""What is so at one instant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hub.checks import matching
from hub.domain.catalogue import Catalogue, Rule, Scenario, Speaking, Speech, Trigger
from hub.domain.clocks import Millis
from hub.domain.known import Arrival, Generation, Held, Known, SubjectState
from hub.domain.verdict import Ground, Judgement, SourceCoverage
from hub.domain.vocabulary import Outcome, Reach, SubjectKind


@dataclass(frozen=True, slots=True)
class Question:
    """Scenario and capacity in a rule set: what `judge` needs beside facts and instant."""

    catalogue: Catalogue
    scenario: Scenario
    capacity: str

    def speech(self) -> Speech:
        return self.catalogue.speaking[self.scenario.code, self.capacity]


@dataclass(frozen=True, slots=True)
class _Moment:
    question: Question
    known: Known
    at: Millis
    state: SubjectState | None


def judge(question: Question, known: Known, at: Millis) -> Judgement:
    """Every matching ground, the gravest outcome among them, and what covers the answer."""
    moment = _Moment(question, known, at, subject_state(known, at))
    grounds = _grounds(moment)
    sources = coverage(question, known, at)
    covered = all(source.covered for source in sources)
    cut = _cut(moment)
    undecided = _all_undecided(moment)
    complete = not cut and not undecided
    outcome = Outcome.gravest([ground.outcome for ground in grounds])
    if not (covered and complete) and outcome.gravity < Outcome.UNCOVERED.gravity:
        outcome = Outcome.UNCOVERED
    if question.scenario.subject_kind is SubjectKind.PERSON:
        grounds, undecided = _result_and_basis_only(grounds), ()
    ordered = tuple(sorted(grounds, key=_order))
    return Judgement(outcome, covered, complete, ordered, sources, cut, undecided)


def _cut(moment: _Moment) -> tuple[Reach, ...]:
    """Of the reaches that matter here."""
    reaches = moment.question.speech().reaches
    return tuple(sorted(moment.known.cut_at(moment.at) & reaches))


def _all_undecided(moment: _Moment) -> tuple[Arrival, ...]:
    return tuple(arrival for arrival in moment.known.arrivals if _undecided(arrival, moment))


def _undecided(arrival: Arrival, moment: _Moment) -> bool:
    """Nobody can say whether the record concerns the subject, and a ground hangs on it."""
    return (
        arrival.undecided
        and arrival.holds(moment.at)
        and any(
            _effects(moment, speaking, arrival, matching.may_meet)
            for speaking in moment.question.speech().rules
        )
    )


def find_grounds(question: Question, known: Known, at: Millis) -> list[Ground]:
    """Every matching ground with its record and path, for whom it may concern; unordered."""
    return _grounds(_Moment(question, known, at, subject_state(known, at)))


def subject_state(known: Known, at: Millis) -> SubjectState | None:
    """The subject as it was at the instant; None when nothing says that it existed."""
    holding = [state for state in known.states if state.fact.holds(at)]
    return max(holding, key=lambda s: (s.fact.valid.start, s.fact.fact_id), default=None)


def _grounds(moment: _Moment) -> list[Ground]:
    arrivals = [arrival for arrival in moment.known.arrivals if arrival.holds(moment.at)]
    grounds: list[Ground] = []
    met_specifically: set[tuple[str, str]] = set()
    for speaking in moment.question.speech().rules:
        rule = speaking.rule
        for arrival in arrivals:
            met = (arrival.record, arrival.reach)
            if arrival.reach not in rule.reaches or (rule.fallback and met in met_specifically):
                continue
            ground = _gravest_ground(moment, speaking, arrival)
            if ground is not None:
                grounds.append(ground)
                if not rule.fallback:
                    met_specifically.add(met)
    return grounds


def _gravest_ground(moment: _Moment, speaking: Speaking, arrival: Arrival) -> Ground | None:
    """The rule gives one ground for one arrival, by its gravest effect; None when it has none."""
    effects = _effects(moment, speaking, arrival, matching.met)
    if not effects:
        return None
    outcome, asked = max(effects, key=lambda effect: effect[0].gravity)
    return _ground(moment, speaking.rule, outcome, arrival, asked)


def _effects(
    moment: _Moment,
    speaking: Speaking,
    arrival: Arrival,
    meets: Callable[[Trigger, Arrival, Millis], bool],
) -> Sequence[tuple[Outcome, tuple[Held, ...]]]:
    """Those the rule has on the arrival, each with the facts it asks of the subject."""
    found: list[tuple[Outcome, tuple[Held, ...]]] = []
    for effect in speaking.effects_on(arrival.reach):
        if not any(meets(trigger, arrival, moment.at) for trigger in effect.when):
            continue
        asked = matching.subject_facts(
            effect.subject, moment.known, moment.state, moment.at, division=arrival.division
        )
        catalogue = moment.question.catalogue
        outcome = matching.outcome_of(effect, speaking.rule, catalogue, moment.at)
        if asked is not None and outcome is not None:
            found.append((outcome, asked))
    return found


def _ground(
    moment: _Moment, rule: Rule, outcome: Outcome, arrival: Arrival, asked: tuple[Held, ...]
) -> Ground:
    ties = (*arrival.behaviours, *arrival.determiners, *arrival.documents)
    told = tuple(tie.fact for tie in ties if tie.fact.holds(moment.at))
    return Ground(
        rule=rule.code,
        outcome=outcome,
        measure=rule.measure,
        verb=rule.verb,
        quote=rule.quote,
        implementer=rule.implementer,
        bases=moment.question.catalogue.bases_in_force(rule, moment.at),
        reach=arrival.reach,
        disputed=arrival.standing.disputed,
        arrival=arrival,
        facts=(*arrival.edges, arrival.standing.fact, *told, *arrival.deciding, *asked),
    )


def _result_and_basis_only(grounds: list[Ground]) -> list[Ground]:
    """For persons: no record, no path, and not how many records there are."""

    def result(ground: Ground) -> tuple[str, int, str]:
        return ground.rule, ground.outcome.gravity, ground.reach

    merged: list[Ground] = []
    for _, group in groupby(sorted(grounds, key=result), key=result):
        same = list(group)
        disputed = all(ground.disputed for ground in same)
        merged.append(replace(same[0], disputed=disputed, arrival=None, facts=None))
    return merged


def coverage(question: Question, known: Known, at: Millis) -> tuple[SourceCoverage, ...]:
    """Of every source the scenario depends on."""
    scenario, state = question.scenario, subject_state(known, at)
    jurisdiction = state.jurisdiction if state else None
    if jurisdiction is None and scenario.subject_kind is SubjectKind.PERSON:
        jurisdiction = question.catalogue.jurisdiction
    best = _best_deliveries(jurisdiction, known, at)
    return tuple(_source_coverage(source, best.get(source)) for source in scenario.sources)


def _best_deliveries(
    jurisdiction: str | None, known: Known, at: Millis
) -> Mapping[str, Generation]:
    """By source the one that stays fresh longest, of those that cover the jurisdiction."""
    fresh = [
        generation
        for generation in known.generations
        if generation.fresh_until > at
        and generation.valid.contains(at)
        and jurisdiction in generation.jurisdictions
    ]
    fresh.sort(key=lambda g: (g.fresh_until, g.valid.start, g.fact_id))
    return {generation.source: generation for generation in fresh}


def _source_coverage(source: str, best: Generation | None) -> SourceCoverage:
    if best is None:
        return SourceCoverage(source, covered=False, generation=None, as_of=None, fresh_until=None)
    return SourceCoverage(
        source,
        covered=True,
        generation=best.fact_id,
        as_of=best.valid.start,
        fresh_until=best.fresh_until,
    )


def _order(ground: Ground) -> tuple[int, str, str, str, tuple[str, ...]]:
    """Gravest first, then by rule, reach, record and path: the same order in every answer."""
    record = ground.arrival.record if ground.arrival else ""
    facts = tuple(fact.fact_id for fact in ground.facts or ())
    return -ground.outcome.gravity, ground.rule, ground.reach, record, facts
