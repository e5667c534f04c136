"""Brings batches into the graph and shows how far it has got."""

from collections.abc import Sequence
from typing import NamedTuple

from hub.cli.output import OUT, say
from hub.cli.waiting import Waiting
from hub.domain.clocks import format_instant
from hub.domain.facts import Batch
from hub.graph.imports import ImportResult
from hub.intake import case_worlds, ocds, regions, rule_sets
from hub.intake import demo as demo_region
from hub.text import Text
from hub.wiring import Hub, seed_batches

_TITLES = {
    regions.SOURCE: Text("行政区划", "divisions"),
    rule_sets.SOURCE: Text("规则目录", "catalogue"),
    demo_region.SOURCE: Text("示例盟", "demo region"),
    case_worlds.SOURCE: Text("法律案例", "cases of the law"),
    ocds.SOURCE: Text("公共合同 (OCDS)", "public contracts (OCDS)"),
}


class Kept(NamedTuple):
    """What became of one batch."""

    source: str
    result: ImportResult

    @property
    def changed(self) -> bool:
        return self.result.tick is not None


async def migrate_waiting(hub: Hub, waiting: Waiting) -> int:
    """How many migrations were applied."""
    waiting.stage(Text("检查数据库结构", "Checking the schema"))
    return await hub.migrate()


def read_seeds(waiting: Waiting, *, demo: bool, cases: bool = False) -> list[Batch]:
    """Raises `CatalogueRefused`, `ImportRefused`: nothing has been written by then."""
    waiting.stage(Text("读取种子文件", "Reading the seeds"))
    return seed_batches(demo=demo, cases=cases)


async def keep_waiting(hub: Hub, batches: Sequence[Batch], waiting: Waiting) -> list[Kept]:
    """Batch by batch in their order; a batch that was known already changes nothing."""
    kept: list[Kept] = []
    for batch in batches:
        total = len(batch.entities) + len(batch.links) + len(batch.facts)
        step = waiting.counting(_TITLES[batch.source], total)
        kept.append(Kept(batch.source, await hub.keep(batch, step)))
    return kept


def say_migrated(applied: int) -> None:
    if applied:
        say(Text(f"已应用 {applied} 个结构迁移", f"{applied} migrations applied"))
    else:
        say(Text("数据库结构已是最新", "The schema is current"))


def say_kept(kept: Sequence[Kept]) -> None:
    for source, result in kept:
        title = _TITLES[source]
        if result.tick is None:
            said = Text("早已载入，没有变化", "known already, nothing changed")
        else:
            said = Text(
                f"新增事实 {result.added}，更正 {result.closed}",
                f"{result.added} facts added, {result.closed} corrected",
            )
        OUT.print(f"  {title.zh}：{said.zh}  [dim]{title.en}: {said.en}[/]")


def kept_fields(kept: Kept) -> dict[str, object]:
    result = kept.result
    return {
        "source": kept.source,
        "changed": kept.changed,
        "importId": result.import_id,
        "tick": None if result.tick is None else format_instant(result.tick),
        "added": result.added,
        "closed": result.closed,
    }
