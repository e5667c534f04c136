from pathlib import Path

import pytest

from hub.errors import InvalidSettings
from hub.settings import load_settings


def test_every_answer_is_recorded_unless_a_developer_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = load_settings().verdict_store
    monkeypatch.setenv("HUB_VERDICT_STORE", "off")

    assert (said, load_settings().verdict_store) == ("on", "off")


def test_production_never_answers_without_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PROFILE", "production")
    monkeypatch.setenv("HUB_VERDICT_STORE", "off")

    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert refused.value.where == "HUB_VERDICT_STORE"


def test_volumes_lie_with_the_instance_and_their_keys_beside_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUB_STATE_DIR", "/state")
    monkeypatch.setenv("HUB_INSTANCE", "one")
    usual = load_settings()
    monkeypatch.setenv("HUB_VERDICT_DIR", "/evidence")

    assert usual.verdict_folder == Path("/state/one/verdicts")
    assert usual.verdict_key_file == Path("/state/one/verdict-keys.json")
    assert load_settings().verdict_folder == Path("/evidence")


def test_receipts_are_signed_by_keys_of_the_instance_unless_a_file_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUB_STATE_DIR", "/state")
    monkeypatch.setenv("HUB_INSTANCE", "one")
    usual = load_settings()
    monkeypatch.setenv("HUB_RECEIPT_KEYS", "/own/keys.json")

    assert usual.receipt_key_file == Path("/state/one/receipt-keys.json")
    assert load_settings().receipt_key_file == Path("/own/keys.json")


def test_further_volumes_are_listed_like_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    none = load_settings().further_verdict_folders
    monkeypatch.setenv("HUB_VERDICT_VOLUMES", "/one:/two")

    assert none == []
    assert load_settings().further_verdict_folders == [Path("/one"), Path("/two")]
