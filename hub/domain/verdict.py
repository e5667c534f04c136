"""The answer: outcome, grounds, coverage, and the identity that makes it repeatable."""

from dataclasses import dataclass
from enum import StrEnum

from hub.domain.catalogue import LegalBasis
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Held
from hub.domain.vocabulary import Outcome, Reach, SubjectKind
from hub.text import Text


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
    """What is so at one instant; two judgements are equal when nothing about the answer differs."""

    outcome: Outcome
    covered: bool
    complete: bool
    grounds: tuple[Ground, ...]
    coverage: tuple[SourceCoverage, ...]


@dataclass(frozen=True, slots=True)
class RuleSetRef:
    number: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`valid_until` is the earliest instant at which the answer differs if nothing new is recorded.

    `id` is the SHA-256 of everything in the answer's body, `content_id` the same without clocks.
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

    @property
    def outcome(self) -> Outcome:
        return self.judgement.outcome

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return self.judgement.grounds

    @property
    def human_review_required(self) -> bool:
        """Adverse results on persons wait for a named human to confirm them (PIPL art. 24)."""
        adverse = self.outcome in (Outcome.BLOCK, Outcome.RESTRICT, Outcome.REFERENCE)
        return adverse and self.subject_kind is SubjectKind.PERSON
