"""Keys that sign receipts: one is active, and the public halves of all before it stay for ever."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, KeySetSerialization, OKPKey

from hub.errors import InvalidKeys, InvalidSettings
from hub.evidence.secret_file import write_secret
from hub.exclusion import exclusively
from hub.settings import Settings
from hub.text import Text

ALGORITHM: Final = "Ed25519"
"""Of keys made here. Each key names its own, so that another algorithm may follow this one."""

_NAMED: Final = Text(
    "production 须指明签名密钥文件（hub keys rotate 可生成）",
    "production signs with a key file that was named (hub keys rotate makes one)",
)


class SigningKeys:
    """A JWK Set in a file, oldest key first; the last one signs.

    Every look reads the file, so that a rotation counts at once in every process.
    """

    def __init__(self, settings: Settings) -> None:
        self.file = settings.receipt_key_file
        self._is_named = settings.receipt_keys is not None
        self._must_be_named = settings.profile == "production"

    def active(self) -> Key:
        """Raises `InvalidKeys`; `InvalidSettings` where production has no key of its own."""
        self._require_named()
        if not self._is_named and not self.file.exists():
            with self._alone():
                if not self.file.exists():
                    self._add_key([])
        key = read_keys(self.file)[-1]
        if not key.is_private:
            raise InvalidKeys(str(self.file), Text("没有私钥", "it has no private key"))
        return key

    def public(self) -> list[Key]:
        """Of the active key and all before it, oldest first; none where none was made yet."""
        return read_keys(self.file) if self._is_named or self.file.exists() else []

    def rotate(self) -> Key:
        """A new key, which signs from now on; those before can only verify. Raises as `active`."""
        self._require_named()
        try:
            with self._alone():
                return self._add_key(read_keys(self.file) if self.file.exists() else [])
        except OSError as error:
            reason = Text(f"无法写入（{error.strerror}）", f"cannot be written ({error.strerror})")
            raise InvalidKeys(str(self.file), reason) from error

    def _add_key(self, before: Iterable[Key]) -> Key:
        added = OKPKey.generate_key(ALGORITHM, {"alg": ALGORITHM, "use": "sig"}, auto_kid=True)
        public = [key.as_dict(private=False) for key in before]
        write_secret(self.file, {"keys": [*public, added.as_dict(private=True)]})
        return added

    def _alone(self) -> AbstractContextManager[None]:
        return exclusively(self.file.with_suffix(".lock"))

    def _require_named(self) -> None:
        if self._must_be_named and not self._is_named:
            raise InvalidSettings("HUB_RECEIPT_KEYS", _NAMED)


def read_keys(file: Path) -> list[Key]:
    """The keys of a JWK Set, in its order. Raises `InvalidKeys`."""
    try:
        keys = KeySet.import_key_set(json.loads(file.read_bytes())).keys
    except (OSError, ValueError, LookupError, TypeError, JoseError) as error:
        reason = Text("不是 JWK Set 文件", "it is no file with a JWK Set")
        raise InvalidKeys(str(file), reason) from error
    if any(key.alg is None or key.key_type == "oct" for key in keys):
        reason = Text("密钥须是写明 alg 的公私钥对", "its keys must be asymmetric and state alg")
        raise InvalidKeys(str(file), reason)
    return keys


def key_set(keys: Iterable[Key]) -> KeySetSerialization:
    """Their public halves, for all who verify."""
    return KeySet([*keys]).as_dict(private=False)
