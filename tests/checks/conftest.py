import pytest

from hub.checks import timeline
from hub.checks.judge import Question, judge
from hub.domain.clocks import Millis
from hub.domain.known import Known
from hub.domain.verdict import Judgement


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Millis]:
    """The instants that were judged, one after the other."""
    instants: list[Millis] = []

    def counted(question: Question, facts: Known, at: Millis) -> Judgement:
        instants.append(at)
        return judge(question, facts, at)

    monkeypatch.setattr(timeline, "judge", counted)
    return instants
