"""The same two clocks give the same answer, whatever is being written, and whoever is killed."""

import signal
import subprocess
import sys
from pathlib import Path

import anyio
import psutil
import pytest

from hub.domain.clocks import Millis
from hub.errors import ClockAhead, KnownAtInFuture
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.conftest import OwnNeo4j
from tests.graph.storm import Storm, ask_all_again, brew, rage
from tests.worlds import batch, standing

_OF_ONE_STORM = 1_000
"""Answers, before a unit has so many versions that all grows slow."""
_CLOCK = """
MATCH (k:KnowledgeClock {id: 1})
RETURN k.knownUpTo.epochMillis AS known_up_to, k.pending.epochMillis AS pending
"""
_AHEAD = """
MATCH (k:KnowledgeClock {id: 1})
SET k.pending = datetime({epochMillis: datetime.realtime().epochMillis + $ahead})
"""
_SET_BACK = """
MATCH (k:KnowledgeClock {id: 1}) SET k.pending = k.knownUpTo
"""


async def _clock(hub: Hub) -> tuple[int, int]:
    [row] = await hub.door.read(_CLOCK)
    known_up_to, pending = row["known_up_to"], row["pending"]
    assert isinstance(known_up_to, int)
    assert isinstance(pending, int)
    return known_up_to, pending


async def test_answers_among_writers_are_the_same_when_asked_again(
    own_hub: Hub, request: pytest.FixtureRequest
) -> None:
    answers = int(request.config.getoption("--answers") or 0)
    storms = [await brew(own_hub) for _ in range(0, answers, _OF_ONE_STORM)]

    for seed, storm in enumerate(storms):
        await rage(storm, own_hub, answers=_OF_ONE_STORM, writes=40, seed=10 * seed)

    assert storms
    for storm in storms:
        assert len(storm.answers) >= _OF_ONE_STORM
        assert len({answer.known_at for answer in storm.answers}) > 20
        assert await ask_all_again(storm, own_hub) == []


async def test_answers_given_before_neo4j_was_killed_are_the_same_after_it_came_back(
    own_hub: Hub, own_neo4j: OwnNeo4j
) -> None:
    storm = await brew(own_hub)
    pid = own_neo4j.server.status().pid
    assert pid is not None

    async with anyio.create_task_group() as group:
        group.start_soon(_kill_after, storm, 200, pid)
        await rage(storm, own_hub, answers=100_000, writes=10_000, seed=2)
    own_neo4j.server.start()  # in this thread: the server dies with the one that starts it
    await own_hub.migrate()
    await own_hub.warm_up(5)

    assert len(storm.answers) >= 200
    assert await ask_all_again(storm, own_hub) == []
    known_up_to, pending = await _clock(own_hub)
    assert known_up_to == pending


async def _kill_after(storm: Storm, answers: int, pid: int) -> None:
    while len(storm.answers) < answers:
        await anyio.sleep(0.01)
    process = psutil.Process(pid)
    process.send_signal(signal.SIGKILL)
    await anyio.to_thread.run_sync(process.wait)


_DIE_BEFORE_PUBLISHING = """
import asyncio, os, signal, sys
from hub.domain.clocks import OPEN_START, Span
from hub.graph import knowledge_clock
from hub.graph.entry import enter
from hub.settings import load_settings
from hub.wiring import open_hub
from tests.worlds import batch, standing

async def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    knowledge_clock.publish = die
    async with open_hub(load_settings()) as hub:
        await enter(hub.door, batch([], [standing(sys.argv[1], domain="TALENT")]), writer="dies")

asyncio.run(main())
"""


async def test_what_a_killed_writer_left_is_invisible_until_the_next_writer_publishes_it(
    own_hub: Hub, own_neo4j: OwnNeo4j
) -> None:
    storm = await brew(own_hub)
    before = await own_hub.checks.check(storm.ask())

    died = await _run_to_its_death(own_neo4j, storm.records[0])
    known_up_to, pending = await _clock(own_hub)
    unseen = await own_hub.checks.check(storm.ask())

    assert died == -signal.SIGKILL
    assert known_up_to < pending
    assert unseen.known_at == before.known_at
    assert unseen.content_id == before.content_id

    await enter(own_hub.door, batch([], [standing(storm.records[1], domain="PPP")]), writer="next")
    seen = await own_hub.checks.check(storm.ask())

    assert seen.content_id != before.content_id
    assert (await _clock(own_hub))[0] >= pending


async def test_start_up_publishes_what_a_killed_writer_left(
    own_hub: Hub, own_neo4j: OwnNeo4j
) -> None:
    storm = await brew(own_hub)
    await _run_to_its_death(own_neo4j, storm.records[0])

    await own_hub.migrate()

    known_up_to, pending = await _clock(own_hub)
    assert known_up_to == pending


async def test_a_writer_refuses_a_clock_that_has_run_more_than_a_minute_ahead(
    own_hub: Hub,
) -> None:
    storm = await brew(own_hub)
    changed = batch([], [standing(storm.records[0], domain="TALENT")])
    before = await own_hub.checks.check(storm.ask())
    await own_hub.door.run(_AHEAD, ahead=61_000)

    with pytest.raises(ClockAhead):
        await enter(own_hub.door, changed, writer="test")

    after = await own_hub.checks.check(storm.ask())
    assert after.content_id == before.content_id
    await own_hub.door.run(_SET_BACK)


async def test_knowledge_of_the_future_is_refused(own_hub: Hub) -> None:
    storm = await brew(own_hub)
    verdict = await own_hub.checks.check(storm.ask())
    future = Millis(verdict.effective_at + 3_600_000)

    with pytest.raises(KnownAtInFuture):
        await own_hub.checks.check(
            type(storm.ask())(storm.subject, "FUNDING_SUPPORT", known_at=future)
        )


async def _run_to_its_death(own: OwnNeo4j, record: str) -> int:
    settings = own.settings
    environment = {
        "HUB_STATE_DIR": str(settings.state_dir),
        "HUB_INSTANCE": settings.instance,
        "HUB_CACHE_DIR": str(settings.cache_dir),
    }

    def run() -> int:
        command = [sys.executable, "-c", _DIE_BEFORE_PUBLISHING, record]
        root = Path(__file__).parents[2]
        return subprocess.run(command, env=environment, cwd=root, check=False).returncode

    return await anyio.to_thread.run_sync(run)
