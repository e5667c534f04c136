"""What is supposed to be otherwise than it is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supposition:
    """Records repaired, debts paid in full, and a rule set in force, by number or content hash."""

    records_repaired: tuple[str, ...] = ()
    debts_paid: tuple[str, ...] = ()
    rule_set: str | None = None


@dataclass(frozen=True, slots=True)
class DebtKnown:
    """A debt as somebody may suppose it paid.

    `owed`: by the subject itself. `records` arise from it, each with all debts it arises from.
    """

    code: str
    owed: bool
    records: Mapping[str, frozenset[str]]
