"""Real buyers and contracts of another jurisdiction, in the graph and honestly judged."""

from decimal import Decimal
from pathlib import Path

import pytest

from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.domain.vocabulary import Outcome
from hub.graph.imports import UNCHANGED
from hub.intake.ocds import read_ocds
from hub.resources import resource
from hub.wiring import Hub
from tests.serving import Served

_FILE = resource("seeds", "demo", "ocds", "dncp-paraguay.jsonl")
_TOTALS = """
MATCH (c:Contract)-[:HAS_STATE]->(x:ContractState)
WHERE x.ocid IS NOT NULL AND x.recordedTo.year = 9999 AND x.recordedFrom.year < 9999
RETURN x.currency AS currency, sum(x.amountMinor) AS minor, x.scale AS scale,
       count(DISTINCT c) AS contracts
ORDER BY currency
"""
_BUYERS = """
MATCH (u:Unit)-[p:PARTY_TO]->(c:Contract) WHERE p.side = 'BUYER'
RETURN u.id AS code, count(DISTINCT c) AS contracts ORDER BY code
"""


def _nothing(_count: int) -> None:
    """Nobody watches the progress."""


@pytest.fixture(scope="module")
async def paraguay(demo: Hub, anyio_backend: str) -> Hub:
    await demo.keep(read_ocds(Path(_FILE), jurisdiction=None).batch, _nothing)
    return demo


async def test_the_merged_contracts_have_the_publishers_totals(paraguay: Hub) -> None:
    rows = await paraguay.door.read(_TOTALS)
    totals = {
        row["currency"]: Decimal(str(row["minor"])).scaleb(-int(str(row["scale"])))
        for row in rows
        if row["currency"] is not None
    }

    assert totals == {"PYG": Decimal(11307171034), "USD": Decimal("45233756.00")}
    assert sum(int(str(row["contracts"])) for row in rows) == 18


async def test_the_same_file_again_changes_nothing(paraguay: Hub) -> None:
    again = await paraguay.keep(read_ocds(Path(_FILE), jurisdiction=None).batch, _nothing)

    assert again == UNCHANGED


async def test_a_check_on_each_buyer_is_uncovered_with_its_contracts_beside_it(
    paraguay: Hub, served: Served
) -> None:
    buyers = await paraguay.door.read(_BUYERS)

    assert len(buyers) >= 8
    for buyer in buyers:
        code = str(buyer["code"])
        verdict = await paraguay.checks.check(
            Ask(parse_subject_id(code), "GOV_PROCUREMENT", "PURCHASER")
        )
        shown = served.ask(
            "query($code: String!) { unit(code: $code) { jurisdiction contracts { totalCount } } }",
            code=code,
        )["data"]["unit"]

        assert verdict.outcome is Outcome.UNCOVERED
        assert [source.covered for source in verdict.judgement.coverage] == [False] * 8
        assert shown == {"jurisdiction": "PY", "contracts": {"totalCount": buyer["contracts"]}}
