"""One real Neo4j for the whole run; worlds of different tests lie side by side in it.

Choose a fixture:
- `server`   the login of a running, migrated Neo4j (the local one, or HUB_NEO4J_URI)
- `hub`      an open hub on it; add only things with ids of your own (`fresh_code`)
- `demo`     the same with divisions, catalogue and demo region seeded
- `own_neo4j`  a Neo4j of one's own, to break (kill -9, half a migration, a poisoned clock)
"""

from collections.abc import AsyncGenerator, Generator

import pytest

from hub.graph.door import Door
from hub.local_neo4j.server import LocalNeo4j
from hub.settings import Settings, load_settings
from hub.wiring import Hub, open_hub, seed_batches

_MARK = "MERGE (:TestDatabase {id: 1})"
_FOREIGN = "MATCH (n) WHERE NOT n:TestDatabase RETURN n LIMIT 1"
_MARKED = "MATCH (t:TestDatabase) RETURN t"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Generator[Settings]:
    """Settings of the run's Neo4j, which is empty at first and ends with the run."""
    given = load_settings()
    if given.neo4j_uri is not None:
        yield given
        return
    local = given.model_copy(
        update={
            "instance": "tests",
            "state_dir": tmp_path_factory.mktemp("state"),
            "neo4j_bolt_port": None,
            "neo4j_http_port": None,
        }
    )
    server = LocalNeo4j(local, dies_with_parent=True, quick_jit=True)
    server.start()
    yield local
    server.stop()


@pytest.fixture(scope="session")
async def hub(settings: Settings) -> AsyncGenerator[Hub]:
    async with open_hub(settings) as opened:
        await _claim(opened.door)
        await opened.migrate()
        yield opened


@pytest.fixture(scope="session")
async def demo(hub: Hub) -> Hub:
    for batch in seed_batches(demo=True):
        await hub.keep(batch, lambda _count: None)
    return hub


async def _claim(door: Door) -> None:
    """Tests write and remove: never in a database that holds anything else."""
    marked = await door.read(_MARKED)
    assert marked or not await door.read(_FOREIGN), "HUB_NEO4J_URI names a database that is in use"
    await door.run(_MARK)
