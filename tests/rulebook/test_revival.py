"""Which bases a rule set would have in force longer than was published, and how they stay ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import pytest

from hub.intake.catalogue import Content, content_hash, parse_catalogue
from hub.rulebook.repeal import without_basis
from hub.rulebook.revival import Revival, as_taken, number_of, revivals, taken_before
from tests.rulebook.law import FILES, LAW

DAY, LATER = date(2027, 1, 1), date(2027, 1, 2)
BASIS, OTHER = "FGCJ-2023-1103", "YJ-2025-0321-2-1"
NEXT = LAW.number + 1


def ended(day: date, basis: str = BASIS) -> Content:
    return without_basis(FILES.content, LAW, basis, day, number=NEXT)


def dropping(basis: str) -> Content:
    entries = cast("list[Mapping[str, Any]]", FILES.content["legalBases"])
    return {**FILES.content, "legalBases": [one for one in entries if one["code"] != basis]}


@pytest.mark.parametrize(
    ("content", "published", "told"),
    [
        (FILES.content, [], []),
        (FILES.content, [FILES.content], []),
        (FILES.content, [FILES.content, ended(DAY)], [Revival(BASIS, DAY, None)]),
        (ended(LATER), [ended(DAY)], [Revival(BASIS, DAY, LATER)]),
        (ended(DAY), [ended(DAY)], []),
        (ended(date(2026, 12, 31)), [ended(DAY)], []),
        (dropping(BASIS), [ended(DAY)], []),
    ],
)
def test_a_basis_is_revived_that_ends_later_than_published_or_never(
    content: Content, published: list[Content], told: list[Revival]
) -> None:
    assert revivals(content, published) == told


def test_the_newest_rule_set_that_has_the_basis_tells_its_end() -> None:
    assert revivals(FILES.content, [ended(DAY), FILES.content]) == []
    assert revivals(FILES.content, [ended(DAY), dropping(BASIS)]) == [Revival(BASIS, DAY, None)]


def test_both_days_are_told() -> None:
    assert Revival(BASIS, DAY, None).words == (
        f"{BASIS} 已公布自 2027-01-01 起失效，这里没有失效日",
        f"{BASIS} was published to end on 2027-01-01, here it has no end",
    )
    assert Revival(BASIS, DAY, LATER).words == (
        f"{BASIS} 已公布自 2027-01-01 起失效，这里自 2027-01-02 起才失效",
        f"{BASIS} was published to end on 2027-01-01, here it ends on 2027-01-02",
    )


def test_what_ships_is_taken_as_it_is_where_nothing_was_repealed() -> None:
    assert content_hash(as_taken(FILES.content, [FILES.content], LAW.number)) == LAW.content_hash


def test_what_ships_is_taken_with_the_ends_published_and_the_number_left_to_it() -> None:
    published = [FILES.content, ended(DAY), ended(DAY, OTHER)]

    taken = parse_catalogue(as_taken(FILES.content, published, 7))

    assert (taken.number, taken.in_force_from) == (7, LAW.in_force_from)
    assert (taken.title.zh[-5:], taken.title.en[-5:]) == ("（第7号）", "no. 7")
    assert taken.legal_bases[OTHER] == parse_catalogue(ended(DAY, OTHER)).legal_bases[OTHER]
    assert taken.legal_bases[BASIS] == LAW.legal_bases[BASIS]
    assert taken.rules == LAW.rules


def test_what_was_taken_is_found_again_under_the_number_it_has_there() -> None:
    before = [FILES.content, ended(DAY)]
    taken = as_taken(FILES.content, before, 7)
    later = without_basis(taken, parse_catalogue(taken), OTHER, DAY, number=8)

    assert number_of(taken) == 7
    assert taken_before(FILES.content, [ended(DAY), taken, later]) == taken
    assert taken_before(FILES.content, [ended(DAY), later]) is None
    assert taken_before(as_taken(FILES.content, [], 7), [FILES.content]) is None
