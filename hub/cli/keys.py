"""`hub keys`: the keys that sign receipts."""

import click

from hub.cli.output import OUT, json_option, print_json, reports_errors, say
from hub.evidence.signing_keys import SigningKeys
from hub.settings import load_settings
from hub.text import Text


@click.group()
def keys() -> None:
    """签署回执的密钥。  The keys that sign receipts."""


@keys.command("list")
@json_option
@reports_errors
def list_(*, as_json: bool) -> None:
    """列出密钥，最后一把用于签名。  List the keys; the last one signs."""
    kept = SigningKeys(load_settings())
    public = kept.public()
    if as_json:
        listed = [{"kid": key.kid, "alg": key.alg, "active": key is public[-1]} for key in public]
        print_json({"file": kept.file, "keys": listed})
        return
    OUT.print(str(kept.file), style="dim", markup=False)
    for key in public:
        OUT.print(f"{'→' if key is public[-1] else ' '} {key.kid}  {key.alg}", markup=False)
    if not public:
        say(Text("还没有密钥，首次出具回执时生成", "None yet: the first receipt makes one"))


@keys.command()
@json_option
@reports_errors
def rotate(*, as_json: bool) -> None:
    """换用新密钥；旧密钥只留公钥，旧回执照常可核验。  Sign with a new key from now on.

    Of the key before only the public half is kept: what it signed verifies for ever.
    """
    added = SigningKeys(load_settings()).rotate()
    if as_json:
        print_json({"kid": added.kid, "alg": added.alg})
    else:
        say(Text(f"新密钥 {added.kid}", f"The new key is {added.kid}"))
