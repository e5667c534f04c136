"""What the verdict store is given and what it gives back."""

from dataclasses import dataclass
from typing import Protocol, Self

import orjson

from hub.domain.bodies import Body
from hub.domain.canonical import canonical
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId, subject_kind
from hub.domain.reviews import Review, VerdictStatus, verdict_status
from hub.domain.verdict import needs_human_review
from hub.domain.vocabulary import Outcome
from hub.errors import VerdictNotFound


class AskedFor(Protocol):
    """Whatever tells what it was asked for: a question, an answer."""

    @property
    def purpose(self) -> str | None: ...
    @property
    def matter(self) -> str | None: ...
    @property
    def authorisation(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What goes with a question and not into the verdict's id."""

    purpose: str | None = None
    matter: str | None = None
    authorisation: str | None = None

    @classmethod
    def of(cls, asked: AskedFor) -> Self:
        return cls(asked.purpose, asked.matter, asked.authorisation)

    @property
    def told(self) -> bytes:
        """In the one form in which it is kept."""
        kept = {"purpose": self.purpose, "matter": self.matter}
        return canonical({**kept, "authorisation": self.authorisation})


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict about to be given; `body` is its RFC 8785 form, whose SHA-256 is `id`.

    One that is not `timely` speaks of another time than that of asking: it counts for no matter.
    """

    id: str
    body: bytes
    subject: SubjectId
    scenario: str
    context: Context = Context()
    timely: bool = True


@dataclass(frozen=True, slots=True)
class Asking:
    """`context` is None when its key was destroyed."""

    recorded_at: Millis
    context: Context | None

    @property
    def told(self) -> Context:
        """What can still be told of it."""
        return self.context or Context()


@dataclass(frozen=True, slots=True)
class Stored:
    """A verdict's id and its body, None when its key was destroyed or it is `damaged`."""

    id: str
    body: bytes | None
    damaged: bool = False

    @property
    def fields(self) -> Body | None:
        return None if self.body is None else orjson.loads(self.body)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A verdict as it was given, with who asked for it and what humans said; oldest first."""

    id: str
    body: bytes
    askings: tuple[Asking, ...]
    reviews: tuple[Review, ...]

    @property
    def fields(self) -> Body:
        return orjson.loads(self.body)

    @property
    def recorded_at(self) -> Millis:
        return self.askings[0].recorded_at

    @property
    def status(self) -> VerdictStatus:
        decisions = [review.decision for review in self.reviews]
        return verdict_status(decisions, review_required=self.review_required)

    @property
    def review_required(self) -> bool:
        fields = self.fields
        return needs_human_review(Outcome(fields["outcome"]), subject_kind(fields["subject"]))


def verdict_key(verdict_id: str) -> bytes:
    """The 32 bytes of a verdict's id. Raises `VerdictNotFound` for what can be none."""
    try:
        return bytes.fromhex(verdict_id)
    except ValueError as error:
        raise VerdictNotFound(verdict_id) from error


def of_body(verdict: bytes) -> str:
    """What the seal of its body is bound to."""
    return f"body:{verdict.hex()}"
