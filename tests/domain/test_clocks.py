"""Instants in, instants out: nothing is guessed, nothing is lost."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.clocks import (
    OPEN_END,
    OPEN_START,
    Millis,
    Span,
    day_start,
    format_instant,
    format_shanghai,
    later,
    millis_of,
    parse_instant,
)
from hub.errors import InvalidInstant

INSTANTS = st.integers(OPEN_START, OPEN_END - 1).map(Millis)
ZONES = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))


def _at(text: str) -> Millis:
    return parse_instant(text)


# Reading


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-23T09:00:00+08:00", 1_795_395_600_000),
        ("2026-11-23T01:00Z", 1_795_395_600_000),
        ("  2026-11-23T01:00:00Z  ", 1_795_395_600_000),
        ("2026-11-23T01:00:00.5Z", 1_795_395_600_500),
        ("2026-11-23T01:00:00.123Z", 1_795_395_600_123),
        ("2026-11-23T01:00:00.1230000Z", 1_795_395_600_123),
        ("1969-12-31T23:59:59.999Z", -1),
        ("1900-01-01T00:00:00Z", OPEN_START),
    ],
)
def test_an_instant_with_its_zone_is_read_to_the_millisecond(text: str, instant: int) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-23T09:00:00", "the zone is missing"),
        ("2026-11-23T09:00:00.1234Z", "finer than a millisecond"),
        ("2026-11-23T09:00:00.000001Z", "finer than a millisecond"),
        ("2026-11-23", "not an ISO 8601 instant"),
        ("2026-11-23 09:00:00Z", "not an ISO 8601 instant"),
        ("2026-11-23T09:00:00+0800", "not an ISO 8601 instant"),
        ("2026-11-23T09:00:00+08:60", "not an ISO 8601 instant"),
        ("1795395600000", "not an ISO 8601 instant"),
        ("昨天", "not an ISO 8601 instant"),
        ("", "not an ISO 8601 instant"),
        ("２０２６-11-23T09:00:00Z", "not an ISO 8601 instant"),
        ("2026-02-30T00:00:00Z", "no such instant"),
        ("2026-13-01T00:00:00Z", "no such instant"),
        ("2026-11-23T24:00:00Z", "no such instant"),
        ("2026-11-23T09:00:60Z", "no such instant"),
        ("2026-11-23T09:00:00+24:00", "no such instant"),
        ("1899-12-31T23:59:59Z", "the year is out of range"),
        ("1900-01-01T00:00:00+08:00", "the year is out of range"),
        ("9999-01-01T00:00:00Z", "the year is out of range"),
        ("9998-12-31T23:00:00-08:00", "the year is out of range"),
        ("0001-01-01T00:00:00+08:00", "the year is out of range"),
    ],
)
def test_whatever_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidInstant) as caught:
        parse_instant(text, where="effectiveAt")

    assert str(caught.value) == f"Instant {text!r} is invalid: {reason}"
    assert caught.value.where == "effectiveAt"


@given(st.text())
def test_no_text_makes_reading_fail_in_any_other_way(text: str) -> None:
    try:
        instant = parse_instant(text)
    except InvalidInstant:
        return
    assert OPEN_START <= instant < OPEN_END


# Writing


def test_the_hashed_form_has_three_decimals_and_is_in_utc() -> None:
    assert format_instant(_at("2026-11-23T09:00:00+08:00")) == "2026-11-23T01:00:00.000Z"
    assert format_instant(Millis(-1)) == "1969-12-31T23:59:59.999Z"
    assert format_instant(OPEN_START) == "1900-01-01T00:00:00.000Z"
    assert format_instant(OPEN_END) == "9999-12-31T00:00:00.000Z"


def test_people_read_shanghai_time_and_milliseconds_only_when_there_are_any() -> None:
    assert format_shanghai(_at("2026-11-22T16:00:00Z")) == "2026-11-23 00:00:00"
    assert format_shanghai(_at("2026-11-22T16:00:00.007Z")) == "2026-11-23 00:00:00.007"


@given(st.integers(OPEN_START, OPEN_END - 366 * 86_400_000).map(Millis))
def test_what_was_written_reads_back_the_same(instant: Millis) -> None:
    assert parse_instant(format_instant(instant)) == instant


@given(INSTANTS, ZONES)
def test_one_instant_is_one_number_whatever_the_zone(instant: Millis, zone: timezone) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)

    assert millis_of(moment.astimezone(zone)) == instant


# Days and terms


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    assert format_instant(day_start(date(2026, 11, 23))) == "2026-11-22T16:00:00.000Z"


def test_a_day_in_the_years_of_summer_time_begins_an_hour_earlier() -> None:
    assert format_instant(day_start(date(1988, 7, 1))) == "1988-06-30T15:00:00.000Z"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31T00:00:00+08:00", 1, "2026-02-28T00:00:00+08:00"),
        ("2028-01-31T00:00:00+08:00", 1, "2028-02-29T00:00:00+08:00"),
        ("2026-08-31T00:00:00+08:00", 6, "2027-02-28T00:00:00+08:00"),
        ("2026-03-31T23:59:59.999+08:00", 1, "2026-04-30T23:59:59.999+08:00"),
        # 31 January in Shanghai is still 30 January in UTC: the day of Shanghai decides.
        ("2026-01-30T16:00:00Z", 1, "2026-02-27T16:00:00Z"),
    ],
)
def test_a_month_after_the_last_of_a_month_is_the_last_of_the_next(
    start: str, months: int, end: str
) -> None:
    assert later(_at(start), months=months) == _at(end)


def test_three_years_after_a_leap_day_end_on_28_february() -> None:
    assert later(_at("2024-02-29T09:00:00+08:00"), years=3) == _at("2027-02-28T09:00:00+08:00")


def test_a_term_that_ends_after_time_itself_never_ends() -> None:
    assert later(_at("9998-06-01T00:00:00Z"), years=5) == OPEN_END
    assert later(OPEN_END, years=1) == OPEN_END


@given(INSTANTS, st.integers(0, 40))
def test_years_only_lead_forward_and_keep_the_milliseconds(instant: Millis, years: int) -> None:
    moved = later(instant, years=years)

    assert instant <= moved <= OPEN_END
    assert moved == OPEN_END or moved % 1_000 == instant % 1_000


@given(st.integers(0, 2_000_000_000_000).map(Millis), st.integers(0, 400))
def test_days_keep_the_hour_of_shanghai(instant: Millis, days: int) -> None:
    moved = later(instant, days=days)

    assert format_shanghai(moved)[11:] == format_shanghai(instant)[11:]


# Spans


def test_a_span_holds_at_its_start_and_no_longer_at_its_end() -> None:
    span = Span(Millis(10), Millis(20))

    assert [at for at in (9, 10, 19, 20) if span.contains(Millis(at))] == [10, 19]


def test_a_span_without_end_holds_until_the_end_of_time() -> None:
    assert Span(Millis(10)).contains(Millis(OPEN_END - 1))
    assert not Span(Millis(10)).contains(OPEN_END)
