"""`hub up`: from a fresh machine to a filled graph, in one command."""

import click

from hub.cli.graph import no_demo_option
from hub.cli.neo4j import show_status, status_fields
from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.cli.seeding import (
    Kept,
    keep_waiting,
    kept_fields,
    migrate_waiting,
    read_seeds,
    say_kept,
    say_migrated,
)
from hub.cli.waiting import Waiting
from hub.domain.facts import Batch
from hub.local_neo4j import LocalNeo4j, Progress, Status
from hub.settings import Settings, load_settings
from hub.text import Text
from hub.wiring import Hub


@click.command()
@no_demo_option
@json_option
@reports_errors
def up(*, no_demo: bool, as_json: bool) -> None:
    """启动本地 Neo4j、更新结构、载入种子，然后返回；重复执行无妨。  Start, migrate, seed.

    设了 HUB_NEO4J_URI 时使用那台服务器，不启动本地 Neo4j。
    With HUB_NEO4J_URI that server is used and no local one is started.
    """
    settings = load_settings()
    with Waiting(silent=as_json) as waiting:
        batches = read_seeds(waiting, demo=not no_demo)
        status = _start(settings, waiting)
        applied, kept = on_hub(settings, lambda hub: _fill(hub, batches, waiting))
    if as_json:
        print_json(
            {
                "neo4j": status_fields(status) if status else None,
                "migrationsApplied": applied,
                "batches": [kept_fields(one) for one in kept],
            }
        )
        return
    _say_server(settings, status)
    say_migrated(applied)
    say_kept(kept)
    say(Text("下一步：hub serve", "Next: hub serve"))


def _start(settings: Settings, progress: Progress) -> Status | None:
    """None where somebody's own server is used."""
    if settings.neo4j_uri is not None:
        return None
    server = LocalNeo4j(settings, progress=progress)
    server.start()
    return server.status()


async def _fill(hub: Hub, batches: list[Batch], waiting: Waiting) -> tuple[int, list[Kept]]:
    applied = await migrate_waiting(hub, waiting)
    return applied, await keep_waiting(hub, batches, waiting)


def _say_server(settings: Settings, status: Status | None) -> None:
    if status is None:
        say(Text("使用 HUB_NEO4J_URI 所指的 Neo4j", "Using the Neo4j of HUB_NEO4J_URI"))
        OUT.print(f"  Bolt     {settings.neo4j_uri}", markup=False)
        return
    show_status(status)
    say(Text("Neo4j 会一直运行，直到 hub down", "Neo4j keeps running until hub down"))
