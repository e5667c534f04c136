import sqlite3
from collections.abc import Generator
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pytest

from hub.evidence.volume import Row, keep, open_for_writing


@pytest.fixture
def volume(tmp_path: Path) -> Generator[sqlite3.Connection]:
    with closing(open_for_writing(tmp_path / "0001.sqlite")) as opened:
        yield opened


def _answer(number: int, *, recorded_at: int | None = 0) -> Row:
    verdict = number.to_bytes(32)
    return (verdict, b"", "FUNDING_SUPPORT", "kid", b"body", None, recorded_at, "kid", b"context")


def _statements(volume: sqlite3.Connection, answers: list[Row]) -> list[str]:
    """Their first words; what a trigger runs is traced as the statement that fires it, again."""
    traced: list[str] = []
    volume.set_trace_callback(traced.append)
    keep(volume, answers)
    volume.set_trace_callback(None)
    return [" ".join(told.split()[:3]) for told, _ in groupby(traced)]


def _kept(volume: sqlite3.Connection) -> tuple[int, int]:
    [verdicts] = volume.execute("SELECT count(*) FROM verdict").fetchone()
    [askings] = volume.execute("SELECT count(*) FROM asking").fetchone()
    return verdicts, askings


def test_answers_are_added_and_committed_by_one_statement(volume: sqlite3.Connection) -> None:
    answers = [_answer(number) for number in (1, 2, 3, 2)]

    assert _statements(volume, answers) == ["INSERT INTO answered"]
    assert _kept(volume) == (3, 4)


def test_more_than_one_statement_takes_are_added_in_one_transaction(
    volume: sqlite3.Connection,
) -> None:
    adding = ["BEGIN IMMEDIATE", *["INSERT INTO answered"] * 3, "COMMIT"]

    assert _statements(volume, [_answer(number) for number in range(201)]) == adding
    assert _kept(volume) == (201, 201)


@pytest.mark.parametrize("count", [2, 201])
def test_of_answers_one_of_which_fails_none_is_kept(volume: sqlite3.Connection, count: int) -> None:
    answers = [_answer(number) for number in range(count - 1)]

    with pytest.raises(sqlite3.IntegrityError):
        keep(volume, [*answers, _answer(count, recorded_at=None)])
    assert (_kept(volume), volume.in_transaction) == ((0, 0), False)


def test_within_a_transaction_answers_are_kept_with_it_or_not(volume: sqlite3.Connection) -> None:
    volume.execute("BEGIN")
    keep(volume, [_answer(number) for number in range(201)])
    volume.execute("ROLLBACK")

    assert _kept(volume) == (0, 0)


def test_what_answers_are_added_by_is_no_part_of_the_file(volume: sqlite3.Connection) -> None:
    rows = volume.execute("SELECT DISTINCT type FROM sqlite_schema ORDER BY type").fetchall()

    assert rows == [("index",), ("table",)]
