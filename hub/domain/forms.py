"""What is asked and answered where a check is more than one subject in one scenario."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Verdict, require_reference
from hub.domain.vocabulary import Outcome
from hub.errors import HubError, PurposeRequired


@dataclass(frozen=True, slots=True)
class ManyAsk:
    """Many subjects, as they were typed, in one scenario; of the other words see `Ask`."""

    subjects: Sequence[str]
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

    def of(self, subject: SubjectId) -> Ask:
        """The same question on one of them."""
        return Ask(
            subject=subject,
            scenario=self.scenario,
            capacity=self.capacity,
            purpose=self.purpose,
            matter=self.matter,
            authorisation=self.authorisation,
        )


def require_purpose(ask: Ask | ManyAsk) -> None:
    """Of whoever asks more than one question of persons. Raises `PurposeRequired`."""
    if not all((told or "").strip() for told in (ask.purpose, ask.authorisation)):
        raise PurposeRequired(ask.scenario)


@dataclass(frozen=True, slots=True)
class ManyAnswer:
    """One answer a subject, in their order: a verdict, or why that one subject has none."""

    clocks: Clocks
    answers: Sequence[Verdict | HubError]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One unit in every capacity of every scenario for units, in the order of the law."""

    clocks: Clocks
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class RestrictedAsk:
    """Which units in the region, or in a division of it, get at least that outcome."""

    region: str
    scenario: str
    capacity: str | None = None
    at_least: Outcome = Outcome.RESTRICT
    purpose: str | None = None

    def of(self, unit: SubjectId) -> Ask:
        """The question on one unit."""
        return Ask(unit, self.scenario, self.capacity, purpose=self.purpose)


@dataclass(frozen=True, slots=True)
class RestrictedPage:
    """Verdicts by id of the unit.

    `go_on_after` is the unit from which the list goes on, None where it has ended. `complete` is
    False where more candidates had to be checked than one page may cost: it is short, not the end.
    """

    clocks: Clocks
    verdicts: Sequence[Verdict]
    go_on_after: SubjectId | None
    complete: bool
