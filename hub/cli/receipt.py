"""`hub receipt`: the signed receipt of a recorded verdict."""

from pathlib import Path

import click

from hub.cli.opening import on_hub
from hub.cli.output import json_option, print_json, reports_errors, say
from hub.cli.whole_file import STDOUT, whole_file
from hub.evidence.receipt_page import receipt_page
from hub.evidence.receipts import Receipt
from hub.settings import load_settings
from hub.text import Text
from hub.wiring import Hub


@click.command()
@click.argument("verdict_id")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=STDOUT,
    metavar="FILE",
    help="写入文件；不写则标准输出。  Write it there, else to standard output.",
)
@click.option("--html", is_flag=True, help="供打印的网页，不是签名文件。  The page to print.")
@json_option
@reports_errors
def receipt(*, verdict_id: str, out: Path, html: bool, as_json: bool) -> None:
    """出具一个已留痕结论的回执。  The receipt of a recorded verdict.

    VERDICT_ID 是结论的 id。签名文件可用 hub verify 离线核验。
    The id of a verdict. The signed file verifies offline, by hub verify.
    """
    issued = on_hub(load_settings(), lambda hub: _issued(hub, verdict_id))
    write_text(receipt_page(issued) if html else issued.signed, out)
    if out == STDOUT:
        return
    if as_json:
        print_json({"file": out, "verdictId": verdict_id, "kid": issued.kid})
    else:
        say(Text(f"已写入 {out}", f"Written to {out}"))


def write_text(text: str, path: Path) -> None:
    with whole_file(path) as file:
        file.write(f"{text}\n")


async def _issued(hub: Hub, verdict_id: str) -> Receipt:
    await hub.require_ready()
    return await hub.evidence.receipts.issue(verdict_id)
