"""The decision: facts and rules in, verdict out; no I/O, no clock, no settings."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from hub.checks.identity import identify
from hub.checks.judge import Question, subject_state
from hub.checks.matching import could_meet
from hub.checks.near_misses import near_misses
from hub.checks.timeline import Timeline, check_question
from hub.domain.catalogue import Catalogue, Trigger
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known
from hub.domain.verdict import Ask, Mark, RuleSetRef, Verdict
from hub.domain.vocabulary import SubjectKind
from hub.errors import InvalidInput


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
    whole = Timeline(ask, known, catalogues, current, triggers)
    relevant = _relevant(known, triggers)
    timeline = whole if relevant is known else replace(whole, known=relevant)
    records = {arrival.record for arrival in timeline.known.arrivals}
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
            near_misses=near_misses(whole, records) if kind is SubjectKind.UNIT else (),
        )
    )


def _triggers(ask: Ask, known: Known, catalogues: Mapping[str, Catalogue]) -> list[Trigger]:
    """Of every rule that speaks here, now or under a rule set to come."""
    found: list[Trigger] = []
    for rule_set in known.rule_sets:
        catalogue = catalogues[rule_set.content_hash]
        with suppress(InvalidInput):
            scenario, capacity = check_question(ask, catalogue)
            found += Question(catalogue, scenario, capacity).speech().triggers
    return found


def _relevant(known: Known, triggers: Sequence[Trigger]) -> Known:
    """Without the records that no rule could ever meet here: they change no answer."""
    arrivals = tuple(
        arrival
        for arrival in known.arrivals
        if arrival.undecided or any(could_meet(trigger, arrival) for trigger in triggers)
    )
    return known if len(arrivals) == len(known.arrivals) else replace(known, arrivals=arrivals)
