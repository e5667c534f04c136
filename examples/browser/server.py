"""A front end's own backend: it serves the page, and hands the page's questions to the hub.

The hub answers no page of another origin: it sends no CORS headers and is reached by its own name
only. So the page asks its own server, which is where callers will be known once the hub asks for
that.

    python examples/browser/server.py --hub http://127.0.0.1:8000/graphql
"""

from argparse import ArgumentParser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
_SECONDS = 35
"""The hub itself gives up after 30."""
_UNREACHABLE = {
    "message": "无法连接诚信枢纽",
    "extensions": {
        "code": "HUB_UNREACHABLE",
        "messageEn": "The hub cannot be reached",
        "mend": "稍后重试；仍不行请联系运维人员",
        "mendEn": "Try again shortly, then tell the operators",
        "retryable": True,
    },
}


def create_app(hub: str) -> Starlette:
    """The page at `/`, and `/graphql` beside it for its questions to the hub at that address."""
    client = httpx2.AsyncClient(timeout=_SECONDS)

    async def hand_on(request: Request) -> Response:
        if request.headers.get("content-type") != "application/json":
            return Response(status_code=415)  # what a page of another origin could send unasked
        headers = {"content-type": "application/json"}
        try:
            answer = await client.post(hub, content=await request.body(), headers=headers)
        except httpx2.TransportError:
            return JSONResponse({"errors": [_UNREACHABLE]}, status_code=503)
        return Response(answer.content, answer.status_code, media_type="application/json")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with client:
            yield

    return Starlette(
        lifespan=lifespan,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        routes=[
            Route("/graphql", hand_on, methods=["POST"]),
            Mount("/questions", StaticFiles(directory=_HERE.parent / "questions")),
            Mount("/", StaticFiles(directory=_HERE / "page", html=True)),
        ],
    )


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--hub", default="http://127.0.0.1:8000/graphql")
    parser.add_argument("--port", type=int, default=8080)
    given = parser.parse_args()
    uvicorn.run(create_app(given.hub), host="127.0.0.1", port=given.port)


if __name__ == "__main__":
    main()
