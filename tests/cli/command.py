"""The command `hub` in this process, and its answers."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hub.cli import main
from hub.settings import Settings


def hub_command(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def answer_of(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def error_of(result: Result) -> dict[str, Any]:
    return json.loads(result.stdout)["error"]


def use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find the Neo4j of these settings, and record beside it."""
    monkeypatch.setenv("HUB_STATE_DIR", str(settings.state_dir))
    monkeypatch.setenv("HUB_INSTANCE", settings.instance)
