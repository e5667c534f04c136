"""One real Neo4j for the whole run; the worlds of different tests lie side by side in it.

Choose a fixture:
- `hub`        an open hub on it, migrated; add only things with ids of your own
- `demo`       the same with divisions, catalogue and demo region seeded
- `cases`      that one with the worlds of the law's cases beside it
- `served`     that one over HTTP
- `law`        the demo, to draft and publish rule sets in: undone when the test ends
- `own_neo4j`  settings and server of a second Neo4j, seeded like `demo`, to break (kill -9); leave
               it running and seeded
- `own_hub`    an open hub on that one
- `doomed_neo4j`  a third for one module alone, seeded and untouched when it begins
- `chromium`   a real browser; the pages' pictures go to `pictures`
"""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from hub.exclusion import exclusively
from hub.graph.door import Door
from hub.local_neo4j.server import LocalNeo4j
from hub.settings import Settings, load_settings
from hub.wiring import Hub, open_hub, seed_batches
from tests.java_archive import keep, quick_start, recording
from tests.rule_sets import restored
from tests.serving import Served, serving

_FIRST_PORT, _RUNS = 17_600, 1_200
_COLD_PLAN_MS = 30_000
"""For a server that has just begun, beside others; what the limit does has tests of its own."""
_LONGEST = [
    "test_oracle.py",
    "test_compiled.py",  # by the other worker, and without Neo4j: the oracle's is just being seeded
    "test_knowledge_clock.py",
    "test_relations.py",
    "test_interrupted_seed.py",
    "test_generator.py",
    "test_browser_kit_pages.py",
    "test_budgets.py",
    "test_relation_fields.py",
    "test_server.py",
    "test_commands.py",
    "test_neo4j.py",
    "test_site.py",
    "test_doctor.py",
]
_PLANS_STAY = ("-c", "dbms.cypher.min_replan_interval=1h")
"""Each test adds worlds, which would have every statement planned anew again and again."""
_SEEDED = "seeded"
_MARK = "MERGE (:TestDatabase {id: 1})"
_FOREIGN = "MATCH (n) WHERE NOT n:TestDatabase RETURN n LIMIT 1"
_MARKED = "MATCH (t:TestDatabase) RETURN t"


@dataclass(frozen=True, slots=True)
class OwnNeo4j:
    settings: Settings
    server: LocalNeo4j


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The modules that take longest begin first, so that no worker is left with one at the end."""
    order = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="keep the pages' screenshots in this folder")
    parser.addoption("--worlds", type=int, help="how many random worlds the oracle is asked about")
    parser.addoption("--answers", type=int, default=1_000, help="given while facts are corrected")
    parser.addoption("--changes", type=int, default=10_000, help="made before all is replayed")
    parser.addoption("--record-budgets", action="store_true", help="write budgets.yaml anew")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go."""
    return request.config.getoption("--pictures") or tmp_path


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asked for by every async fixture, so that tests that are not async may use it too."""
    return "asyncio"


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Home of a stopped Neo4j holding the demo region, seeded once a run: servers begin as it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with exclusively(shared / f"{_SEEDED}.lock"):
        if not (shared / _SEEDED).exists():
            recorded = shared / "classes"
            flags = recording(recorded)
            with _local_neo4j(shared / "seeding", _SEEDED, own_ports(0), flags) as own:
                asyncio.run(_seed(own.settings))
                keep(own.server, recorded)
            (shared / "seeding" / _SEEDED).rename(shared / _SEEDED)
    return shared / _SEEDED


@pytest.fixture(scope="session")
def settings(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Generator[Settings]:
    """Settings of the run's Neo4j: HUB_NEO4J_URI, or a local one that ends with the run."""
    given = load_settings()
    if given.neo4j_uri is not None:
        yield given.model_copy(update={"state_dir": tmp_path_factory.mktemp("state")})
        return
    begin_as = request.getfixturevalue("seeded")
    with copied_neo4j(begin_as, tmp_path_factory, own_ports(0)) as own:
        yield own.settings


@pytest.fixture(scope="session")
async def hub(settings: Settings, anyio_backend: str) -> AsyncGenerator[Hub]:
    async with open_hub(settings) as opened:
        await _claim(opened.door)
        await opened.migrate()
        yield opened


@pytest.fixture(scope="session")
async def demo(hub: Hub, settings: Settings, anyio_backend: str) -> Hub:
    if settings.neo4j_uri is not None:  # a local one began as the `seeded` one
        for batch in seed_batches(demo=True):
            await hub.keep(batch, lambda _count: None)
    await hub.warm_up(5)
    return hub


@pytest.fixture(scope="session")
async def cases(demo: Hub, anyio_backend: str) -> Hub:
    await demo.keep(seed_batches(demo=False, cases=True)[-1], lambda _count: None)
    return demo


@pytest.fixture
async def law(demo: Hub) -> AsyncGenerator[Hub]:
    async with restored(demo):
        yield demo


@pytest.fixture(scope="session")
def served(demo: Hub, settings: Settings) -> Generator[Served]:
    with serving(settings) as running:
        running.wait_until_ready()
        yield running


@pytest.fixture(scope="session")
def own_neo4j(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Generator[OwnNeo4j]:
    with copied_neo4j(seeded, tmp_path_factory, own_ports(1)) as own:
        yield own


@pytest.fixture(scope="module")
def doomed_neo4j(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Generator[OwnNeo4j]:
    with copied_neo4j(seeded, tmp_path_factory, own_ports(2)) as own:
        yield own


@pytest.fixture(scope="session")
async def own_hub(own_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Hub]:
    async with open_hub(own_neo4j.settings) as opened:
        yield opened


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncGenerator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "chromium is missing: scripts/setup_browser.sh installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"]
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments + quiet)
        yield browser
        await browser.close()


async def _seed(settings: Settings) -> None:
    async with open_hub(settings) as opened:
        await _claim(opened.door)
        await opened.migrate()
        for batch in seed_batches(demo=True):
            await opened.keep(batch, lambda _count: None)


@contextmanager
def copied_neo4j(
    home: Path, factory: pytest.TempPathFactory, ports: dict[str, int]
) -> Generator[OwnNeo4j]:
    """A running server that begins with the data of the stopped one at `home`."""
    state_dir = factory.mktemp("state")
    shutil.copytree(home / "data", state_dir / "tests" / "data")
    shutil.copy2(home / "password", state_dir / "tests" / "password")
    with _local_neo4j(state_dir, "tests", ports, quick_start()) as own:
        yield own


def own_ports(server: int) -> dict[str, int]:
    """Ports of this process alone: neither another worker's, nor those of a run beside this."""
    first = _FIRST_PORT + 8 * (os.getpid() % _RUNS) + 2 * server
    return {"neo4j_bolt_port": first, "neo4j_http_port": first + 1}


@contextmanager
def _local_neo4j(
    state_dir: Path, instance: str, ports: dict[str, int], java_flags: Sequence[str]
) -> Generator[OwnNeo4j]:
    changes = {
        "neo4j_uri": None,
        "instance": instance,
        "state_dir": state_dir,
        "statement_timeout_ms": _COLD_PLAN_MS,
    }
    local = load_settings().model_copy(update={**changes, **ports})
    server = LocalNeo4j(local, dies_with_parent=True, java_flags=java_flags, options=_PLANS_STAY)
    server.start()
    try:
        yield OwnNeo4j(local, server)
    finally:
        server.stop()


async def _claim(door: Door) -> None:
    """Tests write and remove: never in a database that holds anything else."""
    marked = await door.read(_MARKED)
    assert marked or not await door.read(_FOREIGN), "HUB_NEO4J_URI names a database in use"
    await door.run(_MARK)
