"""Scalars of the schema."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry.types.scalar import ScalarDefinition

from hub.api.words import both
from hub.domain.clocks import Millis, format_instant, parse_instant
from hub.errors import InvalidFilter, InvalidInstant
from hub.text import Text


def _parse(given: Any) -> Millis:
    if not isinstance(given, str):
        raise InvalidInstant(repr(given), Text("应为文本", "it must be a string"))
    return parse_instant(given)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AMOUNT = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
_NO_DAY = Text("应写作 YYYY-MM-DD", "write YYYY-MM-DD")
_NO_AMOUNT = Text("应为十进制数", "it must be a decimal number")


def _parse_day(given: Any) -> date:
    """No week or ordinal dates: people who write those mean something else."""
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise InvalidFilter(repr(given), _NO_DAY)
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InvalidFilter(repr(given), _NO_DAY) from error


def _parse_amount(given: Any) -> Decimal:
    """No exponents, no separators: `1_000` and `1e3` are slips of the pen."""
    text = str(given)
    if isinstance(given, bool) or not _AMOUNT.fullmatch(text):
        raise InvalidFilter(repr(given), _NO_AMOUNT)
    return Decimal(text)


SCALARS: dict[object, ScalarDefinition] = {
    Millis: strawberry.scalar(
        name="Instant",
        description=both(
            "时刻：ISO 8601，须写明时区，精度不超过毫秒；回答一律为 UTC",
            "Instant in ISO 8601 with its zone, milliseconds at most; answers are in UTC",
        ),
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=format_instant,
        parse_value=_parse,
    ),
    date: strawberry.scalar(
        name="Date",
        description=both("日期：YYYY-MM-DD", "a day, as YYYY-MM-DD"),
        serialize=date.isoformat,
        parse_value=_parse_day,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description=both(
            "十进制数，以文本给出，不用指数", "a decimal number as text, without an exponent"
        ),
        serialize=str,
        parse_value=_parse_amount,
    ),
}
