"""Descriptions in both languages."""

from typing import Any

import strawberry


def both(zh: str, en: str) -> str:
    """Chinese first, English on its own line."""
    return f"{zh}。\n{en}."


def told(zh: str, en: str) -> Any:
    """A plain field with its description; no resolver, so that reading it costs an attribute."""
    return strawberry.field(description=both(zh, en))


def argument(zh: str, en: str, *, name: str | None = None) -> Any:
    """Metadata of an argument, for `Annotated`; `name` where Python's own word is taken."""
    return strawberry.argument(description=both(zh, en), name=name)
