"""Asks that come while others are being answered wait, and are answered together.

A statement costs its round trip whatever it asks, so many callers at once are served several times
sooner; a single caller never waits.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from hub.errors import StatementTimedOut

Ask = TypeVar("Ask")
Answer = TypeVar("Answer")
Key = TypeVar("Key")

AT_ONCE = 2
"""Statements of one kind under way together; more only queue up inside Neo4j."""
MOST_ASKS = 200
"""Asks of one statement, unless a single caller brings more."""


@dataclass(slots=True)
class _Caller(Generic[Ask, Answer]):
    asks: Sequence[Ask]
    answers: "asyncio.Future[Sequence[Answer]]"


class Merging(Generic[Ask, Answer]):
    def __init__(self, answer_all: Callable[[Sequence[Ask]], Awaitable[Sequence[Answer]]]) -> None:
        """`answer_all` gives one answer an ask, in order; what it raises reaches every caller."""
        self._answer_all = answer_all
        self._waiting: deque[_Caller[Ask, Answer]] = deque()
        self._under_way: set[asyncio.Task[None]] = set()

    async def answers(self, asks: Sequence[Ask]) -> Sequence[Answer]:
        """In the order of the asks. A caller that goes away is not waited for."""
        caller = _Caller[Ask, Answer](asks, asyncio.get_running_loop().create_future())
        self._waiting.append(caller)
        self._begin()
        return await caller.answers

    @property
    def idle(self) -> bool:
        """Nobody waits, and nothing is under way."""
        return not self._waiting and not self._under_way

    def _begin(self) -> None:
        while self._waiting and len(self._under_way) < AT_ONCE:
            callers = self._next()
            task = asyncio.create_task(self._serve(callers))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
            for caller in callers:
                caller.answers.add_done_callback(lambda _, t=task, c=callers: _end_if_left(t, c))

    def _next(self) -> list[_Caller[Ask, Answer]]:
        """As many as one statement takes, first come first served."""
        callers = [self._waiting.popleft()]
        number = len(callers[0].asks)
        while self._waiting and number + len(self._waiting[0].asks) <= MOST_ASKS:
            callers.append(self._waiting.popleft())
            number += len(callers[-1].asks)
        return callers

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._begin()

    async def _serve(self, callers: Sequence[_Caller[Ask, Answer]]) -> None:
        try:
            answers = await self._answer_all([ask for caller in callers for ask in caller.asks])
        except StatementTimedOut as error:
            await self._serve_alone(callers, error)
        except Exception as error:  # noqa: BLE001  # a bug too is told to those who wait
            _refuse(callers, error)
        else:
            _hand_out(callers, answers)

    async def _serve_alone(
        self, callers: Sequence[_Caller[Ask, Answer]], error: StatementTimedOut
    ) -> None:
        """Nobody pays for what another asked."""
        if len(callers) == 1:
            _refuse(callers, error)
            return
        for caller in callers:
            await self._serve([caller])


def _hand_out(callers: Sequence[_Caller[Ask, Answer]], answers: Sequence[Answer]) -> None:
    begin = 0
    for caller in callers:
        end = begin + len(caller.asks)
        if not caller.answers.done():
            caller.answers.set_result(answers[begin:end])
        begin = end


def _refuse(callers: Sequence[_Caller[Ask, Answer]], error: Exception) -> None:
    for caller in callers:
        if not caller.answers.done():
            caller.answers.set_exception(error)


def _end_if_left(task: "asyncio.Task[None]", callers: Sequence[_Caller[Ask, Answer]]) -> None:
    """Ends the statement when everybody who asked has gone away."""
    if all(caller.answers.cancelled() for caller in callers):
        task.cancel()


class Merged(Generic[Key, Ask, Answer]):
    """A `Merging` for each key in use, made when it is asked for and forgotten when it is idle."""

    def __init__(
        self, answer_all: Callable[[Key, Sequence[Ask]], Awaitable[Sequence[Answer]]]
    ) -> None:
        self._answer_all = answer_all
        self._in_use: dict[Key, Merging[Ask, Answer]] = {}

    async def answers(self, key: Key, asks: Sequence[Ask]) -> Sequence[Answer]:
        merging = self._in_use.get(key)
        if merging is None:
            merging = self._in_use[key] = Merging(partial(self._answer_all, key))
        try:
            return await merging.answers(asks)
        finally:
            if merging.idle:
                self._in_use.pop(key, None)
