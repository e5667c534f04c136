"""`hub record move`: from one standing to the next, on a document."""

import click

from hub.cli.opening import on_hub
from hub.cli.output import json_option, print_json, reports_errors, say
from hub.domain.clocks import Millis, format_instant, format_shanghai, parse_instant
from hub.domain.identifiers import parse_subject_id
from hub.domain.moves import Move
from hub.domain.standings import Mover
from hub.domain.vocabulary import StandingStatus
from hub.graph.standings import RecordMover
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub, writer_is_gone, writer_name

_STATUSES = click.Choice([*StandingStatus])
_MOVERS = click.Choice([mover for mover in Mover if mover is not Mover.TIME])


@click.group()
def record() -> None:
    """信用记录。  Records."""


@record.command()
@click.argument("code")
@click.option("--to", "status", type=_STATUSES, required=True, help="变为此状态。  To this status.")
@click.option(
    "--document",
    nargs=2,
    metavar="TYPE NUMBER",
    required=True,
    help="所凭文书的类型与文号。  Type and number of the document.",
)
@click.option("--by", metavar="UNIT", required=True, help="作出机关。  The unit that moves it.")
@click.option(
    "--as",
    "mover",
    type=_MOVERS,
    default=Mover.DETERMINER,
    show_default=True,
    help="自称何种身份：记录在案，不加核验。  As what, as you say: recorded, not verified.",
)
@click.option("--from", "start", metavar="INSTANT", required=True, help="自何时起。  From when.")
@click.option("--reason", help="变动原因。  Why.")
@json_option
@reports_errors
def move(
    *,
    code: str,
    status: str,
    document: tuple[str, str],
    by: str,
    mover: str,
    start: str,
    reason: str | None,
    as_json: bool,
) -> None:
    """变动一条记录的状态；再次执行没有变化。  Move the record CODE to another status.

    谁可凭何文书变动，见 docs/standings.md。谁在执行本命令不加核验：所称机关、身份和文书写入历史。
    Who may on which document: docs/standings.md. Who runs this is not verified: the unit, its
    role and the document, as told here, go into the record's history.
    """
    document_type, doc_no = document
    asked = Move(
        record=code.strip(),
        to=StandingStatus(status),
        at=parse_instant(start, where="from"),
        mover=Mover(mover),
        by=parse_subject_id(by),
        document_type=document_type,
        doc_no=doc_no,
        reason=reason,
    )
    tick = on_hub(load_settings(), lambda hub: _moved(hub, asked))
    if as_json:
        print_json({"record": asked.record, "knownFrom": format_instant(tick) if tick else None})
    elif tick is None:
        say(Text("记录已是此状态，没有变化", "It stands so already; nothing was changed"))
    else:
        at = format_shanghai(tick)
        say(Text(f"已变动，{at} 起可见", f"Moved, known from {at} (+08:00)"))


async def _moved(hub: Hub, asked: Move) -> Millis | None:
    await hub.require_ready()
    mover = RecordMover(hub.door, writer=writer_name(), is_gone=writer_is_gone)
    return await mover.move(asked)
