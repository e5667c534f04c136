"""What statements are planned by."""

import re

from hub.graph.door import literal
from hub.graph.relations import thing_statement
from hub.wiring import Hub
from tests.graph.model_walk import COMPOSED, CONSTANTS, EXPLORED, HISTORIES
from tests.worlds import DAY, fresh_name

_BARE_LIST = re.compile(r"(UNWIND |IN |size\()\$(?!lists\.)")
_PLANS = """
CALL db.stats.retrieve('QUERIES') YIELD data WHERE data.query ENDS WITH $mark
RETURN count(*) AS plans
"""


async def test_a_statement_is_planned_once_for_lists_of_any_size(own_hub: Hub) -> None:
    """On a server of few statements: the answer describes the plan of every one it keeps."""
    mark = fresh_name("// PLANNED")
    text = literal(thing_statement("Unit") + mark)
    ask = {"place": 0, "code": "NOBODY", "at": DAY, "known": DAY}

    for size in (1, 7, 70, 700):
        await own_hub.door.read(text, lists={"asks": [ask] * size})

    assert await own_hub.door.read(_PLANS, mark=mark) == [{"plans": 1}]


def test_every_statement_takes_its_lists_in_the_one_map() -> None:
    statements = {**CONSTANTS, **COMPOSED, **EXPLORED, **HISTORIES}

    assert [name for name, text in statements.items() if _BARE_LIST.search(text)] == []
