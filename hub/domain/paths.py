"""How two things of the graph are connected, as of both clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.clocks import Span
from hub.domain.facts import Ref, Value
from hub.domain.things import Clocks


class CutReason(StrEnum):
    """Why there may be more paths, or shorter ones, than were found.

    HUB: `Cut.thing` has more facts than are followed through one thing. FACTS: more facts than
    one search reads. PATHS: more shortest paths than are shown. PERSON: one end is a person of
    whom nothing may be shown, or nobody known; the two are answered alike.
    """

    HUB = "HUB"
    FACTS = "FACTS"
    PATHS = "PATHS"
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    reason: CutReason
    thing: Ref | None = None


@dataclass(frozen=True, slots=True)
class FactSource:
    """The import a fact came with, and the source that delivered it."""

    import_id: str
    code: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a path, with its ends as the fact has them; `forward` when walked that way.

    An end is None, and nothing is `told`, where a person is withheld.
    """

    fact_id: str
    kind: str
    start: Ref | None
    end: Ref | None
    forward: bool
    valid: Span
    recorded: Span
    told: Mapping[str, Value]
    source: FactSource


@dataclass(frozen=True, slots=True)
class Path:
    """`things` are one more than `steps`; of a thing and itself, the one thing alone.

    `cypher` draws the path; None where a person is withheld or there is no step.
    """

    things: tuple[Ref | None, ...]
    steps: tuple[Step, ...]
    cypher: str | None


@dataclass(frozen=True, slots=True)
class PathsFound:
    """Paths of one length, the shortest, in order of their facts; none when nothing connects."""

    clocks: Clocks
    paths: tuple[Path, ...]
    cuts: tuple[Cut, ...]

    @property
    def complete(self) -> bool:
        return not self.cuts
