"""All that was ever held of a thing: versions of facts with both spans and where each came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hub.domain.clocks import Millis, Span
from hub.domain.facts import Ref, Value
from hub.domain.paths import FactSource


class VersionPlace(NamedTuple):
    """Versions are listed by fact, the earliest first."""

    key: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a fact. `end` is None for a state.

    `entered_by` is who entered it by hand, where it came with no import.
    """

    fact_id: str
    kind: str
    start: Ref
    end: Ref | None
    valid: Span
    recorded: Span
    told: Mapping[str, Value]
    source: FactSource
    entered_by: str | None

    @property
    def place(self) -> VersionPlace:
        key, _, number = self.fact_id.rpartition(".")
        return VersionPlace(key, int(number))


@dataclass(frozen=True, slots=True)
class History:
    """Some versions, as known at `known_at`; `more` come after them.

    `complete` is False where the thing has more facts than are read.
    """

    known_at: Millis
    versions: Sequence[Version]
    more: bool
    complete: bool
