"""Instants, spans and days, in the one form the hub uses.

An instant is an integer: milliseconds since 1970-01-01T00:00:00Z. Cypher orders zoned datetimes by
instant and then by zone, so that equal instants of two zones differ there; integers do not.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple, NewType
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from hub.errors import InvalidInstant
from hub.text import Text

Millis = NewType("Millis", int)
"""Milliseconds since 1970-01-01T00:00:00Z."""

SHANGHAI = ZoneInfo("Asia/Shanghai")

OPEN_START = Millis(-2_208_988_800_000)
"""1900-01-01T00:00:00Z: the beginning of what has no known beginning."""

OPEN_END = Millis(253_402_214_400_000)
"""9999-12-31T00:00:00Z: the end of what has no end yet, and the stamp of what is not yet known."""

_YEAR_9999 = Millis(253_370_764_800_000)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.(?P<fraction>\d+))?)?"
    r"(?P<zone>Z|[+-]\d{2}:[0-5]\d)?",
    re.ASCII,
)
_MILLISECOND_DIGITS = 3


class Span(NamedTuple):
    """Half-open `[start, end)`."""

    start: Millis
    end: Millis = OPEN_END

    def contains(self, instant: Millis) -> bool:
        return self.start <= instant < self.end


def parse_instant(text: str, *, where: str | None = None) -> Millis:
    """Read an ISO 8601 instant.

    Raises `InvalidInstant` without a zone, finer than a millisecond, or outside the years
    1900-9998 in UTC.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise InvalidInstant(
            text, Text("不是 ISO 8601 时间", "not an ISO 8601 instant"), where=where
        )
    if match["zone"] is None:
        raise InvalidInstant(text, Text("没有写明时区", "the zone is missing"), where=where)
    if len((match["fraction"] or "").rstrip("0")) > _MILLISECOND_DIGITS:
        raise InvalidInstant(text, Text("精度高于毫秒", "finer than a millisecond"), where=where)
    try:
        instant = millis_of(datetime.fromisoformat(text.strip()))
    except ValueError as error:
        raise InvalidInstant(
            text, Text("不存在这一时刻", "no such instant"), where=where
        ) from error
    if not OPEN_START <= instant < _YEAR_9999:  # a slip of the pen, and the sentinel
        raise InvalidInstant(text, Text("年份超出范围", "the year is out of range"), where=where)
    return instant


def millis_of(moment: datetime) -> Millis:
    """Instant of an aware datetime, cut to the millisecond."""
    whole = int(moment.replace(microsecond=0).timestamp())
    return Millis(whole * 1_000 + moment.microsecond // 1_000)


@lru_cache(maxsize=4_096)
def format_instant(instant: Millis) -> str:
    """ISO 8601 in UTC with three decimals, the form that is hashed: `2026-11-23T01:00:00.000Z`."""
    seconds, millis = divmod(instant, 1_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{millis:03d}Z"


def format_bound(instant: Millis) -> str | None:
    """As `format_instant`; None for what has no beginning or no end."""
    return format_instant(instant) if OPEN_START < instant < OPEN_END else None


def format_shanghai(instant: Millis) -> str:
    """For people: `2026-11-23 09:00:00`, in Asia/Shanghai; milliseconds only when there are any."""
    seconds, millis = divmod(instant, 1_000)
    text = f"{datetime.fromtimestamp(seconds, SHANGHAI):%Y-%m-%d %H:%M:%S}"
    return f"{text}.{millis:03d}" if millis else text


def day_start(day: date) -> Millis:
    """First instant of a day in Asia/Shanghai."""
    return millis_of(datetime.combine(day, time(), SHANGHAI))


def day_of(instant: Millis) -> date:
    """The day it is then in Asia/Shanghai."""
    return datetime.fromtimestamp(instant // 1_000, SHANGHAI).date()


@lru_cache(maxsize=4_096)
def later(instant: Millis, *, years: int = 0, months: int = 0, days: int = 0) -> Millis:
    """The same hour in Asia/Shanghai; 31 January plus a month is the last of February.

    Never later than `OPEN_END`.
    """
    moment = datetime.fromtimestamp(instant // 1_000, SHANGHAI)
    try:
        moved = moment + relativedelta(years=years, months=months, days=days)
    except (ValueError, OverflowError):  # after the year 9999
        return OPEN_END
    return min(OPEN_END, Millis(millis_of(moved) + instant % 1_000))
