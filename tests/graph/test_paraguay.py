"""Real contracts of another jurisdiction: in the graph, walked over GraphQL, honestly judged."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

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
WHERE x.ocid STARTS WITH 'ocds-03ad3f-' AND x.recordedTo.year = 9999 AND x.recordedFrom.year < 9999
RETURN x.currency AS currency, sum(x.amountMinor) AS minor, x.scale AS scale,
       count(DISTINCT c) AS contracts
ORDER BY currency
"""
_BUYERS = """
MATCH (u:Unit)-[p:PARTY_TO]->(c:Contract)
WHERE p.side = 'BUYER' AND c.id STARTS WITH 'ocds-03ad3f-'
RETURN u.id AS code, count(DISTINCT c) AS contracts ORDER BY code
"""
_CONTRACTS_OF_A_BUYER = """
query($code: String!, $after: String) { unit(code: $code) {
  contracts(first: 2, after: $after, side: ["BUYER"]) {
    totalCount complete pageInfo { hasNextPage endCursor }
    edges { side node { code contractNo awardId amount { amount currency }
      suppliers: parties(side: ["SUPPLIER"]) { edges { node { code } } }
      changes { edges { node { code reason changedOn contracts { edges { node { code } } } } } } } }
  } } }
"""
_CONTRACTS_OF_A_SUPPLIER = """
query($code: String!, $after: String) { enterprise(code: $code) {
  contracts(first: 2, after: $after, side: ["SUPPLIER"]) {
    totalCount complete pageInfo { hasNextPage endCursor }
    edges { node { code buyers: parties(side: ["BUYER"]) { edges { node { code } } } } }
  } } }
"""
_OF_AN_AWARD = """
query($code: String!, $award: [String!]) { unit(code: $code) {
  contracts(awardId: $award, ocid: ["ocds-03ad3f-280555"]) {
    edges { node { contractNo amount { amount currency } } }
  } } }
"""
_ANDE = "ocds-03ad3f:785d97d8ca6596fc119d77f87f5b7529"


class Dealing(NamedTuple):
    buyer: str
    contract: str
    supplier: str


def _nothing(_count: int) -> None:
    """Nobody watches the progress."""


def _nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


def _walk(served: Served, query: str, kind: str, code: str) -> Iterator[dict[str, Any]]:
    """All contracts of the body, page by page."""
    after, seen = None, 0
    while True:
        page = served.ask(query, code=code, after=after)["data"][kind]["contracts"]
        assert page["complete"]
        yield from _nodes(page)
        seen += len(page["edges"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert seen == page["totalCount"]
            return


def _codes(label: str) -> list[str]:
    batch = read_ocds(Path(_FILE), jurisdiction=None).batch
    return [one.ref.id for one in batch.entities if one.ref.label == label]


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


@pytest.fixture(scope="module")
def bought(paraguay: Hub, served: Served) -> list[tuple[str, dict[str, Any]]]:
    """Every contract with its buyer, as GraphQL tells it."""
    return [
        (code, contract)
        for code in _codes("Unit")
        for contract in _walk(served, _CONTRACTS_OF_A_BUYER, "unit", code)
    ]


def test_all_pages_of_all_buyers_together_reach_the_publishers_totals(
    bought: list[tuple[str, dict[str, Any]]],
) -> None:
    totals: dict[str, Decimal] = {}
    for _, contract in bought:
        if money := contract["amount"]:
            before = totals.get(money["currency"], Decimal(0))
            totals[money["currency"]] = before + Decimal(money["amount"])

    assert len({contract["code"] for _, contract in bought}) == len(bought) == 18
    assert totals == {"PYG": Decimal(11_307_171_034), "USD": Decimal(45_233_756)}


def test_every_dealing_is_walked_from_the_buyer_and_back_from_the_supplier(
    bought: list[tuple[str, dict[str, Any]]], served: Served
) -> None:
    there = {
        Dealing(buyer, contract["code"], supplier["code"])
        for buyer, contract in bought
        for supplier in _nodes(contract["suppliers"])
    }
    back = {
        Dealing(buyer["code"], contract["code"], supplier)
        for supplier in _codes("Enterprise")
        for contract in _walk(served, _CONTRACTS_OF_A_SUPPLIER, "enterprise", supplier)
        for buyer in _nodes(contract["buyers"])
    }

    assert there == back
    assert len(there) == 15


def test_changes_and_awards_stand_beside_the_contract(
    bought: list[tuple[str, dict[str, Any]]],
) -> None:
    changed = {
        contract["code"]: change for _, contract in bought for change in _nodes(contract["changes"])
    }

    assert {contract: change["reason"] for contract, change in changed.items()} == {
        "ocds-03ad3f-273637/273637-infocenter-s-a-1": "Ampliación de Plazo",
        "ocds-03ad3f-274744/274744-P-b7eb2788f0c3-2": "Ampliación de Plazo",
        "ocds-03ad3f-275348/275348-eduardo-elizeche-benitez-sac-1": "Otras Modificaciones",
    }
    for contract, change in changed.items():
        assert [one["code"] for one in _nodes(change["contracts"])] == [contract]
    assert len({contract["awardId"] for _, contract in bought} - {None}) == 10


def test_the_contracts_of_one_award_are_had_by_its_id(paraguay: Hub, served: Served) -> None:
    award = "280555-lp1045-2014-ampliacion-subestaciones-ayolas-villa-hayes-1"

    told = served.ask(_OF_AN_AWARD, code=_ANDE, award=[award])["data"]["unit"]["contracts"]

    assert _nodes(told) == [
        {
            "contractNo": "LI-25002-16-118478",
            "amount": {"amount": "45233756.00", "currency": "USD"},
        }
    ]
