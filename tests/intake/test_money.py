from decimal import Decimal

import pytest

from hub.intake.money import Money, UnusableAmount, is_listed, money_of


@pytest.mark.parametrize(
    ("amount", "currency", "money"),
    [
        ("45233756.0", "USD", Money(4_523_375_600, "USD", 2)),
        ("2809999872.0", "PYG", Money(2_809_999_872, "PYG", 0)),
        ("1200000", "JPY", Money(1_200_000, "JPY", 0)),
        ("10.125", "KWD", Money(10_125, "KWD", 3)),
        ("-0.01", "CNY", Money(-1, "CNY", 2)),
        ("0", "EUR", Money(0, "EUR", 2)),
        ("1.2E+3", "USD", Money(120_000, "USD", 2)),
        ("9223372036854775807", "JPY", Money(9_223_372_036_854_775_807, "JPY", 0)),
    ],
)
def test_minor_units_are_those_of_iso_4217(amount: str, currency: str, money: Money) -> None:
    assert money_of(Decimal(amount), currency) == money


def test_decimals_beyond_the_minor_unit_are_kept() -> None:
    assert money_of(Decimal("119247397659.003"), "COP") == Money(119_247_397_659_003, "COP", 3)


def test_a_currency_no_longer_listed_has_the_decimals_of_the_amount() -> None:
    assert not is_listed("VEF")
    assert money_of(Decimal("7.5"), "VEF") == Money(75, "VEF", 1)


def test_the_amount_comes_back_exactly() -> None:
    assert money_of(Decimal("10.5"), "USD").amount == Decimal("10.50")


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("9223372036854775808", "JPY"),
        ("92233720368547758.08", "USD"),
        ("1E+400", "USD"),
        ("0.30000000000000004", "USD"),
        ("NaN", "USD"),
        ("1", "dollars"),
        ("1", "usd"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(UnusableAmount):
        money_of(Decimal(amount), currency)
