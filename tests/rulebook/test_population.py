"""Whose outcomes flip is told before publication exactly as it is after."""

from datetime import date

import pytest

from hub.domain.clocks import Millis, day_start
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.domain.vocabulary import Outcome
from hub.errors import RegionNotFound
from hub.graph.candidates import CandidateReader
from hub.rulebook.population import AsOf, Flip
from hub.rulebook.rulebook import Publishing
from hub.wiring import Hub
from tests.rule_sets import known_up_to
from tests.rulebook.law import LAW

BANNER = "159921"
CHANGE_DAY = date(2027, 1, 1)
CHANGE = day_start(CHANGE_DAY)
Outcomes = dict[tuple[SubjectId, str, str], Outcome]


async def outcomes(hub: Hub, units: list[SubjectId], known_at: Millis) -> Outcomes:
    found: Outcomes = {}
    for unit in units:
        matrix = await hub.checks.matrix(unit, effective_at=CHANGE, known_at=known_at)
        for one in matrix.verdicts:
            found[one.subject, one.scenario, one.capacity] = one.outcome
    return found


async def test_what_was_foretold_is_what_happens(law: Hub) -> None:
    before = await known_up_to(law)
    await law.rulebook.repeal("FGCJ-2023-1103", Publishing(CHANGE_DAY, "示规〔2026〕1号", True))
    after = await known_up_to(law)
    amended = await law.rulebook.catalogue(LAW.number + 1)
    clocks = Clocks(CHANGE, after)
    units = await CandidateReader(law.door).candidates(
        BANNER, clocks, after="", most=1_000, bearing=False
    )
    assert units is not None

    told = await law.population.flips(BANNER, LAW, amended, at=CHANGE)
    old, new = await outcomes(law, units, before), await outcomes(law, units, after)

    assert (told.as_of, told.units, told.complete) == (AsOf(CHANGE, after), len(units), True)
    assert {(flip.subject, flip.scenario, flip.capacity) for flip in told.flips} == {
        question for question in old if old[question] is not new[question]
    }
    assert {(flip.before, flip.after) for flip in told.flips} == {
        (old[question], new[question]) for question in old if old[question] is not new[question]
    }
    assert (
        Flip(
            SubjectId("11159900990000236Y"),
            "示例旗投资促进局",
            "SECURITIES_ISSUANCE",
            "ISSUER",
            Outcome.RESTRICT,
            Outcome.ATTENTION,
        )
        in told.flips
    )


@pytest.mark.parametrize(
    ("before", "after", "graver"),
    [
        (Outcome.ATTENTION, Outcome.REFERENCE, True),
        (Outcome.REFERENCE, Outcome.ATTENTION, False),
        (None, Outcome.BLOCK, False),
        (Outcome.CLEAR, None, False),
    ],
)
def test_a_flip_is_graver_where_both_rule_sets_answer_and_the_later_does_so_more_gravely(
    before: Outcome | None, after: Outcome | None, *, graver: bool
) -> None:
    flip = Flip(SubjectId("U"), None, "FUNDING_SUPPORT", "APPLICANT", before, after)

    assert flip.graver is graver


async def test_a_rule_set_compared_with_itself_flips_nothing(demo: Hub) -> None:
    assert (await demo.population.flips(BANNER, LAW, LAW, at=CHANGE)).flips == []


async def test_the_units_of_no_region_are_not_asked_about(demo: Hub) -> None:
    with pytest.raises(RegionNotFound):
        await demo.population.flips("999999", LAW, LAW, at=CHANGE)
