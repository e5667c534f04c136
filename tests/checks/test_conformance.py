"""What a case asks of an endpoint, and how the answer is read."""

from typing import Any

import pytest

from hub.checks.conformance import LawCase, LawFile, LawResult, case_file, story_file, told
from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.intake.stories import read_stories
from hub.resources import resource
from hub.text import Text


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(resource("seeds", "catalogue"))


def law_case(files: CatalogueFiles, name: str) -> LawCase:
    law = [case_file(file, files.catalogue) for file in files.cases]
    return next(case for file in law for case in file.cases if case.name == name)


def ground(rule: str, outcome: str, record: str | None, reach: str = "OWN") -> dict[str, Any]:
    code = {"code": f"CASE:0/{record}"} if record else None
    return {"rule": rule, "outcome": outcome, "reach": reach, "disputed": False, "record": code}


def check(outcome: str, *grounds: dict[str, Any], review: bool = False) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "covered": True,
        "humanReviewRequired": review,
        "grounds": list(grounds),
    }


def test_a_case_cites_its_document_with_the_grade_of_its_reading(files: CatalogueFiles) -> None:
    assert law_case(
        files, "a demerit bars promotion for twelve months to the millisecond"
    ).law == Text(
        "中华人民共和国公职人员政务处分法 第八条（核读等级 A）",
        "Administrative Discipline Law 第八条 (grade A)",
    )


def test_a_unit_is_asked_for_its_grounds_with_their_records(files: CatalogueFiles) -> None:
    case = law_case(files, "two penalties are two grounds and the graver decides")
    [question] = case.questions

    right = check("BLOCK", ground("R25", "REFERENCE", "P2"), ground("R25", "BLOCK", "P1"))

    assert question.expected == {
        "outcome": "BLOCK",
        "grounds": ["R25/P1", "R25/P2"],
        "decidedBy": ["R25"],
        "disputed": [],
        "covered": True,
        "humanReviewRequired": False,
    }
    assert told(question, right) == question.expected


def test_a_person_is_asked_for_result_and_basis_only(files: CatalogueFiles) -> None:
    case = law_case(files, "two records under one rule are one ground of the answer")
    [question] = case.questions

    right = check("REFERENCE", ground("F-SERIOUS-PERSON", "REFERENCE", None), review=True)

    assert question.expected["grounds"] == ["F-SERIOUS-PERSON"]
    assert told(question, right) == question.expected


@pytest.mark.parametrize(
    "wrong",
    [
        check("RESTRICT", ground("R25", "BLOCK", "P1")),
        check("BLOCK", ground("R25", "BLOCK", "P1")),
        check("BLOCK", ground("R25", "BLOCK", "P1"), ground("R24", "BLOCK", "P2")),
        check("BLOCK", ground("R25", "BLOCK", "P1"), ground("R25", "REFERENCE", "P2"), review=True),
        check("BLOCK", ground("R25", "BLOCK", "P1"), ground("R25", "REFERENCE", "P2"))
        | {"covered": False},
    ],
    ids=["outcome", "a ground too few", "another rule", "human review", "coverage"],
)
def test_an_answer_that_differs_in_anything_is_told(
    files: CatalogueFiles, wrong: dict[str, Any]
) -> None:
    case = law_case(files, "two penalties are two grounds and the graver decides")
    [question] = case.questions
    answer = told(question, wrong)

    result = LawResult(LawFile("f", Text("", ""), (case,)), case, (answer,))

    assert result.differing == [(question, answer)]


def test_a_story_names_its_grounds_by_rule_and_reach() -> None:
    file = story_file(read_stories(resource("seeds", "demo")))
    merged = next(case for case in file.cases if case.name.startswith("8 "))

    question = merged.questions[-1]
    right = check(
        "RESTRICT",
        ground("R17", "RESTRICT", "X", "SUCCESSION"),
        ground("R16", "ATTENTION", "X", "SUCCESSION"),
    )

    assert len(file.cases) == 24
    assert {"R17/SUCCESSION", "R16/SUCCESSION"} <= {*told(question, right)["grounds"]}  # pyright: ignore[reportGeneralTypeIssues]
