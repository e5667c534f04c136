"""Check that a built site is whole: links lead somewhere, nothing comes from outside."""

from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "image": "href",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "use": "href",
    "video": "src",
}
"""What a browser fetches by itself, and where each names it."""

_CSS_OUTSIDE = ("url(http", "url(//", 'url("http', "url('http", "@import")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        target = given.get(_LOADED.get(tag, ""))
        if target:
            self.loaded.append(target)
        elif tag == "a":
            self.links += [given[name] for name in ("href", "xlink:href") if name in given]


class _Page:
    def __init__(self, file: Path) -> None:
        self.file = file

    @cached_property
    def read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.file.read_text(encoding="utf-8"))
        return reader


def flaws(site: Path) -> Iterator[str]:
    """Each as `file: what is wrong`, by file; the page for what is not found stands anywhere."""
    known = {file.resolve(): _Page(file) for file in sorted(site.resolve().rglob("*.html"))}
    for page in known.values():
        if page.file.name == "404.html":
            continue
        name = page.file.relative_to(site.resolve())
        for target in page.read.loaded:
            if _is_outside(target):
                yield f"{name}: 取自外部 comes from outside: {target}"
        for target in [*page.read.links, *page.read.loaded]:
            reason = None if _is_outside(target) else _missing(known, page, target)
            if reason:
                yield f"{name}: {reason}: {target}"
    yield from _outside_styles(site)


def _outside_styles(site: Path) -> Iterator[str]:
    for file in sorted(site.rglob("*.css")):
        text = file.read_text(encoding="utf-8")
        yield from (
            f"{file.relative_to(site)}: 取自外部 comes from outside: {mark}"
            for mark in _CSS_OUTSIDE
            if mark in text
        )


def _is_outside(target: str) -> bool:
    url = urlsplit(target)
    return bool(url.netloc) or url.scheme in {"http", "https"}


def _missing(known: dict[Path, _Page], page: _Page, target: str) -> str | None:
    url = urlsplit(target)
    if url.scheme:
        return None
    file = (page.file.parent / unquote(url.path)).resolve() if url.path else page.file.resolve()
    if not file.is_file():
        return "没有这个文件 no such file"
    fragment = unquote(url.fragment)
    if fragment and file in known and fragment not in known[file].read.anchors:
        return "没有这个标题 no such anchor"
    return None
