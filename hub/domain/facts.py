"""What a writer hands to the graph: things that never change and facts that carry two clocks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hub.domain.clocks import Span

Value = str | int | bool | None | Sequence[str]
"""Instants travel as epoch milliseconds, days as ISO text; `model.yaml` says which is which."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A thing by its label in `model.yaml` and its key there."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An identity node. Writing it twice changes nothing; what may change about it is a `Fact`.

    `labels` are further labels beside that of `ref`; `properties` are immutable or captions.
    """

    ref: Ref
    labels: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class Fact:
    """A two-clock fact, still without its knowledge clock: the writer stamps that.

    `kind` is a relationship type (with `object`) or the label of a state node (without).
    Among the facts of one kind between the same things, `key` tells one from another; writing a
    fact whose (kind, subject, object, key) is already known with other content corrects it.
    """

    kind: str
    subject: Ref
    valid: Span
    object: Ref | None = None
    key: str = ""
    properties: Mapping[str, Value] = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that never changes, such as a rule and its measure."""

    kind: str
    subject: Ref
    object: Ref


@dataclass(frozen=True, slots=True)
class Batch:
    """All of it becomes known at one tick, or none of it.

    `source` is the code of the source it came from, `content_hash` the SHA-256 of what was read:
    the same content twice is the same import.
    """

    source: str
    content_hash: str
    entities: Sequence[Entity]
    facts: Sequence[Fact]
    links: Sequence[Link] = ()
    withdrawn: Sequence[Fact] = ()
    """Facts (by kind, subject, object and key) that were wrongly held: closed, not replaced."""

    def only(self, things: Collection[Ref]) -> list[Entity]:
        """What it tells of those things, in its order."""
        return [entity for entity in self.entities if entity.ref in things]
