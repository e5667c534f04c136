"""Read, decide, answer: the service asks for exactly what it needs, and for nothing it refuses."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from hub.checks.service import CheckService
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, Span, format_instant
from hub.domain.forms import ManyAsk
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.things import Clocks
from hub.domain.verdict import Ask, Mark, Verdict
from hub.domain.vocabulary import Outcome
from hub.errors import (
    CapacityRequired,
    CatalogueMissing,
    HubError,
    KnownAtInFuture,
    NoRuleSetInForce,
    PurposeRequired,
    TooManySubjects,
    UnitNotFound,
    UnitsOnly,
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
KNOWN_UP_TO = hour(-1)
LAW = catalogue(rule("R1"))
STRANGERS = {SubjectId("XX:0"), SubjectId("P-NOBODY-0")}


@dataclass
class Facts:
    """Answers with the same facts whatever is asked, and keeps what was asked."""

    answer: Known
    asked: list[tuple[Sequence[SubjectId], Millis, Millis | None]] = field(
        default_factory=list[tuple[Sequence[SubjectId], Millis, Millis | None]]
    )
    under_way: int = 0
    most_at_once: int = 0

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        self.asked.append((subjects, at, known_at))
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return [self._about(subject, at) for subject in subjects]

    async def known_up_to(self) -> Millis:
        return KNOWN_UP_TO

    def _about(self, subject: SubjectId, at: Millis) -> Known:
        states = () if subject in STRANGERS else self.answer.states
        return replace(self.answer, subject=subject, at=at, states=states)


@dataclass
class Catalogues:
    sets: Mapping[str, Catalogue]

    async def current(self, known_at: Millis | None = None) -> Catalogue:
        if not self.sets:
            raise CatalogueMissing
        return [*self.sets.values()][-1]

    async def in_force(self, at: Millis, known_at: Millis | None) -> Catalogue:
        if not self.sets:
            raise NoRuleSetInForce(format_instant(at))
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


@pytest.mark.parametrize(
    ("at", "known_at", "newest", "timely"),
    [
        (0, -1000, True, True),
        (60_000, -1000, True, True),
        (60_001, -1000, True, False),
        (-3_600_000, -1000, True, True),
        (-3_600_001, -1000, True, False),
        (0, -3_600_000, False, True),
        (0, -3_600_001, False, False),
        (0, -3_600_001, True, True),
    ],
    ids=[
        *("now", "within a minute", "forecast", "within the hour", "past"),
        *("just known", "as once known", "nothing new since"),
    ],
)
async def test_an_answer_is_timely_that_speaks_of_the_time_of_asking_by_what_is_known(
    at: int, known_at: int, *, newest: bool, timely: bool
) -> None:
    facts = Facts(replace(known(), known_at=Millis(NOW + known_at), newest=newest))
    effective_at = Millis(NOW + at)
    asked = Millis(NOW + known_at)
    many = ManyAsk([UNIT], "FUNDING", effective_at=effective_at, known_at=asked)

    verdict = await _service(facts).check(Ask(UNIT, "FUNDING", effective_at=effective_at))
    [listed] = (await _service(facts).many(many)).answers

    assert isinstance(listed, Verdict)
    assert (verdict.timely, listed.timely) == (timely, timely)


async def test_a_list_as_of_all_that_was_known_is_timely_though_more_was_learnt_meanwhile() -> None:
    facts = Facts(replace(known(), known_at=Millis(NOW - 10**9), newest=False))

    [listed] = (await _service(facts).many(ManyAsk([UNIT], "FUNDING"))).answers

    assert isinstance(listed, Verdict)
    assert listed.timely


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


# Many subjects


def _told(answers: Sequence[Verdict | HubError]) -> list[str]:
    """The subject of a verdict, the code of an error."""
    return [one.code if isinstance(one, HubError) else str(one.subject) for one in answers]


async def test_each_position_is_answered_and_one_that_is_wrong_spoils_no_other() -> None:
    facts = Facts(known(arrival()))
    typed = ["XX:1", " xx:1", "XX:0", "示例局", "XX:2", "XX:1", PERSON, ""]

    many = await _service(facts).many(ManyAsk(typed, "FUNDING"))

    assert _told(many.answers) == [
        "XX:1",
        "xx:1",
        "UNKNOWN_UNIT",
        "INVALID_IDENTIFIER",
        "XX:2",
        "XX:1",
        "WRONG_SUBJECT_KIND",
        "INVALID_IDENTIFIER",
    ]
    assert many.answers[0] is many.answers[5]
    assert facts.asked == [(["XX:1", "xx:1", "XX:0", "XX:2", PERSON], NOW, KNOWN_UP_TO)]


async def test_a_thousand_subjects_are_read_in_chunks_at_one_clock_two_at_a_time() -> None:
    facts = Facts(known())
    typed = [f"XX:{number}" for number in range(1, 1_001)]

    many = await _service(facts).many(ManyAsk(typed, "FUNDING", effective_at=hour(-3)))

    assert _told(many.answers) == typed
    assert [len(subjects) for subjects, *_ in facts.asked] == [100] * 10
    assert {clocks for _, *clocks in facts.asked for clocks in [tuple(clocks)]} == {
        (hour(-3), KNOWN_UP_TO)
    }
    assert many.clocks == Clocks(hour(-3), KNOWN_UP_TO)
    assert facts.most_at_once == 2


@pytest.mark.parametrize(
    ("asked", "read"), [(hour(-2), hour(-2)), (NOW, KNOWN_UP_TO), (None, KNOWN_UP_TO)]
)
async def test_many_are_answered_at_what_was_known_and_never_at_more(
    asked: Millis | None, read: Millis
) -> None:
    many = await _service(Facts(known())).many(ManyAsk(["XX:1"], "FUNDING", known_at=asked))

    assert many.clocks.known_at == read


async def test_more_than_a_thousand_are_refused_before_anything_is_read() -> None:
    facts = Facts(known())

    with pytest.raises(TooManySubjects) as caught:
        await _service(facts).many(ManyAsk(["XX:1"] * 1_001, "FUNDING"))

    assert facts.asked == []
    assert "at most 1000 subjects, not 1001" in caught.value.what.en
    assert "knownAt" in caught.value.mend.en


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (ManyAsk([], "FUN"), UnknownScenario),
        (ManyAsk(["?"], "TENDER"), CapacityRequired),
        (ManyAsk([UNIT], "FUNDING", known_at=hour(1)), KnownAtInFuture),
        (ManyAsk([PERSON], "NOMINATION"), PurposeRequired),
        (ManyAsk([PERSON], "NOMINATION", purpose="选拔"), PurposeRequired),
        (ManyAsk([PERSON], "NOMINATION", purpose=" ", authorisation=" "), PurposeRequired),
        (ManyAsk([PERSON], "NOMINATION", authorisation="示例〔2026〕1号"), PurposeRequired),
    ],
)
async def test_what_concerns_them_all_is_an_error_of_the_whole(
    ask: ManyAsk, error: type[Exception]
) -> None:
    facts = Facts(known())

    with pytest.raises(error):
        await _service(facts).many(ask)

    assert facts.asked == []


async def test_persons_are_checked_for_a_purpose_by_an_authorisation_known_or_not() -> None:
    authorised = ManyAsk([PERSON, "P-NOBODY-0"], "NOMINATION", purpose="选拔", authorisation="1号")

    many = await _service(Facts(known(subject=PERSON))).many(authorised)

    assert _told(many.answers) == [PERSON, "P-NOBODY-0"]


async def test_one_of_many_is_the_very_verdict_of_a_single_check() -> None:
    many = await _service(Facts(known(arrival()))).many(
        ManyAsk([UNIT], "FUNDING", purpose="拨款", matter="M-1")
    )

    single = await _service(Facts(known(arrival()))).check(
        Ask(UNIT, "FUNDING", purpose="拨款", matter="M-1")
    )

    assert many.answers == [single]


async def test_an_answer_about_the_future_is_a_forecast_for_every_subject() -> None:
    ask = ManyAsk(["XX:1", "XX:2"], "FUNDING", effective_at=hour(1))

    many = await _service(Facts(known())).many(ask)

    assert [one.marks for one in many.answers if isinstance(one, Verdict)] == [
        (Mark.FORECAST,),
        (Mark.FORECAST,),
    ]


# Every scenario


async def test_a_matrix_has_every_capacity_of_every_scenario_for_units_from_one_reading() -> None:
    facts = Facts(known(arrival()))

    matrix = await _service(facts).matrix(UNIT, effective_at=hour(-4), known_at=hour(-2))

    assert [(one.scenario, one.capacity) for one in matrix.verdicts] == [
        ("FUNDING", "APPLICANT"),
        ("TENDER", "BIDDER"),
        ("TENDER", "TENDERER"),
    ]
    assert [one.outcome for one in matrix.verdicts] == [
        Outcome.RESTRICT,
        Outcome.CLEAR,
        Outcome.CLEAR,
    ]
    assert facts.asked == [([UNIT], hour(-4), hour(-2))]
    assert matrix.clocks == Clocks(hour(-4), known().known_at)


async def test_a_cell_is_the_very_verdict_of_a_single_check() -> None:
    service = _service(Facts(known(arrival())))

    [cell, *_] = (await service.matrix(UNIT, purpose="拨款")).verdicts

    assert cell == await service.check(Ask(UNIT, "FUNDING", purpose="拨款"))


async def test_the_cells_are_those_of_the_rule_set_in_force() -> None:
    newer = catalogue(scenarios=(replace(SCENARIOS[0], code="NEW"),))
    facts = Facts(known(rule_sets=(rule_set(content_hash="second", number=2),)))

    matrix = await _service(facts, {HASH: LAW, "second": newer}).matrix(UNIT)

    assert [one.scenario for one in matrix.verdicts] == ["NEW"]


async def test_there_is_no_matrix_of_a_person_nor_of_a_unit_nobody_knows() -> None:
    facts = Facts(known())

    with pytest.raises(UnitsOnly):
        await _service(facts).matrix(PERSON)
    assert facts.asked == []
    with pytest.raises(UnitNotFound):
        await _service(facts).matrix(SubjectId("XX:0"))


async def test_where_no_rule_set_is_in_force_the_newest_known_checks_the_question() -> None:
    later = rule_set(content_hash="second", number=2, valid=Span(hour(3)))
    newer = catalogue(scenarios=(replace(SCENARIOS[0], code="NEW"),))
    facts = Facts(known(rule_sets=(later,)))
    service = _service(facts, {HASH: LAW, "second": newer})

    assert (await service.check(Ask(UNIT, "NEW"))).outcome is Outcome.UNCOVERED
    with pytest.raises(UnknownScenario):
        await service.check(Ask(UNIT, "FUNDING"))
