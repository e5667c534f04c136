"""Numbered migrations: `graph_schema/migrations/NNNN_<what>.cypher`, applied in order, once."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

from hub.errors import MigrationUnfinished, SchemaNewer, SchemaOlder
from hub.graph.door import Door, literal
from hub.resources import resource

_FILE_NAME = re.compile(r"(\d{4})_\w+\.cypher")

_VERSION: LiteralString = """
OPTIONAL MATCH (v:SchemaVersion {id: 1})
RETURN coalesce(v.version, 0) AS version, v.applying AS applying
"""

# Both marks only ever grow, so that two processes migrating at once agree whoever is first.
_BEGIN: LiteralString = """
MERGE (v:SchemaVersion {id: 1})
ON CREATE SET v.version = 0
SET v.applying = $version
"""
_COMPLETE: LiteralString = """
MATCH (v:SchemaVersion {id: 1})
SET v.version = CASE WHEN v.version < $version THEN $version ELSE v.version END,
    v.applying = CASE WHEN v.applying = $version THEN NULL ELSE v.applying END
"""
_ONE_VERSION_NODE: LiteralString = """
CREATE CONSTRAINT schema_version_id IF NOT EXISTS FOR (n:SchemaVersion) REQUIRE n.id IS UNIQUE
"""
# An index that is still being filled finds nothing, or not all.
_AWAIT_INDEXES: LiteralString = "CALL db.awaitIndexes(600)"


@dataclass(frozen=True, slots=True)
class Migration:
    """Every statement may be run again without harm: `IF NOT EXISTS`, `MERGE`."""

    version: int
    name: str
    statements: tuple[str, ...]


def migrations(folder: Path | None = None) -> tuple[Migration, ...]:
    """In order of version, from 1 on without gaps."""
    files = sorted((folder or resource("graph_schema", "migrations")).glob("*.cypher"))
    found = tuple(_read(file) for file in files)
    numbers = [migration.version for migration in found]
    assert numbers == list(range(1, len(found) + 1)), f"{numbers} are not numbered in a row"
    return found


async def migrate(door: Door, steps: tuple[Migration, ...] | None = None) -> int:
    """Apply what is missing and return how many were applied.

    Runs again after an interruption and beside another process doing the same.
    Raises `SchemaNewer` for a database a newer hub has migrated.
    """
    steps = migrations() if steps is None else steps
    found, _ = await _state(door)
    if found > len(steps):
        raise SchemaNewer(found, len(steps))
    for step in steps[found:]:
        await _apply(door, step)
    return len(steps) - found


async def require_current(door: Door) -> None:
    """Raises `SchemaNewer`, `SchemaOlder` or `MigrationUnfinished` unless all is applied."""
    needed = len(migrations())
    found, applying = await _state(door)
    if found > needed:
        raise SchemaNewer(found, needed)
    if applying is not None and applying > found:
        raise MigrationUnfinished(applying)
    if found < needed:
        raise SchemaOlder(found, needed)


async def _state(door: Door) -> tuple[int, int | None]:
    [row] = await door.read(_VERSION)
    version, applying = row["version"], row["applying"]
    assert isinstance(version, int)
    assert applying is None or isinstance(applying, int)
    return version, applying


async def _apply(door: Door, step: Migration) -> None:
    await door.run(_ONE_VERSION_NODE)
    await door.run(_BEGIN, version=step.version)
    for statement in step.statements:
        await door.run(literal(statement))
    await door.run(_AWAIT_INDEXES)
    await door.run(_COMPLETE, version=step.version)


def _read(file: Path) -> Migration:
    match = _FILE_NAME.fullmatch(file.name)
    assert match is not None, f"{file.name} is not NNNN_<what>.cypher"
    lines = file.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("//"))
    statements = tuple(part.strip() for part in text.split(";") if part.strip())
    return Migration(version=int(match[1]), name=file.stem, statements=statements)
