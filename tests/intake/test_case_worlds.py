"""A case becomes a world that is invented, its own, and covers nobody else."""

import re
from typing import cast

import pytest

from hub.domain.cases import Case
from hub.domain.clocks import OPEN_END, OPEN_START, Span, parse_instant
from hub.domain.facts import Batch, Entity, Fact, Ref
from hub.domain.identifiers import parse_subject_id, subject_kind
from hub.intake.case_worlds import case_batch, commons, signpost, world
from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.resources import resource


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(resource("seeds", "catalogue"))


@pytest.fixture(scope="module")
def batch(files: CatalogueFiles) -> Batch:
    return case_batch(files.cases, files.catalogue)


def cases_of(files: CatalogueFiles) -> list[Case]:
    return [case for file in files.cases for case in file.cases]


def jurisdictions(fact: Fact) -> list[str]:
    return cast("list[str]", fact.properties["jurisdictions"])


def case_of(files: CatalogueFiles, name: str) -> Case:
    return next(case for case in cases_of(files) if case.name == name)


def test_every_subject_has_an_id_that_no_authority_gives(files: CatalogueFiles) -> None:
    subjects = [case.subject_id for case in cases_of(files)]

    assert len(subjects) == len(set(subjects))
    assert all(re.fullmatch(r"(P-CASE-|CASE:)[0-9A-F]{16}", subject) for subject in subjects)
    assert [parse_subject_id(subject) for subject in subjects] == subjects
    assert [subject_kind(case.subject_id) for case in cases_of(files)] == [
        case.subject.kind for case in cases_of(files)
    ]


def test_everything_is_marked_as_invented(batch: Batch) -> None:
    assert all(entity.properties["synthetic"] is True for entity in batch.entities)
    names = {
        str(entity.properties["title" if entity.ref.label == "Document" else "name"])[:2]
        for entity in batch.entities
    }
    assert names == {"示例"}


def test_the_deliveries_cover_the_cases_alone(batch: Batch, files: CatalogueFiles) -> None:
    deliveries = [fact for fact in batch.facts if fact.kind == "SourceGeneration"]
    covered = {place for fact in deliveries for place in jurisdictions(fact)}

    assert {place for place in covered if not place.startswith("CASES")} == set()
    assert len(deliveries) < 100
    assert {fact.subject.id for fact in deliveries} == set(files.catalogue.sources)


def test_a_case_that_names_a_source_stands_in_a_place_of_its_own(files: CatalogueFiles) -> None:
    case = case_of(files, "a new delivery ends the gap")
    place = f"CASES-{case.id}"
    facts = [part for part in world(case) if isinstance(part, Fact)]

    deliveries = [fact for fact in facts if fact.kind == "SourceGeneration"]
    always = {
        fact.subject.id
        for fact in commons(cases_of(files), files.catalogue)
        if isinstance(fact, Fact) and fact.kind == "SourceGeneration"
        if place in jurisdictions(fact)
    }

    assert [(fact.subject, fact.valid.start) for fact in deliveries] == [
        (Ref("Source", "TAX_LIST"), parse_instant("2026-01-01T00:00:00+08:00")),
        (Ref("Source", "TAX_LIST"), parse_instant("2026-10-08T00:00:00+08:00")),
    ]
    assert [fact.properties["freshUntil"] for fact in deliveries] == [
        parse_instant("2026-10-01T00:00:00+08:00"),
        OPEN_END,
    ]
    assert always == set(files.catalogue.sources) - {"TAX_LIST"}


def test_a_world_holds_the_facts_of_its_case(files: CatalogueFiles) -> None:
    case = case_of(files, "a document withdrawn binds no longer")
    parts = [*world(case)]
    person, record = Ref("Person", case.subject_id), Ref("CreditRecord", f"CASE:{case.id}/E1")
    facts = [part for part in parts if isinstance(part, Fact)]

    told = {fact.kind: fact for fact in facts if fact.subject == person}
    standing = next(fact for fact in facts if fact.kind == "Standing")

    assert told.keys() == {"PersonState", "HOLDS_POST", "RESPONSIBLE_FOR"}
    assert told["RESPONSIBLE_FOR"].object == record
    assert told["RESPONSIBLE_FOR"].valid == Span(
        parse_instant("2026-06-10T00:00:00+08:00"), parse_instant("2026-10-01T00:00:00+08:00")
    )
    assert told["HOLDS_POST"].valid == Span(OPEN_START, OPEN_END)
    assert standing.subject == record
    assert standing.properties["marks"] == ("inDuty",)
    assert standing.properties["category"] == "SERIOUS_DISHONEST"
    labels = {entity.ref: entity.labels for entity in parts if isinstance(entity, Entity)}
    assert labels[record] == ("FailureEvent",)


def test_the_signpost_changes_with_the_cases(files: CatalogueFiles, batch: Batch) -> None:
    cases = cases_of(files)

    assert signpost(cases) == signpost(reversed(cases))
    assert signpost(cases) != signpost(cases[1:])
    assert Ref("Unit", signpost(cases)) in {entity.ref for entity in batch.entities}
