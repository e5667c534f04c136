"""When the hub came to know of a generated fact, and what it first got wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from hub.domain.clocks import Millis, Span, day_start
from hub.domain.facts import Entity, Fact, Ref, Value

FIRST_DAY = date(2016, 1, 1)
LAST_DAY = (date(2026, 6, 30) - FIRST_DAY).days
"""The world ends here: nothing happens or becomes known later. Days are numbers from FIRST_DAY."""

_LATEST_KNOWN = 60
_MISTAKEN = 0.1
_ZIPF_SHIFT = 20
_STRIDE = 1_000_003


class Told(NamedTuple):
    """A version of a fact, with when the hub held it to be so."""

    fact: Fact
    recorded: Span
    version: int = 1


Part = Entity | Told


@cache
def instant(day: int) -> Millis:
    return day_start(FIRST_DAY + timedelta(day))


@cache
def day_text(day: int) -> str:
    return (FIRST_DAY + timedelta(day)).isoformat()


LAST_TICK = instant(LAST_DAY)


def thing(ref: Ref, *labels: str, **properties: Value) -> Entity:
    return Entity(ref, labels, {**properties, "synthetic": True})


def span(start: int, end: int | None = None) -> Span:
    return Span(instant(start)) if end is None else Span(instant(start), instant(end))


class Chance:
    """Everything left to chance; the same seed is the same chance."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self.share = self._random.random
        """From 0 up to 1."""

    def happens(self, share: float) -> bool:
        return self.share() < share

    def below(self, count: int) -> int:
        return int(self.share() * count)

    def one_of(self, values: Sequence[str]) -> str:
        return values[self.below(len(values))]

    def day(self, first: int = 0, last: int = LAST_DAY) -> int:
        """Later than `first` as long as there is a later day, and never later than `last`."""
        return min(last, first + 1 + self.below(max(1, last - first)))

    def zipf(self, count: int) -> int:
        """A few numbers often, most seldom: the k-th most frequent in proportion to 1/(k + 20)."""
        reach = (count + _ZIPF_SHIFT) / _ZIPF_SHIFT
        rank = int(_ZIPF_SHIFT * reach ** self.share()) - _ZIPF_SHIFT
        return rank * _STRIDE % count

    def amount(self, median: int) -> int:
        """Lognormal, in whole yuan told in fen."""
        return round(self._random.lognormvariate(0, 1.6) * median) * 100

    def tell(
        self, fact: Fact, since: int, mistaken: Mapping[str, Value] | None = None
    ) -> Iterator[Told]:
        """The fact as it became known, at most 60 days after the day it began.

        Once in ten times it was `mistaken` at first, and corrected later.
        """
        known = self.day(since, min(LAST_DAY, since + _LATEST_KNOWN))
        if mistaken is None or known >= LAST_DAY or not self.happens(_MISTAKEN):
            yield Told(fact, span(known))
            return
        corrected = self.day(known)
        wrong = replace(fact, properties={**fact.properties, **mistaken})
        yield Told(wrong, span(known, corrected))
        yield Told(fact, span(corrected), version=2)

    def tell_wrongly(self, fact: Fact, since: int) -> Iterator[Told]:
        """A fact that was held for a while and then withdrawn."""
        known = self.day(since, min(LAST_DAY - 1, since + _LATEST_KNOWN))
        yield Told(fact, span(known, self.day(known)))
