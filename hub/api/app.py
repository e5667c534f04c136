"""The served application: GraphQL, its page for people, and what a supervisor asks."""

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hub.api.browser_kit import browser_kit
from hub.api.endpoint import Endpoint, problem_response
from hub.api.receipt_routes import receipt_routes
from hub.errors import HubError, StillWarmingUp
from hub.settings import Settings
from hub.wiring import Hub, now, open_hub

_log = logging.getLogger(__name__)
_ASSETS = Path(__file__).parent / "assets"
_LOOPBACK_HOSTS = ("127.0.0.1", "localhost")
_WARM_UP_CHECKS = 60
_RETRY_SECONDS = 1.0


class Readiness:
    """Whether the process has answered checks yet; before that its first callers would wait."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._warm = False

    async def require(self) -> None:
        """Raises the `HubError` that keeps the hub from answering."""
        await self._hub.require_ready()
        if not self._warm:
            raise StillWarmingUp

    async def warm_up(self) -> None:
        """Answer checks as soon as Neo4j lets it, however long that takes to come."""
        while not self._warm:
            try:
                await self._hub.require_ready()
                await self._hub.warm_up(_WARM_UP_CHECKS)
            except HubError as error:
                _log.info("not ready yet: %s", error.what.en)
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                gc.collect()
                gc.freeze()
                self._warm = True


def create_app(settings: Settings) -> Starlette:
    """Opens the driver when it starts to serve. It also starts when Neo4j is not there yet."""
    opened: list[Hub] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[Mapping[str, Readiness]]:
        async with open_hub(settings) as hub:
            opened.append(hub)
            readiness = Readiness(hub)
            warming = asyncio.create_task(readiness.warm_up())
            try:
                yield {"readiness": readiness}
            finally:
                warming.cancel()
                await asyncio.gather(warming, return_exceptions=True)

    endpoint, hosts = Endpoint(lambda: opened[0], now), [*_LOOPBACK_HOSTS, settings.host]
    return Starlette(
        lifespan=lifespan,
        # A page of another site must not reach the loopback hub by a name of its own.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts)],
        routes=[
            Route("/", _to_graphiql),
            Route("/graphql", _graphiql, methods=["GET"]),
            Route("/graphql", endpoint, methods=["POST"]),
            Route("/health", _health),
            Route("/ready", _ready),
            *receipt_routes(lambda: opened[0]),
            browser_kit(),
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
        await request.state.readiness.require()
    except HubError as error:
        return problem_response(error, 503)
    return JSONResponse({"status": "ready"})
