"""Random worlds in a real graph, written by the hub's own writer at the clocks they were told with.

Many worlds lie side by side, each under names of its own; `Placed` leads back to those it was told
with, so that answers can be held against the oracle, and one loading against another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby

from neo4j import AsyncManagedTransaction

from hub.domain import facts as written
from hub.domain.clocks import Millis, Span
from hub.domain.facts import Entity, Ref, Value
from hub.domain.vocabulary import RecordKind
from hub.graph import fact_writer
from hub.graph.door import Door
from hub.graph.fact_writer import FactRow
from hub.intake.catalogue import canonical, content_hash
from hub.intake.demo_facts import KIND_LABELS
from tests import shared_laws
from tests.oracle_facts import END, Fact, World
from tests.random_worlds import DOCUMENT_DAYS, DOCUMENT_TYPES, Told, world_of

_IMPORT = "WORLDS"
_LABELS = {"U": "Unit", "P": "Person", "R": "CreditRecord", "G": "Region", "D": "Document"}
_LABELS_OF_SHARED = {"RuleSetState": "RuleSet", "SourceGeneration": "Source"}
_FURTHER_LABELS = {"Unit": ("Subject",), "Person": ("Subject", "Official")}


@dataclass(frozen=True)
class Placed:
    """A world as it lies in the graph: `ids` by name; `names` and `facts` lead back."""

    told: Told
    ids: Mapping[str, str]
    names: Mapping[str, str]
    facts: Mapping[str, str]

    @cached_property
    def world(self) -> World:
        """As the oracle is told it."""
        return world_of(self.told, {name: own for own, name in self.facts.items()})


class LoadedWorlds:
    def __init__(self, door: Door) -> None:
        self._door = door
        self._numbers = count(1)

    async def load_laws(self) -> None:
        """Once in a graph."""
        rule_sets = [
            Entity(
                Ref("RuleSet", number),
                properties={
                    "number": int(number),
                    "contentHash": content_hash(law),
                    "body": canonical(law).decode(),
                },
            )
            for number, law in shared_laws.laws().items()
        ]
        await self._write(rule_sets, [(fact, _row(fact, {})) for fact in shared_laws.facts()])

    async def load(self, worlds: Sequence[Told], *, parts: int = 1) -> list[Placed]:
        """Side by side, each under names that nobody else has; `parts` of them one by one."""
        placed = [self.place(world) for world in worlds]
        entities = [entity for world in placed for entity in entities_of(world)]
        rows = [(fact, _row(fact, world.ids)) for world in placed for fact in world.told.facts]
        for part in range(parts):
            await self._write(entities, rows[part::parts])
        return placed

    def place(self, told: Told, *, again: Placed | None = None) -> Placed:
        """Where it is to lie: under ids of its own, or those of the world that is told again.

        A record that is of another kind now is another record.
        """
        number = next(self._numbers)
        things = {name for fact in told.facts for name in (fact.start, fact.end) if name}
        ids = {name: _id(name, number) for name in things if name[0] in _LABELS}
        if again is not None:
            earlier = again.told.record_kinds
            for name, own in again.ids.items():
                if name in ids and told.record_kinds.get(name) == earlier.get(name):
                    ids[name] = own
        facts = {_row(fact, ids).fact_id: fact.id for fact in told.facts}
        return Placed(told, ids, {own: name for name, own in ids.items()}, facts)

    async def _write(
        self, entities: Sequence[Entity], rows: Sequence[tuple[Fact, FactRow]]
    ) -> None:
        """With the clocks the facts were told with, as if by one import after another."""

        async def work(tx: AsyncManagedTransaction) -> None:
            await fact_writer.place_entities(tx, entities, import_id=_IMPORT)
            for tick, begun in _by(rows, lambda fact: fact.recorded.start):
                await fact_writer.write_facts(tx, begun, recorded_from=tick, import_id=_IMPORT)
            for tick, ended in _by(rows, lambda fact: fact.recorded.end):
                if tick < END:
                    ids = [row.fact_id for row in ended]
                    await fact_writer.close_facts(tx, ids, recorded_to=tick)

        await self._door.write(work)


def _id(name: str, number: int) -> str:
    return f"P-W{number}-{name[2:]}" if name.startswith("P-") else f"W{number}:{name}"


def entities_of(world: Placed) -> Iterator[Entity]:
    for name, own in world.ids.items():
        label = _LABELS[name[0]]
        kind = world.told.record_kinds.get(name)
        labels = KIND_LABELS[RecordKind(kind)] if kind else _FURTHER_LABELS.get(label, ())
        yield Entity(Ref(label, own), labels, _said(name))


def _said(name: str) -> Mapping[str, Value]:
    if not name.startswith("D"):
        return {"synthetic": True}
    dated = {"issuedOn": DOCUMENT_DAYS[name].isoformat()} if name in DOCUMENT_DAYS else {}
    return {**dated, "docType": DOCUMENT_TYPES.get(name)}


def held_of(facts: Iterable[Fact], ids: Mapping[str, str]) -> list[written.Fact]:
    """What is held of it once all was told: the last versions, as the hub is told them."""
    return [
        _row(fact, ids).fact for fact in facts if fact.recorded.start < END == fact.recorded.end
    ]


def _row(fact: Fact, ids: Mapping[str, str]) -> FactRow:
    """As the hub would write it; the name of a fact is its key and its version."""
    key, version = fact.id.rsplit(".", 1)
    start = Ref(_LABELS_OF_SHARED.get(fact.kind) or _LABELS[fact.start[0]], fact.start)
    end = Ref(_LABELS.get(fact.end[0], "Behaviour"), fact.end) if fact.end else None
    valid = Span(Millis(fact.valid.start), Millis(fact.valid.end))
    own = written.Fact(
        fact.kind, _placed(start, ids), valid, end and _placed(end, ids), key, fact.said
    )
    return FactRow(
        own, f"{fact_writer.fact_key(own)}{version}", fact_writer.digest_of(own), closes=None
    )


def _placed(ref: Ref, ids: Mapping[str, str]) -> Ref:
    return Ref(ref.label, ids.get(ref.id, ref.id))


def _by(
    rows: Sequence[tuple[Fact, FactRow]], instant: Callable[[Fact], int]
) -> Iterator[tuple[Millis, list[FactRow]]]:
    def key(pair: tuple[Fact, FactRow]) -> int:
        return instant(pair[0])

    for tick, group in groupby(sorted(rows, key=key), key=key):
        yield Millis(tick), [row for _, row in group]
