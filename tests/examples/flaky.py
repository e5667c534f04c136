"""A hub that answers late: a server before the real one that fails a few times first."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2

_TIMED_OUT = (
    b'{"errors":[{"message":"","extensions":'
    b'{"code":"TIMED_OUT","messageEn":"No answer in time","retryable":true}}]}'
)
_GATEWAY = b"<html>Bad gateway</html>"
_FAILURES = [(503, _TIMED_OUT), (502, _GATEWAY)]


@dataclass
class Flaky:
    """`asked` counts the requests that arrived; each of the first `failures` is refused."""

    hub: str
    failures: int
    url: str = ""
    asked: int = field(default=0)


@contextmanager
def flaky_hub(hub: str, *, failures: int) -> Generator[Flaky]:
    state = Flaky(hub, failures)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            state.asked += 1
            status, answer = _answer(state, body)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/graphql"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield state
        server.shutdown()


def _answer(state: Flaky, body: bytes) -> tuple[int, bytes]:
    if state.asked <= state.failures:
        return _FAILURES[state.asked % len(_FAILURES)]
    headers = {"content-type": "application/json"}
    response = httpx2.post(state.hub, content=body, headers=headers, timeout=30)
    return response.status_code, response.content
