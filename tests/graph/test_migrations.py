"""Numbered, once each, whoever runs them and however often."""

import re
import subprocess
import sys
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import anyio
import pytest
from neo4j import AsyncManagedTransaction

from hub.errors import MigrationUnfinished, SchemaNewer, SchemaOlder
from hub.graph.door import Door, literal
from hub.graph.migrations import Migration, migrate, migrations, require_current
from hub.resources import resource
from hub.settings import Settings
from hub.wiring import open_hub
from tests.conftest import OwnNeo4j

STEPS = migrations()
NEWEST = len(STEPS)
_ENDED = "MATCH (v:SchemaVersion) DETACH DELETE v"
_SET = "MERGE (v:SchemaVersion {id: 1}) SET v.version = $version, v.applying = $applying"


@pytest.fixture
async def door(own_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Door]:
    """A migrated database; it is left migrated."""
    async with open_hub(own_neo4j.settings) as hub:
        await migrate(hub.door)
        yield hub.door
        await hub.door.run(_ENDED)
        await migrate(hub.door)


async def _schema(door: Door) -> Sequence[str]:
    """Names of all constraints, and of the indexes that are not theirs."""
    constraints = await door.read("SHOW CONSTRAINTS YIELD name RETURN name")
    indexes = await door.read(
        """SHOW INDEXES YIELD name, type, owningConstraint
        WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name"""
    )
    return sorted(str(row["name"]) for row in (*constraints, *indexes))


async def _without_schema(door: Door) -> None:
    """As before the first migration; whatever data there is stays."""
    await door.run(_ENDED)
    for row in await door.read("SHOW CONSTRAINTS YIELD name RETURN name"):
        await door.run(literal(f"DROP CONSTRAINT {row['name']}"))
    for row in await door.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
        await door.run(literal(f"DROP INDEX {row['name']}"))


def _named() -> Sequence[str]:
    """Constraints and indexes that the files and the runner name."""
    text = "\n".join(statement for step in STEPS for statement in step.statements)
    names = re.findall(r"CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+) IF NOT EXISTS", text)
    return sorted({*names, "schema_version_id"})


# Files


def test_files_are_numbered_from_one_without_gaps() -> None:
    files = sorted(path.name for path in resource("graph_schema", "migrations").iterdir())

    assert [step.version for step in STEPS] == list(range(1, len(files) + 1))
    assert files == [f"{step.name}.cypher" for step in STEPS]


def test_every_statement_may_be_run_again() -> None:
    for step in STEPS:
        for statement in step.statements:
            assert re.match(r"CREATE (FULLTEXT )?\w+ \w+ IF NOT EXISTS\s|MERGE ", statement), (
                statement
            )


def test_comments_are_no_statements(tmp_path: Path) -> None:
    (tmp_path / "0001_one.cypher").write_text(
        "// First; then.\nRETURN 1;\n\n  // Second\nRETURN\n  2;\n", encoding="utf-8"
    )

    assert migrations(tmp_path) == (Migration(1, "0001_one", ("RETURN 1", "RETURN\n  2")),)


@pytest.mark.parametrize(
    "names",
    [("one.cypher",), ("0001_one.cypher", "0003_three.cypher"), ("0001_a.cypher", "0001_b.cypher")],
)
def test_a_file_out_of_the_row_is_refused(tmp_path: Path, names: Sequence[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("RETURN 1;", encoding="utf-8")

    with pytest.raises(AssertionError):
        migrations(tmp_path)


# Running


async def test_everything_is_applied_once(door: Door) -> None:
    await _without_schema(door)

    with pytest.raises(SchemaOlder):
        await require_current(door)
    applied = [await migrate(door), await migrate(door)]
    await require_current(door)

    assert applied == [NEWEST, 0]
    assert await _schema(door) == _named()


_MIGRATE = """
import asyncio
from hub.graph.migrations import migrate
from hub.settings import load_settings
from hub.wiring import open_hub

async def main():
    async with open_hub(load_settings()) as hub:
        print(await migrate(hub.door))

asyncio.run(main())
"""


def _run_beside(settings: Settings, processes: int) -> list[int]:
    """Exit codes of that many processes migrating at once."""
    environment = {
        "HUB_STATE_DIR": str(settings.state_dir),
        "HUB_INSTANCE": settings.instance,
        "HUB_CACHE_DIR": str(settings.cache_dir),
    }
    command, root = [sys.executable, "-c", _MIGRATE], Path(__file__).parents[2]
    running = [subprocess.Popen(command, env=environment, cwd=root) for _ in range(processes)]
    return [process.wait() for process in running]


async def test_processes_migrating_at_once_all_succeed(door: Door, own_neo4j: OwnNeo4j) -> None:
    await _without_schema(door)

    codes = await anyio.to_thread.run_sync(_run_beside, own_neo4j.settings, 3)

    assert codes == [0, 0, 0]
    await require_current(door)
    assert await _schema(door) == _named()


@pytest.mark.parametrize(
    "text", ["CREATE FULLTEXT INDEX twice {} ON EACH [n.x]", "CREATE INDEX twice {} ON (n.x)"]
)
async def test_an_index_another_is_just_making_is_no_error(door: Door, text: str) -> None:
    create = literal(text.format("IF NOT EXISTS FOR (n:Twice)"))
    waiting, made = anyio.Event(), None

    async def make_it_meanwhile(tx: AsyncManagedTransaction) -> None:
        await tx.run(create)
        waiting.set()
        await anyio.sleep(0.5)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(door.write, make_it_meanwhile)
        await waiting.wait()
        made = await door.run(create)
    await door.run("DROP INDEX twice")

    assert made == []


# Refused


async def test_a_database_newer_than_the_hub_is_refused(door: Door) -> None:
    await door.run(_SET, version=NEWEST + 1, applying=None)

    for use in (migrate, require_current):
        with pytest.raises(SchemaNewer) as caught:
            await use(door)
        assert (caught.value.code, str(caught.value)) == (
            "SCHEMA_NEWER",
            f"The database has schema version {NEWEST + 1}, newer than {NEWEST} known here",
        )


async def test_an_older_database_is_refused_until_it_is_migrated(door: Door) -> None:
    await door.run(_SET, version=NEWEST - 1, applying=None)

    with pytest.raises(SchemaOlder) as caught:
        await require_current(door)
    assert (caught.value.code, str(caught.value)) == (
        "SCHEMA_OLDER",
        f"The database has schema version {NEWEST - 1}, {NEWEST} is needed",
    )

    assert await migrate(door) == 1
    await require_current(door)


@pytest.mark.parametrize("version", range(NEWEST))
async def test_a_half_applied_migration_is_told_and_mended(door: Door, version: int) -> None:
    await door.run(_SET, version=version, applying=version + 1)

    with pytest.raises(MigrationUnfinished) as caught:
        await require_current(door)
    assert (caught.value.code, str(caught.value)) == (
        "MIGRATION_UNFINISHED",
        f"Migration {version + 1} is only half applied",
    )

    assert await migrate(door) == NEWEST - version
    await require_current(door)


async def test_what_an_interrupted_migration_had_not_reached_is_made(door: Door) -> None:
    await door.run(_SET, version=0, applying=1)
    await door.run("DROP CONSTRAINT of_fact_id")
    await door.run("DROP INDEX import_state")

    await migrate(door)

    assert await _schema(door) == _named()


async def test_a_database_that_lost_its_version_is_migrated_again(door: Door) -> None:
    await door.run(_ENDED)

    with pytest.raises(SchemaOlder):
        await require_current(door)

    assert await migrate(door) == NEWEST
    await require_current(door)


async def test_a_migration_that_fails_leaves_its_mark_and_can_be_finished(door: Door) -> None:
    following = NEWEST + 1
    broken = Migration(following, "broken", ("MERGE (:TestDatabase {id: 1})", "NO CYPHER"))
    mended = Migration(following, "mended", ("MERGE (:TestDatabase {id: 1})",))

    with pytest.raises(Exception, match="Invalid input 'NO'"):
        await migrate(door, (*STEPS, broken))
    with pytest.raises(MigrationUnfinished):
        await require_current(door)

    assert await migrate(door, (*STEPS, mended)) == 1
    with pytest.raises(SchemaNewer):
        await require_current(door)
