"""A verdict store in a folder, without a graph."""

import hashlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from hub.domain.canonical import canonical
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.evidence.keyring import ensure_keyring
from hub.evidence.recorded import Answer, Context
from hub.evidence.volumes import Volumes

UNIT = SubjectId("12159900990000260C")
PERSON = SubjectId("P-159900-0072")
START = Millis(1_795_395_600_000)

_numbers = count(1)


@contextmanager
def volumes_in(folder: Path, *, further: Sequence[Path] = ()) -> Generator[Volumes]:
    """Volumes as one process has them."""
    keys = folder / "keys.json"
    opened = Volumes(folder / "verdicts", further=further, keyring=lambda: ensure_keyring(keys))
    try:
        yield opened
    finally:
        opened.close()


def ticking(start: Millis = START) -> Any:
    """A clock that moves by one at every look."""
    return count(start).__next__


def answer(
    subject: SubjectId = UNIT,
    *,
    context: Context | None = None,
    timely: bool = True,
    **changes: Any,
) -> Answer:
    """A verdict nobody else has, in the layout of bodies as far as the store knows it."""
    fields: dict[str, Any] = {
        "subject": subject,
        "scenario": "FUNDING_SUPPORT",
        "outcome": "RESTRICT",
        "epoch": 1,
        "validUntil": None,
        "number": next(_numbers),
        **changes,
    }
    body = canonical(fields)
    digest = hashlib.sha256(body).hexdigest()
    return Answer(digest, body, subject, fields["scenario"], context or Context(), timely)
