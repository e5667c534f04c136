"""The hub served over real HTTP by a thread of its own, and a real browser to visit it."""

import shutil
import socket
import threading
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
import uvicorn
from playwright.async_api import Browser, async_playwright

from hub.api.app import create_app
from hub.settings import Settings
from hub.wiring import Hub


@dataclass(frozen=True, slots=True)
class Served:
    """A served hub; `ask` returns the whole JSON answer of one query."""

    url: str

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        return httpx2.post(f"{self.url}/graphql", json=body, timeout=30).json()


@contextmanager
def serving(settings: Settings) -> Generator[Served]:
    """Serve until the block ends, on a port of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture(scope="session")
def served(demo: Hub, settings: Settings) -> Generator[Served]:
    with serving(settings) as running:
        yield running


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
