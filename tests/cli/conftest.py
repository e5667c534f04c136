"""Choose `run_neo4j` to have commands find the run's Neo4j, `own_seeds` to spoil the seeds."""

import shutil
from pathlib import Path

import pytest

from hub.settings import Settings
from tests.cli.command import use


@pytest.fixture
def run_neo4j(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    use(settings, monkeypatch)


@pytest.fixture
def own_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `seeds/` that the hub reads instead."""
    root = Path(__file__).parents[2]
    for folder in ("seeds", "graph_schema"):
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setattr("hub.resources._PACKAGE", tmp_path / "hub")
    return tmp_path / "seeds"
