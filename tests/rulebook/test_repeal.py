"""What a repeal makes of a rule set, and where it may take the place of earlier ones."""

from dataclasses import replace
from datetime import date

import pytest

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, day_start
from hub.errors import BasisNotInForce, RuleSetTransition
from hub.intake.catalogue import parse_catalogue
from hub.rulebook.diff import differences
from hub.rulebook.repeal import life_of, require_only_ends, without_basis
from tests.rulebook.law import FILES, LAW, changed, with_rule

DAY = date(2027, 1, 1)
BEGINS = day_start(DAY)
FIRST, SECOND = "FGCJ-2023-1103", "YJ-2025-0321-2-1"


def repealed(basis: str, day: date = DAY) -> Catalogue:
    return parse_catalogue(without_basis(FILES.content, LAW, basis, day, number=LAW.number + 1))


def test_only_the_end_of_the_basis_differs_and_it_is_the_first_day_of_the_next_number() -> None:
    after = repealed(FIRST)

    assert [(one.section, one.entry) for one in differences(LAW, after)] == [("legal_bases", FIRST)]
    assert (after.number, after.in_force_from) == (LAW.number + 1, DAY)
    assert life_of(FIRST, after) == replace_end(LAW, BEGINS)


def replace_end(catalogue: Catalogue, end: Millis) -> object:
    return catalogue.legal_bases[FIRST].in_force._replace(end=end)


@pytest.mark.parametrize("day", [date(2023, 8, 10), date(2000, 1, 1)])
def test_a_basis_cannot_end_before_it_began(day: date) -> None:
    with pytest.raises(BasisNotInForce) as caught:
        without_basis(FILES.content, LAW, FIRST, day, number=LAW.number + 1)

    assert caught.value.what.en == (
        f"The basis {FIRST} is not in force until {day} and cannot end then"
    )


def test_a_basis_that_has_ended_cannot_end_later() -> None:
    ended = repealed(FIRST)

    with pytest.raises(BasisNotInForce) as caught:
        without_basis(FILES.content, ended, FIRST, date(2027, 4, 1), number=LAW.number + 2)

    assert caught.value.what == (
        f"依据 {FIRST} 已自 2027-01-01 起失效，不能自 2027-04-01 起废止",
        f"The basis {FIRST} ended on 2027-01-01 and cannot end on 2027-04-01",
    )


def test_a_basis_that_ends_on_the_day_already_ends_so_in_the_next_number_too() -> None:
    content = without_basis(FILES.content, LAW, FIRST, DAY, number=LAW.number + 1)
    ended = parse_catalogue(content)

    after = parse_catalogue(without_basis(content, ended, FIRST, DAY, number=LAW.number + 2))

    assert (after.number, differences(ended, after)) == (LAW.number + 2, [])


@pytest.mark.parametrize("until", [BEGINS, Millis(BEGINS + 1), day_start(date(2028, 1, 1))])
def test_one_that_brings_ends_of_bases_alone_may_come_sooner(until: Millis) -> None:
    require_only_ends(repealed(FIRST), LAW, until=until)


def test_a_basis_that_goes_on_after_all_is_more_than_the_end_of_one() -> None:
    require_only_ends(LAW, repealed(FIRST), until=BEGINS)

    with pytest.raises(RuleSetTransition):
        require_only_ends(LAW, repealed(FIRST), until=Millis(BEGINS + 1))


def test_one_that_changes_anything_else_cannot_come_sooner() -> None:
    reworded = replace(
        with_rule(changed("R16", verb="取消")), number=LAW.number + 1, content_hash="other"
    )

    with pytest.raises(RuleSetTransition) as caught:
        require_only_ends(reworded, LAW, until=BEGINS)
    assert caught.value.reason.en == (
        "what it changes from 2027-01-01 00:00:00 on is more than the end of bases"
        " and cannot come sooner"
    )
