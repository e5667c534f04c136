"""Two answers to one question: which grounds and which sources are not the same in both."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hub.checks.causes import Side, Sides, causes_of, causes_of_coverage, side
from hub.checks.identity import ground_content
from hub.checks.timeline import Moment
from hub.domain.comparison import Changes, CoverageChange
from hub.domain.known import Generation
from hub.domain.verdict import Ground, GroundChange, Turn


class _Key(NamedTuple):
    """What makes a ground of one answer the same ground in another: its facts may be newer."""

    rule: str
    reach: str
    record: str
    way: tuple[str, ...]


def changes(before: Moment, after: Moment) -> Changes:
    sides = Sides(side(before), side(after))
    return Changes(_of_grounds(sides), _of_coverage(sides))


def ground_changes(before: Moment, after: Moment) -> tuple[GroundChange, ...]:
    """Grounds that are in one answer only, or not the same in both; in a stable order."""
    return _of_grounds(Sides(side(before), side(after)))


def _of_grounds(sides: Sides) -> tuple[GroundChange, ...]:
    old, new = (_by_key(one.moment.judgement.grounds) for one in sides)
    return tuple(
        _ground_change(sides, old.get(key), new.get(key))
        for key in sorted({*old, *new})
        if not _same(old.get(key), new.get(key))
    )


def _by_key(grounds: Iterable[Ground]) -> Mapping[_Key, Ground]:
    return {_key(ground): ground for ground in grounds}


def _key(ground: Ground) -> _Key:
    arrival = ground.arrival
    assert arrival is not None, "the grounds of persons tell no record"
    way = tuple(f"{e.kind} {e.start.id} {e.end.id if e.end else ''}" for e in arrival.edges)
    return _Key(ground.rule, ground.reach, arrival.record, way)


def _same(old: Ground | None, new: Ground | None) -> bool:
    return old is not None and new is not None and ground_content(old) == ground_content(new)


def _ground_change(sides: Sides, old: Ground | None, new: Ground | None) -> GroundChange:
    told, one = (new, sides.after) if new else (old, sides.before)
    assert told is not None
    title = one.moment.catalogue.rules[told.rule].title
    return GroundChange(told.rule, title, old, new, causes_of(sides, old, new))


def _of_coverage(sides: Sides) -> tuple[CoverageChange, ...]:
    """Of the sources both answers depend on."""
    old, new = (_deliveries(one) for one in sides)
    return tuple(
        CoverageChange(
            source,
            Turn.BEGINS if new[source] else Turn.ENDS,
            causes_of_coverage(sides, old[source], new[source]),
        )
        for source in old
        if source in new and bool(old[source]) != bool(new[source])
    )


def _deliveries(one: Side) -> Mapping[str, Generation | None]:
    """By source, the one that covers; None where none does."""
    read = {generation.fact_id: generation for generation in one.moment.known.generations}
    coverage = one.moment.judgement.coverage
    return {covered.source: read.get(covered.generation or "") for covered in coverage}
