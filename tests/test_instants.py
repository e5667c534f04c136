"""Every instant at which an answer turns, a millisecond before it, at it, and a millisecond after.

Each instant is a midnight in Asia/Shanghai: 16:00 of the day before in UTC.
"""

from collections.abc import Mapping
from datetime import date

import pytest

from hub.domain.clocks import Millis, Span, day_start, format_instant
from hub.domain.facts import Value
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask
from hub.domain.vocabulary import Outcome
from hub.wiring import Hub
from tests.graph.small_worlds import World
from tests.worlds import EVER, standing

AT = day_start(date(2026, 11, 20))
EARLIER = day_start(date(2026, 10, 20))
TOLD: Mapping[str, Value] = {"category": "SERIOUS_DISHONEST", "eventAt": EARLIER}
CLEAR, RESTRICT, ATTENTION = Outcome.CLEAR, Outcome.RESTRICT, Outcome.ATTENTION


def _default(world: World, unit: SubjectId, *, stands: Span = EVER, **changes: Value) -> str:
    """A judgment default about the unit."""
    told: Mapping[str, Value] = {**TOLD, **changes}
    labels = ("JudgmentDefault", "FailureEvent")
    return world.record(unit, labels=labels, valid=EVER, stands=stands, **told)


async def _outcome(hub: Hub, subject: SubjectId, at: Millis, known_at: Millis | None) -> Outcome:
    ask = Ask(subject, "QUALIFICATION_REVIEW", effective_at=at, known_at=known_at)
    return (await hub.checks.check(ask)).outcome


async def _around(hub: Hub, subject: SubjectId, at: Millis = AT) -> list[Outcome]:
    return [await _outcome(hub, subject, Millis(at + step), None) for step in (-1, 0, 1)]


async def _around_known(hub: Hub, subject: SubjectId, tick: Millis) -> list[Outcome]:
    return [await _outcome(hub, subject, AT, Millis(tick + step)) for step in (-1, 0, 1)]


def test_the_instant_is_a_midnight_in_shanghai() -> None:
    assert format_instant(AT) == "2026-11-19T16:00:00.000Z"


async def test_a_record_counts_to_before_the_end_of_its_term(demo: Hub) -> None:
    world = World()
    unit = world.unit()
    _default(world, unit, countsUntil=AT, publicUntil=AT)
    await world.enter(demo)

    assert await _around(demo, unit) == [RESTRICT, CLEAR, CLEAR]


async def test_an_open_obligation_is_shown_from_the_end_of_its_publication(demo: Hub) -> None:
    world = World()
    unit = world.unit()
    _default(world, unit, countsUntil=EARLIER + 1, publicUntil=AT, obligationOpen=True)
    await world.enter(demo)

    assert await _around(demo, unit) == [CLEAR, ATTENTION, ATTENTION]


@pytest.mark.parametrize("status", ["SUSPENDED", "LIFTED", "REVOKED", "REPAIRED", "CORRECTED"])
async def test_a_record_stands_so_from_the_first_instant_of_the_version(
    demo: Hub, status: str
) -> None:
    world = World()
    unit = world.unit()
    code = _default(world, unit, stands=Span(EARLIER, AT))
    world.facts.append(standing(code, valid=Span(AT), key="2", **{**TOLD, "status": status}))
    await world.enter(demo)

    assert await _around(demo, unit) == [RESTRICT, CLEAR, CLEAR]


async def test_a_record_is_known_from_its_tick_and_a_correction_from_its_own(demo: Hub) -> None:
    world = World()
    unit = world.unit()
    await world.enter(demo)
    code = _default(world, unit)
    first = await world.enter(demo)
    world.facts.append(standing(code, valid=EVER, key="", **{**TOLD, "status": "CORRECTED"}))
    second = await world.enter(demo)

    assert await _around_known(demo, unit, second) == [RESTRICT, CLEAR, CLEAR]
    assert await _around_known(demo, unit, first) == [CLEAR, RESTRICT, RESTRICT]


async def test_a_succession_passes_on_from_its_first_instant(demo: Hub) -> None:
    world = World()
    before, heir = world.unit(), world.unit()
    _default(world, before)
    world.succession(before, heir, AT)
    await world.enter(demo)

    assert await _around(demo, heir) == [CLEAR, RESTRICT, RESTRICT]


async def test_who_was_principal_when_it_happened_is_told_of_it(demo: Hub) -> None:
    outcomes: list[Outcome] = []
    for step in (-1, 0, 1):
        world = World()
        unit, person = world.unit(), world.person()
        world.post(person, unit, valid=Span(EARLIER, AT))
        _default(world, unit, eventAt=AT + step)
        await world.enter(demo)
        ask = Ask(person, "PROMOTION", effective_at=Millis(AT + 10))
        outcomes.append((await demo.checks.check(ask)).outcome)

    assert outcomes == [ATTENTION, CLEAR, CLEAR]


async def test_a_source_covers_to_before_it_is_stale(demo: Hub) -> None:
    library = SubjectId("121599009900002019")
    stale, back = day_start(date(2026, 10, 1)), day_start(date(2026, 10, 8))
    uncovered = Outcome.UNCOVERED

    assert await _around(demo, library, stale) == [CLEAR, uncovered, uncovered]
    assert await _around(demo, library, back) == [uncovered, CLEAR, CLEAR]
