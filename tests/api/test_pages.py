"""The pages in a real browser: GraphiQL answers, Neo4j Browser draws, nothing calls outside."""

from collections.abc import AsyncGenerator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask
from hub.local_neo4j.server import LocalNeo4j
from hub.rulebook.rulebook import Publishing
from hub.settings import Settings
from hub.wiring import Hub, open_hub
from tests.conftest import OwnNeo4j
from tests.serving import Served

_SUBJECT = SubjectId("121599009900001050")
_VIEWPORT = {"width": 1500, "height": 950}


@pytest.fixture
async def page(chromium: Browser) -> AsyncGenerator[Page]:
    context = await chromium.new_context(viewport=_VIEWPORT)  # pyright: ignore[reportArgumentType]
    yield await context.new_page()
    await context.close()


async def test_graphiql_answers_the_readme_query_from_our_own_files_alone(
    served: Served, page: Page, pictures: Path
) -> None:
    hosts: set[str | None] = set()
    problems: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: problems.append(str(error)))

    await page.goto(f"{served.url}/")
    await page.get_by_role("button", name="Execute").click()
    answer = page.locator(".result-window")
    await expect(answer).to_contain_text("RESTRICT")
    await expect(answer).to_contain_text("R12")
    await page.wait_for_load_state("networkidle")
    await page.screenshot(path=pictures / "graphiql.png")

    assert hosts == {"127.0.0.1"}
    assert problems == []


_TWO_INSTANTS = """{
  before: check(subject: "11159900990000236Y", scenario: "SECURITIES_ISSUANCE",
    effectiveAt: "2026-12-31T23:59:59.999+08:00") { ...cited }
  at: check(subject: "11159900990000236Y", scenario: "SECURITIES_ISSUANCE",
    effectiveAt: "2027-01-01T00:00:00+08:00") { ...cited }
}
fragment cited on Verdict {
  effectiveAt outcome ruleSet { number } validUntil
  grounds { rule verb legalBases { code } }
}"""


async def test_graphiql_shows_a_clause_cited_until_a_millisecond_before_it_ends(
    law: Hub, served: Served, page: Page, pictures: Path
) -> None:
    await law.rulebook.repeal("FGCJ-2023-1103", Publishing(date(2027, 1, 1), "示规〔2026〕1号"))

    await page.goto(f"{served.url}/")
    await page.locator(".graphiql-query-editor").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.insert_text(_TWO_INSTANTS)
    await page.get_by_role("button", name="Execute").click()
    answer = page.locator(".result-window")
    await expect(answer).to_contain_text('"at"')
    told = await answer.inner_text()
    await page.screenshot(path=pictures / "repeal.png")

    before, at = told.split('"at"')
    assert ("RESTRICT" in before, "FGCJ-2023-1103" in before) == (True, True)
    assert ("ATTENTION" in at, "FGCJ-2023-1103" in at) == (True, False)


@pytest.fixture
async def drawing(
    demo: Hub, settings: Settings, request: pytest.FixtureRequest, anyio_backend: str
) -> AsyncGenerator[tuple[Hub, LocalNeo4j]]:
    """A hub whose Neo4j is ours, Browser included: the run's own, or another beside a given one."""
    if settings.neo4j_uri is None:
        yield demo, LocalNeo4j(settings)
        return
    own: OwnNeo4j = request.getfixturevalue("own_neo4j")
    async with open_hub(own.settings) as beside:
        yield beside, own.server


async def test_neo4j_browser_draws_the_path_of_a_ground(
    drawing: tuple[Hub, LocalNeo4j], page: Page, pictures: Path
) -> None:
    hub, server = drawing
    address = server.address()
    assert address is not None
    ground = (await hub.check(Ask(_SUBJECT, "FUNDING_SUPPORT"))).grounds[0]
    assert ground.cypher is not None

    await page.goto(address.browser_url)
    await page.get_by_test_id("password").fill(address.password.get_secret_value())
    await page.get_by_test_id("connect").click()
    await expect(page.get_by_text("You are connected as user").first).to_be_visible(timeout=30_000)
    await page.locator("#monaco-main-editor").click()
    await page.keyboard.insert_text(ground.cypher)
    await page.keyboard.press("Control+Enter")
    graph = page.locator("svg .node").first
    await expect(graph).to_be_visible(timeout=30_000)
    await page.wait_for_timeout(2_000)
    await page.screenshot(path=pictures / "neo4j-browser.png")

    assert await page.locator("svg .node").count() >= len(ground.path or ())
