"""Candidates of a region: its units and those of its divisions, then, and no unit too few."""

from collections.abc import Sequence

import pytest

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Entity, Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.graph import candidates
from hub.graph.candidates import CandidateReader
from hub.wiring import Hub
from tests.graph.plans import Planner
from tests.graph.small_worlds import BETWEEN, FROM, TO, World
from tests.worlds import EVER, fresh_name


def _region(world: World, above: str | None = None, *, valid: Span = EVER) -> str:
    """A division with its state, part of the one above while valid."""
    code = fresh_name("R")
    ref = Ref("Region", code)
    world.entities.append(Entity(ref))
    told = {"name": "示例", "level": "BANNER_COUNTY"}
    world.facts.append(Fact("RegionState", ref, valid, properties=told))
    if above is not None:
        world.edge("PART_OF", ref, Ref("Region", above), valid=valid)
    return code


def _unit_in(world: World, region: str, *, valid: Span = EVER) -> SubjectId:
    code = world.unit()
    world.edge("IN_REGION", Ref("Unit", code), Ref("Region", region), valid=valid)
    return code


async def _candidates(
    hub: Hub,
    region: str,
    at: Millis = BETWEEN,
    *,
    known_at: Millis | None = None,
    after: str = "",
    most: int = 100,
    bearing: bool = False,
) -> Sequence[str] | None:
    return await CandidateReader(hub.door).candidates(
        region, Clocks(at, known_at), after=after, most=most, bearing=bearing
    )


async def test_units_of_the_region_and_of_every_division_under_it_come_once_and_in_order(
    hub: Hub,
) -> None:
    world = World()
    top = _region(world)
    middle = _region(world, top)
    low = _region(world, middle)
    units = sorted(_unit_in(world, region) for region in (top, middle, low, low))
    world.edge("IN_REGION", Ref("Unit", units[0]), Ref("Region", low), key="too")
    world.unit()
    await world.enter(hub)

    assert await _candidates(hub, top) == units
    assert len(await _candidates(hub, low) or []) >= 2
    assert await _candidates(hub, top, after=units[1], most=1) == [units[2]]
    assert await _candidates(hub, top, after=units[3]) == []


@pytest.mark.parametrize(("at", "listed"), [(-1, 0), (0, 1)])
async def test_a_unit_lies_in_a_region_from_the_first_instant_to_before_the_last(
    hub: Hub, at: int, listed: int
) -> None:
    world = World()
    top = _region(world)
    division = _region(world, top)
    _unit_in(world, division, valid=Span(FROM, TO))
    parted = _region(world)
    world.edge("PART_OF", Ref("Region", division), Ref("Region", parted), valid=Span(FROM, TO))
    await world.enter(hub)

    for region in (top, parted):
        assert len(await _candidates(hub, region, Millis(FROM + at)) or []) == listed
        assert len(await _candidates(hub, region, Millis(TO + at)) or []) == 1 - listed


async def test_what_was_not_yet_known_is_not_listed(hub: Hub) -> None:
    world = World()
    region = _region(world)
    before = await world.enter(hub)
    unit = _unit_in(world, region)
    tick = await world.enter(hub)

    assert await _candidates(hub, region, known_at=Millis(tick - 1)) == []
    assert await _candidates(hub, region, known_at=tick) == [unit]
    assert await _candidates(hub, region, known_at=Millis(before - 1)) is None


async def test_a_region_that_is_not_or_no_longer_is_none(hub: Hub) -> None:
    world = World()
    ended = _region(world, valid=Span(FROM, TO))
    await world.enter(hub)

    assert await _candidates(hub, "R-NOWHERE") is None
    assert await _candidates(hub, ended, BETWEEN) == []
    assert await _candidates(hub, ended, TO) is None


async def test_units_at_which_nothing_grave_can_arrive_are_left_out_and_no_others(
    hub: Hub,
) -> None:
    world = World()
    region = _region(world)
    recorded, successor, governing, plain, past = (_unit_in(world, region) for _ in range(5))
    world.record(recorded, valid=Span(FROM, TO))
    world.succession(world.unit(), successor, TO)
    world.edge("GOVERNS", Ref("Unit", governing), Ref("Region", region), valid=Span(FROM, BETWEEN))
    world.record(past, valid=Span(FROM, BETWEEN))
    await world.enter(hub)

    assert await _candidates(hub, region) == sorted([recorded, successor, governing, plain, past])
    assert await _candidates(hub, region, bearing=True) == sorted([recorded, successor, governing])


@pytest.mark.parametrize("statement", ["_EVERY", "_BEARING"])
def test_candidates_are_sorted_before_they_are_looked_at(
    demo: Hub, planner: Planner, statement: str
) -> None:
    parameters = {"region": "159900", "at": 0, "known": None, "after": "", "most": 1_001}

    plan = planner.plan(getattr(candidates, statement), parameters)

    assert {"Sort", "Top"} & set(plan.operators)
