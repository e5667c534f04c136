"""What one check costs the server: which operators, and how many db hits a subject."""

from collections.abc import Mapping
from itertools import product
from statistics import median

import pytest

from hub.domain.clocks import OPEN_END
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import CheckReader
from hub.graph.check_statement import CHECK
from hub.graph.common_facts import NOTHING_KEPT, CommonFacts
from hub.wiring import Hub
from tests.graph.budgets import Budgets
from tests.graph.demo_statements import told_of
from tests.graph.plans import Plan, Planner
from tests.graph.small_worlds import FROM, TO, World
from tests.worlds import DAY

CHILDREN = 400
BREADTH = 4
ABOVE_MANY = ["a superior of 400", "a government of 400"]
OF_THE_DEMO = {
    "a clean unit": SubjectId("11159900990000316J"),
    "a unit with one record": SubjectId("11159900990000236Y"),
    "a unit by succession": SubjectId("121599009900001050"),
    "an official": SubjectId("P-159900-0074"),
}

EVERY = 5
"""Of the demo's subjects one in so many is asked about, to learn what most cost."""

CLOCK = 5
"""Db hits of a statement about nobody."""


def _disordered(world: World, generations: int) -> SubjectId:
    """A unit whose line of predecessors, each generation merged into all of the next, is in none.

    The second succession back is later than the first already.
    """
    [unit], days = (later := [world.unit()]), (FROM, TO)
    for generation in range(generations):
        earlier = [world.unit() for _ in range(BREADTH)]
        for old, new in product(earlier, later):
            world.succession(old, new, days[generation % 2])
        later = earlier
    return unit


@pytest.fixture(scope="module")
async def subjects(demo: Hub, anyio_backend: str) -> Mapping[str, SubjectId]:
    """Of the demo region, and two that stand above 400 units without a record."""
    world = World()
    below = [world.unit() for _ in range(CHILDREN)]
    superior = world.unit()
    for code in below:
        world.subordination(code, superior)
    government = world.government(world.region(*below))
    await world.enter(demo)
    return {**OF_THE_DEMO, **dict(zip(ABOVE_MANY, (superior, government), strict=True))}


def _profile(
    planner: Planner, *asked: SubjectId, fan: int = 2_000, kept: CommonFacts = NOTHING_KEPT
) -> Plan:
    clocks = {"at": DAY, "known": OPEN_END}
    told = {"lists": {"subjects": list(asked)}, "fan": fan, "kept": kept.name, **clocks}
    return planner.profile(CHECK, told)


def _spent(planner: Planner, subject: SubjectId, *, fan: int = 2_000) -> int:
    """Beside what the statement costs about nobody."""
    return _profile(planner, subject, fan=fan).db_hits - _profile(planner).db_hits


async def test_what_is_kept_costs_a_check_next_to_nothing(planner: Planner, demo: Hub) -> None:
    known_at = await CheckReader(demo.door).known_up_to()

    assert _profile(planner, kept=CommonFacts(1, known_at, DAY)).db_hits == CLOCK
    assert _profile(planner).db_hits > 10 * CLOCK


def test_a_check_scans_nothing_multiplies_nothing_and_stops_for_nothing(
    planner: Planner, subjects: Mapping[str, SubjectId]
) -> None:
    assert _profile(planner, *subjects.values()).wasteful == set()


@pytest.mark.parametrize("name", [*OF_THE_DEMO, *ABOVE_MANY])
def test_a_subject_costs_no_more_than_its_budget(
    planner: Planner, budgets: Budgets, subjects: Mapping[str, SubjectId], name: str
) -> None:
    assert budgets.allow(f"check of {name}", _spent(planner, subjects[name]))


@pytest.mark.parametrize(("kind", "most"), [("UnitState", 400), ("PersonState", 40)])
async def test_most_subjects_cost_little(planner: Planner, demo: Hub, kind: str, most: int) -> None:
    known_at = await CheckReader(demo.door).known_up_to()
    kept = CommonFacts(1, known_at, DAY)
    subjects = sorted(told_of(kind))[::EVERY]

    spent = [_profile(planner, each, kept=kept).db_hits - CLOCK for each in subjects]

    assert median(spent) <= most


@pytest.mark.parametrize("name", ABOVE_MANY)
def test_the_walk_stops_at_the_fan(
    planner: Planner, subjects: Mapping[str, SubjectId], name: str
) -> None:
    stopped, walked = (_spent(planner, subjects[name], fan=fan) for fan in (20, CHILDREN))

    assert stopped < walked / 5


async def test_what_lies_behind_a_succession_out_of_order_is_not_walked(
    planner: Planner, demo: Hub
) -> None:
    world = World()
    lines = [_disordered(world, generations) for generations in (2, 6)]
    await world.enter(demo)

    short, long = (_spent(planner, unit) for unit in lines)

    assert long == short
