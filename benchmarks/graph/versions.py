"""A generated graph as it looks after many corrections."""

from collections.abc import Iterable, Iterator

from benchmarks.graph.telling import Part, Told
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Entity

_STEP = Millis(1_000)


def with_versions(parts: Iterable[Part], versions: int) -> Iterator[Part]:
    """Every fact in so many versions, and in one more where it was corrected anyway.

    Those added were held for a second each, just before the hub first heard of the fact: whatever
    it held at the end of any day is the same as without them.
    """
    earlier = versions - 1
    for part in parts:
        if isinstance(part, Entity):
            yield part
            continue
        if part.version == 1:
            yield from _before(part, earlier)
        yield part._replace(version=part.version + earlier)


def _before(first: Told, versions: int) -> Iterator[Told]:
    begins = first.recorded.start - versions * _STEP
    for number in range(versions):
        start = Millis(begins + number * _STEP)
        yield Told(first.fact, Span(start, Millis(start + _STEP)), number + 1)
