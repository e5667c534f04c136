"""The decision: facts and rules in, verdict out; no I/O, no clock, no settings."""

from collections.abc import Container, Mapping
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from hub.checks.identity import identify
from hub.checks.judge import subject_state
from hub.checks.matching import bearing
from hub.checks.near_misses import near_misses
from hub.checks.timeline import Timeline, check_question
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.identifiers import subject_kind
from hub.domain.known import Known
from hub.domain.verdict import Ask, Judgement, Mark, NearMiss, RuleSetRef, Verdict
from hub.domain.vocabulary import SubjectKind


class _Course(NamedTuple):
    """What follows from the facts and from what the law says of them, whatever asked for it."""

    judgement: Judgement
    valid_until: Millis | None
    near_misses: tuple[NearMiss, ...]


def decide(
    ask: Ask,
    known: Known,
    catalogues: Mapping[str, Catalogue],
    *,
    current: Catalogue,
    marks: tuple[Mark, ...] = (),
    timely: bool = False,
) -> Verdict:
    """Judge one subject in one scenario at `known.at`.

    `catalogues` holds every rule set that `known` names, by content hash; `current` checks the
    question where none was in force, which makes the answer `UNCOVERED`. With no ground, all
    sources fresh and nothing cut the outcome is `CLEAR`. Raises what `check_question` raises,
    and `UnitNotFound`.
    """
    timeline = Timeline(ask, known, catalogues, current)
    course = known.once(timeline.concern(), lambda: _course(timeline))
    rule_set = timeline.rule_set(known.at)
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
            judgement=course.judgement,
            valid_until=course.valid_until,
            marks=marks,
            purpose=ask.purpose,
            matter=ask.matter,
            authorisation=ask.authorisation,
            near_misses=course.near_misses,
            rule_sets=known.rule_sets,
            timely=timely,
        )
    )


def _course(timeline: Timeline) -> _Course:
    """Looked for without the records that no rule could ever meet here: they change no answer."""
    known = timeline.known
    rules = chain.from_iterable(speech.rules for speech in timeline.speeches())
    places = frozenset[int]().union(*(bearing(rule, known) for rule in rules))
    heard = replace(timeline, known=_relevant(known, places))
    judgement = heard.judgement(known.at)
    records = {arrival.record for arrival in heard.known.arrivals}
    is_unit = subject_kind(known.subject) is SubjectKind.UNIT
    return _Course(
        judgement,
        valid_until=heard.next_change(judgement),
        near_misses=near_misses(timeline, records) if is_unit else (),
    )


def _relevant(known: Known, places: Container[int]) -> Known:
    arrivals = tuple(arrival for place, arrival in enumerate(known.arrivals) if place in places)
    return known if len(arrivals) == len(known.arrivals) else replace(known, arrivals=arrivals)
