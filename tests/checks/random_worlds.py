"""Facts at random, for claims that hold of any: hours around `AT` hold every turning point."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from hub.domain.catalogue import SubjectCondition, Trigger
from hub.domain.clocks import OPEN_END, Span, later
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import (
    Arrival,
    Generation,
    Held,
    Known,
    RuleSetInForce,
    Standing,
    SubjectState,
)
from hub.domain.vocabulary import InfoCategory, Outcome, Reach, StandingStatus, UnitKind
from tests.checks.worlds import (
    EVER,
    HASH,
    OTHER,
    PERSON,
    SCENARIOS,
    UNIT,
    arrival,
    basis,
    behaviour,
    catalogue,
    document,
    effect,
    generation,
    held,
    hour,
    known,
    ref_of,
    rule,
    rule_set,
    standing,
    state,
)

HOURS = st.integers(-3, 9).map(hour)
CHANGES = st.tuples(HOURS, HOURS | st.just(OPEN_END)).map(lambda ends: Span(*sorted(ends)))
SPANS = st.sampled_from([EVER] * 3 + [None]).flatmap(
    lambda ever: st.just(ever) if ever else CHANGES
)
DAYS = st.sampled_from([date(2025, 6, 1), date(2026, 6, 1), None])
"""Of documents: a year later is long over, or yet far."""
ENDS = st.sampled_from([True, True, False]).flatmap(lambda o: st.just(OPEN_END) if o else HOURS)
LAWS = {
    HASH: catalogue(
        rule("R1", effect(Outcome.BLOCK, Trigger(within_years=1)), bases=("OLD", "NEW")),
        rule("R2", effect(Outcome.REFERENCE, subject=SubjectCondition(governs=True))),
        rule(
            "R3",
            effect(Outcome.RESTRICT, subject=SubjectCondition(unit_kinds=(UnitKind.ORGAN,))),
            effect(Outcome.ATTENTION, Trigger(behaviours=("ZWSX-01",))),
            reaches=(Reach.OWN, Reach.SUCCESSION, Reach.PRINCIPAL),
        ),
        rule("R4", effect(Outcome.ATTENTION, Trigger(lapsed=True)), bases=("NEW",)),
        rule("F", effect(Outcome.ATTENTION, scenarios=("FUNDING",)), fallback=True),
        bases=(
            basis(),
            basis("OLD", in_force=Span(hour(-9), hour(2))),
            basis("NEW", ceiling=Outcome.REFERENCE, in_force=Span(hour(-2), hour(7))),
        ),
    ),
    "second": catalogue(
        rule("R5", effect(Outcome.BLOCK, Trigger(categories=(InfoCategory.SERIOUS_DISHONEST,)))),
        scenarios=SCENARIOS[::2],
    ),
}


def standings(record: str) -> st.SearchStrategy[Standing]:
    return st.builds(
        standing,
        st.just(record),
        valid=SPANS,
        status=st.sampled_from([StandingStatus.IN_FORCE] * 3 + [StandingStatus.SUSPENDED]),
        category=st.sampled_from([InfoCategory.SERIOUS_DISHONEST, InfoCategory.RISK_ALERT]),
        event_at=HOURS.map(lambda at: later(at, years=-1)),
        public_until=ENDS,
        counts_until=ENDS,
        disputed=st.booleans(),
        obligation_open=st.booleans(),
    )


@st.composite
def arrivals(draw: st.DrawFn, subject: SubjectId) -> Arrival:
    record = draw(st.sampled_from(["CR-1", "CR-2", "CR-3"]))
    reach = draw(st.sampled_from([Reach.OWN, Reach.SUCCESSION, Reach.PRINCIPAL]))
    edge = held("EDGE", OTHER, ref_of(subject), valid=draw(SPANS))
    tie = behaviour(record, draw(st.sampled_from(["ZWSX-01", "ZWSX-02"])), valid=draw(SPANS))
    came = arrival(
        record,
        reach=reach,
        edges=(replace(edge, at_event=reach is Reach.PRINCIPAL),),
        stands=draw(standings(record)),
        behaviours=(tie,),
        documents=tuple(
            document(record, draw(DAYS), valid=draw(SPANS), no=no)
            for no in range(draw(st.integers(0, 2)))
        ),
    )
    return replace(came, undecided=draw(st.sampled_from([False] * 4 + [True])))


def held_somewhen(subject: SubjectId) -> st.SearchStrategy[tuple[Held, ...]]:
    region = Ref("Region", "159900")
    edges = SPANS.map(lambda valid: held("GOVERNS", ref_of(subject), region, valid=valid))
    return st.lists(edges, max_size=2).map(tuple)


@st.composite
def random_worlds(draw: st.DrawFn, subjects: Sequence[SubjectId] = (UNIT, PERSON)) -> Known:
    subject = draw(st.sampled_from(subjects))
    kinds = st.sampled_from([UnitKind.ORGAN, UnitKind.INSTITUTION])
    states = st.builds(state, st.just(subject), valid=SPANS, kind=kinds, no=st.integers(1, 3))
    generations: st.SearchStrategy[Generation] = st.builds(
        generation, valid=SPANS, fresh_until=ENDS, no=st.integers(1, 3)
    )
    return known(
        *draw(st.lists(arrivals(subject), min_size=1, max_size=3)),
        subject=subject,
        states=tuple(draw(st.lists(states, min_size=1, max_size=2, unique_by=_state_id))),
        governs=draw(held_somewhen(subject)),
        posts=draw(held_somewhen(subject)),
        generations=tuple(draw(st.lists(generations, max_size=2, unique_by=_generation_id))),
        rule_sets=draw(rule_sets()),
        cut=draw(st.sampled_from([(), (Reach.OWN,)])),
        longer_from=draw(st.sampled_from([None, hour(-1), hour(2)])),
    )


def _state_id(state: SubjectState) -> str:
    return state.fact.fact_id


def _generation_id(generation: Generation) -> str:
    return generation.fact_id


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[RuleSetInForce, ...]:
    one, two = (
        rule_set(valid=draw(SPANS)),
        rule_set(content_hash="second", number=2, valid=draw(CHANGES)),
    )
    return draw(st.sampled_from([(one,), (one,), (one, two), (two,)]))
