"""A copy of the tree that may be broken, and a graph that every check finds empty."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from neo4j import GraphDatabase

from hub.local_neo4j.address import Address
from hub.local_neo4j.server import LocalNeo4j
from hub.settings import load_settings

_ROOT = Path(__file__).resolve().parents[2]
_COPIED = ("hub", "tests", "graph_schema", "seeds", "pyproject.toml")
_PURE = "tests/checks/"
"""Checks there need no graph."""
_PYTEST = "-x -q -p no:randomly -p no:cacheprovider --hypothesis-seed=0"
_PURELY = "--noconftest -p tests.checks.conftest"
_PASSED, _FAILED = 0, 1


class Workshop:
    """Its Neo4j runs from the first check that needs one."""

    def __init__(self, folder: Path, leaving: ExitStack) -> None:
        self._folder = folder
        self._copy = folder / "copy"
        self._leaving = leaving
        self._graph: Address | None = None
        for name in _COPIED:
            _copied(_ROOT / name, self._copy / name)

    @contextmanager
    def mutated(self, file: str, change: Mapping[str, str]) -> Generator[None]:
        """The file of the copy with its texts replaced, until it is left."""
        path = self._copy / file
        whole = text = path.read_text("utf-8")
        for old, new in change.items():
            if whole.count(old) != 1:
                raise SystemExit(f"{file}: 应恰好出现一次 must stand once: {old!r}")
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        try:
            yield
        finally:
            path.write_text(whole, "utf-8")

    def begin(self, check: str) -> None:
        """In an empty graph; whatever the check puts there, it finds again for every mutant.

        Leaves with what pytest says when the check fails though nothing is broken.
        """
        if not check.startswith(_PURE):
            self._empty_graph()
        ran = self._pytest(check)
        if ran.returncode != _PASSED:
            raise SystemExit(f"没有变异也不通过 fails without a mutant: {check}\n{ran.stdout}")

    def catches(self, check: str) -> bool:
        """Whether the check fails; it must find something to run."""
        ran = self._pytest(check)
        if ran.returncode not in (_PASSED, _FAILED):
            raise SystemExit(f"{check}: pytest {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return ran.returncode == _FAILED

    def _pytest(self, check: str) -> subprocess.CompletedProcess[str]:
        options = f"{_PYTEST} {_PURELY}" if check.startswith(_PURE) else _PYTEST
        return subprocess.run(
            [sys.executable, "-m", "pytest", *shlex.split(f"{options} {check}")],
            cwd=self._copy,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> Mapping[str, str]:
        inherited = dict(os.environ)  # noqa: TID251  # of a child process
        own = {
            "PYTHONPATH": str(self._copy),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HUB_STATEMENT_TIMEOUT_MS": "60000",  # a mutant may be slow, and is not caught by that
        }
        if self._graph is not None:
            own["HUB_NEO4J_URI"] = self._graph.bolt_uri
            own["HUB_NEO4J_USER"] = self._graph.user
            own["HUB_NEO4J_PASSWORD"] = self._graph.password.get_secret_value()
        return inherited | own

    def _empty_graph(self) -> None:
        self._graph = self._graph or self._started()
        uri = self._graph.bolt_uri
        auth = (self._graph.user, self._graph.password.get_secret_value())
        with GraphDatabase.driver(uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
            driver.execute_query("MATCH (n) DETACH DELETE n")

    def _started(self) -> Address:
        own = {"neo4j_uri": None, "instance": "mutants", "state_dir": self._folder / "state"}
        server = LocalNeo4j(load_settings().model_copy(update=own), dies_with_parent=True)
        self._leaving.callback(server.stop)
        return server.start()


@contextmanager
def opened_workshop() -> Generator[Workshop]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as leaving:
        yield Workshop(Path(folder), leaving)


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
