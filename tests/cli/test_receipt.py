"""A receipt goes into a file with the check, and verifies where there is no hub."""

import json
from pathlib import Path

import pytest

from tests.cli.command import answer_of, error_of, hub_command

HOSPITAL = "12159900990000260C"
BUYS = ("check", HOSPITAL, "--scenario", "GOV_PROCUREMENT", "--capacity", "SUPPLIER", "--json")

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j", "own_store")


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_VERDICT_DIR", str(tmp_path / "verdicts"))
    monkeypatch.setenv("HUB_RECEIPT_KEYS", str(tmp_path / "keys.json"))
    hub_command("keys", "rotate")


def test_a_check_writes_its_receipt_and_it_verifies_without_a_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "receipt.json"
    given = answer_of(hub_command(*BUYS, "--matter", "M-1", "--receipt", str(file)))
    monkeypatch.setenv("HUB_NEO4J_URI", "bolt://127.0.0.1:1")
    told = answer_of(hub_command("verify", str(file), "--json"))
    said = hub_command("verify", str(file))

    assert (told["genuine"], told["differing"], told["verdictId"]) == (True, [], given["id"])
    assert (told["subject"], told["outcome"], told["matter"]) == (HOSPITAL, "BLOCK", "M-1")
    assert said.exit_code == 0
    assert "回执真实" in said.stdout


def test_a_recorded_verdict_is_receipted_again_as_file_or_page(tmp_path: Path) -> None:
    given, page = answer_of(hub_command(*BUYS)), tmp_path / "receipt.html"
    signed = answer_of(hub_command("receipt", given["id"]))
    written = answer_of(hub_command("receipt", given["id"], "--html", "--out", str(page), "--json"))
    absent = hub_command("receipt", "00" * 32, "--json")

    assert signed.keys() == {"payload", "protected", "signature"}
    assert written["verdictId"] == given["id"]
    assert "信用核查回执" in page.read_text(encoding="utf-8")
    assert (absent.exit_code, error_of(absent)["code"]) == (3, "UNKNOWN_VERDICT")


def test_what_was_altered_is_named_and_an_unknown_key_or_file_is_an_error(tmp_path: Path) -> None:
    file, keys = tmp_path / "receipt.json", tmp_path / "keys.json"
    answer_of(hub_command(*BUYS, "--receipt", str(file)))
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "signature": kept["signature"][::-1]}))
    altered = hub_command("verify", str(file), "--json")
    said = hub_command("verify", str(file))
    keys.unlink()
    hub_command("keys", "rotate")
    unknown = hub_command("verify", str(file), "--json")
    file.write_text("{}")
    nothing = hub_command("verify", str(file), "--keys", str(keys), "--json")
    no_keys = hub_command("verify", str(file), "--keys", str(tmp_path / "absent"), "--json")

    assert altered.exit_code == said.exit_code == 1
    assert json.loads(altered.stdout)["differing"] == ["signature"]
    assert "subject" not in json.loads(altered.stdout)
    assert "✗ signature" in said.stdout
    assert (unknown.exit_code, error_of(unknown)["code"]) == (3, "UNKNOWN_KEY")
    assert (nothing.exit_code, error_of(nothing)["code"]) == (2, "INVALID_RECEIPT")
    assert (no_keys.exit_code, error_of(no_keys)["code"]) == (2, "INVALID_KEYS")


def test_keys_are_listed_and_a_rotation_leaves_old_receipts_genuine(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    answer_of(hub_command(*BUYS, "--receipt", str(file)))
    before = answer_of(hub_command("keys", "list", "--json"))
    added = answer_of(hub_command("keys", "rotate", "--json"))
    after = answer_of(hub_command("keys", "list", "--json"))
    listed = hub_command("keys", "list").stdout

    assert [key["active"] for key in after["keys"]] == [False, True]
    assert after["keys"][0]["kid"] == before["keys"][0]["kid"]
    assert f"→ {added['kid']}  Ed25519" in listed
    assert answer_of(hub_command("verify", str(file), "--json"))["genuine"]
