"""The real administrative divisions and their history, from `seeds/regions/` (see its SOURCE.md).

The source gives years and each of its tables speaks as of 31 December, so spans begin and end at
the start of that day in Asia/Shanghai. What stands in the first table, of 1981, is held from then.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from hub.domain.clocks import OPEN_END, Millis, Span, day_start
from hub.domain.facts import Batch, Entity, Fact, Ref
from hub.domain.vocabulary import AdminLevel
from hub.errors import ImportRefused
from hub.text import Text

SOURCE = "AREACODES"

_IN_USE = "divisions.csv"
_HISTORY = "division_history.csv"
_COLUMNS = ("code", "name", "shortName", "level", "parent", "since")
_HISTORY_COLUMNS = (*_COLUMNS, "until", "successors")
_CODES = {
    AdminLevel.REGION: re.compile(r"\d{2}0000"),
    AdminLevel.LEAGUE_CITY: re.compile(r"\d{2}(?!00)\d{2}00"),
    AdminLevel.BANNER_COUNTY: re.compile(r"\d{4}(?!00)\d{2}"),
}


class Division(NamedTuple):
    """One code while it named one division; `place` is where the row stands, `until` excludes."""

    place: tuple[str, int]
    code: str
    name: str
    short_name: str
    level: AdminLevel
    parent: str
    since: int
    until: int | None
    successors: tuple[str, ...]

    @property
    def region(self) -> Ref:
        return Ref("Region", self.code)

    @property
    def span(self) -> Span:
        return Span(_table_of(self.since), _table_of(self.until) if self.until else OPEN_END)


def read_regions(folder: Path) -> Batch:
    """All divisions as `Region` with `RegionState`, `PART_OF`, and `REPLACED_BY` once retired.

    A code that was given to a division of another name has one `RegionState` for each; the caption
    is the latest name. Raises `ImportRefused` on the first row that breaks a rule.
    """
    files = [_text(folder / name) for name in (_IN_USE, _HISTORY)]
    divisions = [
        *_divisions(_IN_USE, files[0], _COLUMNS),
        *_divisions(_HISTORY, files[1], _HISTORY_COLUMNS),
    ]
    divisions.sort(key=lambda division: (division.code, division.since))
    _refuse_contradictions(divisions)
    captions = {division.code: division.name for division in divisions}
    return Batch(
        source=SOURCE,
        content_hash=hashlib.sha256("\f".join(files).encode()).hexdigest(),
        entities=[
            Entity(Ref("Region", code), properties={"name": n}) for code, n in captions.items()
        ],
        facts=[fact for division in divisions for fact in _facts(division)],
    )


def _facts(division: Division) -> Iterator[Fact]:
    region, span, since = division.region, division.span, str(division.since)
    yield Fact(
        "RegionState",
        region,
        span,
        key=since,
        properties={
            "name": division.name,
            "shortName": division.short_name,
            "level": division.level.value,
        },
    )
    if division.parent:
        yield Fact("PART_OF", region, span, Ref("Region", division.parent), key=since)
    for code in division.successors:
        yield Fact("REPLACED_BY", region, Span(span.end), Ref("Region", code), key=since)


def _divisions(file: str, text: str, columns: Sequence[str]) -> Iterator[Division]:
    rows = csv.reader(text.splitlines(), strict=True)
    if tuple(next(rows, ())) != tuple(columns):
        raise _refused((file, 1), Text(f"列应为 {','.join(columns)}", f"columns must be {columns}"))
    for line, row in enumerate(rows, start=2):
        if len(row) != len(columns) or not all(row[:4]):
            raise _refused((file, line), Text("缺列或缺值", "a column or value is missing"))
        yield _division((file, line), row)


def _division(place: tuple[str, int], row: Sequence[str]) -> Division:
    code, name, short_name, level, parent, since = row[:6]
    until, successors = row[6:] or ("", "")
    if level not in _CODES or not _CODES[AdminLevel(level)].fullmatch(code):
        raise _refused(
            place, Text(f"{code} 与层级 {level} 不符", f"{code} is no code of a {level}")
        )
    if not since.isdecimal() or (row[6:] and not until.isdecimal()):
        raise _refused(place, Text("年份无效", "a year is not a number"))
    return Division(
        place,
        code,
        name,
        short_name,
        AdminLevel(level),
        parent,
        int(since),
        int(until) if until else None,
        tuple(_whole_successors(code, successors)),
    )


def _whole_successors(code: str, successors: str) -> Iterable[str]:
    """Leaves out itself (it went on under another name) and `152302[1985]`: a part, earlier."""
    return (
        other for other in successors.split(";") if other not in {"", code} and "[" not in other
    )


def _refuse_contradictions(divisions: Sequence[Division]) -> None:
    """Expects them by code and year: spans of one code must not meet, and names must be held."""
    codes = {division.code for division in divisions}
    for earlier, later in pairwise(divisions):
        if earlier.code == later.code and (earlier.until or later.since + 1) > later.since:
            raise _refused(later.place, Text("同一代码的年份重叠", "years of one code overlap"))
    for division in divisions:
        if division.until is not None and division.until <= division.since:
            raise _refused(division.place, Text("止年不晚于起年", "it ends before it begins"))
        if (division.parent == "") != (division.level is AdminLevel.REGION):
            raise _refused(division.place, Text("上级有误", "only a region has no parent"))
        if unknown := {division.parent, *division.successors} - codes - {""}:
            names = "、".join(sorted(unknown))
            raise _refused(division.place, Text(f"没有代码 {names}", f"no code {names} is listed"))


def _table_of(year: int) -> Millis:
    return day_start(date(year, 12, 31))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = Text("无法读取为 UTF-8 文本", "it cannot be read as UTF-8 text")
        raise ImportRefused(path.name, "line 1", reason) from error


def _refused(place: tuple[str, int], reason: Text) -> ImportRefused:
    file, line = place
    return ImportRefused(file, f"line {line}", reason)
