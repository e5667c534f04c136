"""The one statement of a check: every reach, at the boundaries of both clocks."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from hub.domain.clocks import OPEN_START, Millis, Span
from hub.domain.facts import Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.vocabulary import Reach
from hub.wiring import Hub
from tests.graph.small_worlds import (
    BETWEEN,
    FROM,
    LATE,
    TO,
    World,
    around,
    arrived,
    held,
    id_of,
    read,
)
from tests.worlds import EVER, standing, unit

# OWN


@pytest.mark.parametrize("dated", ["edge", "standing"])
async def test_an_own_record_arrives_while_edge_and_standing_hold(hub: Hub, dated: str) -> None:
    world = World()
    code, span = world.unit(), Span(FROM, TO)
    world.record(code, valid=span) if dated == "edge" else world.record(code, stands=span)
    await world.enter(hub)

    assert await around(hub, code, FROM) == [0, 1, 1]
    assert await around(hub, code, TO) == [1, 0, 0]


async def test_what_will_hold_is_read_with_its_span_and_what_has_ended_is_not(hub: Hub) -> None:
    world = World()
    code = world.unit()
    world.record(code, stands=Span(FROM, TO))
    await world.enter(hub)

    [early] = (await read(hub, code, OPEN_START)).arrivals
    late = await read(hub, code, TO)

    assert early.standing.fact.valid == Span(FROM, TO)
    assert not early.holds(OPEN_START)
    assert late.arrivals == ()


# RESPONSIBLE


async def test_a_documented_responsibility_brings_the_record_while_it_holds(hub: Hub) -> None:
    world = World()
    who, where = world.person(), world.unit()
    name = world.record(where)
    ends = Ref("Person", who), Ref("CreditRecord", name)
    fact = world.edge("RESPONSIBLE_FOR", *ends, valid=Span(FROM, TO), role="LEADER")
    await world.enter(hub)

    assert await around(hub, who, FROM) == [0, 1, 1]
    assert await around(hub, who, TO) == [1, 0, 0]
    [came] = (await read(hub, who, BETWEEN)).arrivals
    assert (came.reach, came.record) == (Reach.RESPONSIBLE, name)
    assert came.edges == (held(fact),)


# PRINCIPAL


@pytest.mark.parametrize(
    ("event", "reached"),
    [
        (Millis(FROM - 1), False),
        (FROM, True),
        (Millis(FROM + 1), True),
        (BETWEEN, True),
        (Millis(TO - 1), True),
        (TO, False),
        (Millis(TO + 1), False),
    ],
)
async def test_who_was_principal_on_the_day_of_the_event_is_reached_ever_after(
    hub: Hub, event: Millis, reached: bool
) -> None:
    world = World()
    who, where = world.person(), world.unit()
    world.post(who, where, valid=Span(FROM, TO))
    name = world.record(where, eventAt=event)
    await world.enter(hub)

    assert await arrived(hub, who, LATE) == [(Reach.PRINCIPAL, name)] * reached
    assert await arrived(hub, who, BETWEEN) == [(Reach.PRINCIPAL, name)] * reached


async def test_a_post_that_is_not_the_principals_reaches_nothing(hub: Hub) -> None:
    world = World()
    who, where = world.person(), world.unit()
    world.post(who, where, principal=False)
    world.record(where)
    await world.enter(hub)

    assert (await read(hub, who, BETWEEN)).arrivals == ()


async def test_the_way_of_a_principal_is_the_post_then_the_record_about_the_unit(hub: Hub) -> None:
    world = World()
    who, where = world.person(), world.unit()
    post = world.post(who, where, valid=Span(OPEN_START, FROM))
    world.record(where, valid=Span(FROM, TO))
    about = world.facts[-2]
    await world.enter(hub)

    [came] = (await read(hub, who, BETWEEN)).arrivals

    assert came.edges == (held(post, at_event=True), held(about))
    assert await around(hub, who, TO) == [1, 0, 0]


async def test_an_event_dated_anew_reaches_another_principal(hub: Hub) -> None:
    world = World()
    before, after, where = world.person(), world.person(), world.unit()
    world.post(before, where, valid=Span(OPEN_START, FROM))
    world.post(after, where, valid=Span(FROM))
    name = world.record(where, eventAt=FROM - 1)
    await world.enter(hub)
    world.facts.append(standing(name, eventAt=FROM))
    await world.enter(hub)

    assert await arrived(hub, before, LATE) == []
    assert await arrived(hub, after, LATE) == [(Reach.PRINCIPAL, name)]


# SUCCESSION


@pytest.mark.parametrize(("event", "reached"), [(-1, True), (0, False), (1, False)])
async def test_the_successor_takes_over_events_before_the_succession_only(
    hub: Hub, event: int, reached: bool
) -> None:
    world = World()
    old, new = world.unit(), world.unit()
    world.succession(old, new, FROM)
    name = world.record(old, eventAt=FROM + event)
    await world.enter(hub)

    assert await arrived(hub, new, LATE) == [(Reach.SUCCESSION, name)] * reached


async def test_a_succession_to_come_is_read_and_reaches_from_its_day_on(hub: Hub) -> None:
    world = World()
    old, new = world.unit(), world.unit()
    world.succession(old, new, TO)
    world.record(old)
    await world.enter(hub)

    assert len((await read(hub, new, FROM)).arrivals) == 1
    assert await around(hub, new, TO) == [0, 1, 1]


async def test_what_is_about_the_successor_does_not_go_back(hub: Hub) -> None:
    world = World()
    old, new = world.unit(), world.unit()
    world.succession(old, new, FROM)
    world.record(new)
    await world.enter(hub)

    assert await arrived(hub, old, LATE) == []


async def test_a_chain_of_five_successions_reaches_and_one_of_six_does_not(hub: Hub) -> None:
    world = World()
    chain = [world.unit() for _ in range(7)]
    facts = [world.succession(old, new, FROM) for old, new in pairwise(chain)]
    name = world.record(chain[0])
    about = world.facts[-2]
    await world.enter(hub)

    reached = [await arrived(hub, code, LATE) for code in chain]
    [came] = (await read(hub, chain[5], LATE)).arrivals

    assert reached == [[(Reach.OWN, name)], *[[(Reach.SUCCESSION, name)]] * 5, []]
    assert [edge.fact_id for edge in came.edges] == [*map(id_of, facts[4::-1]), id_of(about)]
    assert [(edge.start.id, edge.end.id) for edge in came.edges[:2] if edge.end] == [
        (chain[4], chain[5]),
        (chain[3], chain[4]),
    ]


@pytest.mark.parametrize(
    ("first", "second", "reached"),
    [(FROM, TO, True), (FROM, FROM, True), (TO, FROM, False), (Millis(FROM + 1), FROM, False)],
)
async def test_a_chain_goes_forward_in_time(
    hub: Hub, first: Millis, second: Millis, reached: bool
) -> None:
    world = World()
    chain = [world.unit() for _ in range(3)]
    world.succession(chain[0], chain[1], first)
    world.succession(chain[1], chain[2], second)
    name = world.record(chain[0])
    await world.enter(hub)

    assert await arrived(hub, chain[2], LATE) == [(Reach.SUCCESSION, name)] * reached


async def test_the_event_must_lie_before_the_first_succession_of_the_chain(hub: Hub) -> None:
    world = World()
    chain = [world.unit() for _ in range(3)]
    world.succession(chain[0], chain[1], FROM)
    world.succession(chain[1], chain[2], TO)
    world.record(chain[0], eventAt=BETWEEN)
    await world.enter(hub)

    assert await arrived(hub, chain[2], LATE) == []


@pytest.mark.parametrize(
    ("scopes", "domain", "reached"),
    [
        ([["ALL"]], "PPP", True),
        ([["ALL"]], None, True),
        ([["PPP"]], "PPP", True),
        ([["TALENT", "PPP"]], "PPP", True),
        ([["TALENT"]], "PPP", False),
        ([["ALL"], ["PPP"]], "PPP", True),
        ([["PPP"], ["ALL"]], "TALENT", False),
        ([["ALL"], ["PPP"], ["ALL"]], "TALENT", False),
        ([["PPP"], ["PPP"]], "PPP", True),
    ],
)
async def test_every_scope_on_the_way_must_hold_the_domain_of_the_event(
    hub: Hub, scopes: Sequence[Sequence[str]], domain: str | None, reached: bool
) -> None:
    world = World()
    chain = [world.unit() for _ in (*scopes, None)]
    for (old, new), scope in zip(pairwise(chain), scopes, strict=True):
        world.succession(old, new, FROM, scope)
    name = world.record(chain[0], domain=domain)
    await world.enter(hub)

    assert await arrived(hub, chain[-1], LATE) == [(Reach.SUCCESSION, name)] * reached


@pytest.mark.parametrize(
    ("scopes", "undecided"),
    [([["ALL"], ["ALL"]], False), ([["TALENT"]], True), ([["ALL"], ["PPP"], ["ALL"]], True)],
)
async def test_a_record_without_domain_arrives_undecided_when_only_some_domains_passed(
    hub: Hub, scopes: Sequence[Sequence[str]], undecided: bool
) -> None:
    world = World()
    chain = [world.unit() for _ in (*scopes, None)]
    for (old, new), scope in zip(pairwise(chain), scopes, strict=True):
        world.succession(old, new, FROM, scope)
    world.record(chain[0], domain=None)
    await world.enter(hub)

    [came] = (await read(hub, chain[-1], LATE)).arrivals

    assert came.undecided is undecided


async def test_what_passed_stays_passed_when_the_succession_has_ended(hub: Hub) -> None:
    world = World()
    old, new = world.unit(), world.unit()
    ends = Ref("Unit", old), Ref("Unit", new)
    world.edge("SUCCEEDED_BY", *ends, valid=Span(FROM, TO), scope=("ALL",))
    world.record(old)
    await world.enter(hub)

    assert await around(hub, new, FROM) == [0, 1, 1]
    assert await around(hub, new, TO) == [1, 1, 1]


# SUBORDINATE

EVENTS = [(-1, False), (0, True), (1, True)]
"""How much later than the beginning of an edge, and whether that is soon enough."""


@pytest.mark.parametrize(("event", "reached"), EVENTS)
async def test_who_was_superior_on_the_day_of_the_event_is_reached_ever_after(
    hub: Hub, event: int, reached: bool
) -> None:
    world = World()
    lower, upper, ended = world.unit(), world.unit(), world.unit()
    world.subordination(lower, upper, valid=Span(FROM, TO))
    world.subordination(lower, ended, valid=Span(OPEN_START, FROM))
    name = world.record(lower, eventAt=FROM + event)
    await world.enter(hub)

    for at in (BETWEEN, LATE):
        assert await arrived(hub, upper, at) == [(Reach.SUBORDINATE, name)] * reached
        assert await arrived(hub, ended, at) == [(Reach.SUBORDINATE, name)] * (not reached)


async def test_a_subordinates_record_climbs_three_steps_each_holding_at_the_event(hub: Hub) -> None:
    world = World()
    chain = [world.unit() for _ in range(5)]
    steps = [world.subordination(lower, upper) for lower, upper in pairwise(chain)]
    name = world.record(chain[0])
    about = world.facts[-2]
    gap = [world.unit() for _ in range(3)]
    world.subordination(gap[0], gap[1])
    world.subordination(gap[1], gap[2], valid=Span(FROM))
    world.record(gap[0])
    await world.enter(hub)

    reached = [await arrived(hub, code, LATE) for code in chain]
    [came] = (await read(hub, chain[3], LATE)).arrivals

    assert reached == [[(Reach.OWN, name)], *[[(Reach.SUBORDINATE, name)]] * 3, []]
    assert came.edges == (*(held(step, at_event=True) for step in steps[2::-1]), held(about))
    assert [len(await arrived(hub, code, LATE)) for code in gap] == [1, 1, 0]


async def test_nothing_goes_down_from_a_superior_nor_comes_back_to_the_unit_itself(
    hub: Hub,
) -> None:
    world = World()
    lower, upper = world.unit(), world.unit()
    world.subordination(lower, upper)
    world.subordination(upper, lower)
    name = world.record(upper)
    await world.enter(hub)

    assert await arrived(hub, upper, LATE) == [(Reach.OWN, name)]
    assert await arrived(hub, lower, LATE) == [(Reach.SUBORDINATE, name)]


# REGION


@pytest.mark.parametrize("dated", ["seat", "government"])
@pytest.mark.parametrize(("event", "reached"), EVENTS)
async def test_who_governed_where_the_unit_lay_at_the_event_is_reached_ever_after(
    hub: Hub, event: int, reached: bool, dated: str
) -> None:
    world = World()
    where = world.unit()
    span = Span(FROM, TO)
    region = world.region(where, valid=span) if dated == "seat" else world.region(where)
    seat = world.facts[-1]
    who = world.government(region, valid=span) if dated != "seat" else world.government(region)
    governs = world.facts[-1]
    name = world.record(where, eventAt=FROM + event)
    about = world.facts[-2]
    await world.enter(hub)

    for at in (BETWEEN, LATE):
        assert await arrived(hub, who, at) == [(Reach.REGION, name)] * reached
    for came in (await read(hub, who, LATE)).arrivals:
        way = (held(governs, at_event=True), held(seat, at_event=True), held(about))
        assert came.edges == way


async def test_a_region_reaches_its_government_alone_and_by_units_other_than_itself(
    hub: Hub,
) -> None:
    world = World()
    where, beside = world.unit(), world.unit()
    region = world.region(where, beside)
    who = world.government(region)
    world.edge("IN_REGION", Ref("Unit", who), region)
    own, name = world.record(who), world.record(where)
    await world.enter(hub)

    assert await arrived(hub, who, LATE) == [(Reach.OWN, own), (Reach.REGION, name)]
    assert await arrived(hub, beside, LATE) == []


@pytest.mark.parametrize(
    ("kind", "level", "of_division", "arrives"),
    [
        ("ORGAN", "BANNER_COUNTY", "BANNER_COUNTY", True),
        ("INSTITUTION", "LEAGUE_CITY", "LEAGUE_CITY", True),
        ("MASS_ORG", "BANNER_COUNTY", "BANNER_COUNTY", False),
        ("OTHER", "BANNER_COUNTY", "BANNER_COUNTY", False),
        ("ORGAN", "LEAGUE_CITY", "BANNER_COUNTY", False),
        ("ORGAN", "TOWNSHIP", "BANNER_COUNTY", False),
        (None, "BANNER_COUNTY", "BANNER_COUNTY", None),
        ("ORGAN", None, "BANNER_COUNTY", None),
        ("INSTITUTION", "BANNER_COUNTY", None, None),
        (None, None, None, None),
        ("MASS_ORG", None, None, False),
        (None, "LEAGUE_CITY", "BANNER_COUNTY", False),
    ],
)
async def test_a_region_answers_for_organs_and_institutions_of_its_own_level(
    hub: Hub, kind: str | None, level: str | None, of_division: str | None, arrives: bool | None
) -> None:
    """Where nobody knows a kind or a level that would decide, it is undecided."""
    world = World()
    where = world.unit(unitKind=kind, adminLevel=level)
    who = world.government(world.region(where, level=of_division))
    name = world.record(where)
    await world.enter(hub)

    arrivals = (await read(hub, who, LATE)).arrivals

    told = [(came.record, came.undecided) for came in arrivals]
    assert told == ([] if arrives is False else [(name, arrives is None)])


@pytest.mark.parametrize("silent", ["unit", "division"])
async def test_what_nobody_knows_of_the_day_of_the_event_leaves_a_region_undecided(
    hub: Hub, silent: str
) -> None:
    world = World()
    where = world.unit(valid=Span(FROM if silent == "unit" else OPEN_START))
    region = world.region(where)
    if silent == "division":
        state = world.facts.pop(-2)
        world.facts.append(replace(state, valid=Span(FROM)))
    who = world.government(region)
    early = world.record(where, eventAt=FROM - 1)
    late = world.record(where, eventAt=FROM)
    await world.enter(hub)

    arrivals = (await read(hub, who, LATE)).arrivals

    assert {came.record: came.undecided for came in arrivals} == {early: True, late: False}
    assert {came.record: len(came.deciding) for came in arrivals} == {early: 1, late: 2}


async def test_a_region_answers_for_what_the_unit_was_at_the_event_whatever_it_became(
    hub: Hub,
) -> None:
    world = World()
    where = world.unit(valid=Span(OPEN_START, FROM))
    was = world.facts[-1]
    raised = {**was.properties, "adminLevel": "LEAGUE_CITY"}
    world.facts.append(replace(was, valid=Span(FROM), key="raised", properties=raised))
    who = world.government(world.region(where))
    [division] = [fact for fact in world.facts if fact.kind == "RegionState"]
    name = world.record(where, eventAt=FROM - 1)
    world.record(where, eventAt=FROM)
    first = await world.enter(hub)
    world.facts.append(replace(was, properties={**was.properties, "unitKind": "MASS_ORG"}))
    second = await world.enter(hub)

    [came] = (await read(hub, who, LATE, first)).arrivals

    assert (came.record, came.undecided) == (name, False)
    assert came.deciding == (held(was, at_event=True), held(division, at_event=True))
    assert (await read(hub, who, LATE, Millis(second - 1))).arrivals == (came,)
    assert (await read(hub, who, LATE, second)).arrivals == ()


async def test_what_happens_in_a_part_of_a_region_is_not_of_the_whole(hub: Hub) -> None:
    world = World()
    banner, league = world.region(where := world.unit()), world.region()
    world.edge("PART_OF", banner, league)
    who = world.government(league)
    world.record(where)
    await world.enter(hub)

    assert await arrived(hub, who, LATE) == []


# All reaches


async def test_reaches_do_not_compose(hub: Hub) -> None:
    world = World()
    old, new, upper, who = world.unit(), world.unit(), world.unit(), world.person()
    world.succession(old, new, FROM)
    world.subordination(new, upper)
    government = world.government(world.region(new, upper))
    world.post(who, new)
    world.post(who, upper, key="upper")
    world.record(old)
    await world.enter(hub)

    assert [await arrived(hub, code, LATE) for code in (who, upper, government)] == [[], [], []]


@pytest.mark.parametrize("reach", Reach)
async def test_a_record_arrives_while_it_is_about_the_unit_that_failed(
    hub: Hub, reach: Reach
) -> None:
    world = World()
    subject, name, _ = _way(world, reach, about=Span(OPEN_START, TO))
    await world.enter(hub)

    lasting = reach is Reach.RESPONSIBLE
    assert await around(hub, subject, TO) == [1, int(lasting), int(lasting)]
    assert await arrived(hub, subject, BETWEEN) == [(reach, name)]


# What the hub knew


async def test_before_anything_was_known_there_is_nothing(hub: Hub) -> None:
    world = World()
    code = world.unit()
    world.record(code)
    tick = await world.enter(hub)

    before = await read(hub, code, BETWEEN, Millis(tick - 1))
    long_before = await read(hub, code, BETWEEN, OPEN_START)

    for known in (before, long_before):
        assert (known.states, known.arrivals) == ((), ())
    assert (long_before.generations, long_before.rule_sets) == ((), ())


async def test_a_correction_is_seen_from_its_tick_and_the_old_version_before_it(hub: Hub) -> None:
    world = World()
    code = world.unit(name="旧")
    name = world.record(code, domain="PPP")
    first = await world.enter(hub)
    world.facts += [unit(code, name="新")[1], standing(name, eventAt=FROM, domain="TALENT")]
    second = await world.enter(hub)

    async def told(known_at: int | None) -> list[tuple[str, str | None, str]]:
        known = await read(hub, code, LATE, None if known_at is None else Millis(known_at))
        return [
            (state.name, came.standing.domain, came.standing.fact.fact_id[-2:])
            for state, came in zip(known.states, known.arrivals, strict=True)
        ]

    old, new = [("旧", "PPP", ".1")], [("新", "TALENT", ".2")]
    at = (first - 1, first, first + 1, second - 1, second, second + 1, None)
    assert [await told(instant) for instant in at] == [[], old, old, old, new, new, new]


@pytest.mark.parametrize("reach", Reach)
async def test_every_edge_of_every_reach_is_asked_of_the_hubs_knowledge(
    hub: Hub, reach: Reach
) -> None:
    world = World()
    subject, name, way = _way(world, reach)
    world.facts.remove(way)
    first = await world.enter(hub)
    world.facts.append(way)
    second = await world.enter(hub)

    for known_at, reached in ((first, 0), (Millis(second - 1), 0), (second, 1)):
        known = await read(hub, subject, LATE, known_at)
        assert [(came.reach, came.record) for came in known.arrivals] == [(reach, name)] * reached


def _way(world: World, reach: Reach, *, about: Span = EVER) -> tuple[SubjectId, str, Fact]:
    """A subject, a record that reaches it, and the edge that brings it."""
    where = world.unit()
    name = world.record(where, valid=about)
    if reach is Reach.OWN:
        return where, name, world.facts[-2]
    if reach is Reach.SUCCESSION:
        subject = world.unit()
        return subject, name, world.succession(where, subject, FROM)
    if reach is Reach.SUBORDINATE:
        subject = world.unit()
        return subject, name, world.subordination(where, subject)
    if reach is Reach.REGION:
        subject = world.government(world.region(where))
        return subject, name, world.facts[-3]
    subject = world.person()
    if reach is Reach.PRINCIPAL:
        return subject, name, world.post(subject, where)
    ends = Ref("Person", subject), Ref("CreditRecord", name)
    return subject, name, world.edge("RESPONSIBLE_FOR", *ends)


# Order


async def test_of_one_record_that_comes_by_two_ways_the_same_comes_first(hub: Hub) -> None:
    world = World()
    officials = [(world.person(), world.unit()) for _ in range(8)]
    for who, where in officials:
        world.record(where)
        for key in "abcd":
            world.post(who, where, key=key)
    await world.enter(hub)

    for who, _ in officials:
        [whole, cut] = [await read(hub, who, LATE, guard=guard) for guard in (9, 2)]
        ways = [came.edges[0].fact_id for came in whole.arrivals]

        assert ways == sorted(ways)
        assert cut.arrivals == whole.arrivals[:2]
