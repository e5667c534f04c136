import json
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.errors import InvalidSettings, VerdictStoreDamaged
from hub.evidence.keyring import Keyring, Sealed, ensure_keyring, read_keyring


def test_what_is_sealed_opens_only_beside_what_it_is_bound_to(tmp_path: Path) -> None:
    keys = ensure_keyring(tmp_path / "keys.json")
    sealed = keys.seal("示例".encode(), "body:1")

    assert keys.open(sealed, "body:1") == "示例".encode()
    with pytest.raises(VerdictStoreDamaged):
        keys.open(sealed, "body:2")


def test_an_altered_box_is_told_and_never_read(tmp_path: Path) -> None:
    keys = ensure_keyring(tmp_path / "keys.json")
    kid, box = keys.seal(b"plain", "body:1")
    altered = Sealed(kid, box[:-1] + bytes([box[-1] ^ 1]))

    with pytest.raises(VerdictStoreDamaged, match="body:1"):
        keys.open(altered, "body:1")


def test_the_same_text_is_never_sealed_the_same_and_always_digested_the_same(
    tmp_path: Path,
) -> None:
    keys, again = (ensure_keyring(tmp_path / "keys.json") for _ in range(2))

    assert keys.seal(b"plain", "x").box != keys.seal(b"plain", "x").box
    assert keys.digest("P-1") == again.digest("P-1")
    assert keys.digest("P-1") != ensure_keyring(tmp_path / "other.json").digest("P-1")


def test_a_new_key_seals_and_the_old_one_still_opens_until_it_is_taken_out() -> None:
    first, second = os.urandom(32), os.urandom(32)
    sealed = Keyring(b"d", [first]).seal(b"plain", "x")
    rotated = Keyring(b"d", [first, second])

    assert rotated.open(sealed, "x") == b"plain"
    assert rotated.seal(b"plain", "x").kid != sealed.kid
    assert Keyring(b"d", [second]).open(sealed, "x") is None


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    ensure_keyring(tmp_path / "home" / "keys.json")

    assert stat.S_IMODE((tmp_path / "home" / "keys.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("kept", ["", "{}", "[]", json.dumps({"digests": "00", "seals": ["00"]})])
def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path, kept: str) -> None:
    (tmp_path / "keys.json").write_text(kept)

    with pytest.raises(InvalidSettings, match="HUB_VERDICT_KEYS"):
        read_keyring(tmp_path / "keys.json")


def test_a_key_file_of_ones_own_is_never_made_up(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings):
        read_keyring(tmp_path / "absent.json")


def test_no_nonce_is_used_twice_in_any_thread_or_forked_process() -> None:
    keys = Keyring(b"d", [os.urandom(32)])

    def nonces(_turn: int) -> list[bytes]:
        return [keys.seal(b"plain", "x").box[:12] for _ in range(500)]

    with ThreadPoolExecutor(4) as threads:
        drawn = [nonce for some in threads.map(nonces, range(4)) for nonce in some]
    drawn += [*_in_a_fork(lambda: b"".join(nonces(4))), *nonces(5)]
    assert len(set(drawn)) == len(drawn) == 3_000


def _in_a_fork(told: Callable[[], bytes]) -> list[bytes]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, told())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        read = pipe.read()
    os.waitpid(child, 0)
    return [read[start : start + 12] for start in range(0, len(read), 12)]
