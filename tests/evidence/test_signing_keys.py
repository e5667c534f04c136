"""One key signs, those before it verify for ever, and production never signs with a made-up one."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OctKey, OKPKey

from hub.errors import InvalidKeys, InvalidSettings
from hub.evidence.signing_keys import SigningKeys, key_set, read_keys
from tests.evidence.issuing import settings_in


def test_a_key_is_made_on_first_use_for_its_owner_only(tmp_path: Path) -> None:
    keys = SigningKeys(settings_in(tmp_path))
    before, made = keys.public(), keys.active()

    assert before == []
    assert keys.active().kid == made.kid == made.thumbprint()
    assert stat.S_IMODE(keys.file.stat().st_mode) == 0o600


def test_a_new_key_signs_at_once_and_of_the_old_one_only_the_public_half_is_left(
    tmp_path: Path,
) -> None:
    keys, another_process = (SigningKeys(settings_in(tmp_path)) for _ in range(2))
    old = another_process.active()
    new = keys.rotate()
    first, second = json.loads(keys.file.read_bytes())["keys"]

    assert another_process.active().kid == new.kid != old.kid
    assert [key.kid for key in another_process.public()] == [old.kid, new.kid]
    assert ("d" in first, "d" in second) == (False, True)


def test_the_key_set_for_others_has_public_halves_with_kid_and_algorithm(tmp_path: Path) -> None:
    keys = SigningKeys(settings_in(tmp_path))
    keys.active()
    [shown] = key_set(keys.public())["keys"]

    assert shown.keys() == {"kty", "crv", "x", "kid", "alg", "use"}
    assert (shown["kty"], shown["crv"], shown["alg"]) == ("OKP", "Ed25519", "Ed25519")


def test_a_key_file_of_ones_own_is_never_made_up_but_by_rotating(tmp_path: Path) -> None:
    named = SigningKeys(settings_in(tmp_path, receipt_keys=tmp_path / "own.json"))

    with pytest.raises(InvalidKeys, match="own"):
        named.active()
    assert named.rotate().kid == named.active().kid


def test_production_refuses_a_key_that_nobody_named(tmp_path: Path) -> None:
    made = SigningKeys(settings_in(tmp_path))
    made.active()
    unnamed = SigningKeys(settings_in(tmp_path, profile="production"))
    named = SigningKeys(settings_in(tmp_path, profile="production", receipt_keys=made.file))

    for attempt in (unnamed.active, unnamed.rotate):
        with pytest.raises(InvalidSettings, match="HUB_RECEIPT_KEYS"):
            attempt()
    assert named.active().kid == made.active().kid


def _set_of(*keys: Any) -> str:
    return json.dumps({"keys": [key.as_dict(private=True) for key in keys]})


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{}",
        "[]",
        '{"keys": []}',
        '{"keys": [{"kty": "OKP"}]}',
        _set_of(OKPKey.generate_key("Ed25519")),
        _set_of(OctKey.generate_key(256, {"alg": "HS256"})),
    ],
    ids=["empty", "object", "list", "no key", "half a key", "no algorithm", "shared secret"],
)
def test_a_file_without_key_pairs_is_refused(tmp_path: Path, kept: str) -> None:
    (tmp_path / "keys.json").write_text(kept)

    with pytest.raises(InvalidKeys, match="keys"):
        read_keys(tmp_path / "keys.json")


def test_a_set_of_public_keys_verifies_and_does_not_sign(tmp_path: Path) -> None:
    made = SigningKeys(settings_in(tmp_path))
    made.active()
    public = tmp_path / "jwks.json"
    public.write_text(json.dumps(key_set(made.public())))

    assert [key.kid for key in read_keys(public)] == [made.active().kid]
    with pytest.raises(InvalidKeys, match="private"):
        SigningKeys(settings_in(tmp_path, receipt_keys=public)).active()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keys = SigningKeys(settings_in(tmp_path, receipt_keys=tmp_path / "file" / "keys.json"))

    with pytest.raises(InvalidKeys, match="cannot be written"):
        keys.rotate()
