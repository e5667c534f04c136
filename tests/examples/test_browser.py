"""The browser example in real Chromium: by its own server, and by the hub's rule never past it."""

import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.async_api import Browser, Error, Page, expect

from tests.examples.conftest import EXAMPLES
from tests.examples.flaky import flaky_hub
from tests.serving import Served

_VIEWPORT = {"width": 1500, "height": 1150}
_AT = "?at=2026-11-23T09:00:00%2B08:00"
_NOTE_WHAT_IS_SAID = """
window.said = [];
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("#waiting");
  new MutationObserver(() => said.push(place.textContent)).observe(place, {childList: true});
});
"""

Serve = Callable[[str], str]


@pytest.fixture
def front_end() -> Generator[Serve]:
    """Starts the example's server before the hub at an address; returns its own."""
    started: list[subprocess.Popen[bytes]] = []

    def serve(hub: str) -> str:
        port = _free_port()
        program = str(EXAMPLES / "browser" / "server.py")
        command = [sys.executable, program, "--hub", hub, "--port", str(port)]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        _wait_for(f"http://127.0.0.1:{port}/")
        return f"http://127.0.0.1:{port}/"

    yield serve
    for process in started:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            httpx2.get(url)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


@pytest.fixture
async def page(chromium: Browser) -> AsyncGenerator[Page]:
    context = await chromium.new_context(viewport=_VIEWPORT)  # pyright: ignore[reportArgumentType]
    yield await context.new_page()
    await context.close()


async def _check(page: Page, subject: str = "12159900990000260C") -> None:
    await page.get_by_label("统一社会信用代码").fill(subject)
    await page.get_by_role("button", name="核查").click()


async def test_the_page_shows_outcome_grounds_law_and_path(
    served: Served, front_end: Serve, page: Page, pictures: Path
) -> None:
    hosts: set[str | None] = set()
    problems: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: problems.append(str(error)))

    await page.goto(front_end(f"{served.url}/graphql") + _AT)
    await _check(page)
    verdict = page.locator("#verdict")
    await expect(verdict.get_by_role("heading", level=2)).to_contain_text("示例旗人民医院 BLOCK")
    grounds = verdict.locator(".ground h3")
    await expect(grounds).to_contain_text(["R24", "R29", "R25", "R16"])
    first = verdict.locator(".ground").first
    await expect(first).to_contain_text("“应当拒绝其参与政府采购活动”")
    await expect(first).to_contain_text("财库〔2016〕125号")
    await first.get_by_text("路径").click()
    await expect(first.locator("li").first).to_contain_text("ABOUT → Unit 12159900990000260C")
    await page.get_by_role("button", name="列出单位").click()
    await expect(page.locator("#listed")).to_contain_text("示例旗：3 / 8")
    await page.screenshot(path=pictures / "fetch-example.png", full_page=True)

    assert hosts == {"127.0.0.1"}
    assert problems == []


async def test_the_list_is_read_page_by_page_to_its_end(
    served: Served, front_end: Serve, page: Page
) -> None:
    await page.goto(front_end(f"{served.url}/graphql"))
    await page.get_by_role("button", name="列出单位").click()
    for shown in ("3 / 8", "6 / 8"):
        await expect(page.locator("#listed")).to_contain_text(f"示例旗：{shown}")
        await page.get_by_role("button", name="下一页").click()
    await expect(page.locator("#listed")).to_contain_text("示例旗：8 / 8")

    codes = await page.locator("tbody td:first-child").all_inner_texts()
    assert len(set(codes)) == len(codes) == 8
    await expect(page.get_by_role("button", name="下一页")).to_be_hidden()


async def test_an_error_is_shown_as_no_answer_with_the_way_out(
    served: Served, front_end: Serve, page: Page
) -> None:
    await page.goto(front_end(f"{served.url}/graphql"))
    await _check(page, "12159900990000260D")

    told = page.locator("#waiting")
    await expect(told).to_contain_text("没有结论，不作决定")
    await expect(told).to_contain_text("INVALID_IDENTIFIER")
    await expect(told).to_contain_text("请核对18位统一社会信用代码")
    await expect(page.locator("#verdict")).to_be_empty()


async def test_a_passing_failure_is_tried_again_and_said_so(
    served: Served, front_end: Serve, page: Page
) -> None:
    await page.add_init_script(_NOTE_WHAT_IS_SAID)
    with flaky_hub(f"{served.url}/graphql", failures=2) as hub:
        await page.goto(front_end(hub.url))
        await expect(page.locator("select").first).to_have_value("GOV_PROCUREMENT", timeout=15_000)

    said: list[str] = await page.evaluate("said")
    assert hub.asked == 3
    assert [text for text in said if "trying" in text] == [
        "稍后重试 trying again (2/4) …",
        "稍后重试 trying again (3/4) …",
    ]


async def test_without_a_hub_there_is_no_answer(front_end: Serve, page: Page) -> None:
    await page.goto(front_end(f"http://127.0.0.1:{_free_port()}/graphql"))

    told = page.locator("#waiting")
    await expect(told).to_contain_text("没有结论，不作决定。无法连接诚信枢纽", timeout=15_000)


async def test_a_page_of_another_origin_cannot_ask_the_hub_itself(
    served: Served, front_end: Serve, page: Page
) -> None:
    await page.goto(front_end(f"{served.url}/graphql"))
    asked = f"""fetch("{served.url}/graphql", {{
      method: "POST", headers: {{"Content-Type": "application/json"}},
      body: JSON.stringify({{query: "{{ __typename }}"}})}})"""

    with pytest.raises(Error, match="Failed to fetch"):
        await page.evaluate(asked)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/json", "host": "evil.example"}, 400),
    ],
)
def test_the_examples_server_hands_on_only_what_its_own_page_sends(
    served: Served, front_end: Serve, headers: dict[str, str], status: int
) -> None:
    url = front_end(f"{served.url}/graphql")

    answer = httpx2.post(f"{url}graphql", content=b'{"query": "{ __typename }"}', headers=headers)

    assert answer.status_code == status
