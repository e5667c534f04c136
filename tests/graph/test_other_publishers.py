"""A file of a publisher that nobody listed, beside the others in the graph."""

from pathlib import Path
from typing import Any

import pytest

from hub.intake.ocds import read_ocds
from hub.wiring import Hub
from tests.serving import Served

_FILE = Path(__file__).parent.parent / "intake" / "record_publisher.json"
_CONTRACT = """
query($code: String!) { contract(code: $code) { title caption amount { amount currency } awardId
  parties { edges { side node { code caption ... on Unit { jurisdiction }
    ... on Enterprise { identifierScheme } } } }
  changes(orderBy: CHANGED_ON) { edges { node { reason changedOn } } } } }
"""


@pytest.fixture(scope="module")
async def records(demo: Hub, anyio_backend: str) -> None:
    batch = read_ocds(_FILE, jurisdiction="CH").batch
    await demo.keep(batch, lambda _count: None)


def _told(served: Served, code: str) -> dict[str, Any]:
    return served.ask(_CONTRACT, code=code)["data"]["contract"]


@pytest.mark.usefixtures("records")
def test_its_contract_is_walked_to_both_parties(served: Served) -> None:
    told = _told(served, "OCDS-xyz789-A/1/c-1")

    assert told["title"] == "Route"
    assert told["amount"] == {"amount": "1250000.50", "currency": "CHF"}
    assert told["awardId"] == "aw-1"
    assert told["parties"]["edges"] == [
        {
            "side": "SUPPLIER",
            "node": {
                "code": "CH-FDJP:CHE-000.000.001",
                "caption": "Exemple Travaux SA",
                "identifierScheme": "CH-FDJP",
            },
        },
        {
            "side": "BUYER",
            "node": {
                "code": "ocds-xyz789:canton",
                "caption": "Canton d'exemple",
                "jurisdiction": "CH",
            },
        },
    ]


@pytest.mark.usefixtures("records")
def test_its_changes_are_told_in_their_order(served: Served) -> None:
    told = _told(served, "OCDS-xyz789-B/2/c-1")

    assert [edge["node"] for edge in told["changes"]["edges"]] == [
        {"reason": "first", "changedOn": "2025-01-11"},
        {"reason": "second", "changedOn": "2025-02-09"},
    ]


@pytest.mark.usefixtures("records")
def test_a_missing_title_stays_missing_and_the_caption_is_the_number(served: Served) -> None:
    told = _told(served, "OCDS-xyz789-B/2/c-2")

    assert (told["title"], told["caption"]) == (None, "c-2")
    assert told["amount"] == {"amount": "200", "currency": "JPY"}
