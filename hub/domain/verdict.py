"""The answer: outcome, grounds, coverage, and the identity that makes it repeatable."""

from dataclasses import dataclass, field
from enum import StrEnum

from hub.domain.catalogue import LegalBasis
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Held, RuleSetInForce
from hub.domain.vocabulary import Outcome, Reach, SubjectKind
from hub.errors import InvalidReference
from hub.text import Text

MOST_OF_A_REFERENCE = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `purpose`, `matter` and `authorisation` go with the answer, not into its id."""

    subject: SubjectId
    scenario: str
    capacity: str | None = None
    effective_at: Millis | None = None
    known_at: Millis | None = None
    purpose: str | None = None
    matter: str | None = None
    authorisation: str | None = None

    def __post_init__(self) -> None:
        """Raises `InvalidReference`."""
        require_reference("matter", self.matter)


def require_reference(argument: str, given: str | None) -> None:
    """What callers call a thing of their own by, where they do. Raises `InvalidReference`."""
    if given is not None and not (given.strip() and len(given) <= MOST_OF_A_REFERENCE):
        raise InvalidReference(argument, MOST_OF_A_REFERENCE)


class Mark(StrEnum):
    """What makes an answer other than a plain one; part of its id."""

    FORECAST = "FORECAST"
    HYPOTHETICAL = "HYPOTHETICAL"


@dataclass(frozen=True, slots=True)
class Ground:
    """Rule, record and path.

    `arrival` and `facts` are None where the answer gives result and basis only, as it does for
    persons. `facts` are in the order of the path: from the subject to the record, its standing,
    what it is an instance of, who determined it, what it rests on, and what the rule asks of the
    subject.
    """

    rule: str
    outcome: Outcome
    measure: str
    verb: str
    quote: str
    implementer: Text
    bases: tuple[LegalBasis, ...]
    reach: Reach
    disputed: bool
    arrival: Arrival | None
    facts: tuple[Held, ...] | None


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Whether a source the scenario depends on covers the subject, and by which delivery."""

    source: str
    covered: bool
    generation: str | None
    as_of: Millis | None
    fresh_until: Millis | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is so at one instant; two judgements are equal when nothing about the answer differs.

    It is not complete where a reach that matters here had more than was read, which `cut` names, or
    brings records of which nobody can say whether they concern the subject, which are `undecided`;
    of persons none is told.
    """

    outcome: Outcome
    covered: bool
    complete: bool
    grounds: tuple[Ground, ...]
    coverage: tuple[SourceCoverage, ...]
    cut: tuple[Reach, ...] = ()
    undecided: tuple[Arrival, ...] = ()

    @property
    def undecided_records(self) -> tuple[str, ...]:
        return tuple(sorted({arrival.record for arrival in self.undecided}))


class CauseKind(StrEnum):
    """What a `Cause` names by its code."""

    FACT = "FACT"
    RULE_SET = "RULE_SET"
    LEGAL_BASIS = "LEGAL_BASIS"
    TERM = "TERM"
    WINDOW = "WINDOW"
    RULE = "RULE"


class Turn(StrEnum):
    BEGINS = "BEGINS"
    ENDS = "ENDS"
    CHANGES = "CHANGES"


class Clock(StrEnum):
    """EFFECTIVE tells when something was so in the world, KNOWLEDGE when the hub held it so."""

    EFFECTIVE = "EFFECTIVE"
    KNOWLEDGE = "KNOWLEDGE"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why two answers differ.

    `code` is a `factId` (None where there were more than are read), the number of a rule set, a
    legal basis, the term of a record (None where none was named), or a rule: the one whose window
    ended, or which took the place of a fallback or left it. `at` is the instant, where the clock
    is EFFECTIVE; a rule has no clock of its own, nor have facts that were not read.
    """

    kind: CauseKind
    turn: Turn
    code: str | None
    clock: Clock | None
    at: Millis | None


@dataclass(frozen=True, slots=True)
class GroundChange:
    """A ground that is there in one of two answers only, or not the same in both."""

    rule: str
    title: Text
    before: Ground | None
    after: Ground | None
    causes: tuple[Cause, ...]

    @property
    def turn(self) -> Turn:
        if self.before is None:
            return Turn.BEGINS
        return Turn.ENDS if self.after is None else Turn.CHANGES

    @property
    def told(self) -> Ground:
        """The ground as it comes to be, or as it was when it ends."""
        ground = self.after or self.before
        assert ground is not None
        return ground


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What changes at an instant soon to come, if nothing new is recorded."""

    at: Millis
    change: GroundChange


@dataclass(frozen=True, slots=True)
class RuleSetRef:
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`valid_until` is the earliest instant at which the answer differs if nothing new is recorded.

    `id` is the SHA-256 of `body`, the RFC 8785 form of the answer, `content_id` the same without
    clocks.
    `near_misses`, for units only, are in neither, nor are `rule_sets`, those in force then or
    later, nor is `timely`: it speaks of the time of asking, by what was known then.
    """

    id: str
    content_id: str
    subject: SubjectId
    subject_kind: SubjectKind
    subject_name: str | None
    scenario: str
    capacity: str
    effective_at: Millis
    known_at: Millis
    epoch: int
    rule_set: RuleSetRef | None
    judgement: Judgement
    valid_until: Millis | None
    marks: tuple[Mark, ...]
    purpose: str | None
    matter: str | None
    authorisation: str | None
    near_misses: tuple[NearMiss, ...] = ()
    rule_sets: tuple[RuleSetInForce, ...] = ()
    timely: bool = field(default=False, compare=False)
    body: bytes = field(default=b"", repr=False, compare=False)

    @property
    def outcome(self) -> Outcome:
        return self.judgement.outcome

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return self.judgement.grounds

    @property
    def human_review_required(self) -> bool:
        return needs_human_review(self.outcome, self.subject_kind)


def needs_human_review(outcome: Outcome, kind: SubjectKind) -> bool:
    """Adverse results on persons wait for a named human to confirm them (PIPL art. 24)."""
    adverse = outcome in (Outcome.BLOCK, Outcome.RESTRICT, Outcome.REFERENCE)
    return adverse and kind is SubjectKind.PERSON
