"""Scalars of the schema."""

from typing import Any

import strawberry
from strawberry.types.scalar import ScalarDefinition

from hub.api.words import both
from hub.domain.clocks import Millis, format_instant, parse_instant
from hub.errors import InvalidInstant
from hub.text import Text


def _parse(given: Any) -> Millis:
    if not isinstance(given, str):
        raise InvalidInstant(repr(given), Text("应为文本", "it must be a string"))
    return parse_instant(given)


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
    )
}
