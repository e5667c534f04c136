"""Fills a local Neo4j with an invented graph of any size, for measuring and for rehearsals.

    HUB_INSTANCE=bench-m HUB_NEO4J_HEAP_MB=2048 HUB_NEO4J_PAGECACHE_MB=2048 \
        python -m benchmarks.generator --size M

The instance is that of the settings (`HUB_INSTANCE`, `HUB_STATE_DIR`), which must not be the one
that holds anything to keep: its data are replaced. Everything generated is marked `synthetic`; ids
lie under a division code that no province has; the same size and seed give the same graph, byte
for byte. Checks and GraphQL work on it as on any other hub.
"""

import asyncio
from typing import get_args

import click

from benchmarks.graph.loading import load
from benchmarks.graph.sizes import SizeName
from hub.graph.model import graph_model
from hub.local_neo4j import LocalNeo4j
from hub.settings import load_settings


@click.command(help=__doc__)
@click.option("--size", type=click.Choice(get_args(SizeName)), required=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--versions", type=int, default=1, show_default=True, help="Of every fact.")
def main(*, size: SizeName, seed: int, versions: int) -> None:
    settings = load_settings()
    server = LocalNeo4j(settings)
    counts = asyncio.run(load(server, settings, size, seed, say=click.echo, versions=versions))
    for name in (*graph_model().nodes, *graph_model().relationships):
        if name in counts:
            click.echo(f"{counts[name]:>12,}  {name}")


if __name__ == "__main__":
    main()
