"""The hub served over real HTTP by a thread of its own."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import uvicorn

from hub.api.app import create_app
from hub.settings import Settings


@dataclass(frozen=True, slots=True)
class Served:
    """A served hub; `ask` returns the whole JSON answer of one query."""

    url: str

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        return httpx2.post(f"{self.url}/graphql", json=body, timeout=30).json()

    def wait_until_ready(self) -> None:
        """It has warmed up: what is patched from here on meets no check of its own."""
        while not httpx2.get(f"{self.url}/ready", timeout=30).is_success:
            time.sleep(0.1)


@contextmanager
def serving(settings: Settings, *, port: int = 0) -> Generator[Served]:
    """Serve until the block ends, on a port of its own unless one is given."""
    listener = socket.create_server(("127.0.0.1", port))
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
