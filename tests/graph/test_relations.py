"""List statements begin at a key, and one text serves all values."""

from typing import Any

import pytest

from hub.domain.things import Clocks, PageAsk, Shape
from hub.graph.kinds import identity, shown_kinds
from hub.graph.model import graph_model
from hub.graph.relations import (
    EDGES_OF_A_LEVEL,
    EDGES_OF_A_THING,
    Relation,
    list_statement,
    relations,
)
from hub.wiring import Hub
from tests.graph.plans import Planner
from tests.worlds import DAY

_ASK = {"place": 0, "code": "x", "at": DAY, "known": DAY, "skip": 0, "first": 20}
_NOW = Clocks(DAY, None)


def _widest(relation: Relation) -> Shape:
    """Narrowed by all there is, and sorted by the first word."""
    return Shape(tuple(relation.narrowings), next(iter(relation.orders), None))


def _value(operator: str, kind: str) -> Any:
    if operator == "IN":
        return ["none"]
    return {"boolean": True, "date": "2024-01-01", "strings": ["none"]}.get(kind, 1)


_SORTED_BY_STATES = [
    key
    for key, relation in relations().items()
    if any(narrowing.bearer == "x" for narrowing in relation.narrowings.values())
]
"""Lists that look at more than the plain ones, whose costs `test_budgets` holds."""


@pytest.mark.parametrize("key", _SORTED_BY_STATES)
def test_a_list_narrowed_by_states_begins_at_its_thing_and_scans_nothing(
    hub: Hub, planner: Planner, key: str
) -> None:
    relation = relations()[key]
    statement = list_statement(relation, _widest(relation))

    plan = planner.plan(statement, {"lists": {"asks": [_ASK]}, "most": 5_000})

    assert plan.wasteful == set()
    assert any("IndexSeek" in operator for operator in plan.operators)


def test_a_thing_is_found_by_its_key() -> None:
    keys = {(label, graph_model().nodes[label].key or "factId") for label in shown_kinds()}

    assert {(label, identity(label)) for label in shown_kinds()} == keys


def _each_filter_of_each_end() -> list[Relation]:
    """As few lists as have them all: what a condition reads hangs on the end, not on the way."""
    chosen, told = list[Relation](), set[tuple[str, Any]]()
    for relation in sorted(relations().values(), key=lambda one: -len(one.narrowings)):
        filters = {(end, name) for end in relation.ends for name in relation.narrowings.items()}
        if filters - told:
            chosen.append(relation)
            told |= filters
    return chosen


async def test_every_filter_is_understood_by_the_server(hub: Hub) -> None:
    for relation in _each_filter_of_each_end():
        narrowings = relation.narrowings.values()
        where = tuple(_value(n.operator, n.prop.type) for n in narrowings)
        ask = PageAsk("XX-NONE:1", _NOW, 20, 0, where)

        assert await hub.navigator.pages(relation, _widest(relation), [ask]) == [None]


def test_all_that_a_level_reads_is_bounded() -> None:
    assert (EDGES_OF_A_THING, EDGES_OF_A_LEVEL) == (5_000, 50_000)


async def test_asks_are_answered_in_their_order_each_at_its_own_clocks(demo: Hub) -> None:
    relation = relations()["Region.children"]
    asks = [
        PageAsk("150000", _NOW, 100),
        PageAsk("999999", _NOW, 100),
        PageAsk("150100", _NOW, 5),
        PageAsk("150100", _NOW, 5, 5),
    ]

    whole, missing, first, second = await demo.navigator.pages(relation, Shape(), asks)

    assert missing is None
    assert whole is not None
    assert first is not None
    assert second is not None
    assert (whole.total, len(whole.rows)) == (12, 12)
    assert (first.total, len(first.rows), len(second.rows)) == (9, 5, 4)
    codes = [row["node"]["code"] for row in (*first.rows, *second.rows)]
    assert codes == sorted(set(codes))
