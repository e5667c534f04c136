"""One question at two pairs of clocks: both answers, and what makes them differ."""

from dataclasses import dataclass

from hub.domain.verdict import Cause, GroundChange, Turn, Verdict
from hub.domain.vocabulary import Reach


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """A source that was lacking in one answer only: it BEGINS to cover, or it ENDS.

    Where no rule set was in force, nothing covered.
    """

    source: str
    turn: Turn
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class DoubtChange:
    """What kept one answer only from being complete.

    A record that arrives by the reach and nobody can decide; or, where `record` is None, a reach
    of which not all was read.
    """

    turn: Turn
    reach: Reach
    record: str | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All lists are in a stable order, and empty when nothing about the answer differs."""

    grounds: tuple[GroundChange, ...]
    coverage: tuple[CoverageChange, ...]
    doubts: tuple[DoubtChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Verdict
    after: Verdict
    changes: Changes
