from pathlib import Path

import pytest

from tests.cli.command import answer_of, error_of, hub_command

HOSPITAL = "12159900990000260C"
BUYS = ("check", HOSPITAL, "--scenario", "GOV_PROCUREMENT", "--capacity", "SUPPLIER", "--json")

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j", "own_store")


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_VERDICT_DIR", str(tmp_path))


def test_what_commands_answered_is_replayed_one_by_one_and_all_together() -> None:
    given = [answer_of(hub_command(*BUYS)) for _ in range(2)]
    one = answer_of(hub_command("replay", given[0]["id"], "--json"))
    every = answer_of(hub_command("replay", "--all", "--json"))
    said = hub_command("replay", "--all")

    assert one == {"equal": 1, "different": 0, "withheld": 0, "epoch": 0, "differing": []}
    assert every == {**one, "equal": 2}
    assert "equal 2, different 0, withheld 0, epoch 0" in said.stdout


def test_a_verdict_nobody_was_given_is_an_error() -> None:
    told = hub_command("replay", "00" * 32, "--json")

    assert told.exit_code == 3
    assert error_of(told)["code"] == "UNKNOWN_VERDICT"


@pytest.mark.parametrize("words", [(), ("00", "--all")], ids=["neither", "both"])
def test_one_verdict_or_all_are_asked_for(words: tuple[str, ...]) -> None:
    assert hub_command("replay", *words).exit_code == 2
