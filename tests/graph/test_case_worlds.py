"""The law's cases against the kernel: their worlds in Neo4j, read and decided."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from hub.checks.conformance import LawQuestion, LawResult, case_file, told
from hub.checks.decide import decide
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.verdict import Ask, Verdict
from hub.graph.check_reader import CheckReader
from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.resources import resource
from hub.wiring import Hub
from tests.checks.wrong_rules import rests_on, softened

Worlds = Mapping[tuple[SubjectId, Millis], Known]


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(resource("seeds", "catalogue"))


@pytest.fixture(scope="module")
async def worlds(cases: Hub, files: CatalogueFiles, anyio_backend: str) -> Worlds:
    """What is known of each subject at each instant asked, one statement an instant."""
    asked: defaultdict[Millis, set[SubjectId]] = defaultdict(set)
    for case in (case for file in files.cases for case in file.cases):
        for expected in case.expect:
            asked[expected.at].add(case.subject_id)
    reader = CheckReader(cases.door)
    return {
        (known.subject, at): known
        for at, subjects in asked.items()
        for known in await reader.read(sorted(subjects), at=at, known_at=None)
    }


def results(files: CatalogueFiles, catalogue: Catalogue, worlds: Worlds) -> list[LawResult]:
    return [
        LawResult(file, case, tuple(answer(each, catalogue, worlds) for each in case.questions))
        for file in (case_file(file, files.catalogue) for file in files.cases)
        for case in file.cases
    ]


def answer(question: LawQuestion, catalogue: Catalogue, worlds: Worlds) -> Mapping[str, object]:
    known = worlds[question.subject, question.at]
    law = {rule_set.content_hash: catalogue for rule_set in known.rule_sets}
    ask = Ask(question.subject, question.scenario, question.capacity)
    return told(question, wire(decide(ask, known, law, current=catalogue)))


def wire(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "outcome": verdict.outcome,
        "covered": verdict.judgement.covered,
        "humanReviewRequired": verdict.human_review_required,
        "grounds": [
            {
                "rule": ground.rule,
                "outcome": ground.outcome,
                "reach": ground.reach,
                "disputed": ground.disputed,
                "record": {"code": ground.arrival.record} if ground.arrival else None,
            }
            for ground in verdict.grounds
        ],
    }


def test_every_case_comes_out_of_neo4j_as_the_law_demands(
    files: CatalogueFiles, worlds: Worlds
) -> None:
    answered = results(files, files.catalogue, worlds)

    assert len(answered) >= 200
    assert [(one.case.name, one.differing) for one in answered if one.differing] == []


def test_a_wrong_rule_turns_exactly_the_cases_red_that_rest_on_it(
    files: CatalogueFiles, worlds: Worlds
) -> None:
    wrong = softened(files.catalogue, "R29")

    red = [one.case.name for one in results(files, wrong, worlds) if one.differing]

    cases = [case for file in files.cases for case in file.cases]
    assert red == [case.name for case in cases if rests_on(case, "R29")] != []
