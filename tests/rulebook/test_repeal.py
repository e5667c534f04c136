"""What a repeal makes of a rule set, and where it may take the place of earlier ones."""

from dataclasses import replace
from datetime import date

import pytest

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis, day_start
from hub.errors import BasisNotInForce, RuleSetTransition
from hub.intake.catalogue import parse_catalogue
from hub.rulebook.diff import differences
from hub.rulebook.repeal import life_of, require_same_law, without_basis
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
    with pytest.raises(BasisNotInForce):
        without_basis(FILES.content, LAW, FIRST, day, number=LAW.number + 1)


def test_rule_sets_say_the_same_until_the_later_one_ends_a_basis() -> None:
    require_same_law(repealed(FIRST), LAW, until=BEGINS)

    with pytest.raises(RuleSetTransition):
        require_same_law(repealed(FIRST), LAW, until=Millis(BEGINS + 1))


def test_one_that_changes_anything_else_cannot_come_sooner() -> None:
    reworded = replace(
        with_rule(changed("R16", verb="取消")), number=LAW.number + 1, content_hash="other"
    )

    with pytest.raises(RuleSetTransition) as caught:
        require_same_law(reworded, LAW, until=BEGINS)
    assert caught.value.reason.en == (
        "what it changes from 2027-01-01 00:00:00 on is more than the end of bases"
        " and cannot come sooner"
    )
