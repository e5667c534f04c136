"""One process at a time, by a lock that the system frees when its holder dies."""

import fcntl
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_POLL_SECONDS = 0.05


@contextmanager
def exclusively(file: Path, *, within: float | None = None) -> Generator[None]:
    """Hold the lock on `file`, creating it if need be; waits for another holder.

    Raises `TimeoutError` when the lock was not free `within` so many seconds.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        _acquire(handle.fileno(), within)
        yield


def _acquire(descriptor: int, within: float | None) -> None:
    if within is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    deadline = time.monotonic() + within
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise TimeoutError from None
            time.sleep(_POLL_SECONDS)
        else:
            return
