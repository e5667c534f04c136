"""One sentence in two languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """Chinese for the people who use the hub, English for those who build on it."""

    zh: str
    en: str
