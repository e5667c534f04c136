from dataclasses import replace
from datetime import date

import pytest

from hub.domain.catalogue import Catalogue, Term
from hub.domain.clocks import Span, day_start, format_shanghai
from hub.domain.terms import end_of, term_for
from hub.intake.catalogue import read_catalogue
from hub.resources import resource

GENERAL = "PUBLICITY-GENERAL-MAX"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


def _code(catalogue: Catalogue, period: str, day: date, place: str = "CN-15") -> str | None:
    term = term_for(catalogue, period, place, day)
    return term.code if term else None


def test_the_national_scale_begins_on_its_day(catalogue: Catalogue) -> None:
    assert _code(catalogue, GENERAL, date(2026, 3, 31)) is None
    assert _code(catalogue, GENERAL, date(2026, 4, 1)) == GENERAL
    assert _code(catalogue, GENERAL, date(2026, 4, 1), "PY") is None


def test_a_term_that_was_not_read_is_kept_and_never_chosen(catalogue: Catalogue) -> None:
    earlier = catalogue.terms["PUBLICITY-GENERAL-MAX-2023"]

    assert earlier.in_force == Span(day_start(date(2023, 5, 1)), day_start(date(2026, 4, 1)))
    assert _code(catalogue, GENERAL, date(2025, 5, 10)) is None
    assert _code(catalogue, "JUDGMENT_DEFAULT-LISTING", date(2026, 5, 10)) is None


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2020, 8, 31), None),
        (date(2020, 9, 1), "PAYMENT-MAX-2020"),
        (date(2025, 5, 31), "PAYMENT-MAX-2020"),
        (date(2025, 6, 1), "PAYMENT-MAX"),
    ],
)
def test_a_later_text_takes_over_on_its_day(
    catalogue: Catalogue, day: date, code: str | None
) -> None:
    assert _code(catalogue, "PAYMENT-MAX", day) == code


def _with(catalogue: Catalogue, *terms: Term) -> Catalogue:
    return replace(catalogue, terms={**catalogue.terms, **{term.code: term for term in terms}})


def _until(catalogue: Catalogue, basis: str, day: date) -> Catalogue:
    """The basis ends on the day."""
    ended = catalogue.legal_bases[basis]
    ended = replace(ended, in_force=Span(ended.in_force.start, day_start(day)))
    return replace(catalogue, legal_bases={**catalogue.legal_bases, basis: ended})


def test_a_term_ends_with_the_last_of_its_bases_that_was_read(catalogue: Catalogue) -> None:
    repealed = _until(catalogue, "XYXF-2025-36", date(2027, 1, 1))
    term = repealed.terms[GENERAL]
    beside = replace(term, bases=("XYXF-2025-36", "GBF-2025-22"))
    remembered = replace(term, bases=("XYXF-2025-36", "SXMD-2017-7"))

    assert _code(repealed, GENERAL, date(2026, 12, 31)) == GENERAL
    assert _code(repealed, GENERAL, date(2027, 1, 1)) is None
    assert _code(_with(repealed, beside), GENERAL, date(2027, 1, 1)) == GENERAL
    assert _code(_with(repealed, remembered), GENERAL, date(2027, 1, 1)) is None


def test_the_place_itself_comes_before_what_it_lies_in(catalogue: Catalogue) -> None:
    national = catalogue.terms[GENERAL]
    local = replace(national, code="LOCAL", jurisdiction="CN-15", months=6)
    both = _with(catalogue, local)

    assert _code(both, GENERAL, date(2026, 5, 10), "CN-15") == "LOCAL"
    assert _code(both, GENERAL, date(2026, 5, 10), "CN-37") == GENERAL


def test_a_term_ends_at_midnight_in_shanghai(catalogue: Catalogue) -> None:
    term = catalogue.terms[GENERAL]
    end = end_of(term, day_start(date(2026, 5, 10)))

    assert format_shanghai(end) == "2027-05-10 00:00:00"
    days = replace(term, months=None, days=30)
    assert end_of(days, day_start(date(2026, 1, 31))) == day_start(date(2026, 3, 2))
