"""How two things are connected: by facts that hold at both clocks, within what may be read."""

from itertools import pairwise
from typing import Any

import pytest
from neo4j.graph import Relationship

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.paths import Cut, CutReason, FactSource, PathsFound
from hub.errors import InvalidHops, NodeNotFound, UnknownKind
from hub.graph.door import literal
from hub.graph.path_statements import JOINING
from hub.graph.paths import MOST_PATHS, PathFinder, path_kinds
from hub.graph.two_sided_search import PathLimits
from hub.wiring import Hub
from tests.graph.small_worlds import BETWEEN, FROM, LATE, TO, World, id_of
from tests.worlds import fresh_name

BUREAU = Ref("Unit", "11159900990000236Y")


def _thing(world: World, label: str) -> Ref:
    ref = Ref(label, fresh_name(f"{label}-TEST"))
    world.entities.append(Entity(ref, (), {"synthetic": True}))
    return ref


def _unit(world: World) -> Ref:
    return Ref("Unit", world.unit())


def _person(world: World, *, synthetic: bool = True) -> Ref:
    if synthetic:
        return Ref("Person", world.person())
    ref = Ref("Person", fresh_name("P-REAL"))
    world.entities.append(Entity(ref, ("Subject", "Official"), {}))
    return ref


async def _paths(
    hub: Hub, start: Ref, end: Ref, limits: PathLimits | None = None, **asked: Any
) -> PathsFound:
    usual: dict[str, Any] = {"at": BETWEEN, "known_at": None, "max_hops": 6, "every": True}
    return await PathFinder(hub.door, limits).paths(start=start, end=end, **{**usual, **asked})


def _facts(found: PathsFound) -> list[list[str]]:
    return [[step.fact_id for step in path.steps] for path in found.paths]


def _ids(*facts: Fact) -> list[str]:
    return [id_of(fact) for fact in facts]


# What connects


async def test_facts_are_followed_against_their_arrow_and_say_so(hub: Hub) -> None:
    world = World()
    one, other, who = _unit(world), _unit(world), _person(world)
    first = world.edge("HOLDS_POST", who, one, post="局长", isPrincipal=True)
    second = world.edge("HOLDS_POST", who, other, valid=Span(FROM, TO), rank="正科级")
    tick = await world.enter(hub)

    found = await _paths(hub, one, other)

    [path] = found.paths
    assert (found.complete, found.clocks.at) == (True, BETWEEN)
    assert path.things == (one, who, other)
    assert [(step.start, step.end, step.forward) for step in path.steps] == [
        (who, one, False),
        (who, other, True),
    ]
    assert [dict(step.told) for step in path.steps] == [
        {"post": "局长", "isPrincipal": True},
        {"rank": "正科级"},
    ]
    last = path.steps[-1]
    assert (last.fact_id, last.kind) == (id_of(second), "HOLDS_POST")
    assert (last.valid, last.recorded) == (Span(FROM, TO), Span(tick, OPEN_END))
    assert last.source == FactSource("entry:TEST", None, None)
    assert _facts(await _paths(hub, other, one)) == [_ids(second, first)]


async def test_the_cypher_of_a_path_draws_its_facts(hub: Hub) -> None:
    world = World()
    one, other, contract = _unit(world), _thing(world, "Enterprise"), _thing(world, "Contract")
    facts = [world.edge("PARTY_TO", end, contract) for end in (one, other)]
    await world.enter(hub)

    [path] = (await _paths(hub, one, other)).paths
    assert path.cypher is not None
    [row] = await hub.door.read(literal(path.cypher))

    assert path.things == (one, contract, other)
    drawn = [value["factId"] for value in row.values() if isinstance(value, Relationship)]
    assert drawn == _ids(*facts)


async def test_every_kind_that_joins_may_be_followed(hub: Hub) -> None:
    assert path_kinds() == JOINING
    assert {"HOLDS_POST", "OWES", "ABOUT", "GOVERNS", "OF"} <= set(JOINING)
    assert {"HAS_STATE", "STANDS", "CONTAINS", "IN", "FROM"} & set(JOINING) == set()


async def test_every_shortest_path_is_found_in_order_of_its_facts_and_one_is_the_first(
    hub: Hub,
) -> None:
    world = World()
    one, other = _unit(world), _unit(world)
    ways: list[list[str]] = []
    for _ in range(3):
        contract = _thing(world, "Contract")
        ways.append(_ids(*(world.edge("PARTY_TO", end, contract) for end in (one, other))))
    detour = [_person(world), _unit(world), _person(world)]
    for who, where in ((0, one), (0, detour[1]), (2, detour[1]), (2, other)):
        world.edge("HOLDS_POST", detour[who], where)
    await world.enter(hub)

    found = await _paths(hub, one, other)

    assert _facts(found) == sorted(ways)
    assert found.complete
    assert _facts(await _paths(hub, one, other, every=False)) == sorted(ways)[:1]
    assert await _paths(hub, one, other, known_at=found.clocks.known_at) == found


async def test_kinds_narrow_what_is_followed(hub: Hub) -> None:
    world = World()
    one, other = _unit(world), _unit(world)
    who, contract = _person(world), _thing(world, "Contract")
    posts = [world.edge("HOLDS_POST", who, end) for end in (one, other)]
    parties = [world.edge("PARTY_TO", end, contract) for end in (one, other)]
    await world.enter(hub)

    assert _facts(await _paths(hub, one, other, kinds=frozenset({"HOLDS_POST"}))) == [_ids(*posts)]
    assert _facts(await _paths(hub, one, other, kinds=frozenset({"PARTY_TO"}))) == [_ids(*parties)]
    assert _facts(await _paths(hub, one, other, kinds=frozenset({"OWES"}))) == []


async def test_no_path_goes_through_a_region_unless_its_kinds_are_named(hub: Hub) -> None:
    world = World()
    one, other, region = _unit(world), _unit(world), _thing(world, "Region")
    lies = [world.edge("IN_REGION", end, region) for end in (one, other)]
    await world.enter(hub)

    through = await _paths(hub, one, other, kinds=frozenset({"IN_REGION"}))

    assert _facts(await _paths(hub, one, other)) == []
    assert _facts(await _paths(hub, one, region)) == [_ids(lies[0])]
    assert _facts(await _paths(hub, region, other)) == [_ids(lies[1])]
    assert _facts(through) == [_ids(*lies)]


async def test_a_thing_is_connected_with_itself_by_no_step(hub: Hub) -> None:
    world = World()
    one = _unit(world)
    await world.enter(hub)

    found = await _paths(hub, one, one)

    assert [(path.things, path.steps, path.cypher) for path in found.paths] == [((one,), (), None)]
    assert found.complete


async def test_things_that_nothing_connects_have_no_path_and_nothing_is_cut(hub: Hub) -> None:
    world = World()
    one, other = _unit(world), _unit(world)
    world.edge("PARTY_TO", one, _thing(world, "Contract"))
    await world.enter(hub)

    found = await _paths(hub, one, other)

    assert (found.paths, found.complete) == ((), True)


# Clocks


async def test_an_ended_post_connects_as_of_then_and_no_longer(hub: Hub) -> None:
    world = World()
    one, other, who = _unit(world), _unit(world), _person(world)
    world.edge("HOLDS_POST", who, one)
    world.edge("HOLDS_POST", who, other, valid=Span(FROM, TO))
    await world.enter(hub)

    around = [FROM - 1, FROM, TO - 1, TO]
    found = [len((await _paths(hub, one, other, at=Millis(at))).paths) for at in around]

    assert found == [0, 1, 1, 0]


async def test_a_fact_connects_from_its_tick_on_and_until_it_is_withdrawn(hub: Hub) -> None:
    world = World()
    one, other, who = _unit(world), _unit(world), _person(world)
    world.edge("HOLDS_POST", who, one)
    first = await world.enter(hub)
    world.edge("HOLDS_POST", who, other)
    second = await world.enter(hub)
    world.edge("HOLDS_POST", who, other, valid=Span(FROM, TO))
    third = await world.enter(hub)

    async def paths(known_at: int) -> int:
        found = await _paths(hub, one, other, at=LATE, known_at=Millis(known_at))
        return len(found.paths)

    asked = (first, second - 1, second, third - 1, third)
    assert [await paths(known_at) for known_at in asked] == [0, 0, 1, 1, 0]


# Bounds


async def test_a_path_longer_than_asked_is_not_found(hub: Hub) -> None:
    world = World()
    chain = [_unit(world) for _ in range(7)]
    for one, other in pairwise(chain):
        world.edge("SUBORDINATE_TO", one, other)
    await world.enter(hub)

    assert len((await _paths(hub, chain[0], chain[6], max_hops=6)).paths[0].steps) == 6
    assert (await _paths(hub, chain[0], chain[6], max_hops=5)).paths == ()


@pytest.mark.parametrize("hops", [-1, 0, 7])
async def test_more_hops_than_six_or_fewer_than_one_are_refused(hub: Hub, hops: int) -> None:
    with pytest.raises(InvalidHops) as caught:
        await _paths(hub, BUREAU, BUREAU, max_hops=hops)

    assert (caught.value.code, caught.value.where) == ("INVALID_HOPS", "maxHops")


@pytest.mark.parametrize("kind", ["HAS_STATE", "CONTAINS", "FROM", "KNOWS", "holds_post", ""])
async def test_a_kind_that_joins_nothing_is_refused(hub: Hub, kind: str) -> None:
    with pytest.raises(UnknownKind) as caught:
        await _paths(hub, BUREAU, BUREAU, kinds=frozenset({kind, "OWES"}))

    assert (caught.value.code, caught.value.where) == ("UNKNOWN_KIND", "kinds")
    assert repr(kind) in str(caught.value)


@pytest.mark.parametrize("label", ["Unit", "Subject", "UnitState", "Unitt", "Unit {id: 1}) //"])
async def test_a_thing_that_is_not_kept_is_refused(hub: Hub, label: str) -> None:
    world = World()
    one = _unit(world)
    await world.enter(hub)

    for ends in ((one, Ref(label, "X")), (Ref(label, "X"), one)):
        with pytest.raises(NodeNotFound):
            await _paths(hub, *ends)


@pytest.fixture(scope="module")
async def hub_vertex(hub: Hub, anyio_backend: str) -> tuple[Ref, Ref, Ref, Ref]:
    """A unit of 10,000 contracts, two units that only it connects, and one of their contracts."""
    world = World()
    vertex, one, other = (_unit(world) for _ in range(3))
    contract = Ref("Contract", "")
    for number in range(10_000):
        contract = _thing(world, "Contract")
        world.edge("PARTY_TO", vertex, contract)
        if number == 0:
            world.edge("PARTY_TO", one, contract)
    world.edge("PARTY_TO", other, contract)
    await world.enter(hub)
    return vertex, one, other, contract


async def test_a_hub_of_ten_thousand_facts_is_not_followed_and_named(
    hub: Hub, hub_vertex: tuple[Ref, Ref, Ref, Ref]
) -> None:
    vertex, one, other, _ = hub_vertex
    world = World()
    afar, another = _unit(world), _thing(world, "Contract")
    world.edge("PARTY_TO", afar, another)
    await world.enter(hub)

    met = await _paths(hub, one, other)
    cut = await _paths(hub, one, afar)

    assert [path.things[2] for path in met.paths] == [vertex]
    assert (cut.paths, cut.complete) == ((), False)
    assert cut.cuts == (Cut(CutReason.HUB, vertex),)


async def test_a_hub_of_ten_thousand_facts_may_be_an_end(
    hub: Hub, hub_vertex: tuple[Ref, Ref, Ref, Ref]
) -> None:
    vertex, one, _, contract = hub_vertex

    for limits in (PathLimits(), PathLimits(of_level=100)):
        near = await _paths(hub, vertex, contract, limits=limits)
        far = await _paths(hub, one, vertex, limits=limits)

        assert [len(found.paths[0].steps) for found in (near, far)] == [1, 2]
        assert (near.complete, far.complete) == (True, True)


async def test_two_ends_too_large_to_read_are_told_so(
    hub: Hub, hub_vertex: tuple[Ref, Ref, Ref, Ref]
) -> None:
    vertex, one, _, _ = hub_vertex

    found = await _paths(hub, vertex, one, limits=PathLimits(of_level=0))

    assert (found.paths, found.cuts) == ((), (Cut(CutReason.FACTS),))


async def test_more_shortest_paths_than_are_shown_are_told(hub: Hub) -> None:
    world = World()
    one, other = _unit(world), _unit(world)
    firsts: list[str] = []
    for _ in range(MOST_PATHS + 1):
        contract = _thing(world, "Contract")
        firsts.append(id_of(world.edge("PARTY_TO", one, contract)))
        world.edge("PARTY_TO", other, contract)
    await world.enter(hub)

    found = await _paths(hub, one, other)

    assert [ids[0] for ids in _facts(found)] == sorted(firsts)[:MOST_PATHS]
    assert found.cuts == (Cut(CutReason.PATHS),)
    assert (await _paths(hub, one, other, every=False)).complete


# Persons


async def test_a_real_person_on_the_way_connects_and_is_not_told(hub: Hub) -> None:
    world = World()
    one, other, who = _unit(world), _unit(world), _person(world, synthetic=False)
    facts = [world.edge("HOLDS_POST", who, end, post="局长") for end in (one, other)]
    await world.enter(hub)

    [path] = (await _paths(hub, one, other)).paths

    assert [step.fact_id for step in path.steps] == _ids(*facts)
    assert path.things == (one, None, other)
    assert [(step.start, step.end) for step in path.steps] == [(None, one), (None, other)]
    assert [dict(step.told) for step in path.steps] == [{}, {}]
    assert path.cypher is None


async def test_a_record_about_a_real_person_is_not_told_either(hub: Hub) -> None:
    world = World()
    determiner, where, who = _unit(world), _unit(world), _person(world, synthetic=False)
    record = Ref("CreditRecord", fresh_name("CR-REAL"))
    world.entities.append(Entity(record, ("Discipline",), {}))
    world.edge("ABOUT", record, who)
    world.edge("DETERMINED_BY", record, determiner)
    world.edge("HOLDS_POST", who, where)
    await world.enter(hub)

    [path] = (await _paths(hub, determiner, where)).paths

    assert path.things == (determiner, None, None, where)
    with pytest.raises(NodeNotFound):
        await _paths(hub, determiner, record)


async def test_a_real_person_and_an_unknown_one_are_answered_alike_as_ends(hub: Hub) -> None:
    world = World()
    where, who = _unit(world), _person(world, synthetic=False)
    world.edge("HOLDS_POST", who, where)
    await world.enter(hub)

    for person in (who, Ref("Person", "P-NOBODY-KNOWS")):
        for ends in ((person, where), (where, person)):
            found = await _paths(hub, *ends)
            assert (found.paths, found.cuts) == ((), (Cut(CutReason.PERSON),))


# The demo region


async def test_facts_of_the_demo_say_by_which_source_they_came(demo: Hub) -> None:
    found = await _paths(demo, BUREAU, Ref("Region", "159921"), at=LATE, max_hops=1)

    [source] = {step.source for path in found.paths for step in path.steps}
    assert source.code is not None
    assert source.import_id.startswith(f"{source.code}#")
