"""OCDS files in any form: releases one a line, a release, a package, a record package."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, cast

from hub.errors import ImportRefused
from hub.intake.rejections import Rejection
from hub.text import Text


class Entry(NamedTuple):
    """What should be a release, and its place (see `Rejection.line`)."""

    line: int
    value: Mapping[str, object]


def read_entries(path: Path) -> tuple[list[Entry], list[Rejection]]:
    """All releases of the file, in its order; what is neither release nor package is rejected.

    Raises `ImportRefused`, naming the line, when a part of the file is not JSON in UTF-8, and when
    no release is in it.
    """
    entries: list[Entry] = []
    rejections: list[Rejection] = []
    for line, value in _documents(path):
        for place, found in enumerate(_releases(value), start=1):
            ordinal = line or place
            if isinstance(found, dict) and "ocid" in found:
                entries.append(Entry(ordinal, cast("dict[str, object]", found)))
            else:
                rejections.append(Rejection(ordinal, "", _NO_RELEASE))
    if not entries:
        raise ImportRefused(path.name, "line 1", Text("没有 OCDS 发布", "it holds no OCDS release"))
    return entries, rejections


_NO_RELEASE = Text("不是带 ocid 的 OCDS 发布", "not an OCDS release with an ocid")


def _releases(value: object) -> Iterator[object]:
    """A record gives its releases and the compiled one, which stands for those it only links."""
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _releases(item)
        return
    if not isinstance(value, dict):
        yield value
        return
    holder = cast("dict[str, object]", value)
    parts = [holder[name] for name in ("releases", "records", "compiledRelease") if name in holder]
    if not parts:
        yield holder
    for part in parts:
        for found in _releases(part):
            if not ("compiledRelease" in holder and _is_link(found)):
                yield found


def _is_link(value: object) -> bool:
    return isinstance(value, dict) and "url" in value and "ocid" not in value


def _documents(path: Path) -> Iterator[tuple[int, object]]:
    """With its line number each, or 0 for the one document that is the whole file."""
    text = _text(path)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) == 1 or (lines and not _is_json(lines[0][1])):
        lines = [(0, text)]
    for number, line in lines:
        yield number, _parsed(path, line, first_line=number or 1)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(path: Path, text: str, *, first_line: int) -> object:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        line = first_line + (error.lineno - 1 if isinstance(error, json.JSONDecodeError) else 0)
        raise ImportRefused(path.name, f"line {line}", Text("不是 JSON", "not JSON")) from error


def _refuse_constant(name: str) -> Any:  # the signature json asks for
    raise ValueError(name)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(path.name, "line 1", Text("无法读取", "cannot be read")) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ImportRefused(path.name, f"line {line}", Text("不是 UTF-8", "not UTF-8")) from error
