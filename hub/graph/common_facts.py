"""What speaks of no subject and so of all: deliveries and rule sets, kept from check to check.

As of one knowledge instant they never change, unless the epoch does. The statement of a check is
told what is kept, and tells them anew, from the same snapshot as the rest, when that is not as of
the instant it reads at.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from hub.domain.clocks import Millis, Span
from hub.domain.known import Generation, RuleSetInForce

_MOST_KEPT = 16

Map = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CommonFacts:
    """As of `known_at`, those that hold at `at` or later."""

    epoch: int
    known_at: Millis
    at: Millis
    generations: tuple[Generation, ...] = ()
    rule_sets: tuple[RuleSetInForce, ...] = ()

    @classmethod
    def told(cls, row: Map) -> Self:
        """By the first row of the statement."""
        common = row["common"]
        return cls(
            row["epoch"],
            Millis(row["knownAt"]),
            Millis(row["at"]),
            tuple(map(_generation, common["generations"])),
            tuple(map(_rule_set, common["ruleSets"])),
        )

    @property
    def name(self) -> Mapping[str, int]:
        """By which the statement knows whether to tell them anew."""
        return {"epoch": self.epoch, "knownAt": self.known_at}

    def since(self, at: Millis) -> "CommonFacts":
        """Those of them that hold at the later instant, or later still."""
        if at == self.at:
            return self
        return replace(
            self,
            at=at,
            generations=tuple(
                one for one in self.generations if min(one.valid.end, one.fresh_until) > at
            ),
            rule_sets=tuple(one for one in self.rule_sets if one.valid.end > at),
        )


NOTHING_KEPT = CommonFacts(epoch=0, known_at=Millis(0), at=Millis(0))
"""Epochs begin with 1."""


class KeptFacts:
    """The last few that were read."""

    def __init__(self) -> None:
        self._kept: deque[CommonFacts] = deque(maxlen=_MOST_KEPT)

    def likely(self, *, at: Millis, known_at: Millis | None) -> CommonFacts:
        """Those that a question needs if they are as of its instant of knowledge.

        The newest, where it names none that was read.
        """
        reaching = (kept for kept in self._kept if kept.at <= at)
        return max(reaching, key=lambda one: _likelihood(one, known_at), default=NOTHING_KEPT)

    def keep(self, facts: CommonFacts) -> None:
        self._kept.append(facts)


def _likelihood(facts: CommonFacts, known_at: Millis | None) -> tuple[bool, int, Millis, Millis]:
    return facts.known_at == known_at, facts.epoch, facts.known_at, facts.at


def span_of(row: Map) -> Span:
    return Span(Millis(row["validFrom"]), Millis(row["validTo"]))


def _generation(row: Map) -> Generation:
    return Generation(
        fact_id=row["factId"],
        source=row["source"],
        valid=span_of(row),
        fresh_until=Millis(row["freshUntil"]),
        jurisdictions=tuple(row["jurisdictions"]),
    )


def _rule_set(row: Map) -> RuleSetInForce:
    return RuleSetInForce(row["factId"], row["number"], row["contentHash"], span_of(row))
