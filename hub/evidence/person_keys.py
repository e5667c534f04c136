"""A key for each person: what is kept of their identity opens by it, and is gone without it."""

import asyncio
import hmac
import secrets
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Collection, Generator
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId

Seal = Callable[[str, str], str | None]
"""Of a person and a text; None once the person was erased."""

_BUSY_SECONDS = 5.0
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TABLE = """
CREATE TABLE IF NOT EXISTS person (
  id TEXT PRIMARY KEY,
  key BLOB,                      -- NULL once erased
  document TEXT,                 -- on which they were erased
  erasedAt INTEGER
) STRICT
"""
_FRESH = "INSERT INTO person (id, key) VALUES (?, ?)"
_KEY = "SELECT key FROM person WHERE id = ?"
_ERASE = """
INSERT INTO person (id, document, erasedAt) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET key = NULL, document = ?2, erasedAt = ?3 WHERE erasedAt IS NULL
"""
_ERASED = "SELECT 1 FROM person WHERE id = ? AND erasedAt IS NOT NULL"


class PersonKeys:
    """Kept in one SQLite file apart from the graph and its backups; `now` is the wall clock."""

    def __init__(self, file: Path, *, now: Callable[[], Millis]) -> None:
        self._file = file
        self._now = now

    @contextmanager
    def sealing(self) -> Generator[Seal]:
        """Seals within; the keys it makes are durable before the block has ended."""
        with self._opened() as kept, kept:
            yield lambda person, text: _seal(kept, person, text)

    def opened(self, person: str, box: str) -> str | None:
        """What was sealed; None where the key is gone."""
        with self._opened() as kept:
            key = _key(kept, person)
        if key is None:
            return None
        raw = urlsafe_b64decode(box)
        nonce, sealed = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, sealed, person.encode()).decode()

    async def erase(self, person: SubjectId, document: str) -> bool:
        """Destroy the key, for good; False where that was done before."""

        def work() -> bool:
            with self._opened() as kept:
                with kept:
                    done = kept.execute(_ERASE, (person, document, self._now())).rowcount
                kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return done == 1

        return await asyncio.to_thread(work)

    async def erased(self, subjects: Collection[SubjectId]) -> Collection[SubjectId]:
        """Those among them that were erased."""

        def look() -> Collection[SubjectId]:
            if not self._file.exists():
                return ()
            with self._opened() as kept:
                return {one for one in subjects if kept.execute(_ERASED, (one,)).fetchone()}

        return await asyncio.to_thread(look)

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        """What is overwritten or deleted is overwritten on the disk too."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file.touch(mode=0o600)
        with closing(sqlite3.connect(self._file, timeout=_BUSY_SECONDS)) as kept:
            kept.execute("PRAGMA secure_delete = ON")
            kept.execute("PRAGMA synchronous = FULL")
            kept.execute(_TABLE)
            yield kept


def _key(kept: sqlite3.Connection, person: str) -> bytes | None:
    row = kept.execute(_KEY, (person,)).fetchone()
    return None if row is None else row[0]


def _seal(kept: sqlite3.Connection, person: str, text: str) -> str | None:
    """The same text of the same person seals to the same box, so that a fact stays the same."""
    if kept.execute(_ERASED, (person,)).fetchone():
        return None
    key = _key(kept, person)
    if key is None:
        key = secrets.token_bytes(_KEY_BYTES)
        kept.execute(_FRESH, (person, key))
    nonce = hmac.digest(key, text.encode(), "sha256")[:_NONCE_BYTES]
    sealed = AESGCM(key).encrypt(nonce, text.encode(), person.encode())
    return urlsafe_b64encode(nonce + sealed).decode()
