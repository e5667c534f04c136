import asyncio
import sqlite3
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from hub.errors import MatterRequired, VerdictStoreUnavailable
from hub.evidence.volume import Row
from hub.evidence.writer import Job, Writer


class _Traced:
    """A writer on a volume with one table, and the statements that it ran."""

    def __init__(self, file: Path) -> None:
        self.statements: list[str] = []
        self.alone = 0
        self._file = file
        with closing(sqlite3.connect(file)) as volume:
            volume.execute("CREATE TABLE number (value INTEGER UNIQUE)")
        self.writer = Writer(self._opened, self._kept_out, _add)

    def kept(self) -> list[int]:
        with closing(sqlite3.connect(self._file)) as volume:
            return [value for (value,) in volume.execute("SELECT value FROM number ORDER BY value")]

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        with closing(connection) as volume:
            volume.set_trace_callback(self.statements.append)
            yield volume

    def _kept_out(self) -> nullcontext[None]:
        self.alone += 1
        return nullcontext()


@pytest.fixture
def traced(tmp_path: Path) -> Generator[_Traced]:
    made = _Traced(tmp_path / "volume.sqlite")
    yield made
    made.writer.close()


_ADD = "INSERT INTO number VALUES"


def _add(volume: sqlite3.Connection, rows: Sequence[Row]) -> None:
    places = ", ".join("(?)" for _ in rows)
    volume.execute(f"{_ADD} {places}", [value for (value,) in rows])


def _adds(value: int) -> Job[int]:
    def job(volume: sqlite3.Connection) -> int:
        volume.execute("INSERT INTO number VALUES (?)", (value,))
        return value

    return job


def _kept_busy(traced: _Traced) -> threading.Event:
    """The writer is within a group of its own, until the event is set."""
    busy, go = threading.Event(), threading.Event()

    def job(_volume: sqlite3.Connection) -> None:
        busy.set()
        assert go.wait(10)

    traced.writer.submit(job)
    assert busy.wait(10)
    return go


async def test_whatever_waits_is_committed_by_one_commit(traced: _Traced) -> None:
    go = _kept_busy(traced)
    waiting = [traced.writer.submit(_adds(value)) for value in range(50)]
    go.set()

    assert [await done for done in waiting] == list(range(50))
    assert traced.statements.count("COMMIT") == 2
    assert traced.kept() == list(range(50))


async def test_rows_that_wait_are_added_together_and_jobs_run_after_them(traced: _Traced) -> None:
    go = _kept_busy(traced)
    ran = traced.writer.submit(lambda volume: volume.execute("SELECT * FROM number").fetchall())
    added = [traced.writer.add([(value,), (value + 1,)]) for value in range(0, 50, 2)]
    go.set()

    assert await asyncio.gather(*added) == [None] * 25
    assert await ran == [(value,) for value in range(50)]
    assert sum(statement.startswith("INSERT") for statement in traced.statements) == 1


async def test_rows_and_jobs_that_fail_do_not_take_each_other_back(traced: _Traced) -> None:
    def fails(volume: sqlite3.Connection) -> None:
        volume.execute("INSERT INTO number VALUES (3)")
        raise ZeroDivisionError

    go = _kept_busy(traced)
    failed, kept = traced.writer.submit(fails), traced.writer.add([(1,)])
    go.set()
    with pytest.raises(ZeroDivisionError):
        await failed
    await kept
    go = _kept_busy(traced)
    twice, ran = traced.writer.add([(4,), (4,)]), traced.writer.submit(_adds(2))
    go.set()
    with pytest.raises(VerdictStoreUnavailable):
        await twice

    assert await ran == 2
    assert traced.kept() == [1, 2]


async def test_whatever_was_committed_together_is_told_in_one_call(
    traced: _Traced, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    go, calls, call = _kept_busy(traced), list[object](), loop.call_soon_threadsafe

    def counted(*told: Any, **context: Any) -> asyncio.Handle:
        calls.append(told)
        return call(*told, **context)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    waiting = [traced.writer.add([(value,)]) for value in range(50)]
    go.set()

    assert await asyncio.gather(*waiting) == [None] * 50
    assert len(calls) == 2


async def test_who_waited_in_a_loop_that_was_closed_keeps_nobody_else_waiting(
    traced: _Traced,
) -> None:
    def of_another_loop() -> None:
        async def submit() -> None:
            traced.writer.submit(_adds(1))

        asyncio.run(submit())

    go = _kept_busy(traced)
    await asyncio.to_thread(of_another_loop)
    kept = traced.writer.submit(_adds(2))
    go.set()

    assert await kept == 2
    assert traced.kept() == [1, 2]


async def test_one_refusal_leaves_the_others_of_its_group(traced: _Traced) -> None:
    def refuses(_volume: sqlite3.Connection) -> None:
        raise MatterRequired

    go = _kept_busy(traced)
    refused, kept = traced.writer.submit(refuses), traced.writer.submit(_adds(1))
    go.set()

    assert await kept == 1
    with pytest.raises(MatterRequired):
        await refused
    assert traced.kept() == [1]


@pytest.mark.parametrize("bug", [sqlite3.OperationalError("disk"), ZeroDivisionError()])
async def test_what_fails_in_writing_takes_its_whole_group_back_and_the_next_is_written(
    traced: _Traced, bug: Exception
) -> None:
    def fails(_volume: sqlite3.Connection) -> None:
        raise bug

    go = _kept_busy(traced)
    group: list[asyncio.Future[Any]] = [
        traced.writer.submit(_adds(1)),
        traced.writer.submit(fails),
    ]
    go.set()
    told = await asyncio.gather(*group, return_exceptions=True)

    assert [type(error) for error in told] == [
        VerdictStoreUnavailable if isinstance(bug, sqlite3.Error) else ZeroDivisionError
    ] * 2
    assert await traced.writer.submit(_adds(2)) == 2
    assert traced.kept() == [2]


async def test_who_gave_up_waiting_has_nothing_written(traced: _Traced) -> None:
    go = _kept_busy(traced)
    given_up, kept = traced.writer.submit(_adds(1)), traced.writer.submit(_adds(2))

    assert given_up.cancel()
    go.set()
    assert await kept == 2
    assert traced.kept() == [2]


async def test_others_are_kept_out_only_where_a_job_asks_for_it(traced: _Traced) -> None:
    await traced.writer.submit(_adds(1))
    before = traced.alone
    await traced.writer.submit(_adds(2), alone=True)

    assert (before, traced.alone) == (0, 1)


async def test_closing_waits_for_what_was_submitted(tmp_path: Path) -> None:
    traced = _Traced(tmp_path / "volume.sqlite")
    waiting = [traced.writer.submit(_adds(value)) for value in range(20)]
    traced.writer.close()

    assert traced.kept() == list(range(20))
    assert [await done for done in waiting] == list(range(20))
