"""What one check costs the server: which operators, and how many db hits a subject."""

from collections.abc import Mapping

import pytest

from hub.domain.clocks import OPEN_END
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import CheckReader
from hub.graph.check_statement import CHECK
from hub.graph.common_facts import NOTHING_KEPT, CommonFacts
from hub.settings import Settings
from hub.wiring import Hub
from tests.graph.plans import Profile, profile
from tests.graph.small_worlds import World
from tests.worlds import DAY

CHILDREN = 400
BUDGETS = {
    "clean unit": 164,
    "unit with one record": 197,
    "unit by succession": 190,
    "official": 123,
    "superior of 400": 2_031,
    "government of 400": 1_641,
}
"""Db hits of a subject, beside those that every statement has; more by a tenth is a failure."""

CLOCK = 5
"""Db hits of a statement about nobody."""

FORBIDDEN = {"AllNodesScan", "NodeByLabelScan", "CartesianProduct", "Eager"}


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
    return {
        "clean unit": SubjectId("11159900990000316J"),
        "unit with one record": SubjectId("11159900990000236Y"),
        "unit by succession": SubjectId("121599009900001050"),
        "official": SubjectId("P-159900-0074"),
        "superior of 400": superior,
        "government of 400": government,
    }


def _profile(
    settings: Settings, *asked: SubjectId, fan: int = 2_000, kept: CommonFacts = NOTHING_KEPT
) -> Profile:
    told = {"subjects": list(asked), "at": DAY, "known": OPEN_END, "fan": fan, "kept": kept.name}
    return profile(settings, CHECK, told)


def _spent(settings: Settings, subject: SubjectId, *, fan: int = 2_000) -> int:
    return _profile(settings, subject, fan=fan).db_hits - _profile(settings).db_hits


async def test_what_is_kept_costs_a_check_next_to_nothing(settings: Settings, demo: Hub) -> None:
    known_at = await CheckReader(demo.door).known_up_to()

    assert _profile(settings, kept=CommonFacts(1, known_at, DAY)).db_hits == CLOCK
    assert _profile(settings).db_hits > 10 * CLOCK


def test_a_check_scans_no_label_multiplies_nothing_and_stops_for_nothing(
    settings: Settings, subjects: Mapping[str, SubjectId]
) -> None:
    assert FORBIDDEN.isdisjoint(_profile(settings, *subjects.values()).operators)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_subject_costs_no_more_than_its_budget(
    settings: Settings, subjects: Mapping[str, SubjectId], name: str
) -> None:
    assert _spent(settings, subjects[name]) <= BUDGETS[name] * 1.1


@pytest.mark.parametrize("name", ["superior of 400", "government of 400"])
def test_the_walk_stops_at_the_fan(
    settings: Settings, subjects: Mapping[str, SubjectId], name: str
) -> None:
    stopped, walked = (_spent(settings, subjects[name], fan=fan) for fan in (20, CHILDREN))

    assert stopped < walked / 5
