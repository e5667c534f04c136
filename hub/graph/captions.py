"""What Neo4j Browser writes on a state: its amount, or how it turned out. No verdict reads it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

import yaml

from hub.domain.facts import Fact, Value
from hub.resources import resource

Said = Mapping[str, Value]


def caption_of(fact: Fact) -> str | None:
    """None for what has neither amount nor outcome; of a person nothing is ever written."""
    parts = _PARTS.get(fact.kind)
    if parts is None:
        return None
    return " · ".join(text for text in parts(fact.properties) if text) or None


def _contract(said: Said) -> list[str | None]:
    return [_money(said, "amountMinor"), _word("contractStatuses", said.get("status"))]


def _debt(said: Said) -> list[str | None]:
    return [_money(said, "amountDueMinor")]


def _payment(said: Said) -> list[str | None]:
    paid_on = said.get("paidOn")
    return [_money(said, "amountMinor"), None if paid_on is None else str(paid_on)]


def _commitment(said: Said) -> list[str | None]:
    due_on, result = said.get("dueOn"), said.get("verifyResult")
    due = None if due_on is None else f"{due_on} 到期"
    return [due, None if result is None else _VERIFY_RESULTS.get(str(result), str(result))]


def _standing(said: Said) -> list[str | None]:
    category = _word("infoCategories", said.get("category"))
    return [
        category and category.removesuffix("信息"),
        _word("standingStatuses", said.get("status")),
        "有异议" if said.get("disputed") else None,
    ]


_VERIFY_RESULTS = {"KEPT": "已兑现", "BROKEN": "未兑现", "FALSE": "失实", "EXTENDED": "已延期"}

_PARTS: Mapping[str, Callable[[Said], list[str | None]]] = {
    "ContractState": _contract,
    "DebtState": _debt,
    "PaymentState": _payment,
    "CommitmentState": _commitment,
    "Standing": _standing,
}


def _money(said: Said, name: str) -> str | None:
    minor, scale = said.get(name), said.get("scale")
    if not isinstance(minor, int) or not isinstance(scale, int):
        return None
    return f"{said.get('currency')} {Decimal(minor).scaleb(-scale):,f}"


def _word(words: str, code: Value) -> str | None:
    """Title of the code; a code of another publisher is shown as it is."""
    return None if code is None else _titles().get(words, {}).get(str(code), str(code))


@cache
def _titles() -> Mapping[str, Mapping[str, str]]:
    path = resource("seeds", "catalogue", "vocabulary.yaml")
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {each["code"]: {word["code"]: word["zh"] for word in each["words"]} for each in lists}
