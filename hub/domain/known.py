"""What one reading statement tells about a subject: facts with their spans, from an instant on."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from hub.domain.clocks import OPEN_END, Millis, Span
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.vocabulary import (
    AdminLevel,
    InfoCategory,
    Reach,
    RecordKind,
    StandingStatus,
    UnitKind,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A two-clock fact as read: its id, its kind in the model, what it joins, and when it holds.

    `end` is None for a state node. `at_event` marks a fact that was asked of the day of the
    event, `once_begun` one that plays its part from its beginning on, like a succession; any other
    must hold at the instant of the check.
    """

    fact_id: str
    kind: str
    start: Ref
    end: Ref | None
    valid: Span
    at_event: bool = False
    once_begun: bool = False

    def holds(self, at: Millis) -> bool:
        begun = self.once_begun and self.valid.start <= at
        return self.at_event or begun or self.valid.contains(at)


@dataclass(frozen=True, slots=True)
class SubjectState:
    """One version of the subject itself; its presence is the subject's existence."""

    fact: Held
    name: str
    unit_kind: UnitKind | None
    level: AdminLevel | None
    status: str | None
    jurisdiction: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of all that can change about a record.

    `public_term` and `counts_term` are codes of the terms that gave the two instants.
    """

    fact: Held
    status: StandingStatus
    category: InfoCategory
    event_at: Millis
    public_until: Millis
    counts_until: Millis
    severity: str | None = None
    disputed: bool = False
    obligation_open: bool = False
    domain: str | None = None
    list_kind: str | None = None
    penalty: str | None = None
    discipline: str | None = None
    marks: tuple[str, ...] = ()
    public_term: str | None = None
    counts_term: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A record's edge to a behaviour, determiner or document, with the other end's words.

    `issued_on` and `doc_type` are the day and the type of a document.
    """

    fact: Held
    code: str
    title: str | None = None
    issued_on: date | None = None
    doc_type: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One version of one record arriving at the subject by one path.

    `edges` lead from the subject to the record, the last of them `ABOUT` unless the reach is
    RESPONSIBLE. `deciding` are the states, of the unit that failed and of the division governed,
    by which it was one of the division's own departments. `undecided`: duties of some domains only
    have passed, and the record names none; or nobody knows the kind or a level by which to tell.
    """

    reach: Reach
    record: str
    kind: RecordKind
    edges: tuple[Held, ...]
    standing: Standing
    behaviours: tuple[Tie, ...] = ()
    determiners: tuple[Tie, ...] = ()
    documents: tuple[Tie, ...] = ()
    deciding: tuple[Held, ...] = ()
    undecided: bool = False

    @property
    def division(self) -> Ref | None:
        """By REGION, the one that the subject governed at the event."""
        return self.edges[0].end if self.reach is Reach.REGION else None

    def holds(self, at: Millis) -> bool:
        return self.standing.fact.valid.contains(at) and all(edge.holds(at) for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Generation:
    """One delivery of a source."""

    fact_id: str
    source: str
    valid: Span
    fresh_until: Millis
    jurisdictions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSetInForce:
    fact_id: str
    number: int
    content_hash: str
    valid: Span


@dataclass(frozen=True, slots=True)
class Known:
    """All that was read for one question, at one knowledge instant, holding at `at` or later.

    `newest` where nothing later was known to anybody; `cut` names the reaches that had more than
    their guards let through. From `longer_from` on a chain of successions is longer than its reach.
    """

    subject: SubjectId
    at: Millis
    known_at: Millis
    epoch: int
    newest: bool = True
    states: tuple[SubjectState, ...] = ()
    governs: tuple[Held, ...] = ()
    posts: tuple[Held, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    generations: tuple[Generation, ...] = ()
    rule_sets: tuple[RuleSetInForce, ...] = ()
    cut: tuple[Reach, ...] = ()
    longer_from: Millis | None = None
    _found: dict[Hashable, Any] = field(
        default_factory=dict[Hashable, Any], init=False, repr=False, compare=False
    )

    def once(self, name: Hashable, find: Callable[[], T]) -> T:
        """What was found under that name before: facts never change, and many questions ask."""
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]

    @property
    def doubtful(self) -> frozenset[Reach]:
        """Reaches that are cut at some instant, or bring what nobody can decide."""
        undecided = (one.reach for one in self.arrivals if one.undecided)
        return self.cut_at(OPEN_END).union(undecided)

    def cut_at(self, at: Millis) -> frozenset[Reach]:
        """Reaches of which not all was read that matters at the instant."""
        longer = self.longer_from is not None and self.longer_from <= at
        return frozenset(self.cut).union([Reach.SUCCESSION] if longer else ())

    def rule_set_at(self, at: Millis) -> RuleSetInForce | None:
        return rule_set_at(self.rule_sets, at)


def rule_set_at(rule_sets: Iterable[RuleSetInForce], at: Millis) -> RuleSetInForce | None:
    """The highest-numbered of those in force."""
    in_force = [one for one in rule_sets if one.valid.contains(at)]
    return max(in_force, key=_number) if in_force else None


def _number(rule_set: RuleSetInForce) -> int:
    return rule_set.number
