"""Read, decide, answer: the service asks for exactly what it needs, and for nothing it refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from hub.checks.service import CheckService
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.verdict import Ask, Mark
from hub.domain.vocabulary import Outcome
from hub.errors import (
    CapacityRequired,
    CatalogueMissing,
    KnownAtInFuture,
    UnitNotFound,
    UnknownScenario,
    WrongSubjectKind,
)
from tests.checks.worlds import (
    AT,
    HASH,
    PERSON,
    SCENARIOS,
    UNIT,
    arrival,
    catalogue,
    decided,
    hour,
    known,
    rule,
    rule_set,
)

NOW = AT
LAW = catalogue(rule("R1"))


@dataclass
class Facts:
    """Answers with the same facts whatever is asked, and keeps what was asked."""

    answer: Known
    asked: list[tuple[Sequence[SubjectId], Millis, Millis | None]] = field(
        default_factory=list[tuple[Sequence[SubjectId], Millis, Millis | None]]
    )

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        self.asked.append((subjects, at, known_at))
        return [replace(self.answer, at=at)]


@dataclass
class Catalogues:
    sets: Mapping[str, Catalogue]

    async def current(self) -> Catalogue:
        if not self.sets:
            raise CatalogueMissing
        return LAW

    async def by_hash(self, hashes: Sequence[str]) -> Mapping[str, Catalogue]:
        return {content_hash: self.sets[content_hash] for content_hash in hashes}


def _service(facts: Facts, sets: Mapping[str, Catalogue] | None = None) -> CheckService:
    catalogues = Catalogues({HASH: LAW} if sets is None else sets)
    return CheckService(facts, catalogues, now=lambda: NOW)


async def test_left_out_clocks_are_now_and_whatever_is_known() -> None:
    facts = Facts(known(arrival()))

    verdict = await _service(facts).check(Ask(UNIT, "FUNDING"))

    assert facts.asked == [([UNIT], NOW, None)]
    assert verdict == decided(known(arrival()), LAW)
    assert verdict.outcome is Outcome.RESTRICT


async def test_clocks_that_were_given_are_asked_for() -> None:
    facts = Facts(known())
    ask = Ask(UNIT, "FUNDING", effective_at=hour(-5), known_at=hour(-2))

    verdict = await _service(facts).check(ask)

    assert facts.asked == [([UNIT], hour(-5), hour(-2))]
    assert verdict.effective_at == hour(-5)


async def test_the_instant_zero_is_an_instant_like_any_other() -> None:
    facts = Facts(known())

    await _service(facts).check(Ask(UNIT, "FUNDING", effective_at=Millis(0), known_at=Millis(0)))

    assert facts.asked == [([UNIT], Millis(0), Millis(0))]


@pytest.mark.parametrize(
    ("at", "marks"),
    [
        (NOW, ()),
        (Millis(NOW + 60_000), ()),
        (Millis(NOW + 60_001), (Mark.FORECAST,)),
        (None, ()),
    ],
)
async def test_an_answer_about_the_future_is_marked_as_a_forecast(
    at: Millis | None, marks: tuple[Mark, ...]
) -> None:
    verdict = await _service(Facts(known())).check(Ask(UNIT, "FUNDING", effective_at=at))

    assert verdict.marks == marks


async def test_knowledge_may_be_asked_for_up_to_now_and_no_later() -> None:
    facts = Facts(known())
    service = _service(facts)

    await service.check(Ask(UNIT, "FUNDING", known_at=NOW))
    with pytest.raises(KnownAtInFuture) as caught:
        await service.check(Ask(UNIT, "FUNDING", known_at=Millis(NOW + 1)))

    assert len(facts.asked) == 1
    assert caught.value.where == "knownAt"
    assert str(caught.value) == (
        "knownAt 2026-11-23T01:00:00.001Z is later than now, 2026-11-23T01:00:00.000Z:"
        " future knowledge cannot be read"
    )


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (Ask(UNIT, "FUN"), UnknownScenario),
        (Ask(UNIT, "TENDER"), CapacityRequired),
        (Ask(PERSON, "FUNDING"), WrongSubjectKind),
    ],
)
async def test_a_question_the_rule_set_in_force_does_not_answer_is_an_error(
    ask: Ask, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await _service(Facts(known())).check(ask)


async def test_a_scenario_of_a_rule_set_seeded_meanwhile_is_known_at_once() -> None:
    newer = catalogue(scenarios=(replace(SCENARIOS[0], code="NEW"),))
    facts = Facts(known(rule_sets=(rule_set(content_hash="second", number=2),)))

    verdict = await _service(facts, {HASH: LAW, "second": newer}).check(Ask(UNIT, "NEW"))

    assert verdict.scenario == "NEW"


async def test_without_a_catalogue_nothing_is_answered() -> None:
    with pytest.raises(CatalogueMissing):
        await _service(Facts(known(rule_sets=())), {}).check(Ask(UNIT, "FUNDING"))


async def test_every_rule_set_that_was_read_is_at_hand_to_tell_when_the_answer_ends() -> None:
    following = rule_set(content_hash="second", number=2, valid=Span(hour(3)))
    facts = Facts(known(arrival(), rule_sets=(rule_set(), following)))

    verdict = await _service(facts, {HASH: LAW, "second": catalogue()}).check(Ask(UNIT, "FUNDING"))

    assert (verdict.outcome, verdict.valid_until) == (Outcome.RESTRICT, hour(3))


async def test_an_unknown_unit_is_an_error_and_an_unknown_person_is_none() -> None:
    with pytest.raises(UnitNotFound):
        await _service(Facts(known(states=()))).check(Ask(UNIT, "FUNDING"))

    stranger = Facts(known(subject=PERSON, states=()))
    verdict = await _service(stranger).check(Ask(PERSON, "NOMINATION"))

    assert verdict.outcome is Outcome.CLEAR
