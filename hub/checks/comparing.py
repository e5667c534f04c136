"""Two answers to one question: which grounds, sources and doubts are not the same in both."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hub.checks.causes import (
    Side,
    Sides,
    causes_of,
    causes_of_coverage,
    causes_of_cut,
    causes_of_doubt,
    side,
)
from hub.checks.identity import ground_content
from hub.checks.timeline import Moment
from hub.domain.comparison import Changes, CoverageChange, DoubtChange
from hub.domain.known import Generation
from hub.domain.verdict import Ground, GroundChange, Turn
from hub.domain.vocabulary import Reach


class _Key(NamedTuple):
    """What makes a ground of one answer the same ground in another: its facts may be newer."""

    rule: str
    reach: str
    record: str
    way: tuple[str, ...]


def changes(before: Moment, after: Moment) -> Changes:
    sides = Sides(side(before), side(after))
    return Changes(_of_grounds(sides), _of_coverage(sides), _of_doubts(sides))


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
    """Of sources that are lacking in one answer only; one that is not asked is not lacking."""
    old, new = (_deliveries(one) for one in sides)
    sources = tuple(dict.fromkeys((*old, *new)))
    before, after = (_lacking(one, sources) for one in sides)
    return tuple(
        CoverageChange(
            source,
            Turn.ENDS if source in after else Turn.BEGINS,
            causes_of_coverage(sides, source, old.get(source), new.get(source)),
        )
        for source in sources
        if source in before ^ after
    )


def _lacking(one: Side, sources: Iterable[str]) -> set[str]:
    """All of the sources, where no rule set was in force."""
    if one.moment.rule_set is None:
        return set(sources)
    return {source for source, delivery in _deliveries(one).items() if delivery is None}


def _deliveries(one: Side) -> Mapping[str, Generation | None]:
    """By source, the one that covers; None where none does."""
    read = {generation.fact_id: generation for generation in one.moment.known.generations}
    coverage = one.moment.judgement.coverage
    return {covered.source: read.get(covered.generation or "") for covered in coverage}


def _of_doubts(sides: Sides) -> tuple[DoubtChange, ...]:
    old, new = (_doubts(one) for one in sides)
    return tuple(
        DoubtChange(
            Turn.ENDS if (reach, record) in old else Turn.BEGINS,
            reach,
            record or None,
            causes_of_doubt(sides, reach, record) if record else causes_of_cut(sides, reach),
        )
        for reach, record in sorted(old ^ new)
    )


def _doubts(one: Side) -> set[tuple[Reach, str]]:
    """Reaches and the records in doubt; no record where the reach was cut."""
    judged = one.moment.judgement
    records = {(arrival.reach, arrival.record) for arrival in judged.undecided}
    return records | {(reach, "") for reach in judged.cut}
