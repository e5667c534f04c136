"""Things and facts as files of `neo4j-admin database import full`, with headers from the model.

One file for each label set and each kind of relationship between two labels. A fact is written as
the hub's own writer would have: same properties, same ids, same digests.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.graph.telling import Part, Told
from hub.domain.clocks import OPEN_END
from hub.domain.facts import Entity, Value
from hub.graph.captions import caption_of
from hub.graph.fact_writer import digest_of, fact_key
from hub.graph.model import graph_model

_DELIMITER, _IN_ARRAY = "|", ";"
_TYPES = {
    "string": "",
    "strings": ":string[]",
    "integer": ":long",
    "boolean": ":boolean",
    "instant": ":datetime{timezone:UTC}",
    "date": ":date",
}
_CLOCKS = tuple(
    f"{name}{_TYPES['instant']}" for name in ("validFrom", "validTo", "recordedFrom", "recordedTo")
)
_STAMP = (*_CLOCKS, "importId", "digest")


class CsvFiles:
    """Files in `folder`, complete when the block ends."""

    def __init__(self, folder: Path, import_id: str) -> None:
        self.counts: Counter[str] = Counter()
        """How many nodes have each label, and how many relationships each type."""
        self._folder = folder
        self._import_id = import_id
        self._tables: dict[tuple[str, ...], _Table] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for table in self._tables.values():
            table.close()

    def write(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if isinstance(part, Entity):
                self._entity(part)
            elif part.fact.object is None:
                self._state(part)
            else:
                self._relationship(part, part.fact.object.label)

    def arguments(self) -> list[str]:
        """What tells the import tool to read the files."""
        return [
            f"--delimiter={_DELIMITER}",
            f"--array-delimiter={_IN_ARRAY}",
            "--id-type=string",
            *(table.argument for table in self._tables.values()),
        ]

    def _entity(self, entity: Entity) -> None:
        label = entity.ref.label
        labels = (label, *entity.labels)
        table = self._tables.get(labels)
        if table is None:
            header = [f"id:ID({label})", "importId"]
            table = self._add(labels, f"--nodes={':'.join(labels)}", header, label)
        table.add([entity.ref.id, self._import_id], entity.properties)
        self.counts.update(labels)

    def _state(self, told: Told) -> None:
        fact = told.fact
        labels = (fact.kind,) if told.recorded.end == OPEN_END else (fact.kind, "Superseded")
        table = self._tables.get(labels)
        if table is None:
            header = [f"factId:ID({fact.kind})", *_STAMP]
            table = self._add(labels, f"--nodes={':'.join(labels)}", header, fact.kind)
        stamp = self._stamp(told)
        table.add(stamp, {**fact.properties, "caption": caption_of(fact)})
        self.counts.update(labels)
        self._belongs(fact.kind, fact.subject.label, [fact.subject.id, stamp[0]])

    def _belongs(self, kind: str, owner: str, ends: Sequence[str]) -> None:
        via = str(graph_model().nodes[kind].via)
        table = self._tables.get((via, owner, kind))
        if table is None:
            header = [f":START_ID({owner})", f":END_ID({kind})"]
            table = self._add((via, owner, kind), f"--relationships={via}", header, via)
        table.add(ends, {})
        self.counts[via] += 1

    def _relationship(self, told: Told, end: str) -> None:
        fact = told.fact
        key = fact.kind, fact.subject.label, end
        table = self._tables.get(key)
        if table is None:
            header = [f":START_ID({fact.subject.label})", f":END_ID({end})", "factId", *_STAMP]
            table = self._add(key, f"--relationships={fact.kind}", header, fact.kind)
        assert fact.object is not None
        table.add([fact.subject.id, fact.object.id, *self._stamp(told)], fact.properties)
        self.counts[fact.kind] += 1

    def _stamp(self, told: Told) -> Sequence[str]:
        fact = told.fact
        clocks = map(_instant, (*fact.valid, *told.recorded))
        return [f"{fact_key(fact)}{told.version}", *clocks, self._import_id, digest_of(fact)]

    def _add(self, key: tuple[str, ...], option: str, header: Sequence[str], kind: str) -> "_Table":
        path = self._folder / f"{'-'.join(key)}.csv"
        table = _Table(path, option, header, kind)
        self._tables[key] = table
        return table


class _Table:
    """One file: fixed columns first, then the properties of the kind in the model's order."""

    def __init__(self, path: Path, option: str, header: Sequence[str], kind: str) -> None:
        self.argument = f"{option}={path}"
        self._file = path.open("w", encoding="utf-8", buffering=1 << 20)
        self.close = self._file.close
        properties = graph_model().kind(kind).properties
        self._columns = [
            (name, prop.type == "instant")
            for name, prop in properties.items()
            if f"{name}:ID({kind})" not in header
        ]
        named = [f"{name}{_TYPES[properties[name].type]}" for name, _ in self._columns]
        self._file.write(_DELIMITER.join([*header, *named]) + "\n")

    def add(self, fixed: Sequence[str], said: Mapping[str, Value]) -> None:
        values = [_cell(said.get(name), is_instant) for name, is_instant in self._columns]
        self._file.write(_DELIMITER.join([*fixed, *values]) + "\n")


def _cell(value: Value, is_instant: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _instant(value) if is_instant else str(value)
    return _IN_ARRAY.join(value)


@cache
def _instant(millis: int) -> str:
    """Without the zone, which the header names; whole seconds."""
    return f"{datetime.fromtimestamp(millis / 1_000, UTC):%Y-%m-%dT%H:%M:%S}"
