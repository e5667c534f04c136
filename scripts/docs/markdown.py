"""Markdown as the site's generator reads it: escaped text, tables, headings with their own ids."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence

from markdown_it import MarkdownIt

from hub.text import Text

_PARSER = MarkdownIt("commonmark").enable("table")
_MARKUP = re.compile(r"([\\`*_{}\[\]|#])")


def plain(text: str) -> str:
    """Words that are to be read as they are, on one line."""
    return _MARKUP.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))


def code(text: str) -> str:
    return f"`{' '.join(text.split())}`".replace("|", "\\|")


def both(text: Text) -> str:
    """Chinese, then English set back, as the theme shows it."""
    return f"{plain(text.zh)} <small>{plain(text.en)}</small>"


def link(shown: str, target: str) -> str:
    return f"[{shown}]({target})"


def anchored(anchor: str, shown: str | None = None) -> str:
    """Code that can be led to; it shows its own id unless told otherwise."""
    return f'<span id="{anchor}"></span>{code(shown or anchor)}'


def heading(level: int, shown: str, anchor: str) -> str:
    return f"{'#' * level} {shown} {{#{anchor}}}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are Markdown; an empty table is empty text."""
    lines = [f"| {' | '.join(cell or ' ' for cell in row)} |" for row in rows]
    return "\n".join([_line(head), _line("---" for _ in head), *lines]) if lines else ""


def facts(told: Mapping[str, str]) -> str:
    """A list of what is so; what is empty is left out."""
    return "\n".join(f"- **{what}** {text}" for what, text in told.items() if text)


def page(*blocks: str) -> str:
    """Blocks with an empty line between; empty ones are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def rows_under(text: str, heading: str) -> list[list[str]]:
    """Rows of a page's tables whose first heading it is, as plain text."""
    found: list[list[str]] = []
    rows: list[list[str]] = []
    for token in _PARSER.parse(text):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(token.content.replace("`", ""))
        elif token.type == "table_close":
            found += rows[1:] if rows[0][0] == heading else []
            rows = []
    return found


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
