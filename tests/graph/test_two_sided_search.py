"""From both ends: exactly the shortest ways, in order, and cut where told."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import anyio
from hypothesis import given
from hypothesis import strategies as st

from hub.graph.two_sided_search import Followed, PathLimits, Searched, search

Graph = Mapping[str, Sequence[tuple[str, str]]]
"""Of a place, the facts at it with the places they lead to."""
Facts = Sequence[tuple[str, str]]


def _graph(facts: Facts) -> Graph:
    """Facts f000, f001 … between the pairs of places, followed either way."""
    found: dict[str, list[tuple[str, str]]] = {}
    for number, (one, other) in enumerate(facts):
        found.setdefault(one, []).append((f"f{number:03d}", other))
        found.setdefault(other, []).append((f"f{number:03d}", one))
    return found


def _searched(
    facts: Facts, *, hops: int = 6, limits: PathLimits | None = None, last: str = ""
) -> tuple[Searched, list[list[str]]]:
    """What is found between places a and z; `last` is a place no way goes on from."""
    graph = _graph(facts)

    async def read(frontier: Sequence[str], of_one: int, of_all: int) -> list[Followed]:
        rows: list[Followed] = []
        for number, place in enumerate(frontier):
            at_it = graph.get(place, ())
            if len(at_it) > of_one:
                rows.append(Followed(number, None, "", last=True))
            else:
                rows += [Followed(number, fact, to, to == last) for fact, to in at_it]
        return rows[:of_all]

    async def run() -> Searched:
        return await search(read, "a", "z", max_hops=hops, limits=limits or PathLimits())

    found = anyio.run(run)
    return found, [[hop.fact for hop in way] for way in found.ways]


def _all_shortest(facts: Facts, hops: int) -> list[list[str]]:
    """By trying every way of each length in turn."""
    graph = _graph(facts)
    ways: list[tuple[str, list[str], set[str]]] = [("a", [], {"a"})]
    for _ in range(hops):
        ways = [
            (to, [*way, fact], {*seen, to})
            for place, way, seen in ways
            for fact, to in graph.get(place, ())
            if to not in seen
        ]
        if there := sorted(way for place, way, _ in ways if place == "z"):
            return there
    return []


_PLACES = st.sampled_from("abcdwxyz")
_PAIRS = st.tuples(_PLACES, _PLACES).filter(lambda pair: pair[0] != pair[1])


@given(facts=st.lists(_PAIRS, max_size=14), hops=st.integers(1, 6))
def test_exactly_the_shortest_ways_are_found_in_order_of_their_facts(
    facts: Facts, hops: int
) -> None:
    found, ways = _searched(facts, hops=hops)

    assert ways == _all_shortest(facts, hops)
    assert (found.hubs, found.overfull) == ([], False)


@given(facts=st.lists(_PAIRS, max_size=14))
def test_a_hub_never_makes_a_way_that_is_none(facts: Facts) -> None:
    found, ways = _searched(facts, limits=PathLimits(of_one=2))
    all_ways = _all_shortest(facts, 6)

    if not found.hubs:
        assert ways == all_ways
    ends = {f"f{number:03d}": set(pair) for number, pair in enumerate(facts)}
    for way in ways:
        assert len(way) >= len(all_ways[0])
        assert all(ends[one] & ends[two] for one, two in pairwise(way))


def test_a_way_through_two_hubs_is_missed_and_they_are_told() -> None:
    spokes = [(hub, f"{hub}{number}") for number in range(3) for hub in "gh"]
    facts = [("a", "g"), ("g", "b"), ("b", "h"), ("h", "z"), *spokes]

    cut, no_ways = _searched(facts, limits=PathLimits(of_one=4))
    whole, ways = _searched(facts, limits=PathLimits(of_one=5))

    assert (sorted(cut.hubs), no_ways) == (["g", "h"], [])
    assert (whole.hubs, ways) == ([], [["f000", "f001", "f002", "f003"]])


@given(hub=st.integers(1, 5), hops=st.integers(1, 7))
def test_a_way_through_one_hub_is_found_wherever_it_stands(hub: int, hops: int) -> None:
    places = ["a", "b", "c", "d", "e", "f", "z"]
    facts = [*pairwise(places), *((places[hub], f"s{number}") for number in range(9))]

    found, ways = _searched(facts, hops=hops, limits=PathLimits(of_one=4))

    assert ways == ([[f"f{number:03d}" for number in range(6)]] if hops >= 6 else [])
    assert set(found.hubs) <= {places[hub]}


def test_an_end_with_more_facts_than_a_level_is_reached_from_the_other() -> None:
    facts = [("a", "b"), ("b", "c"), ("c", "z"), *(("a", f"s{number}") for number in range(9))]

    found, ways = _searched(facts, limits=PathLimits(of_level=5))

    assert (found.overfull, found.hubs, ways) == (False, [], [["f000", "f001", "f002"]])


def test_nothing_is_told_of_two_ends_that_are_both_too_large() -> None:
    facts = [("a", "z"), *((end, f"{end}{number}") for number in range(9) for end in "az")]

    found, ways = _searched(facts, limits=PathLimits(of_level=5))

    assert (found.overfull, found.hubs, ways) == (True, [], [])


def test_no_way_goes_on_from_a_last_place_and_one_may_end_there() -> None:
    through = [("a", "r"), ("r", "z"), ("a", "b"), ("b", "c"), ("c", "z")]

    assert _searched(through, last="r")[1] == [["f002", "f003", "f004"]]
    assert _searched([("a", "b"), ("b", "z")], last="z")[1] == [["f000", "f001"]]
