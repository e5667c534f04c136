"""One filter, both clocks: half-open in the world and in the hub's knowledge."""

from typing import LiteralString

import pytest

from hub.domain.clocks import OPEN_END, Millis
from hub.graph.time_filter import clocks, held, held_from, known
from hub.wiring import Hub
from tests.worlds import instant

FROM = instant("2026-03-01T00:00:00+08:00")
TO = instant("2026-06-01T00:00:00+08:00")
TICK = instant("2026-04-15T12:34:56.789+08:00")
CLOSED = instant("2026-05-01T00:00:00+08:00")
ANY_DAY = instant("2026-04-20T00:00:00+08:00")

# The fact is a map of stored forms: nothing is written to ask the filter.
_FACT: LiteralString = """
WITH datetime({epochMillis: $now}) AS knownUpTo,
     {validFrom: datetime({epochMillis: $from}), validTo: datetime({epochMillis: $to}),
      recordedFrom: datetime({epochMillis: $tick}), recordedTo: datetime({epochMillis: $closed}),
      eventAt: datetime({epochMillis: $event})} AS f
"""


async def _asked(hub: Hub, condition: LiteralString, **changes: Millis | None) -> bool:
    parameters: dict[str, Millis | None] = {
        "now": OPEN_END,
        "from": FROM,
        "to": TO,
        "tick": TICK,
        "closed": CLOSED,
        "event": ANY_DAY,
        "at": ANY_DAY,
        "known": ANY_DAY,
        **changes,
    }
    text: LiteralString = f"{_FACT} WITH f, {clocks()} RETURN {condition} AS told"
    [row] = await hub.door.read(text, **parameters)
    assert isinstance(row["told"], bool)
    return row["told"]


async def _around(hub: Hub, condition: LiteralString, name: str, instant: Millis) -> list[bool]:
    """A millisecond before the instant, at it, and a millisecond after."""
    times = (Millis(instant + step) for step in (-1, 0, 1))
    return [await _asked(hub, condition, **{name: at}) for at in times]


async def test_a_fact_holds_from_its_first_instant_to_before_its_last(hub: Hub) -> None:
    assert await _around(hub, held("f"), "at", FROM) == [False, True, True]
    assert await _around(hub, held("f"), "at", TO) == [True, False, False]


async def test_a_check_sees_what_will_hold_and_not_what_has_ended(hub: Hub) -> None:
    assert await _around(hub, held_from("f"), "at", FROM) == [True, True, True]
    assert await _around(hub, held_from("f"), "at", TO) == [True, False, False]


@pytest.mark.parametrize(
    "condition", [known("f"), held("f"), held_from("f")], ids=["known", "held", "held_from"]
)
async def test_a_fact_is_known_from_its_tick_until_it_is_corrected(
    hub: Hub, condition: LiteralString
) -> None:
    assert await _around(hub, condition, "known", TICK) == [False, True, True]
    assert await _around(hub, condition, "known", CLOSED) == [True, False, False]


async def test_a_fact_may_be_asked_of_another_instant_than_that_of_the_check(hub: Hub) -> None:
    at_event = held("f", "f.eventAt")

    assert await _around(hub, at_event, "event", FROM) == [False, True, True]
    assert await _around(hub, at_event, "event", TO) == [True, False, False]
    assert await _asked(hub, at_event, at=Millis(FROM - 1))


async def test_a_fact_may_be_asked_whether_it_was_known_at_another_instant(hub: Hub) -> None:
    at_event = known("f", "f.eventAt")

    assert await _around(hub, at_event, "event", TICK) == [False, True, True]
    assert await _around(hub, at_event, "event", CLOSED) == [True, False, False]


async def test_what_is_staged_or_still_being_written_is_seen_by_nobody(hub: Hub) -> None:
    for tick in (OPEN_END, Millis(ANY_DAY + 1)):
        assert not await _asked(hub, known("f"), tick=tick, closed=OPEN_END, now=ANY_DAY)


@pytest.mark.parametrize(
    ("asked", "read"),
    [(None, TICK), (Millis(TICK - 1), TICK - 1), (TICK, TICK), (Millis(TICK + 1), TICK)],
)
async def test_nothing_is_read_later_than_the_knowledge_clock(
    hub: Hub, asked: Millis | None, read: int
) -> None:
    text: LiteralString = f"""{_FACT} WITH {clocks()}
        RETURN at.epochMillis AS at, known.epochMillis AS known,
               toString(at) ENDS WITH 'Z' AND toString(known) ENDS WITH 'Z' AS utc"""
    sent = {"from": FROM, "to": TO, "tick": TICK, "closed": CLOSED, "event": ANY_DAY}

    [row] = await hub.door.read(text, now=TICK, at=ANY_DAY, known=asked, **sent)

    assert row == {"at": ANY_DAY, "known": read, "utc": True}
