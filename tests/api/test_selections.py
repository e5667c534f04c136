"""Only what a query asks of things is read of them, and it is the same as when all is read."""

from typing import Any

from hub.api.context import Context
from hub.api.loaders import Loaders
from hub.api.schema import schema
from hub.domain.things import Shape
from hub.graph.relations import list_statement, relations, thing_statement
from hub.wiring import Hub, now


async def _execute(hub: Hub, query: str) -> Any:
    context = Context(hub=hub, now=now(), loaders=Loaders(hub.navigator, hub.catalogues))
    answer = await schema.execute(query, context_value=context)
    assert answer.errors is None
    return answer.data


def _statement(key: str, things: set[str], edges: set[str]) -> str:
    return list_statement(relations()[key], Shape(things=frozenset(things), edges=frozenset(edges)))


def test_what_is_not_asked_for_is_not_read() -> None:
    codes = _statement("Unit.contracts", {"code"}, {"node"})
    amounts = _statement("Unit.contracts", {"amount"}, {"node", "validFrom", "side"})

    assert "HAS_STATE" not in codes
    assert "e.side" not in codes
    assert "bs.amountMinor" in amounts
    assert "bs.currency" in amounts
    assert "bs.scale" in amounts
    assert "bs.signedOn" not in amounts
    assert "e.side" in amounts
    assert "e.factId" in amounts
    assert "bs.factId" not in amounts


def test_a_standing_is_read_whole_or_not_at_all() -> None:
    without = _statement("Unit.records", {"code", "kind"}, set())
    whole = _statement("Unit.records", {"standing"}, set())

    assert "bs.countsUntil" not in without
    assert "labels(b)" in without
    assert "bs.countsUntil" in whole
    assert "labels(b)" not in whole


def test_a_caption_is_the_name_or_the_title() -> None:
    assert "ns.name" in thing_statement("Unit", frozenset({"caption"}))
    assert "ns.title" in thing_statement("Contract", frozenset({"caption"}))


_FIELDS = "code caption contractNo title status signedOn factId amount { amount currency }"


async def test_fragments_aliases_and_a_second_selection_of_a_list_are_all_read(demo: Hub) -> None:
    unit = 'unit(code: "11159900990000236Y")'
    plain = await _execute(
        demo, f"{{ {unit} {{ contracts {{ edges {{ node {{ {_FIELDS} }} }} }} }} }}"
    )
    spread = await _execute(
        demo,
        f"""{{ {unit} {{ ...A contracts {{ edges {{ ... on PartyToContractEdge {{ node {{
          code caption contractNo }} }} }} }} }} }}
        fragment A on Unit {{ contracts {{ edges {{ node {{ ...B }} }} }} }}
        fragment B on Contract {{ title status signedOn factId amount {{ amount currency }} }}""",
    )

    def nodes(data: Any) -> list[dict[str, Any]]:
        return [edge["node"] for edge in data["unit"]["contracts"]["edges"]]

    assert nodes(plain) == nodes(spread)
    assert nodes(plain)[0]["contractNo"] is not None
    assert nodes(plain)[0]["amount"]["amount"] == "12000000.00"


async def test_one_fragment_in_two_places_reads_what_each_place_asks(demo: Hub) -> None:
    data = await _execute(
        demo,
        """{ one: unit(code: "11159900990000236Y") { ...A }
             other: unit(code: "11159900990000236Y") {
               ...A contracts { edges { node { title } } } } }
        fragment A on Unit { contracts { edges { node { code } } } }""",
    )

    assert data["one"]["contracts"]["edges"][0]["node"].keys() == {"code"}
    assert data["other"]["contracts"]["edges"][0]["node"]["title"] is not None
