"""From facts to rows, written kind by kind.

`factId` is `<kind>-<digest of what the fact is about>.<version>`, so that versions of one fact lie
side by side in the index and the same history gives the same ids everywhere.
"""

import base64
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from neo4j import AsyncManagedTransaction

from hub.domain.clocks import OPEN_END, Millis
from hub.domain.facts import Entity, Fact, Link, Ref, Value
from hub.graph.captions import caption_of
from hub.graph.fact_statements import (
    close_statement,
    complete_statement,
    fact_statement,
    link_statement,
    place_statement,
    remove_placed_statement,
    remove_statement,
    staged_statement,
    stamp_statement,
    versions_statement,
)
from hub.graph.model import Property, graph_model

_KEY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact with its id, ready to be written; `closes` is the id of the version it corrects."""

    fact: Fact
    fact_id: str
    digest: str
    closes: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What writing some facts comes to: rows to create, and ids of facts to close."""

    rows: Sequence[FactRow]
    withdrawn: Sequence[str]

    @property
    def closes(self) -> list[str]:
        return [*(row.closes for row in self.rows if row.closes), *self.withdrawn]


class ContradictingFacts(Exception):
    """Two facts of one batch say different things about the same."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(f"{fact.kind} of {fact.subject.id} with key {fact.key!r} stands twice")
        self.fact = fact


class ChangedIdentity(Exception):
    """Things are kept under these ids with other properties, and those never change."""

    def __init__(self, label: str, ids: Sequence[str]) -> None:
        super().__init__(f"{label} {', '.join(map(repr, ids))} is kept with other content")
        self.label = label
        self.ids = ids


class MissingEndpoint(Exception):
    """A fact names a thing that neither the batch nor the graph has."""

    def __init__(self, kind: str, wanted: int, written: int) -> None:
        super().__init__(f"{wanted - written} of {wanted} {kind} facts name a missing thing")
        self.kind = kind


def fact_key(fact: Fact) -> str:
    """What the fact is about, as the beginning of its id, with the dot before the version."""
    about = [
        fact.kind,
        fact.subject.id,
        fact.object.id if fact.object else None,
        fact.key,
    ]
    digest = hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).digest()
    return f"{fact.kind}-{base64.b32encode(digest).decode().lower()[:_KEY_LENGTH]}."


def digest_of(fact: Fact) -> str:
    """What the fact says: equal digests are equal facts."""
    said = [fact.valid.start, fact.valid.end, sorted(fact.properties.items())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def distinct(facts: Iterable[Fact]) -> Sequence[Fact]:
    """Each fact once, in the order given. Raises `ContradictingFacts`."""
    found: dict[str, tuple[str, Fact]] = {}
    for fact in facts:
        digest = digest_of(fact)
        known, _ = found.setdefault(fact_key(fact), (digest, fact))
        if known != digest:
            raise ContradictingFacts(fact)
    return [fact for _, fact in found.values()]


async def plan(
    tx: AsyncManagedTransaction, facts: Sequence[Fact], withdrawn: Sequence[Fact] = ()
) -> Plan:
    """Compare `distinct` facts with what is known: only new and changed ones become rows."""
    versions = await _versions(tx, {fact_key(fact) for fact in (*facts, *withdrawn)})
    rows: list[FactRow] = []
    for fact in facts:
        key, digest = fact_key(fact), digest_of(fact)
        current = _current(versions, key)
        if current is None or current.digest != digest:
            following = 1 + max((version.number for version in versions.get(key, ())), default=0)
            closes = current.fact_id if current else None
            rows.append(FactRow(fact, f"{key}{following}", digest, closes))
    gone = [_current(versions, fact_key(fact)) for fact in withdrawn]
    return Plan(rows, [version.fact_id for version in gone if version])


async def still_as_planned(tx: AsyncManagedTransaction, rows: Sequence[FactRow]) -> bool:
    """Whether what the rows correct is still what is known."""
    versions = await _versions(tx, {fact_key(row.fact) for row in rows})
    found = (_current(versions, fact_key(row.fact)) for row in rows)
    return all(
        row.closes == (current.fact_id if current else None)
        for row, current in zip(rows, found, strict=True)
    )


async def place_entities(
    tx: AsyncManagedTransaction, entities: Iterable[Entity], *, import_id: str
) -> set[Ref]:
    """Make the things that are not there yet, with all that is told of them.

    Returns those that were there and are still to be completed. Raises `ChangedIdentity` where one
    is kept with other content; the transaction must then be given up.
    """
    incomplete = set[Ref]()
    for (label, labels), group in groupby(sorted(entities, key=_shape), key=_shape):
        rows = [_entity_row(entity) for entity in group]
        statement = place_statement(label, labels)
        lists = {"rows": rows, "labels": list(labels)}
        result = await tx.run(statement, lists=lists, import_id=import_id)
        found = await result.single(strict=True)
        if found["changed"]:
            raise ChangedIdentity(label, found["changed"])
        incomplete |= {Ref(label, thing) for thing in found["incomplete"]}
    return incomplete


async def complete_entities(tx: AsyncManagedTransaction, entities: Iterable[Entity]) -> None:
    """Rewrite captions, and add what was not told before; for what is certain to be published."""
    for (label, labels), group in groupby(sorted(entities, key=_shape), key=_shape):
        rows = [_entity_row(entity) for entity in group]
        await tx.run(complete_statement(label, labels), lists={"rows": rows})


async def remove_placed(
    tx: AsyncManagedTransaction, entities: Iterable[Entity], *, import_id: str
) -> None:
    """Take away the things that this import made and nothing points at."""
    for (label, labels), group in groupby(sorted(entities, key=_shape), key=_shape):
        ids = [entity.ref.id for entity in group]
        statement = remove_placed_statement(label, labels)
        await tx.run(statement, lists={"ids": ids}, import_id=import_id)


def _shape(entity: Entity) -> tuple[str, tuple[str, ...]]:
    return entity.ref.label, entity.labels


def _entity_row(entity: Entity) -> Mapping[str, object]:
    return {"id": entity.ref.id, **_split(entity.ref.label, entity.properties)}


async def write_links(tx: AsyncManagedTransaction, links: Iterable[Link]) -> None:
    def shape(link: Link) -> tuple[str, str, str]:
        return link.kind, link.subject.label, link.object.label

    for (kind, start, end), group in groupby(sorted(links, key=shape), key=shape):
        rows = [{"subject": link.subject.id, "object": link.object.id} for link in group]
        await tx.run(link_statement(kind, start, end), lists={"rows": rows})


async def write_facts(
    tx: AsyncManagedTransaction, rows: Iterable[FactRow], *, recorded_from: Millis, import_id: str
) -> None:
    """Raises `MissingEndpoint`; the transaction must then be given up."""

    def shape(row: FactRow) -> tuple[str, str, str]:
        fact = row.fact
        return fact.kind, fact.subject.label, fact.object.label if fact.object else ""

    for (kind, start, end), group in groupby(sorted(rows, key=shape), key=shape):
        sent = [_row(row, recorded_from, import_id) for row in group]
        result = await tx.run(fact_statement(kind, start, end), lists={"rows": sent})
        written = (await result.single(strict=True))["written"]
        if written != len(sent):
            raise MissingEndpoint(kind, len(sent), written)


async def close_facts(
    tx: AsyncManagedTransaction, fact_ids: Iterable[str], *, recorded_to: Millis
) -> int:
    """Close those still open and return how many there were."""
    closed = 0
    for kind, group in groupby(sorted(fact_ids), key=kind_of):
        lists = {"ids": list(group)}
        result = await tx.run(close_statement(kind), lists=lists, tick=recorded_to, open=OPEN_END)
        closed += (await result.single(strict=True))["closed"]
    return closed


async def stamp_facts(
    tx: AsyncManagedTransaction, fact_ids: Iterable[str], *, recorded_from: Millis
) -> None:
    """Give staged facts their tick; one that has it already keeps it."""
    for kind, group in groupby(sorted(fact_ids), key=kind_of):
        lists = {"ids": list(group)}
        await tx.run(stamp_statement(kind), lists=lists, tick=recorded_from, open=OPEN_END)


async def staged_facts(tx: AsyncManagedTransaction, import_id: str) -> list[str]:
    """Ids of the import's facts that are still invisible. Reads every fact: for recovery only."""
    found: list[str] = []
    for kind in graph_model().two_clock():
        result = await tx.run(staged_statement(kind), import_id=import_id, open=OPEN_END)
        found += [record["fact_id"] async for record in result]
    return found


async def remove_staged(tx: AsyncManagedTransaction, fact_ids: Iterable[str]) -> None:
    """Remove facts that were never known to anybody; one that was is left alone."""
    for kind, group in groupby(sorted(fact_ids), key=kind_of):
        await tx.run(remove_statement(kind), lists={"ids": list(group)}, open=OPEN_END)


def kind_of(fact_id: str) -> str:
    """Label or relationship type of a fact, which its id begins with."""
    return fact_id.rsplit("-", 1)[0]


@dataclass(frozen=True, slots=True)
class _Version:
    fact_id: str
    number: int
    digest: str
    current: bool


async def _versions(
    tx: AsyncManagedTransaction, keys: Collection[str]
) -> Mapping[str, list[_Version]]:
    found: dict[str, list[_Version]] = {}
    for kind, group in groupby(sorted(keys), key=kind_of):
        lists = {"keys": list(group)}
        result = await tx.run(versions_statement(kind), lists=lists, open=OPEN_END)
        async for record in result:
            version = _Version(
                record["fact_id"], record["number"], record["digest"], record["current"]
            )
            found.setdefault(record["key"], []).append(version)
    return found


def _current(versions: Mapping[str, Sequence[_Version]], key: str) -> _Version | None:
    return next((version for version in versions.get(key, ()) if version.current), None)


def _row(row: FactRow, recorded_from: Millis, import_id: str) -> Mapping[str, object]:
    fact = row.fact
    return {
        "subject": fact.subject.id,
        "object": fact.object.id if fact.object else None,
        "validFrom": fact.valid.start,
        "validTo": fact.valid.end,
        "recordedFrom": recorded_from,
        "recordedTo": OPEN_END,
        "stamp": {"factId": row.fact_id, "importId": import_id, "digest": row.digest},
        **_split(fact.kind, fact.properties),
        "caption": {"caption": caption_of(fact)},
    }


def _split(kind: str, properties: Mapping[str, Value]) -> Mapping[str, Mapping[str, object]]:
    """Properties by how they travel. Raises `KeyError` for one the model does not have."""
    parts: dict[str, dict[str, object]] = {"plain": {}, "instant": {}, "date": {}, "caption": {}}
    declared = graph_model().kind(kind).properties
    for name, value in properties.items():
        parts[_part(declared[name])][name] = list(value) if isinstance(value, tuple) else value
    return parts


def _part(declared: Property) -> str:
    if declared.caption:
        return "caption"
    return declared.type if declared.type in {"instant", "date"} else "plain"
