"""Verifies a receipt by public keys alone: no database, no hub, no network."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

import orjson
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key

from hub.domain.bodies import content_of, digest
from hub.errors import InvalidReceipt, KeyNotFound
from hub.evidence.receipts import FORMAT, REPEATED, TYPE, Payload
from hub.text import Text

_MEMBERS: Final = {"payload", "protected", "signature"}
_BODIES: Final = {1}
"""Versions of bodies whose content is known."""


@dataclass(frozen=True, slots=True)
class Verification:
    """`differing` names what was altered: `signature`, a member of the header or of the payload.

    Nothing in `payload` may be relied on where anything differs; it is empty if it cannot be read.
    """

    kid: str
    payload: Payload
    differing: tuple[str, ...]

    @property
    def is_genuine(self) -> bool:
        return not self.differing


def verification(receipt: bytes, keys: Sequence[Key]) -> Verification:
    """Raises `InvalidReceipt` for what is none, `KeyNotFound`."""
    members = _members(receipt)
    header = _json(members["protected"])
    if header is None or not isinstance(header.get("kid"), str):
        raise InvalidReceipt(Text("签名头无法读出", "its header cannot be read"), where="protected")
    key = _key(header["kid"], keys)
    payload = _json(members["payload"]) or {}
    differing = [*_header(header, key), *_signature(members, key), *_payload(payload)]
    if not differing and payload.get("receipt") != FORMAT:
        raise InvalidReceipt(
            Text("版本比本程序新", "its version is newer than this hub"), where="receipt"
        )
    return Verification(header["kid"], payload, tuple(differing))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Another reader might take the first of two members of one name, and be shown a forged one."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(pairs)
    return members


def _members(receipt: bytes) -> dict[str, str]:
    reason = Text("不是扁平 JWS 的 JSON", "it is no flattened JWS in JSON")
    try:
        orjson.loads(receipt)
        read: Any = json.loads(receipt, object_pairs_hook=_each_once)
    except ValueError as error:
        raise InvalidReceipt(reason) from error
    if not isinstance(read, dict):
        raise InvalidReceipt(reason)
    members = cast("dict[str, Any]", read)
    if members.keys() != _MEMBERS or not all(isinstance(one, str) for one in members.values()):
        raise InvalidReceipt(reason)
    return members


def _key(kid: str, keys: Sequence[Key]) -> Key:
    for key in keys:
        if key.kid == kid:
            return key
    raise KeyNotFound(kid, [str(key.kid) for key in keys])


def _header(header: Payload, key: Key) -> Iterator[str]:
    expected = {"alg": key.alg, "kid": key.kid, "typ": TYPE}
    for name in sorted(header.keys() | expected.keys()):
        if header.get(name) != expected.get(name):
            yield f"protected.{name}"


def _signature(members: dict[str, str], key: Key) -> Iterator[str]:
    """One text, one signature: bits that base64 leaves unread are no room for others."""
    try:
        jws.deserialize_json(
            cast("jws.FlattenedJSONSerialization", members), key, algorithms=[str(key.alg)]
        )
        if _decoded(members["signature"]) is None:
            yield "signature"
    except (JoseError, ValueError):
        yield "signature"


def _payload(payload: Payload) -> Iterator[str]:
    if not isinstance(payload.get("body"), str):
        yield "payload"
        return
    if hashlib.sha256(payload["body"].encode()).hexdigest() != payload.get("verdictId"):
        yield "verdictId"
    body = _object(payload["body"])
    if body is None:
        yield "body"
        return
    if body.get("body") in _BODIES and _content_id(body) != payload.get("contentId"):
        yield "contentId"
    yield from (name for name in REPEATED if payload.get(name) != body.get(name))


def _content_id(body: Payload) -> str | None:
    with suppress(LookupError, TypeError):
        return digest(content_of(body))
    return None


def _json(text: str) -> Payload | None:
    decoded = _decoded(text)
    return None if decoded is None else _object(decoded)


def _object(text: bytes | str) -> Payload | None:
    with suppress(ValueError):
        read: Any = orjson.loads(text)
        return cast("Payload", read) if isinstance(read, dict) else None
    return None


def _decoded(text: str) -> bytes | None:
    """None unless it is the one base64url form of something."""
    with suppress(ValueError):
        decoded = urlsafe_b64decode(f"{text}{'=' * (-len(text) % 4)}")
        if urlsafe_b64encode(decoded).rstrip(b"=").decode() == text:
            return decoded
    return None
