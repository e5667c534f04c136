"""`hub verify`: whether a receipt is genuine, told offline."""

import sys
from pathlib import Path
from typing import IO

import click

from hub.cli.exit_statuses import DIFFERS
from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.evidence.signing_keys import SigningKeys, read_keys
from hub.evidence.verification import Verification, verification
from hub.settings import load_settings
from hub.text import Text

_SAID = (
    *("issuer", "verdictId", "subject", "scenario", "capacity", "outcome", "status", "matter"),
    *("effectiveAt", "knownAt", "validUntil", "recordedAt", "issuedAt"),
)
_GENUINE = Text("回执真实，未经改动", "The receipt is genuine and unaltered")
_ALTERED = Text("回执被改动，不可采信", "The receipt was altered: do not rely on it")


@click.command()
@click.argument("receipt", type=click.File("rb"))
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="出具方的 jwks.json；不写则用本机的公钥。  The issuer's keys, else this host's.",
)
@json_option
@reports_errors
def verify(*, receipt: IO[bytes], keys_file: Path | None, as_json: bool) -> None:
    """核验回执 RECEIPT（- 为标准输入）；被改动即指出何处，并以 1 退出。  Verify a receipt.

    不联网，不用数据库，也不用诚信枢纽。
    It needs no network, no database and no hub; it names what was altered and ends with 1.
    """
    keys = SigningKeys(load_settings()).public() if keys_file is None else read_keys(keys_file)
    found = verification(receipt.read(), keys)
    if as_json:
        print_json(_fields(found))
    else:
        _say(found)
    if not found.is_genuine:
        sys.exit(DIFFERS)


def _fields(found: Verification) -> dict[str, object]:
    """What the receipt says is told only where it may be relied on."""
    said = {name: found.payload.get(name) for name in _SAID} if found.is_genuine else {}
    return {"genuine": found.is_genuine, "kid": found.kid, "differing": found.differing, **said}


def _say(found: Verification) -> None:
    say(_GENUINE if found.is_genuine else _ALTERED)
    for name in found.differing:
        OUT.print(f"[bold red]✗[/] {name}")
    if found.is_genuine:
        for name in _SAID:
            OUT.print(f"  {name:<12} {found.payload.get(name)}", markup=False)
