"""Killed in the middle of a seed, the hub seeds the rest: the graph is that of a quiet run."""

import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path

import anyio
import psutil
import pytest

from hub.graph.entry import enter
from hub.settings import Settings
from hub.wiring import Hub, open_hub, seed_batches, writer_is_gone
from tests.conftest import OwnNeo4j
from tests.worlds import batch

_COUNTS = """
MATCH (n) WHERE NOT n:WriterLease AND NOT n:KnowledgeClock AND NOT n:TestDatabase
UNWIND labels(n) AS kind
RETURN kind, count(*) AS number, count(n.factId) AS facts ORDER BY kind
UNION ALL
MATCH ()-[r]->()
RETURN type(r) AS kind, count(*) AS number, count(r.factId) AS facts ORDER BY kind
"""
_INVISIBLE = """
MATCH (n) WHERE n.recordedFrom.year = 9999 RETURN count(*) AS number
UNION ALL
MATCH ()-[r]->() WHERE r.recordedFrom.year = 9999 RETURN count(*) AS number
"""
_STAGED = "MATCH (x:PersonState) WHERE x.recordedFrom.year = 9999 RETURN count(*) AS number"

_DIE_WHILE_STAMPING = """
import os, signal
from itertools import count
from hub.cli import main
from hub.graph import fact_writer

stamp, calls = fact_writer.stamp_facts, count(1)

async def stamp_three_times(tx, fact_ids, **keywords):
    if next(calls) == 4:  # regions and catalogue take one each, the demo region two
        os.kill(os.getpid(), signal.SIGKILL)
    await stamp(tx, fact_ids, **keywords)

fact_writer.stamp_facts = stamp_three_times
main(["seed"])
"""


def _environment(settings: Settings) -> Mapping[str, str]:
    return {
        "HUB_STATE_DIR": str(settings.state_dir),
        "HUB_INSTANCE": settings.instance,
        "HUB_CACHE_DIR": str(settings.cache_dir),
    }


def _hub(own: OwnNeo4j, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=_environment(own.settings),
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
    )


async def _wipe(hub: Hub) -> None:
    await hub.door.run("MATCH (n) DETACH DELETE n")
    await hub.migrate()


async def _seed(hub: Hub) -> None:
    for seeds in seed_batches(demo=True):
        await hub.keep(seeds, lambda _count: None)


async def _counts(hub: Hub) -> list[dict[str, object]]:
    assert await hub.door.read(_INVISIBLE) == [{"number": 0}, {"number": 0}]
    return await hub.door.read(_COUNTS)


@pytest.fixture(scope="module")
async def doomed(doomed_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Hub]:
    async with open_hub(doomed_neo4j.settings) as opened:
        yield opened


@pytest.fixture(scope="module")
async def quiet(doomed: Hub, anyio_backend: str) -> list[dict[str, object]]:
    """Counts after a run that nothing disturbed."""
    return await _counts(doomed)


async def test_a_seed_whose_neo4j_was_killed_is_finished_by_the_next(
    doomed: Hub, doomed_neo4j: OwnNeo4j, quiet: list[dict[str, object]]
) -> None:
    await _wipe(doomed)
    pid = doomed_neo4j.server.status().pid
    assert pid is not None

    with _hub(doomed_neo4j, "-m", "hub", "seed") as seeding:
        while (await doomed.door.read(_STAGED))[0]["number"] == 0:
            await anyio.sleep(0.01)
        psutil.Process(pid).send_signal(signal.SIGKILL)
        _, told = await anyio.to_thread.run_sync(seeding.communicate)
    doomed_neo4j.server.start()  # in this thread: the server dies with the one that starts it
    await doomed.migrate()
    await _seed(doomed)

    assert seeding.returncode == 4
    assert "GRAPH_UNAVAILABLE" in told.decode()
    assert await _counts(doomed) == quiet


@pytest.mark.parametrize("by", ["start-up", "the next writer"])
async def test_a_stamping_whose_process_was_killed_is_finished(
    doomed: Hub, doomed_neo4j: OwnNeo4j, quiet: list[dict[str, object]], by: str
) -> None:
    await _wipe(doomed)

    with _hub(doomed_neo4j, "-c", _DIE_WHILE_STAMPING) as seeding:
        await anyio.to_thread.run_sync(seeding.communicate)
    before = await doomed.door.read(_INVISIBLE)
    if by == "start-up":
        await doomed.migrate()
    else:
        await enter(doomed.door, batch([], []), writer="next", is_gone=writer_is_gone)

    assert seeding.returncode == -signal.SIGKILL
    assert before != [{"number": 0}, {"number": 0}]
    assert await _counts(doomed) == quiet
