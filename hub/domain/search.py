"""Candidates for what somebody may have meant by a name or a number; never an answer about it."""

from dataclasses import dataclass

from hub.domain.clocks import Span
from hub.domain.facts import Ref
from hub.domain.things import Clocks


@dataclass(frozen=True, slots=True)
class Candidate:
    """`text` is the name or number that matched, `exact` but for width, case and punctuation.

    `held` is False for a former or coming name; `valid` is None for one that never changes.
    A `score` compares only candidates of one search.
    """

    ref: Ref
    text: str
    score: float
    exact: bool
    held: bool
    valid: Span | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best first, each thing once; not `complete` when there are more."""

    clocks: Clocks
    items: tuple[Candidate, ...]
    complete: bool
