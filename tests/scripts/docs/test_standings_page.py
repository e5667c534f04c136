"""The page of the state machine says what the program does."""

from pathlib import Path

import pytest

from hub.domain.standings import TRANSITIONS
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from scripts.docs.standings_page import standings

PAGE = (Path(__file__).parents[3] / "docs" / "standings.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> str:
    return standings(read_catalogue(resource("seeds", "catalogue")).catalogue)


def test_the_page_holds_what_is_made_of_the_state_machine(made: str) -> None:
    between = PAGE.partition("<!-- standings -->\n")[2].partition("<!-- /standings -->")[0]

    assert between == made


def test_every_transition_is_drawn_and_stands_in_the_table(made: str) -> None:
    arrows = {f"  {start} --> {one.end}\n" for one in TRANSITIONS for start in one.starts}

    assert all(made.count(arrow) == 1 for arrow in arrows)
    assert made.count("\n| `") == len(TRANSITIONS)
