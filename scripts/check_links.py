"""Check that every link inside the documentation leads to a file and, after `#`, to a heading."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")
_ANCHOR = re.compile(r"<a\s[^>]*\b(?:id|name)=[\"']([^\"']+)[\"']", re.IGNORECASE)


class Link(NamedTuple):
    line: int
    target: str


def links(text: str) -> Iterator[Link]:
    """In reading order, images included; what stands in code is no link."""
    for block in _PARSER.parse(text):
        line = block.map[0] + 1 if block.map else 0
        for token in block.children or ():
            if token.type in {"softbreak", "hardbreak"}:
                line += 1
            target = token.attrGet("href") or token.attrGet("src")
            if target:
                yield Link(line, str(target))


def anchors(text: str) -> set[str]:
    """As GitHub makes them: of headings, counted up when repeated, and `<a id=…>`."""
    found = set(_ANCHOR.findall(text))
    tokens = _PARSER.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            base = unique = slug(_plain(inline))
            count = 0
            while unique in found:
                count += 1
                unique = f"{base}-{count}"
            found.add(unique)
    return found


def slug(heading: str, separator: str = "-") -> str:
    """The anchor of a heading's plain text."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", separator)


def _plain(heading: Token) -> str:
    return "".join(token.content for token in heading.children or ())


def broken_links(root: Path, page: Path) -> Iterator[str]:
    """Each as `file:line: what is missing`."""
    for link in links(page.read_text(encoding="utf-8")):
        reason = _missing(root, page, link.target)
        if reason:
            yield f"{page.relative_to(root)}:{link.line}: {reason}"


def _missing(root: Path, page: Path, target: str) -> str | None:
    url = urlsplit(target)
    if url.scheme or url.netloc:
        return None
    path = unquote(url.path)
    base = root if path.startswith("/") else page.parent
    file = (base / path.lstrip("/")).resolve() if path else page
    if not file.is_relative_to(root) or not file.exists():
        return f"没有这个文件 no such file: {target}"
    fragment = unquote(url.fragment)
    if fragment and file.suffix == ".md" and fragment not in anchors(file.read_text("utf-8")):
        return f"没有这个标题 no such heading: {target}"
    return None


def pages(root: Path) -> list[Path]:
    """Every Markdown file that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [root / name for name in listed.split("\0") if (root / name).is_file()]


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    checked = pages(root)
    broken = [line for page in checked for line in broken_links(root, page)]
    print(*broken, f"{len(checked)} 页 pages, {len(broken)} 处断链 broken links", sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
