"""Reads the stories about the demo region, `stories.yaml`."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PositiveInt, ValidationError

from hub.domain.identifiers import SubjectId, parse_subject_id
from hub.domain.stories import Answer, Story, StoryAsk
from hub.domain.vocabulary import Outcome
from hub.errors import CatalogueRefused, ImportRefused, InvalidIdentifier
from hub.intake.case_entries import Instant
from hub.intake.catalogue_entries import Codes, Entry, reason_of
from hub.intake.yaml_files import Json, read_yaml
from hub.text import Text

_FILE = "stories.yaml"


def _subject(text: str) -> str:
    try:
        return parse_subject_id(text)
    except InvalidIdentifier as error:
        raise ValueError(error.reason.en) from error


class _Answer(Entry):
    outcome: Outcome
    grounds: Codes = ()
    decided_by: Codes = ()
    covered: bool = True
    disputed: Codes = ()
    human_review_required: bool = False

    def domain(self) -> Answer:
        return Answer(
            outcome=self.outcome,
            grounds=self.grounds,
            decided_by=self.decided_by,
            covered=self.covered,
            disputed=self.disputed,
            human_review_required=self.human_review_required,
        )


class _Ask(Entry):
    subject: Annotated[str, AfterValidator(_subject)]
    scenario: str
    capacity: str | None = None
    at: Instant
    expect: _Answer

    def domain(self) -> StoryAsk:
        expected = self.expect.domain()
        return StoryAsk(SubjectId(self.subject), self.scenario, self.capacity, self.at, expected)


class _Story(Entry):
    number: PositiveInt
    title: Text
    law: Text | None = None
    asks: tuple[_Ask, ...] = Field(min_length=1)

    def domain(self) -> Story:
        return Story(self.number, self.title, self.law, tuple(ask.domain() for ask in self.asks))


def read_stories(folder: Path) -> tuple[Story, ...]:
    """In the order of their numbers. Raises `ImportRefused`, the entry being `#` and the place."""
    try:
        loaded = read_yaml(folder / _FILE, name=_FILE)
    except CatalogueRefused as error:
        raise ImportRefused(_FILE, error.entry, error.reason) from error
    if not isinstance(loaded, list):
        raise ImportRefused(_FILE, "-", Text("应当是条目的列表", "it is no list of entries"))
    stories = [_story(place, raw) for place, raw in enumerate(loaded, start=1)]
    for place, reason in _flaws(stories):
        raise ImportRefused(_FILE, f"#{place}", reason)
    return tuple(stories)


def _story(place: int, raw: Json) -> Story:
    try:
        return _Story.model_validate(raw).domain()
    except ValidationError as error:
        raise ImportRefused(_FILE, f"#{place}", reason_of(error)) from error


def _flaws(stories: Sequence[Story]) -> Iterator[tuple[int, Text]]:
    for place, (earlier, later) in enumerate(pairwise(stories), start=2):
        if earlier.number >= later.number:
            yield place, Text("编号未按次序", "the numbers are out of order")
    for place, story in enumerate(stories, start=1):
        for ask in story.asks:
            named = {ground.split("/")[0] for ground in ask.expected.grounds}
            if not {*ask.expected.decided_by, *ask.expected.disputed} <= named:
                reason = "decidedBy or disputed names a rule that is no ground"
                yield place, Text("decidedBy 或 disputed 不在 grounds 之中", reason)
