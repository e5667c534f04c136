"""Amounts as integers: minor units, ISO 4217 currency, and how many decimals they have."""

import re
from decimal import Decimal
from typing import NamedTuple

from iso4217 import Currency

from hub.text import Text

_CODE = re.compile(r"[A-Z]{3}")
_MOST_DECIMALS = 9
_LARGEST_INTEGER = 2**63 - 1


class UnusableAmount(ValueError):
    """The amount cannot be kept exactly; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Money(NamedTuple):
    """`Money(1050, "USD", 2)` is 10.50 US dollars."""

    minor: int
    currency: str
    scale: int

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-self.scale)


def money_of(amount: Decimal, currency: str) -> Money:
    """The amount exactly.

    The scale is that of ISO 4217, or more where the amount itself has more decimals; a currency
    that ISO 4217 no longer lists has the decimals of the amount. Raises `UnusableAmount`.

    >>> money_of(Decimal("10.5"), "USD")
    Money(minor=1050, currency='USD', scale=2)
    >>> money_of(Decimal("2809999872.0"), "PYG")
    Money(minor=2809999872, currency='PYG', scale=0)
    """
    if not _CODE.fullmatch(currency):
        raise UnusableAmount(
            Text(f"{currency!r} 不是货币代码", f"{currency!r} is no currency code"),
        )
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise UnusableAmount(Text("金额不是数", "the amount is not a number"))
    scale = max(_minor_decimals(currency), -exponent)
    if scale > _MOST_DECIMALS or amount.adjusted() + scale > len(str(_LARGEST_INTEGER)):
        raise UnusableAmount(_OUT_OF_RANGE)
    minor = int(amount.scaleb(scale))
    if abs(minor) > _LARGEST_INTEGER:
        raise UnusableAmount(_OUT_OF_RANGE)
    return Money(minor, currency, scale)


_OUT_OF_RANGE = Text(
    "金额无法精确保存为64位整数(至多9位小数)",
    "the amount does not fit a 64-bit integer with at most nine decimals",
)


def is_listed(currency: str) -> bool:
    """Whether ISO 4217 lists the code today."""
    return currency in _LISTED


def _minor_decimals(currency: str) -> int:
    return (_LISTED[currency].exponent or 0) if currency in _LISTED else 0


_LISTED = {currency.code: currency for currency in Currency}
