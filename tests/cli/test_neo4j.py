"""The command as people start it: a program of its own, without Java on its path."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner

from hub.cli import main
from tests.conftest import own_ports


def _run(*words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "hub", "neo4j", *words, "--json"], capture_output=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(autouse=True)
def state_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HUB_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("HUB_INSTANCE", "one")
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


@pytest.fixture
def stopped_in_the_end() -> Generator[None]:
    yield
    _run("stop")


@pytest.fixture
def of_its_own_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next free ones may be those of another worker's server that is just starting again."""
    for name, port in own_ports(3).items():
        monkeypatch.setenv(f"HUB_{name.upper()}", str(port))


@pytest.mark.usefixtures("of_its_own_ports", "stopped_in_the_end")
def test_a_started_server_outlives_the_command_until_it_is_stopped(state_dir: Path) -> None:
    started = _run("start")

    assert psutil.Process(started["pid"]).is_running()
    assert _run("start") == _run("status") == started
    assert {name: started[name] for name in ("running", "instance", "user", "passwordFile")} == {
        "running": True,
        "instance": "one",
        "user": "neo4j",
        "passwordFile": f"{state_dir}/one/password",
    }
    assert _run("log", "-n", "1")["lines"][0].endswith("Started.")
    assert _run("stop") == {"stopped": True}
    assert _run("status")["pid"] is None
    assert _run("stop") == {"stopped": False}


def test_the_status_of_a_stopped_server_has_no_address(state_dir: Path) -> None:
    assert _run("status") == {
        "running": False,
        "instance": "one",
        "version": "2026.09.0",
        "pid": None,
        "boltUri": None,
        "browserUrl": None,
        "user": None,
        "passwordFile": f"{state_dir}/one/password",
        "home": f"{state_dir}/one",
    }


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("status",), "本地 Neo4j 没有在运行  The local Neo4j is not running\n"),
        (("stop",), "本地 Neo4j 没有在运行  The local Neo4j was not running\n"),
        (("log",), ""),
        (("reset", "--yes"), "本地 Neo4j 已清空  The local Neo4j is empty again\n"),
    ],
)
def test_people_are_told_in_two_languages(words: tuple[str, ...], answer: str) -> None:
    result = CliRunner().invoke(main, ["neo4j", *words])

    assert result.exit_code == 0
    assert result.stdout == answer


def test_a_reset_without_consent_deletes_nothing(state_dir: Path) -> None:
    kept = state_dir / "one" / "password"
    kept.parent.mkdir()
    kept.write_text("secret")

    result = CliRunner().invoke(main, ["neo4j", "reset"], input="n\n")

    assert result.exit_code == 1
    assert kept.read_text() == "secret"


def test_a_wrong_setting_is_reported_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_NEO4J_BOLT_PORT", "0")

    result = CliRunner().invoke(main, ["neo4j", "start", "--json"])

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "INVALID_SETTINGS"
    assert json.loads(result.stdout)["error"]["where"] == "HUB_NEO4J_BOLT_PORT"
