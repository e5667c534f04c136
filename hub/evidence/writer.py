"""The one thread that writes a volume: whatever waits is committed together, by one fsync.

Rows are added by one statement, jobs run in one transaction after them. Outcomes go back together
too: threads of Python that wake each other for every verdict cost more than the writing.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from hub.errors import HubError, VerdictStoreUnavailable
from hub.evidence.volume import Row, transaction

T = TypeVar("T")
W = TypeVar("W", "_Rows", "_Work")
Job = Callable[[sqlite3.Connection], T]
"""Writes within one transaction of its group; it raises a `HubError` only before it writes."""

OpenVolume = Callable[[], AbstractContextManager[sqlite3.Connection]]
Keep = Callable[[sqlite3.Connection, Sequence[Row]], None]
"""Adds rows and commits them, all of them or none."""


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: Sequence[Row]
    done: asyncio.Future[None]


@dataclass(frozen=True, slots=True)
class _Work:
    job: Job[Any]
    done: asyncio.Future[Any]
    alone: bool


class Writer:
    """Opens the volume with the first job and keeps it until `close`.

    `keep` adds rows; `alone` keeps every other writer of the store out while jobs are committed.
    """

    def __init__(
        self, open_volume: OpenVolume, alone: Callable[[], AbstractContextManager[None]], keep: Keep
    ) -> None:
        self._open_volume = open_volume
        self._alone = alone
        self._keep = keep
        self._waiting: SimpleQueue[_Rows | _Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._held = ExitStack()
        self._volume: sqlite3.Connection | None = None

    def add(self, rows: Sequence[Row]) -> asyncio.Future[None]:
        """Done, in the loop that runs, when all of them will survive any crash.

        Its exception is `VerdictStoreUnavailable`: then none of them is kept.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._put(_Rows(rows, done))
        return done

    def submit(self, job: Job[T], *, alone: bool = False) -> asyncio.Future[T]:
        """Done, in the loop that runs, when what the job wrote will survive any crash.

        Its exception is what the job raised, or `VerdictStoreUnavailable`.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._put(_Work(job, done, alone))
        return done

    def close(self) -> None:
        """Waits for what was submitted."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()

    def _put(self, work: _Rows | _Work) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="verdict store", daemon=True)
            self._thread.start()
        self._waiting.put(work)

    def _run(self) -> None:
        with self._held:
            while (first := self._waiting.get()) is not None:
                group, is_last = self._group(first)
                wanted = [work for work in group if not work.done.cancelled()]
                self._commit([work for work in wanted if isinstance(work, _Rows)], self._added)
                self._commit([work for work in wanted if isinstance(work, _Work)], self._ran)
                if is_last:
                    return

    def _group(self, first: _Rows | _Work) -> tuple[list[_Rows | _Work], bool]:
        """All that waits now, and whether nothing comes after it."""
        group = [first]
        while True:
            try:
                work = self._waiting.get_nowait()
            except Empty:
                return group, False
            if work is None:
                return group, True
            group.append(work)

    def _commit(self, group: list[W], committed: Callable[[list[W]], list[Any]]) -> None:
        if not group:
            return
        outcomes: list[Any]
        try:
            outcomes = committed(group)
        except (sqlite3.Error, OSError) as error:
            told = VerdictStoreUnavailable(str(error))
            told.__cause__ = error
            outcomes = [told for _ in group]
        except Exception as error:  # noqa: BLE001  # nobody else would hear of it
            outcomes = [error for _ in group]
        _give_back([(work.done, told) for work, told in zip(group, outcomes, strict=True)])

    def _added(self, group: list[_Rows]) -> list[None]:
        self._keep(self._opened(), [row for work in group for row in work.rows])
        return [None for _ in group]

    def _ran(self, group: list[_Work]) -> list[Any]:
        """What each job returned, or the `HubError` it raised."""
        volume = self._opened()
        with ExitStack() as held:
            if any(work.alone for work in group):
                held.enter_context(self._alone())
            with transaction(volume):
                return [_outcome(work.job, volume) for work in group]

    def _opened(self) -> sqlite3.Connection:
        if self._volume is None:
            self._volume = self._held.enter_context(self._open_volume())
        return self._volume


def _give_back(outcomes: list[tuple[asyncio.Future[Any], Any]]) -> None:
    """One call to every loop that waits; one that was closed waits no more."""
    for loop in {done.get_loop() for done, _ in outcomes}:
        of_loop = [(done, told) for done, told in outcomes if done.get_loop() is loop]
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, of_loop)


def _settle(outcomes: Iterable[tuple[asyncio.Future[Any], Any]]) -> None:
    for done, told in outcomes:
        if done.done():  # given up meanwhile
            continue
        if isinstance(told, Exception):
            done.set_exception(told)
        else:
            done.set_result(told)


def _outcome(job: Job[Any], volume: sqlite3.Connection) -> Any:
    try:
        return job(volume)
    except HubError as error:
        return error
