import shutil
from pathlib import Path

import pytest

from hub.checks.decide import check_question
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import parse_instant
from hub.domain.identifiers import parse_subject_id
from hub.domain.stories import Answer, Story, StoryAsk
from hub.domain.verdict import Ask
from hub.domain.vocabulary import Outcome, Reach
from hub.errors import ImportRefused
from hub.intake.catalogue import read_catalogue
from hub.intake.demo import read_demo
from hub.intake.stories import read_stories
from hub.resources import resource

FOLDER = resource("seeds", "demo")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return read_stories(FOLDER)


def refusal(folder: Path, written: str, instead: str) -> str:
    """What is said of the stories with the first occurrence of a text changed."""
    shutil.copy(FOLDER / "stories.yaml", folder)
    path = folder / "stories.yaml"
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(ImportRefused) as caught:
        read_stories(folder)
    return caught.value.what.en.removeprefix("stories.yaml, ")


def test_there_are_twenty_four_in_order_with_title_and_law(stories: tuple[Story, ...]) -> None:
    assert [story.number for story in stories] == list(range(1, 25))
    assert all(story.title.zh and story.title.en and story.law for story in stories)
    assert sum(len(story.asks) for story in stories) == 38


def test_the_first_is_read_as_it_is_written(stories: tuple[Story, ...]) -> None:
    [ask] = stories[0].asks

    assert ask == StoryAsk(
        subject=parse_subject_id("12159900990000260C"),
        scenario="GOV_PROCUREMENT",
        capacity="SUPPLIER",
        at=parse_instant("2026-11-23T09:00:00+08:00"),
        expected=Answer(
            outcome=Outcome.BLOCK,
            grounds=("R24", "R29", "R25", "R16"),
            decided_by=("R24",),
            covered=True,
            disputed=(),
            human_review_required=False,
        ),
    )


def test_a_day_is_its_first_instant_in_shanghai(stories: tuple[Story, ...]) -> None:
    before, after = stories[20].asks

    assert before.at == parse_instant("2026-08-30T16:00:00Z")
    assert after.at == parse_instant("2026-08-31T16:00:00Z")


def test_every_subject_is_in_the_demo(catalogue: Catalogue, stories: tuple[Story, ...]) -> None:
    demo = read_demo(FOLDER, catalogue)
    subjects = {entity.ref.id for entity in demo.entities if "Subject" in entity.labels}

    assert {ask.subject for story in stories for ask in story.asks} <= subjects


def test_every_question_can_be_asked(catalogue: Catalogue, stories: tuple[Story, ...]) -> None:
    for ask in (ask for story in stories for ask in story.asks):
        scenario, _ = check_question(Ask(ask.subject, ask.scenario, ask.capacity), catalogue)

        assert scenario.code == ask.scenario


def test_every_ground_names_a_rule_and_a_reach(
    catalogue: Catalogue, stories: tuple[Story, ...]
) -> None:
    grounds = {ground for story in stories for ask in story.asks for ground in ask.expected.grounds}
    named = [ground.partition("/") for ground in sorted(grounds)]

    assert {rule for rule, _, _ in named} <= set(catalogue.rules)
    assert {Reach(reach) for _, _, reach in named if reach} == {Reach.RESPONSIBLE, Reach.SUCCESSION}


def test_an_answer_is_decided_exactly_when_it_rests_on_a_ground(stories: tuple[Story, ...]) -> None:
    for answer in (ask.expected for story in stories for ask in story.asks):
        silent = answer.outcome in {Outcome.CLEAR, Outcome.UNCOVERED}

        assert bool(answer.decided_by) is not silent
        assert bool(answer.grounds) is not silent


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("number: 2", "number: 1", "#2 cannot be imported: the numbers are out of order"),
        (
            "decidedBy: [R24]",
            "decidedBy: [R23]",
            "#1 cannot be imported: decidedBy or disputed names a rule that is no ground",
        ),
        (
            "disputed: [R12,",
            "disputed: [R13,",
            "#22 cannot be imported: decidedBy or disputed names a rule that is no ground",
        ),
        (
            "12159900990000260C",
            "12159900990000260D",
            "#1 cannot be imported: asks.0.subject is '12159900990000260D': Value error, its 18th",
        ),
        (
            "at: 2026-11-23T09:00:00+08:00",
            "at: 2026-11-23T09:00:00",
            "#1 cannot be imported: asks.0.at is '2026-11-23T09:00:00': Value error, ",
        ),
        ("capacity: SUPPLIER", "colour: red", "#1 cannot be imported: unknown key asks.0.colour"),
        (
            "- number: 1\n",
            "- number: [\n",
            "line 6 cannot be imported: the YAML cannot be read: did not find expected ',' or ']'",
        ),
    ],
)
def test_a_flawed_story_is_refused(tmp_path: Path, written: str, instead: str, told: str) -> None:
    assert refusal(tmp_path, written, instead).startswith(told)


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stories.yaml").write_text("number: 1\n", encoding="utf-8")

    with pytest.raises(ImportRefused) as caught:
        read_stories(tmp_path)

    assert caught.value.where == "stories.yaml#-"
