"""The one thread that writes a volume: whatever waits is committed together, by one fsync."""

import sqlite3
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from hub.errors import HubError, VerdictStoreUnavailable

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]
"""Writes within the transaction of its group; it raises a `HubError` only before it writes."""

OpenVolume = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(frozen=True, slots=True)
class _Work:
    job: Job[Any]
    done: Future[Any]
    alone: bool


class Writer:
    """Opens the volume with the first job and keeps it until `close`.

    `alone` keeps every other writer of the store out while a group is committed.
    """

    def __init__(
        self, open_volume: OpenVolume, alone: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._open_volume = open_volume
        self._alone = alone
        self._waiting: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._held = ExitStack()
        self._volume: sqlite3.Connection | None = None

    def submit(self, job: Job[T], *, alone: bool = False) -> Future[T]:
        """Done when what the job wrote will survive any crash.

        Its exception is what the job raised, or `VerdictStoreUnavailable`.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="verdict store", daemon=True)
            self._thread.start()
        done: Future[T] = Future()
        self._waiting.put(_Work(job, done, alone))
        return done

    def close(self) -> None:
        """Waits for what was submitted."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()

    def _run(self) -> None:
        with self._held:
            while (first := self._waiting.get()) is not None:
                group, is_last = self._group(first)
                self._commit([work for work in group if work.done.set_running_or_notify_cancel()])
                if is_last:
                    return

    def _group(self, first: _Work) -> tuple[list[_Work], bool]:
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

    def _commit(self, group: list[_Work]) -> None:
        outcomes: list[Any]
        try:
            outcomes = self._committed(group)
        except (sqlite3.Error, OSError) as error:
            told = VerdictStoreUnavailable(str(error))
            told.__cause__ = error
            outcomes = [told for _ in group]
        except Exception as error:  # noqa: BLE001  # nobody else would hear of it
            outcomes = [error for _ in group]
        for work, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Exception):
                work.done.set_exception(outcome)
            else:
                work.done.set_result(outcome)

    def _committed(self, group: list[_Work]) -> list[Any]:
        """What each job returned, or the `HubError` it raised."""
        if self._volume is None:
            self._volume = self._held.enter_context(self._open_volume())
        with ExitStack() as held:
            if any(work.alone for work in group):
                held.enter_context(self._alone())
            with _transaction(self._volume):
                return [_outcome(work.job, self._volume) for work in group]


def _outcome(job: Job[Any], volume: sqlite3.Connection) -> Any:
    try:
        return job(volume)
    except HubError as error:
        return error


@contextmanager
def _transaction(volume: sqlite3.Connection) -> Generator[None]:
    volume.execute("BEGIN IMMEDIATE")
    try:
        yield
        volume.execute("COMMIT")
    except BaseException:
        if volume.in_transaction:
            volume.execute("ROLLBACK")
        raise
