import shutil
from pathlib import Path

import pytest

from scripts import fetch_graphiql
from scripts.fetch_graphiql import FILES, FetchFailed, fetch

ASSETS = Path(fetch_graphiql.__file__).parent.parent / "hub" / "api" / "assets"


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    target = tmp_path / "graphiql"
    shutil.copytree(ASSETS / "graphiql", target)
    return target


def npm(folder: Path, script: str) -> str:
    """A stand-in for npm as the shell would find it: a program that runs in the lock's folder."""
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_whole_files_need_no_npm(complete: Path) -> None:
    assert fetch(complete, npms=[]) is False


def test_a_truncated_file_is_fetched_again(complete: Path) -> None:
    damaged = complete / "js.cookie.min.js"
    damaged.write_bytes(damaged.read_bytes()[:100])

    assert fetch(complete, fetch_graphiql.npms_here()) is True

    assert damaged.read_bytes() == (ASSETS / "graphiql" / "js.cookie.min.js").read_bytes()
    assert {file.name for file in complete.iterdir()} == set(FILES)


def test_a_file_that_is_not_the_pinned_one_is_refused_and_not_kept(tmp_path: Path) -> None:
    source = FILES["graphiql.min.js"].path
    forged = npm(tmp_path, f"mkdir -p node_modules/graphiql; echo forged > node_modules/{source}")

    with pytest.raises(FetchFailed, match=r"^graphiql/graphiql\.min\.js is not the pinned file$"):
        fetch(tmp_path / "graphiql", [forged])

    assert list((tmp_path / "graphiql").iterdir()) == []


def test_the_last_npm_says_why_it_failed(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"^no way out$"):
        fetch(tmp_path / "graphiql", ["/bin/false", npm(tmp_path, "echo no way out >&2; exit 1")])


def test_without_any_npm_the_fetch_fails(tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match=r"^no npm was found$"):
        fetch(tmp_path / "graphiql", [])
