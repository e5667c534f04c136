"""What statements are planned by."""

import re
from collections.abc import AsyncGenerator

import pytest

from hub.graph.door import Door, literal
from hub.graph.relations import thing_statement
from hub.wiring import open_hub
from tests.conftest import OwnNeo4j
from tests.graph.model_walk import COMPOSED, CONSTANTS, EXPLORED, HISTORIES
from tests.worlds import DAY, fresh_name

_BARE_LIST = re.compile(r"(UNWIND |IN |size\()\$(?!lists\.)")
_PLANS = """
CALL db.stats.retrieve('QUERIES') YIELD data WHERE data.query ENDS WITH $mark
RETURN count(*) AS plans
"""


@pytest.fixture(scope="module")
async def quiet(doomed_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Door]:
    """To a server asked nothing else: it describes the plan of every statement it remembers."""
    async with open_hub(doomed_neo4j.settings) as hub:
        yield hub.door


async def test_a_statement_is_planned_once_for_lists_of_any_size(quiet: Door) -> None:
    mark = fresh_name("// PLANNED")
    text = literal(thing_statement("Unit") + mark)
    ask = {"place": 0, "code": "NOBODY", "at": DAY, "known": DAY}

    for size in (1, 7, 70, 700):
        await quiet.read(text, lists={"asks": [ask] * size})

    assert await quiet.read(_PLANS, mark=mark) == [{"plans": 1}]


def test_every_statement_takes_its_lists_in_the_one_map() -> None:
    statements = {**CONSTANTS, **COMPOSED, **EXPLORED, **HISTORIES}

    assert [name for name, text in statements.items() if _BARE_LIST.search(text)] == []
