from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from hub.domain.clocks import day_start, parse_instant
from hub.intake.published import Published, Stated, UnreadableField


def _published(**values: object) -> Published:
    return Published(values, "contracts[0]", frozenset({"null"}))


@pytest.mark.parametrize("value", [None, "", "  ", "null", " null "])
def test_blanks_and_placeholders_are_missing(value: object) -> None:
    assert _published(id=value).text("id") is None


def test_an_absent_field_is_missing() -> None:
    assert _published().text("id") is None
    assert _published().number("amount") is None
    assert _published().moment("date") is None
    assert _published().child("value") is None
    assert _published().children("suppliers") == []


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Route"), ("FR", "Route"), ("it", "Strasse"), (None, "Strasse")]
)
def test_of_a_text_in_languages_that_of_the_release_is_taken_else_the_first(
    language: str | None, title: str
) -> None:
    published = _published(title="", title_fr="Route", title_de="Strasse", title_long_form="no")

    assert published.worded("title", language) == title


def test_a_text_without_language_goes_before_its_variants() -> None:
    assert _published(title="Road", title_fr="Route").worded("title", "fr") == "Road"


def test_the_digest_is_of_the_content_whatever_its_order() -> None:
    assert _published(a=1, b="c").digest() == _published(b="c", a=1).digest()
    assert _published(a=1).digest() != _published(a=2).digest()


def test_text_is_trimmed_and_composed() -> None:
    assert _published(id=" Compan\u0303i\u0301a ").text("id") == "Compañía"


def test_a_whole_number_is_an_identifier() -> None:
    assert _published(id=12).text("id") == "12"


def test_a_published_day_stays_the_day_it_was_written() -> None:
    stated = _published(dateSigned="2016-06-28T12:00:00-04:00").moment("dateSigned")

    assert stated == Stated(date(2016, 6, 28), parse_instant("2016-06-29T00:00:00+08:00"))


def test_a_day_without_a_time_begins_in_shanghai() -> None:
    stated = _published(dateSigned="2016-06-28").moment("dateSigned")

    assert stated == Stated(date(2016, 6, 28), day_start(date(2016, 6, 28)))


def test_a_time_finer_than_a_millisecond_is_cut() -> None:
    stated = _published(date="2024-03-01T09:00:00.123999Z").moment("date")

    assert stated == Stated(date(2024, 3, 1), parse_instant("2024-03-01T09:00:00.123Z"))


def test_a_lone_object_counts_as_a_list_of_one() -> None:
    (supplier,) = _published(suppliers={"name": "A"}).children("suppliers")

    assert (supplier.path, supplier.text("name")) == ("contracts[0].suppliers", "A")


def test_elements_know_their_path() -> None:
    suppliers = _published(suppliers=[{"name": "A"}, {"name": "B"}]).children("suppliers")

    assert [one.path for one in suppliers] == [
        "contracts[0].suppliers[0]",
        "contracts[0].suppliers[1]",
    ]


def test_numbers_are_exact() -> None:
    assert _published(amount=Decimal("0.1")).number("amount") == Decimal("0.1")
    assert _published(amount=3).number("amount") == Decimal(3)


@pytest.mark.parametrize(
    ("read", "value", "path"),
    [
        pytest.param(Published.text, ["x"], "contracts[0].x", id="text-is-list"),
        pytest.param(Published.text, True, "contracts[0].x", id="text-is-boolean"),
        pytest.param(Published.number, "12", "contracts[0].x", id="number-is-text"),
        pytest.param(Published.number, True, "contracts[0].x", id="number-is-boolean"),
        pytest.param(Published.moment, "yesterday", "contracts[0].x", id="no-date"),
        pytest.param(Published.moment, "2024-02-30", "contracts[0].x", id="no-such-day"),
        pytest.param(Published.moment, "2024-02-03T10:00:00", "contracts[0].x", id="no-zone"),
        pytest.param(Published.child, [], "contracts[0].x", id="object-is-list"),
        pytest.param(Published.children, "A", "contracts[0].x", id="list-is-text"),
        pytest.param(Published.children, ["A"], "contracts[0].x[0]", id="object-is-text"),
    ],
)
def test_an_unreadable_field_is_named(
    read: Callable[[Published, str], object], value: object, path: str
) -> None:
    with pytest.raises(UnreadableField) as refused:
        read(_published(x=value), "x")

    assert refused.value.field == path
