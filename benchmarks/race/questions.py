"""What both sides are asked, in the words of each, and how their answers are told as one.

A unit with up to 9 of its contracts and up to 10 debts under each, as of both clocks: 3 levels and
about 100 things.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

Answer = Mapping[str, Any]
Thing = tuple[object, ...]
"""Its code, then what was asked of it; instants are not asked, money is told in yuan."""

HUB = """
query Busy($unit: String!, $at: Instant!, $known: Instant!) {
  unit(code: $unit, effectiveAt: $at, knownAt: $known) {
    code name
    contracts(first: 9) { edges { node {
      code contractNo title status amount { amount currency } signedOn
      debts(first: 10) { edges { node {
        code payableKind amountDue { amount currency } dueOn disputeStatus
      } } }
    } } }
  }
}
"""

_HELD = (
    "{validFrom: {lte: $at}, validTo: {gt: $at},"
    " recordedFrom: {lte: $known}, recordedTo: {gt: $known}}"
)
PEER = """
query Busy($unit: String!, $at: DateTime!, $known: DateTime!) {
  units(where: {id: {eq: $unit}}) {
    id
    states(where: HELD) { name }
    contractsConnection(first: 9, sort: [{node: {id: ASC}}], where: {edge: HELD}) { edges { node {
      id
      states(where: HELD) { contractNo title status amountMinor currency signedOn }
      debtsConnection(first: 10, sort: [{node: {id: ASC}}], where: {edge: HELD}) { edges { node {
        id
        states(where: HELD) { payableKind amountDueMinor currency dueOn disputeStatus }
      } } }
    } } }
  }
}
""".replace("HELD", _HELD)

CLOCK = "query Clock($unit: String!) { unit(code: $unit) { knownAt } }"

_OF_A_UNIT = "query ($unit: String!) { unit(code: $unit) { code %s } }"
_OF_AN_ENTERPRISE = "query ($enterprise: String!) { enterprise(code: $enterprise) { code %s } }"
_PAGE = "%s(first: 100) { totalCount complete edges { node { %s } } }"
_PARTIES = "parties(first: 100) { edges { node { code } } }"


def _nested(*fields: str, leaf: str = "code") -> str:
    """A hundred of each field inside each item of the one before."""
    inner = leaf
    for field in reversed(fields):
        inner = _PAGE % (field, f"code {inner}")
    return inner


WORST: Mapping[str, str] = {
    "contracts of an enterprise with thousands": _OF_AN_ENTERPRISE % _nested("contracts"),
    "their debts, and the payments of those": (
        _OF_AN_ENTERPRISE % _nested("contracts", "debts", "payments")
    ),
    "their parties": _OF_AN_ENTERPRISE % _nested("contracts", leaf=f"code {_PARTIES}"),
    "a busy unit, four levels down": (
        _OF_A_UNIT % _nested("contracts", "debts", "payments", "debts")
    ),
    "its debts, to their creditors, to all that is owed to those": (
        _OF_A_UNIT % _nested("debts", "creditors", "debts")
    ),
    "in a circle between unit and debts": (
        _OF_A_UNIT % _nested("contracts", "debts", "contracts", "debts")
    ),
    "thirty lists at once": _OF_A_UNIT
    % " ".join(
        f"c{n}: contracts(first: 100) {{ totalCount edges {{ node {{ code title }} }} }}"
        for n in range(30)
    ),
}
"""The most that one question may ask, of the things that have the most."""


def things_of_hub(answer: Answer) -> list[Thing]:
    return list(_of_hub(answer["data"]["unit"]))


def things_of_peer(answer: Answer) -> list[Thing]:
    [unit] = answer["data"]["units"]
    return list(_of_peer(unit))


def _of_hub(unit: Answer) -> Iterator[Thing]:
    yield unit["code"], unit["name"]
    for contract in _nodes(unit["contracts"]):
        yield (
            *_told(contract, "code", "contractNo", "title", "status", "signedOn"),
            *_money(contract["amount"]),
        )
        for debt in _nodes(contract["debts"]):
            yield (
                *_told(debt, "code", "payableKind", "dueOn", "disputeStatus"),
                *_money(debt["amountDue"]),
            )


def _of_peer(unit: Answer) -> Iterator[Thing]:
    yield unit["id"], unit["states"][0]["name"]
    for contract in _nodes(unit["contractsConnection"]):
        [state] = contract["states"]
        yield (
            contract["id"],
            *_told(state, "contractNo", "title", "status", "signedOn"),
            *_minor(state, "amountMinor"),
        )
        for debt in _nodes(contract["debtsConnection"]):
            [state] = debt["states"]
            yield (
                debt["id"],
                *_told(state, "payableKind", "dueOn", "disputeStatus"),
                *_minor(state, "amountDueMinor"),
            )


def _nodes(connection: Answer) -> Sequence[Answer]:
    return [edge["node"] for edge in connection["edges"]]


def _told(of: Answer, *names: str) -> Iterator[object]:
    return (of[name] for name in names)


def _money(money: Answer) -> Thing:
    return Decimal(money["amount"]), money["currency"]


def _minor(state: Answer, name: str) -> Thing:
    return Decimal(state[name]) / 100, state["currency"]
