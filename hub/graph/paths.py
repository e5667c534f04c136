"""How two things are connected: the shortest paths of facts that hold at both clocks.

Facts are followed either way, whatever their arrow. Regions and behaviours only place and class
other things, so by default a path may end at one and not go through it: else all units of a
banner would be connected. Who names the kinds to follow goes through them too.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref
from hub.domain.known import Held
from hub.domain.paths import Cut, CutReason, FactSource, Path, PathsFound, Step
from hub.domain.things import Clocks
from hub.errors import InvalidHops, NodeNotFound, UnknownKind
from hub.graph.door import Door
from hub.graph.knowledge_clock import read_known
from hub.graph.model import graph_model
from hub.graph.path_cypher import path_cypher
from hub.graph.path_statements import JOINING, LEVEL, STEPS, THINGS, ends_statement
from hub.graph.time_filter import as_known
from hub.graph.two_sided_search import Followed, PathLimits, Searched, Way, search

Map = Mapping[str, Any]

MOST_HOPS = 6
MOST_PATHS = 20
MOST_HUBS = 20

_SHARED_LABELS = {label for node in graph_model().nodes.values() for label in node.labels}
_ENDS = {
    label
    for kind in JOINING
    for declared in (graph_model().relationships[kind],)
    for label in (*declared.start, *declared.end)
} - _SHARED_LABELS


class PathFinder:
    def __init__(self, door: Door, limits: PathLimits | None = None) -> None:
        self._door = door
        self._limits = limits or PathLimits()

    async def paths(
        self,
        *,
        start: Ref,
        end: Ref,
        at: Millis,
        known_at: Millis | None,
        kinds: frozenset[str] | None = None,
        max_hops: int = 4,
        every: bool = False,
    ) -> PathsFound:
        """One shortest path, or every one; the same clocks give the same paths in the same order.

        Raises `UnknownKind`, `InvalidHops`, `NodeNotFound`, `GraphProblem`s.
        """
        _require(kinds, max_hops)
        ends = await self._ends(start, end, at, known_at)
        clocks = Clocks(Millis(ends["at"]), Millis(ends["known_at"]))
        things = ((start, ends["start_thing"]), (end, ends["end_thing"]))
        if any(ref.label == "Person" and not _is_shown(thing) for ref, thing in things):
            return PathsFound(clocks, (), (Cut(CutReason.PERSON),))
        for ref, thing in things:
            if not _is_shown(thing):
                raise NodeNotFound(ref.id)
        if start == end:
            return PathsFound(clocks, (Path((start,), (), None),), ())
        walk = _Walk(self._door, clocks, kinds)
        found = await search(
            walk.level, ends["start"], ends["end"], max_hops=max_hops, limits=self._limits
        )
        most = MOST_PATHS if every else 1
        ways = list(islice(found.ways, most + 1))
        cuts = await walk.cuts(found)
        if every and len(ways) > most:
            cuts = (*cuts, Cut(CutReason.PATHS))
        return PathsFound(clocks, await walk.paths(ways[:most]), cuts)

    async def _ends(self, start: Ref, end: Ref, at: Millis, known_at: Millis | None) -> Map:
        for ref in (start, end):
            if ref.label not in _ENDS:
                raise NodeNotFound(ref.id)
        statement = ends_statement(start.label, end.label)
        return await read_known(
            self._door, statement, start=start.id, end=end.id, at=at, known=as_known(known_at)
        )


class _Walk:
    """Reads for one search, all as of the same clocks."""

    def __init__(self, door: Door, clocks: Clocks, kinds: frozenset[str] | None) -> None:
        self._door = door
        self._clocks = {"at": clocks.at, "known": as_known(clocks.known_at)}
        self._through_shared = kinds is not None
        self._kinds = sorted(kinds if kinds is not None else JOINING)

    async def level(self, frontier: Sequence[str], of_one: int, of_all: int) -> list[Followed]:
        [row] = await self._door.read(
            LEVEL,
            lists={"frontier": frontier, "kinds": self._kinds},
            through_shared=self._through_shared,
            of_one=of_one,
            of_all=of_all,
            **self._clocks,
        )
        level: Any = row["level"]
        return [Followed(*followed) for followed in level]

    async def cuts(self, found: Searched) -> tuple[Cut, ...]:
        """Hubs in order, the first of them by name."""
        overfull = (Cut(CutReason.FACTS),) if found.overfull else ()
        if not found.hubs:
            return overfull
        rows = await self._door.read(THINGS, lists={"places": found.hubs}, **self._clocks)
        things: list[Any] = [row["thing"] for row in rows]
        shown = sorted({_ref(thing) for thing in things if thing["shown"]})
        hubs = [Cut(CutReason.HUB, ref) for ref in shown[:MOST_HUBS]]
        return (*(hubs or [Cut(CutReason.HUB)]), *overfull)

    async def paths(self, ways: Sequence[Way]) -> tuple[Path, ...]:
        hops = sorted({hop for way in ways for hop in way})
        lists = {"hops": [hop._asdict() for hop in hops]}
        rows = await self._door.read(STEPS, lists=lists, **self._clocks) if hops else []
        steps: dict[str, Any] = {}
        for row in rows:
            step: Any = row["step"]
            steps[step["factId"]] = step
        return tuple(_path([steps[hop.fact] for hop in way]) for way in ways)


def path_kinds() -> tuple[str, ...]:
    """Kinds of fact that may be followed, in the order of `model.yaml`."""
    return JOINING


def _require(kinds: frozenset[str] | None, max_hops: int) -> None:
    if not 1 <= max_hops <= MOST_HOPS:
        raise InvalidHops(max_hops, MOST_HOPS)
    if unknown := sorted((kinds or frozenset()) - set(JOINING)):
        raise UnknownKind(unknown[0], JOINING)


def _is_shown(thing: Map) -> bool:
    return thing["id"] is not None and thing["shown"]


def _ref(thing: Map) -> Ref:
    return Ref(next(label for label in thing["labels"] if label in _ENDS), thing["id"])


def _ref_if_shown(thing: Map) -> Ref | None:
    return _ref(thing) if thing["shown"] else None


def _path(rows: Sequence[Map]) -> Path:
    """Of at least one step, in order from the start on."""
    steps = tuple(_step(row) for row in rows)
    things = [row["before"] for row in rows] + [rows[-1]["after"]]
    return Path(tuple(_ref_if_shown(thing) for thing in things), steps, _cypher(steps))


def _cypher(steps: Sequence[Step]) -> str | None:
    facts = [
        Held(step.fact_id, step.kind, step.start, step.end, step.valid)
        for step in steps
        if step.start is not None and step.end is not None
    ]
    return path_cypher(facts) if len(facts) == len(steps) else None


def _step(row: Map) -> Step:
    before, after = _ref_if_shown(row["before"]), _ref_if_shown(row["after"])
    told = {word: value for word, value in row["told"].items() if value is not None}
    source: Map = row["sources"][0] if row["sources"] else {}
    return Step(
        fact_id=row["factId"],
        kind=row["kind"],
        start=before if row["forward"] else after,
        end=after if row["forward"] else before,
        forward=row["forward"],
        valid=Span(Millis(row["validFrom"]), Millis(row["validTo"])),
        recorded=Span(Millis(row["recordedFrom"]), Millis(row["recordedTo"])),
        told=told if before is not None and after is not None else {},
        source=FactSource(row["importId"], source.get("code"), source.get("title")),
    )
