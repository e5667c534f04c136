"""No statement of `hub.graph` reads a two-clock fact without the filter, and none escapes the walk.

`test_model` asks every statement for its filters; here the walk itself is put to the proof: it
knows every place where a statement is made, and each filter taken out is missed.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import hub.graph
from hub.graph.check_statement import CHECK
from tests.graph.model_walk import (
    COMPOSED,
    CONSTANTS,
    EXPLORED,
    HISTORIES,
    MODEL,
    filter_of,
    patterns_of,
    unfiltered,
)
from tests.graph.test_model import ASKED_OF_KNOWLEDGE_ALONE, SHOWN_IF_EVER_KNOWN

_FOLDER = Path(hub.graph.__path__[0])
_PIECE = "a piece of the module's constants"
_MADE_BY: Mapping[str, str] = {
    "candidates": _PIECE,
    "check_statement": _PIECE,
    "clock_repair": "mends every fact there is, whatever its clocks: asked for by an operator",
    "door": "only marks text as put together from the model's words",
    "explore": "the saved queries of the Browser kit, walked by tests/graph/test_explore.py",
    "fact_statements": "COMPOSED: a writer must see closed and staged facts too",
    "history": "HISTORIES",
    "path_statements": "EXPLORED, and pieces of constants",
    "reaches": _PIECE,
    "relations": "EXPLORED",
    "time_filter": "the filter itself",
}
"""Modules with functions that give Cypher, and where their statements are walked."""

_ASKED_ELSEWHERE: Mapping[str, str] = {
    "candidates": "reads on at clocks that `CheckReader.known_up_to` gave",
    "check_statement": "`check_reader` asks",
    "diagnosis": "tells an operator how the clock stands",
    "explore": "`Hub.require_ready` asks first",
    "path_statements": "`paths` asks of the ends, and reads on at their clocks",
    "relations": "`navigation` asks",
    "retention": "`Hub.require_ready` asks first, and whoever writes asks again",
    "supposed_debts": "reads on at the clocks of a check",
}
"""Modules that read as of the clocks and leave it to others to ask whether theirs is ahead."""

_READS = {**CONSTANTS, **EXPLORED, **HISTORIES}


def _makers() -> Iterator[str]:
    """Modules in which a function gives Cypher."""
    for file in sorted(_FOLDER.glob("*.py")):
        tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        functions = (node for node in tree if isinstance(node, ast.FunctionDef))
        if any("LiteralString" in ast.unparse(f.returns) for f in functions if f.returns):
            yield file.stem


def test_every_module_that_makes_statements_is_walked() -> None:
    assert sorted(set(_makers())) == sorted(_MADE_BY)


def _importing(*names: str) -> set[str]:
    """Modules that import any of the names."""
    return {
        file.stem
        for file in _FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and {one.name for one in node.names} & set(names)
    }


def test_only_a_history_asks_what_was_ever_held() -> None:
    assert _importing("recorded") == {"history"}


def test_whoever_reads_as_of_the_clocks_asks_whether_the_clock_is_ahead() -> None:
    reading = _importing("clocks", "at_the_clocks", "each_at_its_clocks")

    assert reading - _importing("read_known", "known_by") == set(_ASKED_ELSEWHERE)


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_sees_a_version_from_the_instant_it_became_known(name: str) -> None:
    assert unfiltered(HISTORIES[name], {"f", "w"}) == []


def _filters(text: str) -> Iterator[re.Match[str]]:
    """Every place where a two-clock fact of the statement is asked whether it is known."""
    two_clock = set(MODEL.two_clock())
    variables = {p.variable for p in patterns_of(text) if two_clock & set(p.kinds)}
    for variable in sorted(filter(None, variables)):
        yield from re.finditer(filter_of(variable), text)


def _alone(name: str) -> set[str]:
    """As loosely as any statement is asked: it must be missed even so."""
    told = {variable for constant, variable in ASKED_OF_KNOWLEDGE_ALONE if name.endswith(constant)}
    return told | SHOWN_IF_EVER_KNOWN | {"a", "b", "f", "n"}


def test_a_filter_taken_out_of_any_statement_is_missed() -> None:
    taken_out = 0
    for name, text in _READS.items():
        for found in _filters(text):
            without = f"{text[: found.start()]}true{text[found.end() :]}"
            assert unfiltered(without, _alone(name)) != [], (name, found.group())
            taken_out += 1

    assert taken_out > 500


def test_a_fact_that_is_known_and_need_not_hold_is_missed_too() -> None:
    held = re.search(r"\(st\.validTo > at AND (\(st\.recordedFrom [^)]*\))\)", CHECK)
    assert held is not None
    without = CHECK.replace(held.group(), held.group(1), 1)

    alone = {variable for constant, variable in ASKED_OF_KNOWLEDGE_ALONE if constant == "CHECK"}

    assert unfiltered(CHECK, alone) == []
    assert unfiltered(without, alone) == ["st"]


def test_a_statement_that_writes_reads_for_no_verdict() -> None:
    assert not set(COMPOSED) & set(_READS)
