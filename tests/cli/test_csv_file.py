"""CSV that runs nothing, and stands under its name only when it is whole."""

from pathlib import Path

import click
import pytest

from hub.cli.csv_file import csv_file, inert


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("value", ["示例局", "a=1", "1-2", "", -5, None, 1.5])
def test_all_else_is_written_as_it_is(value: object) -> None:
    assert inert(value) == value


def test_a_file_is_written_with_its_header_and_quoted_where_csv_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    with csv_file(path, ["code", "name"]) as rows:
        rows.add({"code": "X", "name": '=HYPERLINK("http://example.invalid")'})
        rows.add({"code": "Y", "name": "甲,乙"})

    assert path.read_text(encoding="utf-8").splitlines() == [
        "code,name",
        'X,"\'=HYPERLINK(""http://example.invalid"")"',
        'Y,"甲,乙"',
    ]


def test_what_fails_half_way_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")

    with pytest.raises(ZeroDivisionError), csv_file(path, ["code"]) as rows:
        rows.add({"code": 1 / 0})

    assert path.read_text(encoding="utf-8") == "before"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(click.FileError, match="No such file"),
        csv_file(tmp_path / "nowhere" / "a.csv", ["code"]),
    ):
        pass
