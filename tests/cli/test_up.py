import json

import pytest

from hub.settings import Settings
from hub.wiring import login_of
from tests.cli.command import hub_command

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")


def test_a_hub_that_is_up_is_left_as_it_is(settings: Settings) -> None:
    told = json.loads(hub_command("up", "--json").stdout)

    assert told["migrationsApplied"] == 0
    assert [batch["changed"] for batch in told["batches"]] == [False, False, False]
    if settings.neo4j_uri is None:
        assert told["neo4j"]["boltUri"] == login_of(settings).uri


def test_people_are_told_that_neo4j_goes_on(settings: Settings) -> None:
    lines = hub_command("up").stdout.splitlines()
    goes_on = "Neo4j 会一直运行，直到 hub down  Neo4j keeps running until hub down"

    assert (goes_on in lines) is (settings.neo4j_uri is None)
    assert lines[-1] == "下一步：hub serve  Next: hub serve"


def test_a_server_of_ones_own_is_filled_and_no_local_one_started(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = login_of(settings)
    monkeypatch.setenv("HUB_NEO4J_URI", login.uri)
    monkeypatch.setenv("HUB_NEO4J_PASSWORD", login.password.get_secret_value())

    assert json.loads(hub_command("up", "--json").stdout)["neo4j"] is None
    assert hub_command("up").stdout.splitlines()[:2] == [
        "使用 HUB_NEO4J_URI 所指的 Neo4j  Using the Neo4j of HUB_NEO4J_URI",
        f"  Bolt     {login.uri}",
    ]
