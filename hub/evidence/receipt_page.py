"""A receipt to be printed and put into a file: what was found, on which law, as of when."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from hub.domain.clocks import format_shanghai, parse_instant
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.vocabulary import SubjectKind
from hub.evidence.receipts import Receipt


def receipt_page(receipt: Receipt) -> str:
    """One HTML document without assets; whatever callers gave is escaped in it."""
    body: dict[str, Any] = orjson.loads(receipt.payload["body"])
    said = receipt.words
    return _template().render(
        **receipt.payload,
        kid=receipt.kid,
        of_person=subject_kind(SubjectId(body["subject"])) is SubjectKind.PERSON,
        grounds=list(zip(body["grounds"], said["grounds"], strict=True)),
        coverage=list(zip(body["coverage"], said["coverage"], strict=True)),
        code=_code(receipt),
    )


def _code(receipt: Receipt) -> Markup:
    """Whoever scans the paper gets the verdict's id and the key that signed."""
    told = f"chengxin:{receipt.payload['verdictId']}?kid={receipt.kid}"
    drawn = segno.make_qr(told).svg_inline(border=0, omitsize=True)
    return Markup(drawn)  # noqa: S704  # drawn here, of hexadecimal and base64url digits


def _day(instant: str | None) -> str:
    return "…" if instant is None else _instant(instant)[:10]


def _instant(instant: str) -> str:
    return format_shanghai(parse_instant(instant))


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(instant=_instant, day=_day)
    return environment.get_template("receipt_page.html")
