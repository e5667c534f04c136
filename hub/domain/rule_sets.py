"""Rule sets as the graph knows them: their states, without their bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.clocks import Millis, Span


class RuleSetStatus(StrEnum):
    """A draft decides nothing; of the published ones in force the highest number decides."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"


@dataclass(frozen=True, slots=True)
class RuleSetState:
    """`document` is the number of the document that published or superseded the set."""

    status: RuleSetStatus
    valid: Span
    document: str | None = None


@dataclass(frozen=True, slots=True)
class KnownRuleSet:
    """At most one state of each status, in the order in which they hold."""

    number: int
    content_hash: str
    states: Sequence[RuleSetState]

    def state(self, status: RuleSetStatus) -> RuleSetState | None:
        return next((state for state in self.states if state.status is status), None)

    @property
    def is_draft(self) -> bool:
        """It was never published."""
        return all(state.status is RuleSetStatus.DRAFT for state in self.states)

    def status_at(self, at: Millis) -> RuleSetStatus | None:
        """None before it was drafted or published."""
        held = (state.status for state in self.states if state.valid.contains(at))
        return next(held, None)


def newest_published(known: Sequence[KnownRuleSet]) -> KnownRuleSet | None:
    """The highest number that is published, be it in force from a day to come."""
    published = (one for one in known if one.state(RuleSetStatus.PUBLISHED))
    return max(published, key=lambda one: one.number, default=None)
