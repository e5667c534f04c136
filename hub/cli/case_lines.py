"""The law's cases with their facts as JSON Lines, for who keeps them in a graph of another make."""

from collections.abc import Iterable, Iterator

import orjson

from hub.checks.conformance import LawCase, LawFile, case_file
from hub.domain.clocks import Millis, format_bound, format_instant
from hub.domain.facts import Entity, Fact, Ref
from hub.graph.model import Property, graph_model
from hub.intake.case_worlds import commons, world
from hub.intake.catalogue import CatalogueFiles

Line = dict[str, object]


def case_lines(files: CatalogueFiles) -> Iterator[bytes]:
    """First what is common to all, then each case with its clause, its world and its questions."""
    cases = [case for file in files.cases for case in file.cases]
    yield _line({"case": None, **_parts(commons(cases, files.catalogue))})
    for file in files.cases:
        asked = case_file(file, files.catalogue)
        for case, law_case in zip(file.cases, asked.cases, strict=True):
            yield _line(_case(asked, law_case, file.quote) | _parts(world(case)))


def _line(told: Line) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _case(file: LawFile, case: LawCase, quote: str) -> Line:
    return {
        "file": file.file,
        "case": case.name,
        "law": case.law._asdict() if case.law else None,
        "quote": quote,
        "questions": [
            {
                "subject": question.subject,
                "scenario": question.scenario,
                "capacity": question.capacity,
                "effectiveAt": format_instant(question.at),
                "expected": question.expected,
            }
            for question in case.questions
        ],
    }


def _parts(parts: Iterable[Entity | Fact]) -> Line:
    told = list(parts)
    return {
        "things": [_thing(part) for part in told if isinstance(part, Entity)],
        "facts": [_fact(part) for part in told if isinstance(part, Fact)],
    }


def _thing(entity: Entity) -> Line:
    labels = [entity.ref.label, *entity.labels]
    return {"id": entity.ref.id, "labels": labels, "properties": entity.properties}


def _fact(fact: Fact) -> Line:
    declared = graph_model().kind(fact.kind).properties
    return {
        "kind": fact.kind,
        "subject": _ref(fact.subject),
        "object": _ref(fact.object) if fact.object else None,
        "validFrom": format_bound(fact.valid.start),
        "validTo": format_bound(fact.valid.end),
        "properties": {
            name: _value(value, declared[name]) for name, value in fact.properties.items()
        },
    }


def _value(value: object, declared: Property) -> object:
    """Instants as text, whatever else as it is."""
    if declared.type == "instant" and isinstance(value, int):
        return format_bound(Millis(value))
    return value


def _ref(ref: Ref) -> Line:
    return {"label": ref.label, "id": ref.id}
