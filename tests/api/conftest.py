"""A real browser."""

import shutil
from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, async_playwright


@pytest.fixture(scope="session")
async def chromium(anyio_backend: str) -> AsyncGenerator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "chromium is missing: scripts/setup_browser.sh installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync"]
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments + quiet)
        yield browser
        await browser.close()
