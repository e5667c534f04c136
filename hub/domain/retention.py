"""Since when a record matters no more, and how it stands once it has been kept long enough."""

from itertools import takewhile

from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, day_start, later
from hub.domain.moves import KeptRecord, Move, moved
from hub.domain.standings import ENDED, Mover
from hub.domain.terms import end_of
from hub.domain.vocabulary import StandingStatus
from hub.errors import ForbiddenTransition

RETENTION = "RETENTION"
"""The period for which a record is kept, from when it matters no more."""

_NEVER_OVER = (StandingStatus.SUSPENDED, StandingStatus.ARCHIVED)


def over_since(record: KeptRecord, law: Catalogue) -> Millis | None:
    """When it ended, or was last counted or looked back on; None while something is left to do.

    So it is where it is suspended: somebody has to end the stay.
    """
    last = record.standings[-1]
    if last.status in _NEVER_OVER or last.properties.get("obligationOpen"):
        return None
    if last.status not in ENDED:
        counted_until = last.properties["countsUntil"]
        assert isinstance(counted_until, int)
        over = max(Millis(counted_until), _looked_back_on_until(record, law))
        return over if last.valid.start < over < OPEN_END else None
    *_, end = takewhile(lambda kept: kept.status in ENDED, reversed(record.standings))
    if end.status is not StandingStatus.EXPIRED:
        return end.valid.start
    return max(end.valid.start, min(_looked_back_on_until(record, law), end.valid.end))


def _looked_back_on_until(record: KeptRecord, law: Catalogue) -> Millis:
    """By a rule that asks for records of the kind, from the last day it could run from."""
    event_at = record.standings[-1].properties["eventAt"]
    assert isinstance(event_at, int)
    last = max([Millis(event_at), *map(day_start, record.issued_on)])
    triggers = (trigger for rule in law.rules.values() for trigger in rule.triggers)
    years = [
        trigger.within_years
        for trigger in triggers
        if trigger.within_years is not None
        if not trigger.kinds or any(kind.covers(record.kind) for kind in trigger.kinds)
    ]
    return later(last, years=max(years)) if years else OPEN_START


def archived(record: KeptRecord, term: Term, law: Catalogue) -> tuple[Millis, KeptRecord] | None:
    """When it is to be archived, and how it stands from then on; None for what is to be kept.

    What nobody ended has expired before. Where something became of it after its term, the term
    begins there. Standings that no record can run through are kept: somebody has to correct them.
    """
    over = over_since(record, law)
    if over is None or record.standings[-1].status is StandingStatus.DETERMINED:
        return None
    try:
        return _archived(record, over, term)
    except ForbiddenTransition:
        return None


def _archived(record: KeptRecord, over: Millis, term: Term) -> tuple[Millis, KeptRecord]:
    if record.standings[-1].status not in ENDED:
        record = moved(record, Move(record.code, StandingStatus.EXPIRED, over, Mover.TIME))
    last = record.standings[-1].valid.start
    at = end_of(term, over) if end_of(term, over) > last else end_of(term, last)
    return at, moved(record, Move(record.code, StandingStatus.ARCHIVED, at, Mover.TIME))
