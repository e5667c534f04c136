import pytest

from hub.domain.facts import Fact, Ref, Value
from hub.graph.captions import caption_of
from hub.graph.fact_writer import digest_of
from tests.worlds import EVER

_OWNER = {
    "ContractState": "Contract",
    "DebtState": "Debt",
    "PaymentState": "Payment",
    "CommitmentState": "Commitment",
    "Standing": "CreditRecord",
    "PersonState": "Person",
    "UnitState": "Unit",
}


def _state(kind: str, **said: Value) -> Fact:
    return Fact(kind, Ref(_OWNER[kind], "1"), EVER, properties=said)


@pytest.mark.parametrize(
    ("kind", "said", "caption"),
    [
        ("DebtState", {"amountDueMinor": 4_600_000, "currency": "CNY"}, "CNY 46,000.00"),
        (
            "ContractState",
            {"amountMinor": 5, "currency": "CNY", "status": "BREACHED"},
            "CNY 0.05 · 违约",
        ),
        ("ContractState", {"status": "active"}, "active"),
        (
            "PaymentState",
            {"amountMinor": 100, "currency": "CNY", "paidOn": "2026-01-15"},
            "CNY 1.00 · 2026-01-15",
        ),
        (
            "CommitmentState",
            {"dueOn": "2025-12-31", "verifyResult": "BROKEN"},
            "2025-12-31 到期 · 未兑现",
        ),
        ("CommitmentState", {"dueOn": "2025-12-31"}, "2025-12-31 到期"),
        (
            "Standing",
            {"category": "SERIOUS_DISHONEST", "status": "IN_FORCE", "disputed": True},
            "严重失信 · 生效 · 有异议",
        ),
        ("Standing", {"category": "POSITIVE", "status": "REVOKED"}, "增信 · 已撤销"),
    ],
)
def test_a_state_is_captioned_by_its_amount_or_outcome(
    kind: str, said: dict[str, Value], caption: str
) -> None:
    assert caption_of(_state(kind, **said, scale=2)) == caption


def test_a_currency_without_decimals_has_none() -> None:
    said = {"amountDueMinor": 2_809_999_872, "currency": "PYG", "scale": 0}

    assert caption_of(_state("DebtState", **said)) == "PYG 2,809,999,872"


def test_of_a_person_nothing_is_written_nor_of_what_has_neither_amount_nor_outcome() -> None:
    assert caption_of(_state("PersonState", name="某人", status="IN_POST")) is None
    assert caption_of(_state("UnitState", name="某单位")) is None
    assert caption_of(_state("ContractState", title="某合同")) is None


def test_a_caption_is_no_part_of_what_a_fact_says() -> None:
    told = _state("DebtState", amountDueMinor=1, currency="CNY", scale=2)

    assert caption_of(told) == "CNY 0.01"
    assert digest_of(told) == digest_of(_state("DebtState", **told.properties))
    assert "caption" not in told.properties
