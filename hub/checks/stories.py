"""Tells a story: asks its questions and compares each answer with the one the law demands."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from hub.domain.stories import Answer, Story, StoryAsk
from hub.domain.verdict import Ask, Ground, Verdict
from hub.domain.vocabulary import Reach


@dataclass(frozen=True, slots=True)
class AskResult:
    """`expected` and `actual` have the same keys and hold only what JSON can say."""

    ask: StoryAsk
    expected: Mapping[str, object]
    actual: Mapping[str, object]

    @property
    def agrees(self) -> bool:
        return self.expected == self.actual


@dataclass(frozen=True, slots=True)
class StoryResult:
    """`asks` are in the order of the story."""

    story: Story
    asks: tuple[AskResult, ...]

    @property
    def agrees(self) -> bool:
        return all(ask.agrees for ask in self.asks)


async def tell(story: Story, check: Callable[[Ask], Awaitable[Verdict]]) -> StoryResult:
    """Raises what `check` raises: a story that cannot be asked is not one that came out wrong."""
    results: list[AskResult] = []
    for ask in story.asks:
        verdict = await check(Ask(ask.subject, ask.scenario, ask.capacity, effective_at=ask.at))
        results.append(AskResult(ask, _told(ask.expected), _told(answer_of(verdict))))
    return StoryResult(story, tuple(results))


def answer_of(verdict: Verdict) -> Answer:
    grounds = verdict.grounds
    return Answer(
        outcome=verdict.outcome,
        grounds=tuple(_name(ground) for ground in grounds),
        decided_by=_rules(ground for ground in grounds if ground.outcome is verdict.outcome),
        covered=verdict.judgement.covered,
        disputed=_rules(ground for ground in grounds if ground.disputed),
        human_review_required=verdict.human_review_required,
    )


def _name(ground: Ground) -> str:
    return ground.rule if ground.reach is Reach.OWN else f"{ground.rule}/{ground.reach}"


def _rules(grounds: Iterable[Ground]) -> tuple[str, ...]:
    """Each once, in the order of the grounds."""
    return tuple(dict.fromkeys(ground.rule for ground in grounds))


def _told(answer: Answer) -> Mapping[str, object]:
    return {
        "outcome": answer.outcome.value,
        "grounds": list(answer.grounds),
        "decidedBy": list(answer.decided_by),
        "covered": answer.covered,
        "disputed": list(answer.disputed),
        "humanReviewRequired": answer.human_review_required,
    }
