"""One question at two pairs of clocks: both answers, and what makes them differ."""

from dataclasses import dataclass

from hub.domain.verdict import Cause, GroundChange, Turn, Verdict


@dataclass(frozen=True, slots=True)
class CoverageChange:
    """A source that covered in one answer only: it BEGINS to cover, or it ENDS."""

    source: str
    turn: Turn
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Both lists are in a stable order, and empty when nothing about the answer differs."""

    grounds: tuple[GroundChange, ...]
    coverage: tuple[CoverageChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Verdict
    after: Verdict
    changes: Changes
