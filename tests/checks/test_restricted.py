"""A page of restricted units: candidates are checked in order, and it says when it stops short."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from hub.checks import restricted
from hub.checks.restricted import RestrictedUnits
from hub.checks.service import CheckService
from hub.domain.clocks import Millis
from hub.domain.forms import RestrictedAsk, RestrictedPage
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.things import Clocks
from hub.domain.vocabulary import Outcome, Reach
from hub.errors import CapacityRequired, RegionNotFound, UnitsOnly
from tests.checks.test_service import Catalogues
from tests.checks.worlds import AT, HASH, arrival, catalogue, hour, known, rule, state

CLOCKS = Clocks(AT, hour(-1))
LAW = catalogue(rule("R1"))
RESTRICTED = RestrictedAsk("150000", "FUNDING")


@dataclass
class Facts:
    """Units whose number is even have a record that restricts them; number 0 does not exist."""

    asked: list[str] = field(default_factory=list[str])
    cut: tuple[Reach, ...] = ()

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        self.asked += [*subjects]
        return [self._about(subject) for subject in subjects]

    async def known_up_to(self) -> Millis:
        return hour(-1)

    def _about(self, unit: SubjectId) -> Known:
        number = int(unit.removeprefix("XX:"))
        arrivals = [] if number % 2 else [arrival(subject=unit)]
        states = (state(unit),) if number else ()
        return replace(known(*arrivals, subject=unit, states=states), cut=self.cut)


@dataclass
class Candidates:
    units: Sequence[int]
    asked: list[tuple[str, int, bool]] = field(default_factory=list[tuple[str, int, bool]])

    async def candidates(
        self, region: str, clocks: Clocks, *, after: str, most: int, bearing: bool
    ) -> list[SubjectId] | None:
        assert clocks == CLOCKS
        self.asked.append((after, most, bearing))
        ids = [SubjectId(f"XX:{number:04d}") for number in self.units]
        return [one for one in ids if one > after][:most] if region == "150000" else None


def _lists(units: Sequence[int], facts: Facts | None = None) -> tuple[RestrictedUnits, Candidates]:
    candidates = Candidates(units)
    catalogues = Catalogues({HASH: LAW})
    checks = CheckService(facts or Facts(), catalogues, now=lambda: AT)
    return RestrictedUnits(checks, candidates), candidates


def _numbers(page: RestrictedPage) -> list[int]:
    return [int(verdict.subject.removeprefix("XX:")) for verdict in page.verdicts]


async def test_a_page_that_reaches_the_end_of_the_list_says_so() -> None:
    lists, _ = _lists(range(1, 8))

    page = await lists.page(RESTRICTED, CLOCKS, first=3)

    assert _numbers(page) == [2, 4, 6]
    assert (page.go_on_after, page.complete, page.clocks) == (None, True, CLOCKS)
    assert {verdict.known_at for verdict in page.verdicts} == {AT}


async def test_a_full_page_goes_on_after_its_last_unit() -> None:
    lists, _ = _lists(range(1, 8))

    first = await lists.page(RESTRICTED, CLOCKS, first=2)
    second = await lists.page(RESTRICTED, CLOCKS, first=2, after=first.go_on_after or "")

    assert (_numbers(first), first.go_on_after, first.complete) == ([2, 4], "XX:0004", True)
    assert (_numbers(second), second.go_on_after) == ([6], None)


async def test_a_page_stops_at_its_budget_and_never_looks_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restricted, "MOST_CHECKED", 5)
    facts = Facts()
    lists, candidates = _lists([1, 3, 5, 6, 7, 9, 10], facts)

    first = await lists.page(RESTRICTED, CLOCKS, first=20)
    second = await lists.page(RESTRICTED, CLOCKS, first=20, after=first.go_on_after or "")

    assert (_numbers(first), first.go_on_after, first.complete) == ([6], "XX:0007", False)
    assert (_numbers(second), second.go_on_after, second.complete) == ([10], None, True)
    assert len(facts.asked) == 7
    assert candidates.asked == [("", 6, True), ("XX:0007", 6, True)]


async def test_no_more_units_are_checked_than_the_page_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restricted, "CHUNK", 2)
    facts = Facts()
    lists, _ = _lists(range(1, 100), facts)

    page = await lists.page(RESTRICTED, CLOCKS, first=2)

    assert (_numbers(page), page.go_on_after) == ([2, 4], "XX:0004")
    assert len(facts.asked) == 6


@pytest.mark.parametrize("at_least", list(Outcome))
async def test_only_what_is_graver_than_uncovered_lets_units_be_left_out_unchecked(
    at_least: Outcome,
) -> None:
    lists, candidates = _lists(range(1, 5))

    page = await lists.page(replace(RESTRICTED, at_least=at_least), CLOCKS, first=9)

    graver = at_least in (Outcome.BLOCK, Outcome.RESTRICT, Outcome.REFERENCE)
    assert candidates.asked == [("", 1_001, graver)]
    expected = {Outcome.BLOCK: [], Outcome.CLEAR: [1, 2, 3, 4]}
    assert _numbers(page) == expected.get(at_least, [2, 4])


async def test_a_unit_of_which_not_all_was_read_is_listed_as_uncovered() -> None:
    lists, _ = _lists([1, 2, 3], Facts(cut=(Reach.OWN,)))

    page = await lists.page(replace(RESTRICTED, at_least=Outcome.UNCOVERED), CLOCKS, first=9)

    assert [one.outcome for one in page.verdicts] == [
        Outcome.UNCOVERED,
        Outcome.RESTRICT,
        Outcome.UNCOVERED,
    ]


async def test_a_unit_that_does_not_exist_then_is_not_listed() -> None:
    lists, _ = _lists([0, 2])

    assert _numbers(await lists.page(RESTRICTED, CLOCKS, first=9)) == [2]


async def test_the_list_is_counted_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    lists, candidates = _lists(range(1, 8))

    assert await lists.count(RESTRICTED, CLOCKS) == 3
    assert candidates.asked == [("", 2_001, True)]
    monkeypatch.setattr(restricted, "MOST_COUNTED", 6)
    assert await lists.count(RESTRICTED, CLOCKS) is None
    monkeypatch.setattr(restricted, "MOST_COUNTED", 7)
    assert await lists.count(RESTRICTED, CLOCKS) == 3


async def test_a_region_nobody_knows_is_an_error_and_not_an_empty_list() -> None:
    lists, _ = _lists([2])
    elsewhere = replace(RESTRICTED, region="999999")

    with pytest.raises(RegionNotFound):
        await lists.page(elsewhere, CLOCKS, first=9)
    with pytest.raises(RegionNotFound):
        await lists.count(elsewhere, CLOCKS)


async def test_the_question_is_checked_with_the_clocks_of_the_list() -> None:
    lists, _ = _lists([2])

    assert await lists.clocks(RESTRICTED, AT, None) == CLOCKS
    with pytest.raises(CapacityRequired):
        await lists.clocks(RestrictedAsk("150000", "TENDER"), None, None)
    with pytest.raises(UnitsOnly):
        await lists.clocks(RestrictedAsk("150000", "NOMINATION"), None, None)
