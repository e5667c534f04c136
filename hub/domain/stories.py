"""Stories about the demo region: what is asked of whom, and the answer the law demands."""

from dataclasses import dataclass

from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.vocabulary import Outcome
from hub.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verdict comes to.

    `grounds` are `RULE`, or `RULE/REACH` when the reach is not OWN, in the verdict's order;
    `decided_by` the rules among them whose outcome is the verdict's, `disputed` those marked so.
    """

    outcome: Outcome
    grounds: tuple[str, ...]
    decided_by: tuple[str, ...]
    covered: bool
    disputed: tuple[str, ...]
    human_review_required: bool


@dataclass(frozen=True, slots=True)
class StoryAsk:
    """`capacity` is None where the scenario has only one."""

    subject: SubjectId
    scenario: str
    capacity: str | None
    at: Millis
    expected: Answer


@dataclass(frozen=True, slots=True)
class Story:
    """`law` names the clause that decides, where one does."""

    number: int
    title: Text
    law: Text | None
    asks: tuple[StoryAsk, ...]
