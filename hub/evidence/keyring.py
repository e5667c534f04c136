"""Keys of the verdict store: what it keeps is sealed, what it looks up by is digested."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.errors import InvalidSettings, VerdictStoreDamaged
from hub.evidence.secret_file import write_secret
from hub.exclusion import exclusively
from hub.text import Text

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KID_LENGTH = 16


class Sealed(NamedTuple):
    """`box` is nonce and ciphertext of AES-256-GCM, `kid` the id of the key."""

    kid: str
    box: bytes


class Keyring:
    """The last of `seals` seals anew; what a key sealed that is there no more is gone for good."""

    def __init__(self, digests: bytes, seals: Sequence[bytes]) -> None:
        self._digests = digests
        self._seals = {_kid(key): AESGCM(key) for key in seals}
        self._newest = _kid(seals[-1])

    def seal(self, plain: bytes, bound_to: str) -> Sealed:
        """It opens only beside what it is bound to: nothing can be moved to another row."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        box = self._seals[self._newest].encrypt(nonce, plain, bound_to.encode())
        return Sealed(self._newest, nonce + box)

    def open(self, sealed: Sealed, bound_to: str) -> bytes | None:
        """None when the key was destroyed. Raises `VerdictStoreDamaged`."""
        key = self._seals.get(sealed.kid)
        if key is None:
            return None
        nonce, box = sealed.box[:_NONCE_BYTES], sealed.box[_NONCE_BYTES:]
        try:
            return key.decrypt(nonce, box, bound_to.encode())
        except InvalidTag as error:
            raise VerdictStoreDamaged(bound_to) from error

    def digest(self, text: str) -> bytes:
        """Finds equal texts without telling them to who has no key."""
        return hmac.digest(self._digests, text.encode(), "sha256")


def ensure_keyring(file: Path) -> Keyring:
    """The keys in `file`, which is made on first use; only its owner may read it."""
    with exclusively(file.with_suffix(".lock")):
        if not file.exists():
            write_secret(file, {"digests": _new_key(), "seals": [_new_key()]})
    return read_keyring(file)


def read_keyring(file: Path) -> Keyring:
    """Raises `InvalidSettings` when there is no such file or it holds no keys."""
    try:
        kept = json.loads(file.read_bytes())
        return Keyring(_key(kept["digests"]), [_key(key) for key in kept["seals"]])
    except (OSError, ValueError, LookupError, TypeError) as error:
        reason = Text(f"{file} 不是密钥文件", f"{file} is no file of keys")
        raise InvalidSettings("HUB_VERDICT_KEYS", reason) from error


def _new_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _key(text: str) -> bytes:
    key = bytes.fromhex(text)
    if len(key) != _KEY_BYTES:
        raise ValueError(len(key))
    return key


def _kid(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:_KID_LENGTH]
