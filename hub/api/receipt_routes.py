"""Receipts over plain HTTP: a page to print, the signed file, and the keys to verify it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hub.api.endpoint import problem_response
from hub.errors import HubError, NotFound
from hub.evidence.receipt_page import receipt_page
from hub.evidence.receipts import Receipt
from hub.evidence.signing_keys import key_set
from hub.wiring import Hub

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Nothing but its own style: no script, no frame around it, no word of it to others."""

_Respond = Callable[[Request], Awaitable[Response]]


def receipt_routes(hub: Callable[[], Hub]) -> list[Route]:
    async def issued(request: Request) -> Receipt:
        return await hub().evidence.receipts.issue(request.path_params["id"])

    async def page(request: Request) -> Response:
        return HTMLResponse(receipt_page(await issued(request)), headers=_HEADERS)

    async def file(request: Request) -> Response:
        signed = (await issued(request)).signed
        return Response(signed, media_type="application/jose+json", headers=_HEADERS)

    async def keys(_request: Request) -> Response:
        return JSONResponse(key_set(hub().evidence.receipts.keys.public()))

    return [
        Route("/.well-known/jwks.json", _telling(keys)),
        Route("/receipts/{id}.json", _telling(file)),
        Route("/receipts/{id}", _telling(page)),
    ]


def _telling(respond: _Respond) -> _Respond:
    """Answers with the `HubError` that keeps it from responding."""

    async def telling(request: Request) -> Response:
        try:
            return await respond(request)
        except HubError as error:
            return problem_response(error, 404 if isinstance(error, NotFound) else 503)

    return telling
