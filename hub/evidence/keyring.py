"""Keys of the verdict store: what it keeps is sealed, what it looks up by is digested.

Every verdict passes here while the store's thread writes. A call that lets that thread go first,
like one for chance or for a whole HMAC, costs more than the sealing: chance is drawn in advance,
and a digest begins with a copy of one whose key is in already.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections import deque
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
_NONCES_AT_ONCE = 256
_KID_LENGTH = 16


class Sealed(NamedTuple):
    """`box` is nonce and ciphertext of AES-256-GCM, `kid` the id of the key."""

    kid: str
    box: bytes


class Keyring:
    """The last of `seals` seals anew; what a key sealed that is there no more is gone for good."""

    def __init__(self, digests: bytes, seals: Sequence[bytes]) -> None:
        self._digesting = hmac.new(digests, digestmod="sha256")
        self._seals = {_kid(key): AESGCM(key) for key in seals}
        self._newest = _kid(seals[-1])
        self._nonces: deque[bytes] = deque()
        os.register_at_fork(after_in_child=self._nonces.clear)

    def seal(self, plain: bytes, bound_to: str) -> Sealed:
        """It opens only beside what it is bound to: nothing can be moved to another row."""
        nonce = self._nonce()
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
        digesting = self._digesting.copy()
        digesting.update(text.encode())
        return digesting.digest()

    def _nonce(self) -> bytes:
        """Never the same twice, in no thread and no process."""
        while True:
            try:
                return self._nonces.popleft()
            except IndexError:
                drawn = secrets.token_bytes(_NONCES_AT_ONCE * _NONCE_BYTES)
                starts = range(0, len(drawn), _NONCE_BYTES)
                self._nonces.extend(drawn[start : start + _NONCE_BYTES] for start in starts)


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
