"""What every statement that reads in answering costs the server, asked about the demo region."""

import re
from collections.abc import Mapping

import pytest

from hub.graph.explore import queries
from hub.wiring import Hub
from tests.graph.budgets import Budgets
from tests.graph.demo_statements import UNIT, Statement, record, statements
from tests.graph.model_walk import CONSTANTS, EXPLORED, HISTORIES
from tests.graph.plans import Planner

_OF_WRITERS = {"clock_repair", "imports", "knowledge_clock", "lease"}
"""Modules whose statements answer nobody."""
_WRITES = re.compile(r"\b(SET|MERGE|CREATE|DELETE)\b")
_NARROWED = "narrowed "
"""A list with conditions, which reads what the plain one reads: see `test_relations`."""
_KIND = re.compile(r"(?<=:)\w+|'[A-Z]\w*'")

SCANS = {"diagnosis._FRESH", "explore source-coverage"}
"""How long each source has been stale is asked of every delivery there ever was."""

GROWS = {
    **dict.fromkeys(SCANS, "with the deliveries of all sources"),
    "check_statement.CHECK": "with them too: `test_check_budget` has what a subject adds",
    "thing Source": "with the deliveries of the source, which other tests add to",
    "list Source.states": "so does the list of them",
    "list SourceGeneration.of": "and the source that a delivery is shown with",
    "list Behaviour.records": "with the records of a behaviour, which other tests add to",
    "retention._OVER": "with the records of the graph, of which it looks for a hundred that ended",
}
"""Statements without a budget: what they cost grows, and with what."""


def _texts_that_answer() -> set[str]:
    plain = (text for name, text in EXPLORED.items() if not name.startswith(_NARROWED))
    told = {*plain, *HISTORIES.values(), *(query.text for query in queries().values())}
    own = {
        text
        for name, text in CONSTANTS.items()
        if name.partition(".")[0] not in _OF_WRITERS and not _WRITES.search(text)
    }
    pieces = {text for text in own for other in told | own if text in other and text != other}
    return told | own - pieces


def _form(text: str) -> str:
    """The statement, whatever kinds it names."""
    return _KIND.sub("Kind", text)


def test_every_statement_that_answers_has_a_question_here() -> None:
    asked = {statement.text for statement in statements().values()}

    assert asked <= _texts_that_answer()
    assert {_form(text) for text in asked} == {_form(text) for text in _texts_that_answer()}


def test_nothing_else_has_a_budget(budgets: Budgets) -> None:
    checks = {name for name in budgets.recorded if name.startswith("check of ")}

    assert set(budgets.recorded) - checks <= set(statements()) - set(GROWS)


@pytest.fixture(scope="module")
async def asked(demo: Hub) -> Mapping[str, Statement]:
    rows = await demo.door.read(
        "MATCH (n:Unit|CreditRecord) WHERE n.id IN $ids RETURN n.id AS id, elementId(n) AS place",
        ids=[UNIT, record().id],
    )
    places = {str(row["id"]): str(row["place"]) for row in rows}
    return statements(places.__getitem__)


@pytest.mark.parametrize("name", statements())
def test_a_statement_scans_nothing_multiplies_nothing_and_costs_what_it_did(
    asked: Mapping[str, Statement], planner: Planner, budgets: Budgets, name: str
) -> None:
    profile = planner.profile(*asked[name])

    assert profile.wasteful == ({"NodeByLabelScan"} if name in SCANS else set())
    assert name in GROWS or budgets.allow(name, profile.db_hits)
