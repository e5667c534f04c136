"""Asks that come at once are answered together, each by its own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from hub.errors import StatementTimedOut
from hub.graph.merging import AT_ONCE, MOST_ASKS, Merging


class Statements:
    """Answers each number by its double; a call waits until it is let go."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.go = asyncio.Event()
        self.merging = Merging[int, int](self._answer)

    async def _answer(self, asks: Sequence[int]) -> Sequence[int]:
        self.asked.append(list(asks))
        await self.go.wait()
        if 13 in asks:
            raise StatementTimedOut(5)
        if 17 in asks:
            raise ValueError(asks)
        return [2 * ask for ask in asks]


async def test_a_single_caller_never_waits() -> None:
    statements = Statements()
    statements.go.set()

    assert await statements.merging.answers([1, 2]) == [2, 4]
    assert statements.asked == [[1, 2]]


async def test_callers_that_come_meanwhile_go_together_each_with_its_own_answers() -> None:
    statements = Statements()
    waiting = [asyncio.create_task(statements.merging.answers([n, n + 1])) for n in range(6)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    statements.go.set()

    assert await asyncio.gather(*waiting) == [[2 * n, 2 * n + 2] for n in range(6)]
    assert statements.asked == [[0, 1], [1, 2], [2, 3, 3, 4, 4, 5, 5, 6]]
    assert AT_ONCE == 2


async def test_one_statement_takes_no_more_than_its_most() -> None:
    statements = Statements()
    many = [asyncio.create_task(statements.merging.answers([0] * 90)) for _ in range(7)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    statements.go.set()
    await asyncio.gather(*many)

    assert [len(asks) for asks in statements.asked] == [90, 90, 180, 180, 90]
    assert MOST_ASKS == 200


async def test_who_asks_too_much_alone_is_refused() -> None:
    statements = Statements()
    waiting = [asyncio.create_task(statements.merging.answers([n])) for n in (1, 2, 3, 13, 5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    statements.go.set()
    one, two, three, thirteen, five = await asyncio.gather(*waiting, return_exceptions=True)

    assert [one, two, three, five] == [[2], [4], [6], [10]]
    assert isinstance(thirteen, StatementTimedOut)


async def test_a_bug_reaches_everybody_who_waits_for_it() -> None:
    statements = Statements()
    statements.go.set()

    with pytest.raises(ValueError, match="17"):
        await statements.merging.answers([17])
    assert await statements.merging.answers([1]) == [2]


async def test_the_statement_ends_when_everybody_who_asked_has_gone() -> None:
    statements = Statements()
    ended = asyncio.Event()

    async def answer(_: Sequence[int]) -> Sequence[int]:
        try:
            await statements.go.wait()
        finally:
            ended.set()
        return []

    merging = Merging[int, int](answer)
    caller = asyncio.create_task(merging.answers([1]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    caller.cancel()

    await asyncio.wait_for(ended.wait(), 1)
    assert caller.cancelling() == 1


async def test_the_statement_goes_on_for_those_who_stay() -> None:
    statements = Statements()
    callers = [asyncio.create_task(statements.merging.answers([n])) for n in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    callers[2].cancel()
    statements.go.set()

    assert await callers[3] == [6]
    assert [await caller for caller in callers[:2]] == [[0], [2]]
