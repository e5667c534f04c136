"""The shortest ways between two places, searched from both ends a level at a time.

Each level is read whole before the next, so that the ways on which the two sides first meet are
the shortest. A place with more facts than the cap is a hub, and is not followed further: the sides
may still meet at it, so that only a way through two hubs is missed, and then the hubs are told.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple


class Followed(NamedTuple):
    """A fact that leads to another place, from the place of that number in the frontier.

    No way goes on from a place that is `last`. Of a hub there is one row without a fact.
    """

    number: int
    fact: str | None
    other: str
    last: bool


class Hop(NamedTuple):
    fact: str
    before: str
    after: str


class At(NamedTuple):
    """A place on a way, so many hops from the start."""

    hops: int
    place: str


Way = tuple[Hop, ...]
Onward = Mapping[At, set[tuple[Hop, At]]]
ReadLevel = Callable[[Sequence[str], int, int], Awaitable[Sequence[Followed]]]
"""The facts of a frontier: of one place at most so many, else it is a hub; and so many in all."""


@dataclass(frozen=True, slots=True)
class PathLimits:
    """How many facts are read: of one place between the ends, and of one level in all."""

    of_one: int = 500
    of_level: int = 10_000


@dataclass(frozen=True, slots=True)
class Searched:
    """`overfull` when neither side could be read further."""

    ways: Iterator[Way]
    hubs: Sequence[str]
    overfull: bool


@dataclass
class _Side:
    """What was reached from one end; `stuck` when its next level is too large to be read.

    `nearer` has, of a place, the facts that lead to it and where they come from.
    """

    frontier: list[str]
    distances: dict[str, int]
    nearer: dict[str, set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict[str, set[tuple[str, str]]](set)
    )
    hubs: list[str] = field(default_factory=list[str])
    depth: int = 0
    stuck: bool = False

    @property
    def open_from(self) -> float:
        """Hops to the nearest place from which a way may go on that was not read."""
        hubs = [self.distances[hub] for hub in self.hubs]
        return min([*hubs, self.depth if self.frontier else inf])

    def may_advance(self, beyond: "_Side", max_hops: int) -> bool:
        is_readable = bool(self.frontier) and not self.stuck
        return is_readable and self.depth + beyond.open_from < max_hops

    async def advance(self, read: ReadLevel, limits: PathLimits) -> dict[str, bool]:
        """Go one level further; the places reached, with whether ways may go on from there.

        An end is no hub: it may have as many facts as a level, or its side is stuck.
        """
        of_one = limits.of_one if self.depth else limits.of_level
        level = await read(self.frontier, of_one, limits.of_level + 1)
        whole = self.depth or all(followed.fact is not None for followed in level)
        self.stuck = len(level) > limits.of_level or not whole
        return {} if self.stuck else self._take(level)

    def _take(self, level: Sequence[Followed]) -> dict[str, bool]:
        behind, reached = self.frontier, dict[str, bool]()
        self.depth += 1
        for number, fact, other, last in level:
            if fact is None:
                self.hubs.append(behind[number])
            elif self.distances.setdefault(other, self.depth) == self.depth:
                self.nearer[other].add((fact, behind[number]))
                reached[other] = not last
        self.frontier = [place for place, goes_on in reached.items() if goes_on]
        return reached


async def search(
    read: ReadLevel, start: str, end: str, *, max_hops: int, limits: PathLimits
) -> Searched:
    """Of the shortest ways, in order of their facts; none when nothing connects in `max_hops`."""
    near, far = _Side([start], {start: 0}), _Side([end], {end: 0})
    met: dict[str, int] = {}
    while not met:
        able = [
            (side, beyond)
            for side, beyond in ((near, far), (far, near))
            if side.may_advance(beyond, max_hops)
        ]
        if not able:
            break
        side, beyond = min(able, key=lambda sides: len(sides[0].frontier))
        reached = await side.advance(read, limits)
        met = {
            place: near.distances[place] + far.distances[place]
            for place, goes_on in reached.items()
            if place in beyond.distances and (goes_on or place in {start, end})
        }
        met = {place: hops for place, hops in met.items() if hops <= max_hops}
    return Searched(
        ways=_ways(near, far, met, start),
        hubs=near.hubs + far.hubs,
        overfull=near.stuck and far.stuck,
    )


def _ways(near: _Side, far: _Side, met: Mapping[str, int], start: str) -> Iterator[Way]:
    if not met:
        return iter(())
    length = min(met.values())
    meeting = [place for place, hops in met.items() if hops == length]
    return _ways_from(At(0, start), _onward(near, far, meeting, length), length)


def _onward(near: _Side, far: _Side, meeting: Sequence[str], length: int) -> Onward:
    """The hops on ways of that length: from where the sides meet back to either end."""
    onward: dict[At, set[tuple[Hop, At]]] = defaultdict(set)
    for place in _back(near, meeting):
        hops = near.distances[place]
        for fact, before in near.nearer[place]:
            onward[At(hops - 1, before)].add((Hop(fact, before, place), At(hops, place)))
    for place in _back(far, meeting):
        hops = length - far.distances[place]
        for fact, after in far.nearer[place]:
            onward[At(hops, place)].add((Hop(fact, place, after), At(hops + 1, after)))
    return onward


def _back(side: _Side, meeting: Sequence[str]) -> list[str]:
    """All places of the side on ways from where the sides meet to its end."""
    found = dict.fromkeys(meeting)
    waiting = list(meeting)
    while waiting:
        before = {place for _, place in side.nearer[waiting.pop()]} - found.keys()
        found.update(dict.fromkeys(before))
        waiting.extend(before)
    return list(found)


def _ways_from(at: At, onward: Onward, length: int) -> Iterator[Way]:
    if at.hops == length:
        yield ()
        return
    for hop, following in sorted(onward[at]):
        for rest in _ways_from(following, onward, length):
            yield (hop, *rest)
