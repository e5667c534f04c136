"""An investigator's way in a real browser: Neo4j Browser with guide and colours, by clicks alone.

With `--pictures` each investigation leaves a picture of the whole page and one of the drawing
(`.jpg`): the latter belong in `graph_schema/browser/pictures/`, where the guide finds them.
"""

import json
import socket
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import anyio
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from hub.graph.explore import query_named
from tests.conftest import OwnNeo4j, copied_neo4j
from tests.serving import serving

_VIEWPORT = {"width": 1600, "height": 1000}
_SETTLED_MS = 4_000
_WAIT_MS = 60_000
_SETTING, _DRAWING, _TABLE = 0, -2, -1  # boxes of a page

DRAWN = {
    "inherited-obligations": {
        "Unit": 1,
        "Person": 2,
        "Debt": 1,
        "DebtState": 1,
        "Contract": 1,
        "ContractState": 1,
        "Commitment": 1,
        "CommitmentState": 1,
        "Enterprise": 1,
    },
    "circular-arrears": {"Enterprise": 3, "Debt": 3, "DebtState": 3},
    "event-to-law": {
        "CreditRecord": 1,
        "Standing": 1,
        "Unit": 2,
        "Document": 1,
        "Contract": 1,
        "Commitment": 1,
        "Clue": 1,
        "Behaviour": 1,
        "Rule": 3,
        "Measure": 3,
        "LegalBasis": 1,
    },
}
"""Circles by label that each investigation of the demo region draws."""


@pytest.fixture(scope="module")
def neo4j_beside_hub(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Generator[OwnNeo4j]:
    """A Neo4j that was told at its start where the hub will serve, and the hub serving there."""
    bolt, http, port = _free_ports(3)
    ports = {"neo4j_bolt_port": bolt, "neo4j_http_port": http, "port": port}
    with (
        copied_neo4j(seeded, tmp_path_factory, ports) as own,
        serving(own.settings, port=port),
    ):
        yield own


def _free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(listener.getsockname()[1]) for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


@pytest.fixture
async def page(chromium: Browser, neo4j_beside_hub: OwnNeo4j) -> AsyncGenerator[Page]:
    """Neo4j Browser, connected; nothing else was done."""
    address = neo4j_beside_hub.server.address()
    assert address is not None
    context = await chromium.new_context(viewport=_VIEWPORT)  # pyright: ignore[reportArgumentType]
    opened = await context.new_page()
    await opened.goto(address.browser_url)
    await opened.get_by_test_id("password").fill(address.password.get_secret_value())
    await opened.get_by_test_id("connect").click()
    await expect(_guide(opened)).to_contain_text("侦查指南", timeout=_WAIT_MS)
    yield opened
    await context.close()


@pytest.fixture
def settled_ms(request: pytest.FixtureRequest) -> int:
    """Until a drawing stands still; nobody looks at one that is not kept."""
    return _SETTLED_MS if request.config.getoption("--pictures") else 0


def _guide(page: Page) -> Locator:
    return page.get_by_test_id("guidesDrawer")


async def test_browser_opens_with_guide_and_style_by_itself(page: Page, pictures: Path) -> None:
    await expect(_guide(page)).to_contain_text("never a substitute for a check")
    await _open_contents(page)
    await expect(_guide(page)).to_contain_text("从事件到法条 From event to law")
    while "node." not in await page.evaluate("localStorage.getItem('neo4j.grass') ?? ''"):
        await anyio.sleep(0.1)  # the page forbids the `eval` that waiting inside it would take
    style = json.loads(await page.evaluate("localStorage.getItem('neo4j.grass')"))
    await page.screenshot(path=pictures / "browser-kit.png")

    assert style["node.Unit"]["color"] == "#1D4E89"
    assert list(style).index("node.Superseded") > list(style).index("node.Standing")


async def _open_contents(page: Page) -> None:
    await _guide(page).get_by_text("2", exact=True).click()


@pytest.mark.parametrize("name", DRAWN)
async def test_an_investigation_is_drawn_from_the_guide_by_clicks_alone(
    name: str, page: Page, pictures: Path, settled_ms: int
) -> None:
    await _open_contents(page)
    await _open_question(page, name)
    for box in (_SETTING, _DRAWING):
        await _run(page, box)
    frame = page.get_by_test_id("frame").first
    await expect(frame.locator("svg .node").first).to_be_visible(timeout=_WAIT_MS)
    labels = await _labels(frame)
    await _photograph(page, frame, pictures / name, settled_ms)

    beside = {"*", "Subject", "Official", "FailureEvent"}
    assert {label: n for label, n in labels.items() if label not in beside} == DRAWN[name]


async def test_a_question_is_read_as_a_table_and_leads_back_to_the_contents(
    page: Page, pictures: Path
) -> None:
    await _open_contents(page)
    await _open_question(page, "circular-arrears")
    for box in (_SETTING, _TABLE):
        await _run(page, box)
    frame = page.get_by_test_id("frame").first
    await expect(frame).to_contain_text("CNY 980000.00", timeout=_WAIT_MS)
    await page.screenshot(path=pictures / "circular-arrears-table.png")
    await _guide(page).get_by_text("← 目录 Contents").click()

    titles = [" ".join(title) for title in query_named("circular-arrears").columns.values()]
    assert [await head.inner_text() for head in await frame.get_by_role("columnheader").all()][
        -len(titles) :
    ] == titles
    await expect(_guide(page).locator("h3")).to_have_text("目录 Contents")
    await expect(_guide(page)).to_contain_text("从事件到法条 From event to law")


async def _open_question(page: Page, name: str) -> None:
    await _guide(page).get_by_text(" ".join(query_named(name).title)).click()


async def _run(page: Page, box: int) -> None:
    await _guide(page).locator("pre.runnable").nth(box).click()
    await page.get_by_test_id("editor-Run").click()
    await page.wait_for_timeout(1_000)


async def _photograph(page: Page, frame: Locator, file: Path, settled_ms: int) -> None:
    """The page with its guide, and the drawing alone."""
    await frame.get_by_title("Collapse the node properties display").click()
    await _settle(page, frame, settled_ms)
    await page.screenshot(path=file.with_suffix(".png"))
    await frame.get_by_title("Fullscreen").click()
    await _settle(page, frame, settled_ms)
    drawing = frame.locator("svg:has(.node)").first
    await drawing.screenshot(path=file.with_suffix(".jpg"), type="jpeg", quality=70)


async def _settle(page: Page, frame: Locator, settled_ms: int) -> None:
    await page.wait_for_timeout(settled_ms)
    await frame.get_by_label("zoom-to-fit").click()
    await page.wait_for_timeout(settled_ms / 4)


async def _labels(frame: Locator) -> dict[str, int]:
    """How many circles of each label are drawn, as Browser's overview says: `Debt (3)`."""
    chips = await frame.locator('[data-testid^="property-details-overview-node-label-"]').all()
    told = [(await chip.inner_text()).rstrip(")").split(" (") for chip in chips]
    return {label: int(count) for label, count in told}
