"""Files of keys: their owner alone may read them."""

import json
import os
from collections.abc import Mapping
from pathlib import Path


def write_secret(file: Path, content: Mapping[str, object]) -> None:
    """Durable when it returns: nothing is sealed or signed before by what would be lost."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        json.dump(content, written)
        written.flush()
        os.fsync(descriptor)
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
