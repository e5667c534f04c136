"""Brings a generated graph into the local Neo4j of the hub's settings, whatever that held."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import LiteralString

from benchmarks.graph.csv_files import CsvFiles
from benchmarks.graph.sizes import SIZES, SizeName
from benchmarks.graph.telling import LAST_TICK
from benchmarks.graph.versions import with_versions
from benchmarks.graph.world import parts_of
from hub.graph.door import literal
from hub.graph.model import graph_model
from hub.intake.catalogue import read_catalogue
from hub.local_neo4j import LocalNeo4j
from hub.resources import resource
from hub.settings import Settings
from hub.wiring import Hub, open_hub, seed_batches

Say = Callable[[str], None]
_SOURCE = "SYNTHETIC"

# What the hub's own importer would have left: its import, and the clock at its last tick.
_PUBLISH: LiteralString = """
MERGE (s:Source {id: $source})
CREATE (i:Import {id: $import_id, contentHash: $import_id, state: 'PUBLISHED',
  tick: datetime({epochMillis: $tick}), createdAt: datetime({epochMillis: $tick})})-[:FROM]->(s)
WITH i
MATCH (k:KnowledgeClock {id: 1})
SET k.pending = datetime({epochMillis: $tick}), k.knownUpTo = datetime({epochMillis: $tick})
"""


class WrongCounts(Exception):
    """The database does not hold what was generated."""

    def __init__(self, wanted: Mapping[str, int], found: Mapping[str, int]) -> None:
        wrong = {name: (n, found[name]) for name, n in wanted.items() if n != found[name]}
        super().__init__(f"generated and found differ: {wrong}")


def write_files(size: SizeName, seed: int, folder: Path, *, versions: int = 1) -> CsvFiles:
    """The same size, seed and number of versions write the same bytes."""
    catalogue = read_catalogue(resource("seeds", "catalogue")).catalogue
    with CsvFiles(folder, import_id=_import_id(size, seed)) as files:
        files.write(with_versions(parts_of(SIZES[size], seed, catalogue), versions))
    return files


async def load(
    server: LocalNeo4j,
    settings: Settings,
    size: SizeName,
    seed: int,
    *,
    say: Say,
    versions: int = 1,
) -> Counter[str]:
    """Generate, import, start, migrate and seed; how many of each label and type were generated.

    The server, which must be that of the settings, loses its data; it runs when this returns.
    Raises `WrongCounts`, `LocalServerProblem`.
    """
    begun = time.perf_counter()

    def tell(text: str) -> None:
        say(f"{time.perf_counter() - begun:7.1f} s  {text}")

    with tempfile.TemporaryDirectory(prefix="generated-", dir=_parent(settings)) as folder:
        files = write_files(size, seed, Path(folder), versions=versions)
        tell(f"{files.counts.total():,} labels and relationships written")
        server.replace_data(files.arguments())
    tell("imported")
    server.start()
    async with open_hub(settings) as hub:
        await hub.migrate()
        tell("constraints and indexes made")
        await require_counts(hub, files.counts)
        await _publish(hub, _import_id(size, seed))
        for batch in seed_batches(demo=False):
            await hub.keep(batch, lambda _count: None)
    tell("catalogue seeded")
    return files.counts


async def require_counts(hub: Hub, wanted: Counter[str]) -> None:
    """Raises `WrongCounts` where the database holds another number of anything."""
    found = {name: await _count(hub, name) for name in wanted}
    if found != wanted:
        raise WrongCounts(wanted, found)


async def _count(hub: Hub, name: str) -> int:
    """Of all nodes with the label or relationships of the type, open or closed."""
    is_type = name in graph_model().relationships
    pattern = f"()-[:{name}]->()" if is_type else f"(:{name})"
    [row] = await hub.door.run(literal(f"MATCH {pattern} RETURN count(*) AS found"))
    return int(str(row["found"]))


async def _publish(hub: Hub, import_id: str) -> None:
    await hub.door.run(_PUBLISH, source=_SOURCE, import_id=import_id, tick=LAST_TICK)


def _import_id(size: SizeName, seed: int) -> str:
    return f"{_SOURCE}#{size}-{seed}"


def _parent(settings: Settings) -> Path:
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    return settings.state_dir
