"""Since when a record matters no more, and how it stands once it has been kept long enough."""

from itertools import takewhile

from hub.domain.catalogue import Term
from hub.domain.clocks import OPEN_END, Millis
from hub.domain.moves import KeptRecord, Move, moved
from hub.domain.standings import ENDED, Mover
from hub.domain.terms import end_of
from hub.domain.vocabulary import StandingStatus
from hub.errors import ForbiddenTransition

RETENTION = "RETENTION"
"""The period for which a record is kept, from when it matters no more."""


def over_since(record: KeptRecord) -> Millis | None:
    """When it ended, or was last counted; None while it counts, or something is left to do.

    So it is where it was suspended when it counted no more: somebody has to end it.
    """
    last = record.standings[-1]
    if last.status is StandingStatus.ARCHIVED or last.properties.get("obligationOpen"):
        return None
    if last.status not in ENDED:
        counted_until = last.properties["countsUntil"]
        assert isinstance(counted_until, int)
        is_over = last.valid.start < counted_until < OPEN_END
        return Millis(counted_until) if is_over else None
    ended = takewhile(lambda kept: kept.status in ENDED, reversed(record.standings))
    return min(kept.valid.start for kept in ended)


def archived(record: KeptRecord, term: Term) -> tuple[Millis, KeptRecord] | None:
    """When it is to be archived, and how it stands from then on; None for what is to be kept.

    What nobody ended has expired before. Where something became of it after its term, the term
    begins there. Standings that no record can run through are kept: somebody has to correct them.
    """
    over = over_since(record)
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
