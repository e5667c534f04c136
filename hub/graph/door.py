"""The one door to Neo4j: sessions, timeouts, retries, and the driver's errors in our words."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import LiteralString, TypeVar, cast

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncManagedTransaction,
    AsyncSession,
    Query,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from hub.domain.clocks import Millis
from hub.errors import (
    GraphBusy,
    GraphLoginRefused,
    GraphUnavailable,
    HubError,
    InvalidSettings,
    StatementTimedOut,
)
from hub.text import Text

# What the driver tells of its retries is for a log; where none is set up, people are not shown it.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

T = TypeVar("T")
Row = dict[str, object]

_WRITE_SECONDS = 60.0
"""Writers wait in line for the clock's lock, so a statement's time would be too short."""
_TIMED_OUT = "TransactionTimedOut"
_LOCK_WAIT_ENDED = "LockClientStopped"
_OUT_OF_MEMORY = "MemoryPoolOutOfMemory"
_SECURITY = "Neo.ClientError.Security."
_NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
_MADE_MEANWHILE = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"
"""`IF NOT EXISTS` looks before it waits for the lock of another who makes the same index."""


class Door:
    """Safe to share between tasks: every call opens its own session.

    `now` gives the hub's wall clock. The lists that a statement takes travel as one map, `$lists`:
    given by itself, a list of another order of size has its statement planned anew.
    """

    def __init__(
        self,
        driver: AsyncDriver,
        *,
        address: str,
        user: str,
        database: str,
        timeout_seconds: float,
        now: Callable[[], Millis],
    ) -> None:
        self.now = now
        self._driver = driver
        self._address = address
        self._user = user
        self._database = database
        self._timeout = timeout_seconds

    async def read(self, text: LiteralString, **parameters: object) -> list[Row]:
        """All rows of one reading statement, in its order; tried again once when that may help.

        Raises `GraphUnavailable`, `GraphLoginRefused`, `StatementTimedOut`.
        """
        query = Query(text, timeout=self._timeout)
        async with self._session(reads=True) as session:
            for last in (False, True):
                try:
                    result = await session.run(query, parameters)
                    return [dict(record) async for record in result]
                except Neo4jError as error:
                    if last or not _worth_another_try(error):
                        raise
        raise AssertionError  # pragma: no cover  # the loop returns or raises

    async def write(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        """Run `work` in one transaction; it may run again after a deadlock or a lost leader."""
        bounded = unit_of_work(timeout=_WRITE_SECONDS)(work)
        async with self._session(reads=False) as session:
            return await session.execute_write(bounded)

    async def run(self, text: LiteralString, **parameters: object) -> list[Row]:
        """One writing statement in its own transaction without a time limit, for schema commands.

        They take locks on whole labels: beside another process they may deadlock, and run again,
        or find when their turn comes that the other has made the very same.
        """

        async def work(tx: AsyncManagedTransaction) -> list[Row]:
            return [dict(record) async for record in await tx.run(text, parameters)]

        async with self._session(reads=False) as session:
            try:
                return await session.execute_write(work)
            except ClientError as error:
                if error.code != _MADE_MEANWHILE:
                    raise
                return []

    @asynccontextmanager
    async def _session(self, *, reads: bool) -> AsyncGenerator[AsyncSession]:
        try:
            async with self._driver.session(  # pyright: ignore[reportUnknownMemberType]  # untyped **config
                database=self._database,
                default_access_mode=READ_ACCESS if reads else WRITE_ACCESS,
                fetch_size=-1,
            ) as session:
                yield session
        except ConnectionAcquisitionTimeoutError as error:
            raise GraphBusy from error
        except AuthError as error:
            raise GraphLoginRefused(self._address, self._user) from error
        except (ServiceUnavailable, SessionExpired, DriverError) as error:
            raise GraphUnavailable(self._address) from error
        except (ClientError, TransientError) as error:
            told = self._told(error, self._timeout if reads else _WRITE_SECONDS)
            if told is None:
                raise
            raise told from error

    def _told(self, error: Neo4jError, limit: float) -> HubError | None:
        """None for what only a wrong statement of ours can cause."""
        code = error.code or ""
        if _TIMED_OUT in code or _LOCK_WAIT_ENDED in code:
            return StatementTimedOut(limit)
        if code.startswith(_SECURITY):
            return GraphLoginRefused(self._address, self._user)
        if code == _NO_DATABASE:
            return InvalidSettings("HUB_NEO4J_DATABASE", _no_database(self._database))
        return GraphUnavailable(self._address) if isinstance(error, TransientError) else None


def _no_database(name: str) -> Text:
    return Text(f"服务器上没有数据库 {name!r}", f"the server has no database {name!r}")


def _worth_another_try(error: Neo4jError) -> bool:
    return error.is_retryable() and _OUT_OF_MEMORY not in (error.code or "")


def literal(text: str) -> LiteralString:
    """Cypher put together from words of `model.yaml` only, never from what a caller gave."""
    return cast("LiteralString", text)
