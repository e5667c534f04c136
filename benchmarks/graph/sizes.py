"""How large a generated graph is."""

from dataclasses import dataclass
from typing import Literal

SizeName = Literal["XS", "S", "M", "L"]

CONTRACTS_OF_BUSY = 10
DEBTS_OF_BUSY = 10
"""Of every contract of a busy unit: 1 unit, 9 of its contracts and their debts are 100 things."""


@dataclass(frozen=True, slots=True)
class Size:
    """Things of each kind; `busy` units have many contracts with many debts each."""

    leagues: int
    banners: int
    """Of each league."""
    townships: int
    """Of each banner."""
    units: int
    officials: int
    enterprises: int
    contracts: int
    debts: int
    records: int
    busy: int


SIZES: dict[SizeName, Size] = {
    "XS": Size(2, 2, 2, 150, 300, 100, 150, 360, 80, 3),
    "S": Size(4, 5, 8, 5_000, 25_000, 16_000, 12_000, 8_000, 6_000, 40),
    "M": Size(12, 9, 10, 60_000, 300_000, 200_000, 150_000, 100_000, 80_000, 500),
    "L": Size(12, 9, 40, 240_000, 1_200_000, 800_000, 600_000, 400_000, 320_000, 2_000),
}
