"""Whether an endpoint answers as the law demands: its cases and stories, asked from outside."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.domain.cases import Case, CaseAnswer, CaseExpectation, CaseFile
from hub.domain.catalogue import Catalogue, LegalBasis
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.stories import Answer, Story, StoryAsk
from hub.domain.vocabulary import Outcome, SubjectKind
from hub.text import Text

Told = Mapping[str, object]
"""An answer as JSON says it: exact, and every list sorted."""
GroundName = Callable[[Mapping[str, Any]], str]

_ADVERSE = (Outcome.BLOCK, Outcome.RESTRICT, Outcome.REFERENCE)


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """`name` names a ground of the answer as `expected` does."""

    subject: SubjectId
    scenario: str
    capacity: str | None
    at: Millis
    expected: Told
    name: GroundName


@dataclass(frozen=True, slots=True)
class LawCase:
    """`law` is the document and article it rests on, with how well they were read."""

    name: str
    law: Text | None
    questions: tuple[LawQuestion, ...]


@dataclass(frozen=True, slots=True)
class LawFile:
    file: str
    point: Text
    cases: tuple[LawCase, ...]


@dataclass(frozen=True, slots=True)
class LawResult:
    """`answers` are those given, in the order of the case's questions."""

    file: LawFile
    case: LawCase
    answers: tuple[Told, ...]

    @property
    def differing(self) -> list[tuple[LawQuestion, Told]]:
        asked = zip(self.case.questions, self.answers, strict=True)
        return [(question, answer) for question, answer in asked if answer != question.expected]


def case_file(file: CaseFile, catalogue: Catalogue) -> LawFile:
    law = cited(catalogue.legal_bases[file.basis])
    cases = tuple(
        LawCase(case.name, law, tuple(_case_question(case, each) for each in case.expect))
        for case in file.cases
    )
    return LawFile(file.file, file.point, cases)


def story_file(stories: Iterable[Story]) -> LawFile:
    cases = tuple(
        LawCase(
            f"{story.number} {story.title.en}",
            story.law,
            tuple(_story_question(ask) for ask in story.asks),
        )
        for story in stories
    )
    return LawFile("demo/stories.yaml", Text("示例盟的故事", "stories of the demo region"), cases)


def told(question: LawQuestion, check: Mapping[str, Any]) -> Told:
    """What a verdict, in the words of the GraphQL schema, comes to."""
    grounds = check["grounds"]
    return _told(
        outcome=check["outcome"],
        grounds=map(question.name, grounds),
        decided_by=(each["rule"] for each in grounds if each["outcome"] == check["outcome"]),
        disputed=(each["rule"] for each in grounds if each["disputed"]),
        covered=check["covered"],
        human_review_required=check["humanReviewRequired"],
    )


def cited(basis: LegalBasis) -> Text:
    """Document and article, with how well they were read."""
    parts = basis.doc_no, basis.article
    cited = [part for part in parts if part]
    return Text(
        " ".join([basis.document.zh, *cited]) + f"（核读等级 {basis.grade}）",
        " ".join([basis.document.en, *cited]) + f" (grade {basis.grade})",
    )


def _case_question(case: Case, expectation: CaseExpectation) -> LawQuestion:
    answer, person = expectation.answer, case.subject.kind is SubjectKind.PERSON
    rules = (ground.rule for ground in answer.grounds)
    records = (f"{ground.rule}/{ground.record}" for ground in answer.grounds)
    review = person and answer.outcome in _ADVERSE
    return LawQuestion(
        subject=case.subject_id,
        scenario=expectation.scenario,
        capacity=expectation.capacity,
        at=expectation.at,
        expected=_expected(answer, rules if person else records, review=review),
        name=_by_record,
    )


def _story_question(ask: StoryAsk) -> LawQuestion:
    answer = ask.expected
    return LawQuestion(
        subject=ask.subject,
        scenario=ask.scenario,
        capacity=ask.capacity,
        at=ask.at,
        expected=_expected(answer, answer.grounds, review=answer.human_review_required),
        name=_by_reach,
    )


def _expected(answer: CaseAnswer | Answer, grounds: Iterable[str], *, review: bool) -> Told:
    return _told(
        outcome=answer.outcome,
        grounds=grounds,
        decided_by=answer.decided_by,
        disputed=answer.disputed,
        covered=answer.covered,
        human_review_required=review,
    )


def _told(
    *,
    outcome: str,
    grounds: Iterable[str],
    decided_by: Iterable[str],
    disputed: Iterable[str],
    covered: bool,
    human_review_required: bool,
) -> Told:
    return {
        "outcome": str(outcome),
        "grounds": sorted(set(grounds)),
        "decidedBy": sorted(set(decided_by)),
        "disputed": sorted(set(disputed)),
        "covered": covered,
        "humanReviewRequired": human_review_required,
    }


def _by_record(ground: Mapping[str, Any]) -> str:
    """`R29/E1`; the rule alone where the record is kept back, as it is for persons."""
    record = ground["record"]
    return f"{ground['rule']}/{record['code'].rpartition('/')[2]}" if record else ground["rule"]


def _by_reach(ground: Mapping[str, Any]) -> str:
    """`R17/SUCCESSION`; the rule alone where the record is the subject's own."""
    return ground["rule"] if ground["reach"] == "OWN" else f"{ground['rule']}/{ground['reach']}"
