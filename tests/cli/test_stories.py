import json
from pathlib import Path

import pytest

from tests.cli.command import hub_command

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")


def test_every_story_comes_out_as_the_law_demands() -> None:
    result = hub_command("stories", "--json")
    told = json.loads(result.stdout)

    assert result.exit_code == 0
    assert [story["number"] for story in told] == list(range(1, 25))
    assert [story["number"] for story in told if story["expected"] != story["actual"]] == []
    assert all(len(story["asks"]) == len(story["actual"]) > 0 for story in told)


def test_people_see_each_story_with_both_answers() -> None:
    result = hub_command("stories")

    assert result.exit_code == 0
    assert result.stdout.endswith("24 个故事全部相符  all 24 stories agree\n")
    assert result.stdout.count("✓") == sum(
        len(story["asks"]) for story in json.loads(hub_command("stories", "--json").stdout)
    )


def test_a_story_that_differs_is_named_and_fails(own_seeds: Path) -> None:
    stories = own_seeds / "demo" / "stories.yaml"
    text = stories.read_text(encoding="utf-8")
    stories.write_text(text.replace("outcome: BLOCK", "outcome: CLEAR", 1), encoding="utf-8")

    result = hub_command("stories")

    assert result.exit_code == 1
    assert result.stdout.endswith("不符的故事：1  stories that differ: 1\n")
    assert json.loads(hub_command("stories", "--json").stdout)[0]["agrees"] is False
