"""Rows as CSV, which spreadsheets open without running anything in it."""

import csv
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from hub.cli.whole_file import whole_file

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula."""


class CsvRows:
    """Writes the header at once."""

    def __init__(self, file: IO[str], columns: Sequence[str]) -> None:
        self._writer = csv.DictWriter(file, columns, lineterminator="\n")
        self._writer.writeheader()

    def add(self, row: Mapping[str, object]) -> None:
        self._writer.writerow({column: inert(value) for column, value in row.items()})


def inert(value: object) -> object:
    """Text that a spreadsheet would run begins with an apostrophe instead.

    >>> inert("=1+1"), inert(-5), inert("示例局")
    ("'=1+1", -5, '示例局')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value


@contextmanager
def csv_file(path: Path, columns: Sequence[str], *, bom: bool = False) -> Generator[CsvRows]:
    """A whole file; with `bom` Excel reads Chinese without asking."""
    with whole_file(path, encoding="utf-8-sig" if bom else "utf-8") as file:
        yield CsvRows(file, columns)
