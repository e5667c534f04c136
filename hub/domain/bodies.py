"""The body of a verdict as plain values: what is hashed, kept and signed."""

import hashlib
from typing import Any

from hub.domain.canonical import canonical

Body = dict[str, Any]

_CLOCKS = {"effectiveAt", "knownAt", "epoch", "validUntil"}


def digest(value: Body) -> str:
    """SHA-256 of the RFC 8785 form, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def content_of(body: Body) -> Body:
    """The body without clocks: equal while the answer stays the same."""
    content = {name: value for name, value in body.items() if name not in _CLOCKS}
    coverage = [
        {"source": source["source"], "covered": source["covered"]} for source in body["coverage"]
    ]
    return {**content, "coverage": coverage}
