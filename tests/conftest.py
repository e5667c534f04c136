"""One real Neo4j for the whole run; the worlds of different tests lie side by side in it.

Choose a fixture:
- `hub`        an open hub on it, migrated; add only things with ids of your own
- `demo`       the same with divisions, catalogue and demo region seeded
- `served`     that one over HTTP
- `own_neo4j`  settings and server of a second Neo4j, to break (kill -9); leave it running
- `own_hub`    an open hub on that one, seeded like `demo`; leave it seeded
"""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.graph.door import Door
from hub.local_neo4j.server import LocalNeo4j
from hub.settings import Settings, load_settings
from hub.wiring import Hub, open_hub, seed_batches
from tests.serving import Served, serving

_FIRST_PORT = 17_600
_LONGEST = {"test_interrupted_seed.py", "test_knowledge_clock.py", "test_server.py"}
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
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="keep the pages' screenshots in this folder")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go."""
    return request.config.getoption("--pictures") or tmp_path


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asked for by every async fixture, so that tests that are not async may use it too."""
    return "asyncio"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Generator[Settings]:
    """Settings of the run's Neo4j: HUB_NEO4J_URI, or a local one that ends with the run."""
    given = load_settings()
    if given.neo4j_uri is not None:
        yield given
        return
    with _local_neo4j(tmp_path_factory.mktemp("state"), "tests", _ports(worker_id, 0)) as own:
        yield own.settings


@pytest.fixture(scope="session")
async def hub(settings: Settings, anyio_backend: str) -> AsyncGenerator[Hub]:
    async with open_hub(settings) as opened:
        await _claim(opened.door)
        await opened.migrate()
        yield opened


@pytest.fixture(scope="session")
async def demo(hub: Hub, anyio_backend: str) -> Hub:
    for batch in seed_batches(demo=True):
        await hub.keep(batch, lambda _count: None)
    await hub.warm_up(5)
    return hub


@pytest.fixture(scope="session")
def served(demo: Hub, settings: Settings) -> Generator[Served]:
    with serving(settings) as running:
        yield running


@pytest.fixture(scope="session")
def own_neo4j(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Generator[OwnNeo4j]:
    with _local_neo4j(tmp_path_factory.mktemp("state"), "own", _ports(worker_id, 1)) as own:
        yield own


@pytest.fixture(scope="session")
async def own_hub(own_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Hub]:
    async with opened_and_seeded(own_neo4j.settings) as opened:
        yield opened


@asynccontextmanager
async def opened_and_seeded(settings: Settings) -> AsyncGenerator[Hub]:
    async with open_hub(settings) as opened:
        await opened.migrate()
        for batch in seed_batches(demo=True):
            await opened.keep(batch, lambda _count: None)
        await opened.warm_up(20)
        yield opened


def _ports(worker_id: str, server: int) -> dict[str, int]:
    """Ports that neither another worker's servers nor servers with chosen ports come to take."""
    worker = int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    first = _FIRST_PORT + 4 * worker + 2 * server
    return {"neo4j_bolt_port": first, "neo4j_http_port": first + 1}


@contextmanager
def _local_neo4j(state_dir: Path, instance: str, ports: dict[str, int]) -> Generator[OwnNeo4j]:
    changes = {"neo4j_uri": None, "instance": instance, "state_dir": state_dir}
    local = load_settings().model_copy(update={**changes, **ports})
    server = LocalNeo4j(local, dies_with_parent=True, quick_jit=True)
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
