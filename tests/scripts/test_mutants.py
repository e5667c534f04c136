"""The list of mutants is current; `make mutants` runs it."""

import shlex
from pathlib import Path

import pytest

from scripts.mutants.listed import Group, listed

_ROOT = Path(__file__).resolve().parents[2]
_GROUPS = listed()


def _name(group: Group) -> str:
    return f"{group.file} by {group.check}"


@pytest.mark.parametrize("group", _GROUPS, ids=_name)
def test_every_text_that_is_replaced_stands_once_in_its_file(group: Group) -> None:
    text = (_ROOT / group.file).read_text("utf-8")
    replaced = [(old, new) for mutant in group.mutants for old, new in mutant.change.items()]

    assert [old for old, _ in replaced if text.count(old) != 1] == []
    assert [old for old, new in replaced if old == new] == []


def test_no_two_mutants_are_the_same() -> None:
    changes = [(group.file, str(mutant.change)) for group in _GROUPS for mutant in group.mutants]

    assert len(changes) == len(set(changes)) > 30


def test_every_check_is_a_file_of_tests() -> None:
    named = {word for group in _GROUPS for word in shlex.split(group.check) if "/" in word}

    assert [path for path in named if not (_ROOT / path).is_file()] == []
