"""The oracle gives what the law's cases demand: it was not bent to what the engine does."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from hub.domain.cases import Case, CaseExpectation, CaseFile
from hub.domain.clocks import day_start
from hub.domain.facts import Fact as Written
from hub.intake.case_worlds import case_batch
from hub.intake.catalogue import canonical, read_catalogue
from hub.intake.demo_facts import KIND_LABELS
from hub.resources import resource
from tests.oracle import answer
from tests.oracle_facts import Answer, Fact, Question, Span, World

_FILES = read_catalogue(resource("seeds", "catalogue"))
_WORLDS = case_batch(_FILES.cases, _FILES.catalogue)
_LAW = json.loads(canonical(_FILES.content))
_IN_FORCE = Fact("", "RuleSetState", "1", None, Span(), Span(), {"status": "PUBLISHED"})
_DAYS = {
    entity.ref.id: day_start(date.fromisoformat(str(entity.properties["issuedOn"])))
    for entity in _WORLDS.entities
    if entity.ref.label == "Document"
}
_TYPES = {
    entity.ref.id: str(entity.properties["docType"])
    for entity in _WORLDS.entities
    if entity.ref.label == "Document" and entity.properties["docType"]
}
_KINDS: Mapping[tuple[str, ...], str] = {labels: kind.value for kind, labels in KIND_LABELS.items()}


def _file_name(file: CaseFile) -> str:
    return file.file


@pytest.mark.parametrize("file", _FILES.cases, ids=_file_name)
def test_the_oracle_gives_what_the_cases_demand(file: CaseFile) -> None:
    for case in file.cases:
        world = _world(case)
        for expected in case.expect:
            assert _told(answer(world, _question(case, expected))) == _demanded(case, expected)


def _world(case: Case) -> World:
    """What is told of the case, and every delivery."""
    facts = [
        _fact(number, fact)
        for number, fact in enumerate(_WORLDS.facts)
        if case.id in fact.subject.id or fact.kind == "SourceGeneration"
    ]
    records = [entity for entity in _WORLDS.entities if entity.ref.label == "CreditRecord"]
    kinds = {record.ref.id: _KINDS[record.labels] for record in records}
    return World([_IN_FORCE, *facts], kinds, {"1": _LAW}, _DAYS, _TYPES)


def _fact(number: int, fact: Written) -> Fact:
    end = fact.object.id if fact.object else None
    said = {name: value for name, value in fact.properties.items() if value is not None}
    return Fact(str(number), fact.kind, fact.subject.id, end, Span(*fact.valid), Span(), said)


def _question(case: Case, expected: CaseExpectation) -> Question:
    return Question(case.subject_id, expected.scenario, expected.capacity, expected.at, known=0)


def _told(given: Answer) -> tuple[object, ...]:
    grounds = {(ground.rule, ground.outcome, ground.disputed) for ground in given.grounds}
    return (
        given.outcome,
        given.covered,
        {(ground.rule, ground.record) for ground in given.grounds},
        {rule for rule, outcome, _ in grounds if outcome == given.outcome},
        {rule for rule, _, disputed in grounds if disputed},
    )


def _demanded(case: Case, expected: CaseExpectation) -> tuple[object, ...]:
    """Of a person the answer does not tell the record."""
    demanded = expected.answer
    return (
        demanded.outcome,
        demanded.covered,
        {(ground.rule, _record(case, ground.record)) for ground in demanded.grounds},
        demanded.decided_by,
        demanded.disputed,
    )


def _record(case: Case, record: str) -> str | None:
    is_person = case.subject_id.startswith("P-")
    return None if is_person else f"CASE:{case.id}/{record}"
