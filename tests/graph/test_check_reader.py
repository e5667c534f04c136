"""What a check knows: subjects, records, deliveries and rule sets, as they were written."""

from dataclasses import replace
from itertools import pairwise
from typing import LiteralString

import pytest

from hub.checks.judge import Question, judge
from hub.domain.catalogue import Catalogue, Effect, SubjectCondition, Trigger
from hub.domain.clocks import OPEN_START, Millis, Span, day_start
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Generation, Known, Standing, SubjectState, Tie
from hub.domain.verdict import Judgement
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Outcome,
    Reach,
    RecordKind,
    StandingStatus,
    UnitKind,
)
from hub.graph.check_reader import CheckReader
from hub.graph.door import Door, Row
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.checks import worlds as law
from tests.graph.small_worlds import BETWEEN, FROM, LATE, TO, World, held, id_of, read
from tests.worlds import batch, fresh_code, fresh_name, unit

# The subject


async def test_a_subject_nobody_knows_has_no_state_and_nothing_arrives(hub: Hub) -> None:
    unknown, stranger = await CheckReader(hub.door).read(
        [fresh_code(), SubjectId("P-NOBODY")], at=BETWEEN, known_at=None
    )

    for known in (unknown, stranger):
        assert [*known.states, *known.governs, *known.posts, *known.arrivals, *known.cut] == []


async def test_a_unit_is_read_as_it_was_written(hub: Hub) -> None:
    world = World()
    code = world.unit(name="示例局", unitKind="ORGAN", adminLevel="LEAGUE_CITY")
    [state] = world.facts
    region, ref = Ref("Region", fresh_name("R")), Ref("Unit", code)
    world.entities.append(Entity(region))
    governs = world.edge("GOVERNS", ref, region, valid=Span(FROM, TO))
    tick = await world.enter(hub)

    known = await read(hub, code, BETWEEN, tick)

    assert (known.subject, known.at, known.known_at, known.epoch) == (code, BETWEEN, tick, 1)
    assert known.states == (
        SubjectState(
            held(state),
            "示例局",
            UnitKind.ORGAN,
            AdminLevel.LEAGUE_CITY,
            "ACTIVE",
            "CN-15",
        ),
    )
    assert known.governs == (held(governs),)


async def test_a_person_is_read_with_the_posts_that_have_not_ended(hub: Hub) -> None:
    world = World()
    who, where = world.person(), world.unit()
    world.post(who, where, valid=Span(OPEN_START, FROM), key="past")
    present = world.post(who, where, valid=Span(FROM, TO), key="present", principal=False)
    future = world.post(who, where, valid=Span(TO), key="future")
    await world.enter(hub)

    known = await read(hub, who, FROM)

    assert {post.fact_id: post.valid for post in known.posts} == {
        id_of(present): Span(FROM, TO),
        id_of(future): Span(TO),
    }
    assert [state.fact.kind for state in known.states] == ["PersonState"]
    assert [state.fact.start for state in known.states] == [Ref("Person", who)]


async def test_an_own_record_is_read_with_all_that_a_ground_tells(hub: Hub) -> None:
    world = World()
    code, determiner = world.unit(), world.unit(name="示例认定机关")
    name = world.record(
        code,
        labels=("FailureEvent", "JudgmentDefault"),
        valid=Span(FROM),
        stands=Span(FROM, TO),
        category="SERIOUS_DISHONEST",
        severity="SERIOUS",
        eventAt=FROM + 7,
        publicUntil=TO,
        countsUntil=LATE,
        disputed=True,
        obligationOpen=True,
        domain="PPP",
        list="COURT",
        penalty="FINE",
        discipline="DEMERIT",
        marks=("A", "B"),
    )
    *_, about, stands = world.facts
    paper = Ref("CreditRecord", name)
    behaviour, document = Ref("Behaviour", fresh_name("B")), Ref("Document", fresh_name("D"))
    world.entities += [
        Entity(behaviour, properties={"title": "行为"}),
        Entity(document, properties={"docNo": "示例〔2026〕1号"}),
    ]
    ties = [
        world.edge("OF", paper, behaviour),
        world.edge("DETERMINED_BY", paper, Ref("Unit", determiner)),
        world.edge("EVIDENCED_BY", paper, document),
    ]
    await world.enter(hub)

    known = await read(hub, code, BETWEEN)

    instance, determined, evidence = map(held, ties)
    assert known.arrivals == (
        Arrival(
            reach=Reach.OWN,
            record=name,
            kind=RecordKind.JUDGMENT_DEFAULT,
            edges=(held(about),),
            standing=Standing(
                fact=held(stands),
                status=StandingStatus.IN_FORCE,
                category=InfoCategory.SERIOUS_DISHONEST,
                event_at=Millis(FROM + 7),
                public_until=TO,
                counts_until=LATE,
                severity="SERIOUS",
                disputed=True,
                obligation_open=True,
                domain="PPP",
                list_kind="COURT",
                penalty="FINE",
                discipline="DEMERIT",
                marks=("A", "B"),
            ),
            behaviours=(Tie(instance, behaviour.id),),
            determiners=(Tie(determined, determiner, "示例认定机关"),),
            documents=(Tie(evidence, document.id, "示例〔2026〕1号"),),
        ),
    )


# One statement, many subjects


class _Listening(Door):
    """The same door, counting how often it is gone through."""

    def __init__(self, door: Door) -> None:
        self._real, self.now = door, door.now
        self.reads = 0

    async def read(self, text: LiteralString, **parameters: object) -> list[Row]:
        self.reads += 1
        return await self._real.read(text, **parameters)


async def test_one_statement_reads_all_subjects_in_the_order_given(hub: Hub) -> None:
    world = World()
    first, second = world.unit(), world.person()
    await world.enter(hub)
    asked = [second, fresh_code(), first, second, SubjectId("P-NOBODY"), first]
    door = _Listening(hub.door)

    read = await CheckReader(door).read(asked, at=BETWEEN, known_at=None)

    assert door.reads == 1
    assert [known.subject for known in read] == asked
    assert [len(known.states) for known in read] == [1, 0, 1, 1, 0, 1]
    assert len({known.known_at for known in read}) == 1


async def test_no_subject_is_no_row(hub: Hub) -> None:
    assert await CheckReader(hub.door).read([], at=BETWEEN, known_at=None) == []


# The guard


async def _many(hub: Hub, reach: Reach, records: int) -> tuple[SubjectId, list[str]]:
    """A subject that so many records reach, in order of their names."""
    world = World()
    where = world.unit()
    names = [world.record(where) for _ in range(records)]
    subject = where
    if reach is Reach.SUCCESSION:
        subject = world.unit()
        world.succession(where, subject, FROM)
    elif reach is Reach.SUBORDINATE:
        subject = world.unit()
        world.subordination(where, subject)
    elif reach is Reach.REGION:
        subject = world.government(world.region(where))
    elif reach is not Reach.OWN:
        subject = world.person()
        if reach is Reach.PRINCIPAL:
            world.post(subject, where)
        for name in names * (reach is Reach.RESPONSIBLE):
            world.edge("RESPONSIBLE_FOR", Ref("Person", subject), Ref("CreditRecord", name))
    await world.enter(hub)
    return subject, sorted(names)


@pytest.mark.parametrize("reach", Reach)
async def test_a_reach_that_brings_more_than_the_guard_lets_through_is_marked(
    hub: Hub, reach: Reach
) -> None:
    subject, names = await _many(hub, reach, 4)

    cut = await read(hub, subject, LATE, guard=3)
    whole = await read(hub, subject, LATE, guard=4)

    assert (cut.cut, whole.cut) == ((reach,), ())
    assert [came.record for came in cut.arrivals] == names[:3]
    assert [came.record for came in whole.arrivals] == names


@pytest.mark.parametrize("reach", Reach)
async def test_a_reach_that_walks_further_than_the_fan_is_marked_and_brings_nothing(
    hub: Hub, reach: Reach
) -> None:
    subject, names = await _many(hub, reach, 4)

    cut = await read(hub, subject, LATE, fan=3)
    whole = await read(hub, subject, LATE, fan=4)

    assert (cut.cut, cut.arrivals, whole.cut) == ((reach,), (), ())
    assert [came.record for came in whole.arrivals] == names


@pytest.mark.parametrize("reach", [Reach.PRINCIPAL, *list(Reach)[3:]])
async def test_units_without_a_record_are_walked_as_well(hub: Hub, reach: Reach) -> None:
    world = World()
    where = [world.unit() for _ in range(4)]
    subject = world.person() if reach is Reach.PRINCIPAL else world.unit()
    if reach is Reach.REGION:
        subject = world.government(world.region(*where))
    for code in where:
        if reach is Reach.PRINCIPAL:
            world.post(subject, code)
        elif reach is Reach.SUCCESSION:
            world.succession(code, subject, FROM)
        elif reach is Reach.SUBORDINATE:
            world.subordination(code, subject)
    await world.enter(hub)

    assert [(await read(hub, subject, LATE, fan=fan)).cut for fan in (3, 4)] == [(reach,), ()]


@pytest.mark.parametrize("oldest", [0, 1])
async def test_a_sixth_succession_marks_from_when_on_the_chain_is_too_long(
    hub: Hub, oldest: int
) -> None:
    world = World()
    chain = [world.unit() for _ in range(7)][oldest:]
    records = [world.record(code) for code in chain]
    for place, (old, new) in enumerate(pairwise(chain)):
        world.succession(old, new, Millis(FROM + place))
    await world.enter(hub)

    known = await read(hub, chain[-1], Millis(FROM - 1))

    came = [one.record for one in known.arrivals if one.reach is Reach.SUCCESSION]
    assert came == sorted(records[-6:-1])
    assert known.longer_from == (None if oldest else FROM + 5)
    assert known.cut == ()


async def test_a_chain_that_was_not_passed_on_in_order_is_no_longer_for_it(hub: Hub) -> None:
    world = World()
    chain = [world.unit() for _ in range(7)]
    for place, (old, new) in enumerate(pairwise(chain)):
        world.succession(old, new, Millis(FROM + place if place else FROM + 2))
    await world.enter(hub)

    assert (await read(hub, chain[-1], LATE)).longer_from is None


_GRAVE = law.effect(Outcome.BLOCK)
_SHOWN = law.effect(Outcome.ATTENTION)
_ELSEWHERE = law.effect(Outcome.BLOCK, Trigger(kinds=(RecordKind.HONOUR,)))


@pytest.mark.parametrize(
    ("effect", "reaches", "outcome"),
    [
        (_GRAVE, (Reach.OWN,), Outcome.BLOCK),
        (_SHOWN, (Reach.OWN,), Outcome.UNCOVERED),
        (_ELSEWHERE, (Reach.OWN,), Outcome.UNCOVERED),
        (_GRAVE, (Reach.SUCCESSION,), Outcome.CLEAR),
    ],
)
async def test_a_cut_answer_is_never_clean_unless_no_rule_reads_what_was_cut(
    hub: Hub, effect: Effect, reaches: tuple[Reach, ...], outcome: Outcome
) -> None:
    subject, _ = await _many(hub, Reach.OWN, 4)
    known = replace(await read(hub, subject, LATE, guard=3), generations=(law.generation(),))

    judgement = _judged(law.catalogue(law.rule("R1", effect, reaches=reaches)), known, LATE)

    told = (judgement.outcome, judgement.covered, judgement.complete)
    assert told == (outcome, True, outcome is Outcome.CLEAR)


def _judged(rules: Catalogue, known: Known, at: Millis) -> Judgement:
    return judge(Question(rules, rules.scenarios["FUNDING"], "APPLICANT"), known, at)


# Sources and rule sets


async def test_a_delivery_is_read_until_it_is_stale(hub: Hub) -> None:
    source = fresh_name("SOURCE")
    told = {"source": source, "freshUntil": TO, "jurisdictions": ("XX-1", "XX-2")}
    fact = Fact("SourceGeneration", Ref("Source", source), Span(FROM), properties=told)
    await enter(hub.door, batch([Entity(Ref("Source", source))], [fact]), writer="test")
    subject = fresh_code()

    async def delivered(at: int) -> list[Generation]:
        known = await read(hub, subject, Millis(at))
        return [entry for entry in known.generations if entry.source == source]

    expected = [Generation(id_of(fact), source, Span(FROM), TO, ("XX-1", "XX-2"))]
    assert [await delivered(at) for at in (FROM - 1, TO - 1, TO)] == [expected, expected, []]


async def test_the_rule_set_is_read_with_the_day_it_comes_into_force(demo: Hub) -> None:
    in_force = day_start((await demo.catalogues.current()).in_force_from)

    known = await read(demo, fresh_code(), Millis(in_force - 1))

    assert [(rule_set.number, rule_set.valid) for rule_set in known.rule_sets] == [
        (2, Span(in_force))
    ]


# Until when


async def test_what_was_read_judges_every_later_instant_as_if_read_then(hub: Hub) -> None:
    world = World()
    old = world.unit()
    code = world.unit(valid=Span(OPEN_START, BETWEEN), adminLevel="TOWNSHIP")
    world.facts.append(replace(unit(code, valid=Span(BETWEEN))[1], key="later"))
    world.succession(old, code, BETWEEN)
    world.record(old, stands=Span(OPEN_START, TO))
    world.record(code, stands=Span(FROM), countsUntil=TO)
    world.record(code, valid=Span(BETWEEN, TO))
    region = Ref("Region", fresh_name("R"))
    world.entities.append(Entity(region))
    world.edge("GOVERNS", Ref("Unit", code), region, valid=Span(BETWEEN))
    await world.enter(hub)
    both = (Reach.OWN, Reach.SUCCESSION)
    governs = SubjectCondition(governs=True)
    townships = SubjectCondition(levels=(AdminLevel.TOWNSHIP,))
    rules = law.catalogue(
        law.rule("R1", law.effect(Outcome.REFERENCE), reaches=both),
        law.rule("R2", law.effect(Outcome.BLOCK, subject=governs), reaches=both),
        law.rule("R3", law.effect(Outcome.RESTRICT, subject=townships), reaches=both),
    )
    early = await read(hub, code, Millis(FROM - 1))

    told: list[int] = []
    for turn in (FROM, BETWEEN, TO):
        for at in (Millis(turn - 1), turn, Millis(turn + 1)):
            judgement = _judged(rules, await read(hub, code, at), at)
            assert judgement == _judged(rules, early, at)
            told.append(len(judgement.grounds))

    assert told == [0, 2, 2, 2, 6, 6, 6, 0, 0]
