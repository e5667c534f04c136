"""What Neo4j Browser loads by itself from the hub: the investigators' guide and the colours.

Browser is a page of another port, so that it asks before it fetches: every answer carries CORS,
and `OPTIONS` is answered. Nothing here comes out of the graph.
"""

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route

from hub.api.browser_guide import contents, guide, page
from hub.graph.explore import queries
from hub.resources import resource

_PATH = "/browser-kit"


def browser_kit() -> Mount:
    """The guide, a page for every question, and the style, for a page of any origin."""
    cors = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET"], allow_headers=["*"]
    )
    return Mount(
        _PATH,
        routes=[
            Route("/style.grass", _style),
            Route("/guide.html", _guide),
            Route("/contents.html", _contents),
            Route("/{name}.html", _page),
        ],
        middleware=[cors],
    )


async def _style(_request: Request) -> Response:
    return FileResponse(resource("graph_schema", "browser", "style.grass"), media_type="text/plain")


async def _guide(request: Request) -> Response:
    return HTMLResponse(guide(_base(request)))


async def _contents(request: Request) -> Response:
    return HTMLResponse(contents(_base(request)))


async def _page(request: Request) -> Response:
    query = queries().get(request.path_params["name"])
    if query is None:
        raise HTTPException(404)
    return HTMLResponse(page(query, _base(request)))


def _base(request: Request) -> str:
    """As Browser reached it: pages that it opens by command need the whole address."""
    return f"{request.url.scheme}://{request.url.netloc}{_PATH}"
