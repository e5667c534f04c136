"""One volume of the verdict store: a SQLite file that one process at a time writes."""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hub.errors import VerdictStoreNewer, VerdictStoreUnavailable

Row = tuple[Any, ...]

SUFFIX = ".sqlite"
_VERSION = 1
_BUSY_SECONDS = 5.0
_TABLES = """
CREATE TABLE verdict (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,       -- SHA-256 of the body
  subject BLOB NOT NULL,         -- digest of the subject's id
  scenario TEXT NOT NULL,
  kid TEXT NOT NULL,
  box BLOB NOT NULL              -- the body
) STRICT;
CREATE TABLE asking (
  number INTEGER PRIMARY KEY,
  verdict BLOB NOT NULL,
  matter BLOB,                   -- digest of the name of the matter it counts for
  recordedAt INTEGER NOT NULL,
  kid TEXT NOT NULL,
  box BLOB NOT NULL              -- purpose, matter, authorisation
) STRICT;
CREATE INDEX askingOfVerdict ON asking (verdict);
CREATE INDEX askingOfMatter ON asking (matter) WHERE matter IS NOT NULL;
CREATE TABLE review (
  number INTEGER PRIMARY KEY,
  verdict BLOB NOT NULL,
  decision TEXT NOT NULL,
  recordedAt INTEGER NOT NULL,
  kid TEXT NOT NULL,
  box BLOB NOT NULL              -- reviewer, reasons
) STRICT;
CREATE INDEX reviewOfVerdict ON review (verdict);
CREATE TABLE once (
  key BLOB PRIMARY KEY,          -- digest of matter and idempotency key
  ask BLOB NOT NULL,             -- digest of what was asked
  verdict BLOB NOT NULL
) STRICT;
CREATE TABLE matter (
  name BLOB PRIMARY KEY,         -- digest of the matter's name
  content BLOB NOT NULL,         -- digest of all that was registered
  scenario TEXT NOT NULL,
  subject BLOB,                  -- digest of the subject's id
  decidedAt INTEGER NOT NULL,
  kid TEXT NOT NULL,
  box BLOB NOT NULL              -- name, subject, organ, when it was registered
) STRICT;
CREATE INDEX matterByDay ON matter (scenario, decidedAt, name);
"""
_ANSWERED = """
CREATE TEMP VIEW answered
  (verdict, subject, scenario, verdictKid, verdictBox, matter, recordedAt, askingKid, askingBox)
AS SELECT v.id, v.subject, v.scenario, v.kid, v.box, a.matter, a.recordedAt, a.kid, a.box
FROM verdict AS v JOIN asking AS a ON a.verdict = v.id;
CREATE TEMP TRIGGER answering INSTEAD OF INSERT ON answered BEGIN
  INSERT OR IGNORE INTO verdict (id, subject, scenario, kid, box)
  VALUES (NEW.verdict, NEW.subject, NEW.scenario, NEW.verdictKid, NEW.verdictBox);
  INSERT INTO asking (verdict, matter, recordedAt, kid, box)
  VALUES (NEW.verdict, NEW.matter, NEW.recordedAt, NEW.askingKid, NEW.askingBox);
END;
"""
"""Of the connection, not of the file: an answer is a verdict and an asking for it."""
_ADD = "INSERT INTO answered VALUES"
_AT_ONCE = 100
"""Answers of one statement: SQLite takes so many parameters, sqlite3 keeps so many statements."""


def open_for_writing(file: Path) -> sqlite3.Connection:
    """A connection that keeps what it commits, come what may.

    Raises `sqlite3.Error`, `VerdictStoreNewer`.
    """
    if not file.exists():
        _make(file)
    volume = sqlite3.connect(
        file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _require_known(volume)
        volume.execute("PRAGMA journal_mode = WAL")
        volume.execute("PRAGMA synchronous = FULL")
        volume.executescript(_ANSWERED)
    except BaseException:
        volume.close()
        raise
    return volume


def keep(volume: sqlite3.Connection, answers: Sequence[Row]) -> None:
    """Rows of `answered`: all of them or none, in a transaction of their own unless one is open.

    One statement adds and commits them: between any two the interpreter's lock changes hands, and
    all that is being answered waits for it.
    """
    parts = [answers[first : first + _AT_ONCE] for first in range(0, len(answers), _AT_ONCE)]
    is_atomic = volume.in_transaction or len(parts) == 1
    with nullcontext() if is_atomic else transaction(volume):
        for part in parts:
            row = f"({', '.join('?' * len(part[0]))})"
            rows = ", ".join([row] * len(part))
            volume.execute(f"{_ADD} {rows}", [*chain.from_iterable(part)])


@contextmanager
def transaction(volume: sqlite3.Connection) -> Generator[None]:
    volume.execute("BEGIN IMMEDIATE")
    try:
        yield
        volume.execute("COMMIT")
    except BaseException:
        if volume.in_transaction:
            volume.execute("ROLLBACK")
        raise


@contextmanager
def opened_for_reading(file: Path) -> Generator[sqlite3.Connection]:
    """Raises `VerdictStoreUnavailable`, `VerdictStoreNewer`, also for what fails within."""
    address = f"file:{quote(str(file))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)) as volume:
            _require_known(volume)
            yield volume
    except sqlite3.Error as error:
        raise VerdictStoreUnavailable(f"{file}: {error}") from error


def _make(file: Path) -> None:
    """Nobody ever sees a volume without its tables."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as volume:
        volume.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT")
    fresh.replace(file)


def _require_known(volume: sqlite3.Connection) -> None:
    [version] = volume.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise VerdictStoreNewer(version, _VERSION)
