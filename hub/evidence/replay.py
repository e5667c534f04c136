"""Replay: a recorded question asked again at its own clocks, and the two answers held together."""

from collections.abc import AsyncGenerator, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from typing import Any, NamedTuple, Protocol, cast

from hub.domain.bodies import Body
from hub.domain.identifiers import SubjectId
from hub.errors import HubError
from hub.evidence.recorded import Stored
from hub.evidence.verdict_store import VerdictStore

_MOST_DIFFERENCES = 20


class ReplayResult(StrEnum):
    """`WITHHELD`: a key was destroyed or a person erased. `EPOCH`: a backup was restored since."""

    EQUAL = "EQUAL"
    DIFFERENT = "DIFFERENT"
    WITHHELD = "WITHHELD"
    EPOCH = "EPOCH"


class Difference(NamedTuple):
    """Where two bodies differ, such as `grounds[0].facts[2]`; what one of them lacks is None."""

    place: str
    recorded: object
    now: object


@dataclass(frozen=True, slots=True)
class Replay:
    """`differences` are the first of them, in the order of the body."""

    id: str
    result: ReplayResult
    differences: tuple[Difference, ...] = ()


class AsksAgain(Protocol):
    async def bodies(self, recorded: Sequence[Body]) -> list[tuple[int, Body | HubError]]:
        """Each question at the clocks of its body, by its decider; in the order given.

        Tells the epoch now, and the body that the question gets, or why it gets none.
        """
        ...


class ErasedSubjects(Protocol):
    async def erased(self, subjects: Collection[SubjectId]) -> Collection[SubjectId]:
        """Those among them of whom nothing may be told any more."""
        ...


class Replayer:
    """Writes nothing."""

    def __init__(self, store: VerdictStore, asks: AsksAgain, subjects: ErasedSubjects) -> None:
        self._store = store
        self._asks = asks
        self._subjects = subjects

    async def replay(self, verdict_id: str) -> Replay:
        """Raises `VerdictNotFound`, `VerdictStoreUnavailable`, `GraphProblem`s."""
        [replay] = await self._replayed([await self._store.stored(verdict_id)])
        return replay

    async def replay_all(self) -> AsyncGenerator[Replay]:
        """Every body of every volume, in batches. Raises as `replay`."""
        async for batch in self._store.batches():
            for replay in await self._replayed(batch):
                yield replay

    async def _replayed(self, batch: Sequence[Stored]) -> list[Replay]:
        bodies = {stored.id: fields for stored in batch if (fields := stored.fields) is not None}
        erased = await self._subjects.erased({body["subject"] for body in bodies.values()})
        asked = {key: body for key, body in bodies.items() if body["subject"] not in erased}
        again = await self._asks.bodies(list(asked.values()))
        replays = {
            key: _compared(key, body, *answered)
            for (key, body), answered in zip(asked.items(), again, strict=True)
        }
        return [replays.get(stored.id) or _unread(stored) for stored in batch]


def _unread(stored: Stored) -> Replay:
    if not stored.damaged:
        return Replay(stored.id, ReplayResult.WITHHELD)
    return Replay(stored.id, ReplayResult.DIFFERENT, (Difference("body", None, None),))


def _compared(verdict_id: str, recorded: Body, epoch: int, now: Body | HubError) -> Replay:
    if epoch != recorded["epoch"]:
        told = Difference("epoch", recorded["epoch"], epoch)
        return Replay(verdict_id, ReplayResult.EPOCH, (told,))
    if isinstance(now, HubError):
        told = Difference("error", None, now.code)
        return Replay(verdict_id, ReplayResult.DIFFERENT, (told,))
    found = tuple(islice(_differences("", recorded, now), _MOST_DIFFERENCES))
    return Replay(verdict_id, ReplayResult.DIFFERENT if found else ReplayResult.EQUAL, found)


def _differences(place: str, recorded: Any, now: Any) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(now, dict):
        ours, theirs = cast("Body", recorded), cast("Body", now)
        for key in sorted(ours.keys() | theirs.keys()):
            within = f"{place}.{key}" if place else key
            yield from _differences(within, ours.get(key), theirs.get(key))
    elif isinstance(recorded, list) and isinstance(now, list):
        pairs = zip_longest(cast("list[Any]", recorded), cast("list[Any]", now))
        for number, (ours, theirs) in enumerate(pairs):
            yield from _differences(f"{place}[{number}]", ours, theirs)
    elif recorded != now:
        yield Difference(place, recorded, now)
