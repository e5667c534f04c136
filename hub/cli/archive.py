"""`hub archive`: records whose retention is over."""

import click

from hub.cli.opening import on_hub
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.domain.catalogue import Term
from hub.domain.clocks import day_of, format_instant, format_shanghai
from hub.domain.retention import RETENTION
from hub.domain.terms import term_for
from hub.graph.retention import Archivist, Due
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub, now, writer_is_gone, writer_name


@click.command()
@click.option("--dry-run", is_flag=True, help="只列出，不归档。  List them, archive nothing.")
@json_option
@reports_errors
def archive(*, dry_run: bool, as_json: bool) -> None:
    """归档保存期满的记录：此后不再出现于核查、列表、检索和路径。  Archive what was kept enough."""
    term, found = on_hub(load_settings(), lambda hub: _archived(hub, dry_run=dry_run))
    if as_json:
        records = [{"record": due.before.code, "from": format_instant(due.at)} for due in found]
        print_json({"term": term.code if term else None, "dryRun": dry_run, "records": records})
        return
    if term is None:
        say(_NO_TERM)
        return
    for due in found:
        OUT.print(f"{due.before.code}  {format_shanghai(due.at)}", markup=False)
    done = Text("应归档", "are due") if dry_run else Text("已归档", "were archived")
    say(Text(f"{len(found)} 条{done.zh}", f"{len(found)} {done.en}"))


_NO_TERM = Text(
    "本法域没有核读过的保存期限，没有归档任何记录",
    "No term of retention was read for this jurisdiction; nothing was archived",
)


async def _archived(hub: Hub, *, dry_run: bool) -> tuple[Term | None, list[Due]]:
    await hub.require_ready()
    catalogue, instant = await hub.catalogues.current(), now()
    term = term_for(catalogue, RETENTION, catalogue.jurisdiction, day_of(instant))
    if term is None:
        return None, []
    archivist = Archivist(hub.door, term, catalogue, now=instant)
    found = [due async for due in archivist.due()]
    if not dry_run:
        for due in found:
            await archivist.archive(due, writer=writer_name(), is_gone=writer_is_gone)
    return term, found
