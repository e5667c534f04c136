"""The one form in which a value is hashed, signed and kept: RFC 8785."""

from typing import Any

import orjson


def canonical(value: dict[str, Any]) -> bytes:
    """The RFC 8785 form of a value without floats whose keys are ASCII.

    For such values sorted keys and no blanks are all that RFC 8785 asks; the reference library
    writes the same bytes ten times slower, and a test holds the two together.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
