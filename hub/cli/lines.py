"""Pieces of the lines that people read in the terminal."""

from collections.abc import Iterable

from rich.cells import set_cell_size
from rich.text import Text as Line

from hub.domain.clocks import OPEN_END, OPEN_START, Millis, format_shanghai
from hub.text import Text

_ZH_CELLS, _EN_CELLS = 11, 14


def row(label: Text, content: Line) -> Line:
    zh, en = set_cell_size(label.zh, _ZH_CELLS), set_cell_size(label.en, _EN_CELLS)
    return Line.assemble("  ", zh, (en, "dim"), content)


def titled(code: str, title: Text, *, style: str = "") -> Line:
    return Line.assemble((f"{title.zh} {code}", style), (f"  {title.en}", "dim"))


def both(text: Text, *, style: str = "") -> Line:
    return Line.assemble((text.zh, style), (f"  {text.en}", "dim"))


def joined(texts: Iterable[Text]) -> Line:
    return Line(" · ").join(both(text) for text in texts)


def instant(at: Millis) -> Line:
    return Line.assemble(format_shanghai(at), ("  Asia/Shanghai", "dim"))


def day(at: Millis) -> str:
    """Dots where there is no beginning or no end."""
    return "…" if at in (OPEN_START, OPEN_END) else format_shanghai(at)[:10]
