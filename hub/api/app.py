"""The served application: GraphQL, its page for people, and what a supervisor asks."""

import gc
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypedDict

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hub.api.endpoint import Endpoint, problem_response
from hub.errors import HubError
from hub.settings import Settings
from hub.wiring import Hub, now, open_hub

_log = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"
_WARM_UP_CHECKS = 60


class State(TypedDict):
    hub: Hub
    readiness: "Readiness"


class Readiness:
    """Whether the process has answered checks yet; before that its first callers would wait."""

    def __init__(self) -> None:
        self.warm = False

    async def require(self, hub: Hub) -> None:
        """Raises the `HubError` that keeps the hub from answering."""
        await hub.require_ready()
        if not self.warm:
            await hub.warm_up(_WARM_UP_CHECKS)
            gc.collect()
            gc.freeze()
            self.warm = True


def create_app(settings: Settings) -> Starlette:
    """Opens the driver when it starts to serve. It also starts when Neo4j is not there yet."""
    opened: list[Hub] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[State]:
        async with open_hub(settings) as hub:
            opened.append(hub)
            readiness = Readiness()
            try:
                await readiness.require(hub)
            except HubError as error:
                _log.warning("not ready yet: %s", error.what.en)
            yield {"hub": hub, "readiness": readiness}

    endpoint = Endpoint(lambda: opened[0], now)
    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/", _to_graphiql),
            Route("/graphql", _graphiql, methods=["GET"]),
            Route("/graphql", endpoint, methods=["POST"]),
            Route("/health", _health),
            Route("/ready", _ready),
            Mount("/assets", StaticFiles(directory=_ASSETS)),
        ],
    )


async def _to_graphiql(_request: Request) -> Response:
    return RedirectResponse("/graphql")


async def _graphiql(_request: Request) -> Response:
    return FileResponse(_ASSETS / "graphiql.html", media_type="text/html")


async def _health(_request: Request) -> Response:
    return JSONResponse({"status": "live"})


async def _ready(request: Request) -> Response:
    """503 with the reason while Neo4j is unreachable, not migrated, without catalogue or cold."""
    try:
        await request.state.readiness.require(request.state.hub)
    except HubError as error:
        return problem_response(error, 503)
    return JSONResponse({"status": "ready"})
