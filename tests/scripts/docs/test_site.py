"""The whole site, as `make docs` builds it, in a real browser too."""

import re
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from scripts.check_links import pages
from scripts.check_site import flaws
from scripts.docs.site import navigation

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "scripts.docs", str(target)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
async def page(chromium: Browser) -> AsyncGenerator[Page]:
    context = await chromium.new_context(viewport={"width": 1500, "height": 950})
    yield await context.new_page()
    await context.close()


def test_every_link_leads_somewhere_and_nothing_comes_from_outside(site: Path) -> None:
    assert list(flaws(site)) == []


def test_a_link_broken_after_the_build_is_found(site: Path, tmp_path: Path) -> None:
    page = site / "reference/catalogue/rule-R12.html"
    whole = page.read_text(encoding="utf-8")
    broken = whole.replace("legal-bases.html#FGCJ-2023-1103", "legal-bases.html#gone", 1)
    page.write_text(broken, encoding="utf-8")

    found = list(flaws(site))
    page.write_text(whole, encoding="utf-8")

    assert found == [
        "reference/catalogue/rule-R12.html: 没有这个标题 no such anchor: legal-bases.html#gone"
    ]


def test_every_markdown_page_of_the_repository_is_in_the_site(site: Path) -> None:
    names = [page.relative_to(ROOT).as_posix() for page in pages(ROOT)]
    built = {
        name: site / name.replace("README.md", "index.md").replace(".md", ".html") for name in names
    }

    assert [name for name, file in built.items() if not file.is_file()] == []


def test_every_page_stands_once_in_the_navigation() -> None:
    written = ["README.md", "CHANGELOG.md", "docs/a.md", "docs/decisions/0001-b.md"]
    generated = [
        "reference/model.md",
        "reference/catalogue/rules.md",
        "reference/catalogue/rule-F-A.md",
        "reference/catalogue/rule-R01.md",
        "reference/graphql/enums.md",
    ]

    assert list(named(navigation(written, generated))) == [
        "README.md",
        "docs/a.md",
        "reference/model.md",
        "reference/catalogue/rules.md",
        "reference/catalogue/rule-R01.md",
        "reference/catalogue/rule-F-A.md",
        "reference/graphql/enums.md",
        "docs/decisions/0001-b.md",
        "CHANGELOG.md",
    ]


def named(entry: Any) -> Generator[str]:
    """Pages of a navigation in reading order."""
    if isinstance(entry, str):
        yield entry
        return
    for part in entry.values() if isinstance(entry, dict) else entry:  # pyright: ignore[reportUnknownVariableType]
        yield from named(part)


def test_names_with_signs_of_markdown_are_shown_as_they_are(site: Path) -> None:
    built = (site / "reference/model.html").read_text(encoding="utf-8")

    assert 'id="SUBORDINATE_TO"' in built
    assert "内政发〔2021〕12号 二(二)1" in unescape(built)
    assert "\\_" not in built


async def test_the_drawing_leads_to_the_entry_of_a_label(
    address: str, page: Page, pictures: Path
) -> None:
    hosts: set[str | None] = set()
    problems: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: problems.append(str(error)))

    await page.goto(f"{address}/reference/model.html")
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=pictures / "docs-site.png")
    await page.locator(".diagram a[href='#Contract']").first.click()

    await expect(
        page.get_by_role("heading", name="合同 Contract", exact=False).first
    ).to_be_visible()
    assert page.url == f"{address}/reference/model.html#Contract"
    assert hosts == {"127.0.0.1"}
    assert problems == []


async def test_chinese_words_are_found(address: str, page: Page) -> None:
    await page.goto(f"{address}/index.html")
    search = page.locator("input.md-search__input")
    await search.fill("专项债券")
    await search.press("End")
    found = page.locator(".md-search-result__article h1").first

    await expect(found).to_have_text(re.compile("R13.*专项.*债券"))
