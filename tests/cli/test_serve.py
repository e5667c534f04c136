import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from hub.settings import Settings
from tests.cli.command import hub_command, use

ENDED = "服务已结束；Neo4j 继续运行  Serving has ended; Neo4j keeps running\n"


@pytest.fixture
def serving(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Generator[subprocess.Popen[str]]:
    """A real process; it inherits the environment."""
    use(settings, monkeypatch)
    words = [sys.executable, "-m", "hub", "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as hub:
        yield hub
        hub.kill()


@pytest.mark.usefixtures("anyio_backend", "demo")
def test_ctrl_c_ends_the_serving_in_good_order(serving: subprocess.Popen[str]) -> None:
    assert serving.stdout
    told = [serving.stdout.readline() for _ in range(4)]
    answer = _once_ready(told[3].split()[-1])
    serving.send_signal(signal.SIGINT)
    rest, errors = serving.communicate(timeout=20)

    assert told[0] == "诚信枢纽正在服务  The hub is serving\n"
    assert told[1].startswith("  GraphQL, GraphiQL  http://127.0.0.1:")
    assert answer == {"status": "ready"}
    assert rest.endswith(ENDED)
    assert (serving.returncode, errors) == (0, "")


def _once_ready(address: str) -> object:
    """What `/ready` says when it no longer says 503."""
    while True:
        try:
            with urlopen(address, timeout=10) as ready:  # noqa: S310  # http, as the hub said
                return json.load(ready)
        except HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            time.sleep(0.1)


@pytest.mark.usefixtures("run_neo4j")
def test_a_taken_port_is_refused_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = hub_command("serve", "--port", str(port), "--json")

    assert result.exit_code == 6
    assert json.loads(result.stdout)["error"]["code"] == "PORT_TAKEN"
    assert json.loads(result.stdout)["error"]["where"] == "HUB_PORT"


def test_production_is_refused_until_callers_are_authenticated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUB_PROFILE", "production")

    result = hub_command("serve", "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "NOT_SERVED_YET"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example"])  # noqa: S104
def test_development_serves_this_machine_only(host: str) -> None:
    result = hub_command("serve", "--host", host, "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["where"] == "HUB_HOST"


def test_without_a_local_neo4j_people_are_sent_to_hub_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HUB_NEO4J_URI", raising=False)
    monkeypatch.setenv("HUB_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("HUB_INSTANCE", "none")

    result = hub_command("serve", "--port", "0")

    assert result.exit_code == 4
    assert "请运行 hub up 启动本地服务" in result.stderr
