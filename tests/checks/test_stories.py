import json

import pytest

from hub.checks.stories import AskResult, tell
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.stories import Answer, Story, StoryAsk
from hub.domain.verdict import Ask, Ground, Judgement, Verdict
from hub.domain.vocabulary import Outcome, Reach, SubjectKind
from hub.errors import UnitNotFound
from hub.text import Text

HOSPITAL = SubjectId("12159900990000260C")
OFFICIAL = SubjectId("P-159900-0072")
AT = Millis(1_795_395_600_000)


def ground(
    rule: str, outcome: Outcome, *, reach: Reach = Reach.OWN, disputed: bool = False
) -> Ground:
    return Ground(
        rule=rule,
        outcome=outcome,
        measure="MEASURE",
        verb="限制",
        quote="限制",
        implementer=Text("部门", "department"),
        bases=(),
        reach=reach,
        disputed=disputed,
        arrival=None,
        facts=None,
    )


def verdict(outcome: Outcome, *grounds: Ground, covered: bool = True) -> Verdict:
    return Verdict(
        id="id",
        content_id="content",
        subject=HOSPITAL,
        subject_kind=SubjectKind.UNIT,
        subject_name=None,
        scenario="FUNDING_SUPPORT",
        capacity="APPLICANT",
        effective_at=AT,
        known_at=AT,
        epoch=1,
        rule_set=None,
        judgement=Judgement(outcome, covered, complete=True, grounds=grounds, coverage=()),
        valid_until=None,
        marks=(),
        purpose=None,
        matter=None,
        authorisation=None,
    )


def answer(outcome: Outcome, *grounds: str, decided_by: tuple[str, ...] = ()) -> Answer:
    return Answer(
        outcome, grounds, decided_by, covered=True, disputed=(), human_review_required=False
    )


def story(*expected: Answer) -> Story:
    asks = tuple(StoryAsk(HOSPITAL, "FUNDING_SUPPORT", None, AT, one) for one in expected)
    return Story(1, Text("一", "one"), None, asks)


async def told(expected: Answer, actual: Verdict) -> AskResult:
    async def check(_ask: Ask) -> Verdict:
        return actual

    [result] = (await tell(story(expected), check)).asks
    return result


async def test_the_question_is_asked_as_the_story_says() -> None:
    asked: list[Ask] = []

    async def check(ask: Ask) -> Verdict:
        asked.append(ask)
        return verdict(Outcome.CLEAR)

    await tell(story(answer(Outcome.CLEAR)), check)

    assert asked == [Ask(HOSPITAL, "FUNDING_SUPPORT", None, effective_at=AT)]


async def test_an_answer_is_told_as_json_with_the_same_keys_on_both_sides() -> None:
    actual = verdict(
        Outcome.RESTRICT,
        ground("R12", Outcome.RESTRICT, disputed=True),
        ground("R17", Outcome.RESTRICT, reach=Reach.SUCCESSION),
        ground("R16", Outcome.ATTENTION, disputed=True),
        ground("R16", Outcome.ATTENTION, disputed=True),
    )
    result = await told(answer(Outcome.CLEAR), actual)

    assert json.loads(json.dumps(result.actual)) == {
        "outcome": "RESTRICT",
        "grounds": ["R12", "R17/SUCCESSION", "R16", "R16"],
        "decidedBy": ["R12", "R17"],
        "covered": True,
        "disputed": ["R12", "R16"],
        "humanReviewRequired": False,
    }
    assert result.expected == {
        "outcome": "CLEAR",
        "grounds": [],
        "decidedBy": [],
        "covered": True,
        "disputed": [],
        "humanReviewRequired": False,
    }


async def test_an_uncovered_answer_is_decided_by_no_rule() -> None:
    shown = ground("R16", Outcome.ATTENTION)
    result = await told(answer(Outcome.UNCOVERED), verdict(Outcome.UNCOVERED, shown, covered=False))

    assert result.actual["decidedBy"] == []
    assert result.actual["covered"] is False


@pytest.mark.parametrize(
    ("actual", "agrees"),
    [
        (verdict(Outcome.RESTRICT, ground("R17", Outcome.RESTRICT)), True),
        (verdict(Outcome.BLOCK, ground("R17", Outcome.BLOCK)), False),
        (verdict(Outcome.RESTRICT, ground("R12", Outcome.RESTRICT)), False),
        (verdict(Outcome.RESTRICT, ground("R17", Outcome.RESTRICT, reach=Reach.REGION)), False),
        (verdict(Outcome.RESTRICT, ground("R17", Outcome.RESTRICT, disputed=True)), False),
        (verdict(Outcome.RESTRICT, ground("R17", Outcome.RESTRICT), covered=False), False),
        (
            verdict(
                Outcome.RESTRICT,
                ground("R17", Outcome.RESTRICT),
                ground("R16", Outcome.ATTENTION),
            ),
            False,
        ),
    ],
)
async def test_only_the_same_answer_with_the_same_grounds_agrees(
    actual: Verdict, agrees: bool
) -> None:
    expected = answer(Outcome.RESTRICT, "R17", decided_by=("R17",))

    assert (await told(expected, actual)).agrees is agrees


async def test_a_story_agrees_when_all_its_answers_do() -> None:
    async def clear(_ask: Ask) -> Verdict:
        return verdict(Outcome.CLEAR)

    clean = answer(Outcome.CLEAR)
    assert (await tell(story(clean, clean), clear)).agrees
    assert not (await tell(story(clean, answer(Outcome.BLOCK)), clear)).agrees


async def test_a_story_that_cannot_be_asked_is_no_result() -> None:
    async def unknown(ask: Ask) -> Verdict:
        raise UnitNotFound(ask.subject)

    with pytest.raises(UnitNotFound):
        await tell(story(answer(Outcome.CLEAR)), unknown)
