"""The volumes of the verdict store: one to write, all to read."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import LiteralString, TypeVar

from hub.errors import VerdictStoreUnavailable
from hub.evidence.keyring import Keyring
from hub.evidence.volume import SUFFIX, Row, keep, open_for_writing, opened_for_reading
from hub.evidence.writer import Job, Writer
from hub.exclusion import exclusively

T = TypeVar("T")


class Volumes:
    """`folder` holds the volumes of all processes of this hub, `further` folders are only read.

    A process takes the first volume that no other one holds, when it first has to write. `keyring`
    is called when something is first sealed or looked up.
    """

    def __init__(
        self, folder: Path, *, further: Sequence[Path] = (), keyring: Callable[[], Keyring]
    ) -> None:
        self._folder = folder
        self._further = further
        self._keyring = keyring
        self._writer = Writer(self._own, lambda: exclusively(folder / "alone.lock"), keep)

    @cached_property
    def keys(self) -> Keyring:
        """Raises `InvalidSettings`, `VerdictStoreUnavailable`."""
        try:
            return self._keyring()
        except OSError as error:
            raise VerdictStoreUnavailable(str(error)) from error

    async def keep(self, answers: Sequence[Row]) -> None:
        """Rows of `answered`, all or none, once they are durable.

        Raises `VerdictStoreUnavailable`.
        """
        await self._writer.add(answers)

    async def write(self, job: Job[T], *, alone: bool = False) -> T:
        """What the job returns, once it is durable.

        `alone`: no other process writes while it runs, so that what it saw missing in `others` is
        missing when it is committed. Raises `VerdictStoreUnavailable`, and what the job raises.
        """
        return await self._writer.submit(job, alone=alone)

    def rows(self, statement: LiteralString, *parameters: object) -> list[Row]:
        """The rows of every volume, one volume after the other. It blocks."""
        with self.opened() as volumes:
            return [row for volume in volumes for row in volume.execute(statement, parameters)]

    @contextmanager
    def opened(self) -> Generator[list[sqlite3.Connection]]:
        """Every volume, for reading. Raises `VerdictStoreUnavailable`, `VerdictStoreNewer`."""
        with ExitStack() as held:
            yield [held.enter_context(opened_for_reading(file)) for file in self.files()]

    def files(self) -> Iterator[Path]:
        for folder in (self._folder, *self._further):
            yield from sorted(folder.glob(f"*{SUFFIX}"))

    def close(self) -> None:
        """Ends the writer, and with it the hold on the volume."""
        self._writer.close()

    @contextmanager
    def _own(self) -> Generator[sqlite3.Connection]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = (self._folder / f"{number:04}{SUFFIX}" for number in count(1))
        with ExitStack() as held:
            file = next(file for file in files if _is_taken(file, held))
            yield held.enter_context(closing(open_for_writing(file)))


def _is_taken(file: Path, held: ExitStack) -> bool:
    """Whether this process holds the volume from now on."""
    try:
        held.enter_context(exclusively(file.with_suffix(".lock"), within=0))
    except TimeoutError:
        return False
    return True
