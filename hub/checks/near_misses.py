"""What is about to begin or to end for a unit, by itself and soon.

Each record is followed alone: no ground of one depends on another.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby

from hub.checks.comparing import ground_changes
from hub.checks.timeline import Timeline
from hub.domain.clocks import Millis, later
from hub.domain.known import Arrival
from hub.domain.verdict import NearMiss
from hub.domain.vocabulary import StandingStatus
from hub.errors import InvalidInput, NotFound

HORIZON_DAYS = 90

_TO_COUNT = (
    StandingStatus.DETERMINED,
    StandingStatus.IN_FORCE,
    StandingStatus.SUSPENDED,
    StandingStatus.LIFTED,
)


def near_misses(timeline: Timeline, records: Collection[str]) -> tuple[NearMiss, ...]:
    """Of those records, the earliest first; never of one that is repaired, revoked or the like."""
    at, arrivals = timeline.known.at, (a for a in timeline.known.arrivals if a.record in records)
    until = later(at, days=HORIZON_DAYS)
    if not timeline.changes_of_grounds(until):
        return ()
    found: list[NearMiss] = []
    for _, versions in groupby(sorted(arrivals, key=_record), key=_record):
        alone = tuple(versions)
        if not _over(alone, at):
            facts = replace(timeline.known, arrivals=alone)
            found += _of_record(replace(timeline, known=facts), until)
    return tuple(sorted(found, key=_order))


def _of_record(timeline: Timeline, until: Millis) -> Iterator[NearMiss]:
    instants = timeline.changes_of_grounds(until)
    if not instants:
        return
    now = timeline.moment(timeline.known.at)
    for instant in instants:
        try:
            then = timeline.moment(instant)
        except (InvalidInput, NotFound):  # the unit or the question itself ends
            return
        yield from (NearMiss(instant, change) for change in ground_changes(now, then))
        now = then


def _over(versions: Collection[Arrival], at: Millis) -> bool:
    """Whether the record stands now, and as one whose effect has ended."""
    statuses = {v.standing.status for v in versions if v.standing.fact.valid.contains(at)}
    return bool(statuses) and statuses.isdisjoint(_TO_COUNT)


def _record(arrival: Arrival) -> str:
    return arrival.record


def _order(miss: NearMiss) -> tuple[Millis, int, str, str]:
    ground = miss.change.told
    record = ground.arrival.record if ground.arrival else ""
    return miss.at, -ground.outcome.gravity, ground.rule, record
