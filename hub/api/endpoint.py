"""GraphQL over HTTP: bounded bodies, bounded time, and no work for a client that has gone."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson
from cross_web import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse

from hub.api.context import Context
from hub.api.errors import extensions_of
from hub.api.loaders import Loaders
from hub.api.schema import schema
from hub.domain.clocks import Millis
from hub.errors import HubError
from hub.text import Text
from hub.wiring import Hub

_MOST_BYTES = 64 * 1024
_SECONDS = 30
_GRAPHQL = "application/graphql-response+json"


class Endpoint(GraphQL[Context, None]):
    """`POST application/json` only: neither a link nor a form of another site can send one."""

    def __init__(self, hub: Callable[[], Hub], now: Callable[[], Millis]) -> None:
        super().__init__(
            schema, graphql_ide=None, allow_queries_via_get=False, subscription_protocols=()
        )
        self._hub = hub
        self._now = now

    async def get_context(self, request: Any, response: Any) -> Context:
        hub = self._hub()
        return Context(hub=hub, now=self._now(), loaders=Loaders(hub.navigator, hub.catalogues))

    async def get_sub_response(self, request: Any) -> Response:
        """Carries the media type that the client would have."""
        answer = await super().get_sub_response(request)
        accepted = request.headers.get("accept", "")
        answer.media_type = _GRAPHQL if _GRAPHQL in accepted else "application/json"
        return answer

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """As GraphQL over HTTP has it: `application/json` tells of refused queries with 200."""
        refused = sub_response.media_type == _GRAPHQL and "data" not in response_data
        return Response(
            self.encode_json(response_data),
            status_code=400 if refused else 200,
            media_type=sub_response.media_type,
        )

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        decoded: object = orjson.loads(data)
        if not isinstance(decoded, dict):
            raise HTTPException(400, "The body must be a JSON object")
        return decoded  # pyright: ignore[reportUnknownVariableType]  # checked by the base class

    async def process_result(self, request: Any, result: Any) -> GraphQLHTTPResponse:
        """A request that was never executed has errors and no data."""
        answer = await super().process_result(request, result)
        if result.data is None and not any(error.path for error in result.errors or ()):
            answer.pop("data", None)
        return answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            async with asyncio.timeout(_SECONDS):
                body = await _bounded_body(request)
        except ClientDisconnect:
            return
        except TimeoutError:
            await _TIMED_OUT(scope, receive, send)
            return
        if body is None:
            await _TOO_LARGE(scope, receive, send)
            return
        response = await self._answer_while_connected(_with_body(scope, body), request)
        await response(scope, receive, send)

    async def _answer_while_connected(self, request: Request, connection: Request) -> Response:
        """Cancels the resolvers, and with them their statements, when the client goes away."""
        work = asyncio.ensure_future(self._answer(request))
        gone = asyncio.ensure_future(_disconnected(connection))
        try:
            done, _ = await asyncio.wait(
                {work, gone}, timeout=_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            return work.result() if work in done else _TIMED_OUT
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self.run(request)
        except HTTPException as error:
            reason = Text(f"请求无效：{error.reason}", f"The request is wrong: {error.reason}")
            return _error_response(error.status_code, "BAD_REQUEST", reason)


async def _bounded_body(request: Request) -> bytes | None:
    """None when there is more than a query can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)


def _with_body(scope: Scope, body: bytes) -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(scope, receive)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _error_response(
    status: int, code: str, message: Text, *, retryable: bool = False
) -> JSONResponse:
    extensions = {"code": code, "messageEn": message.en, "retryable": retryable}
    error = {"message": message.zh, "extensions": extensions}
    return JSONResponse({"errors": [error]}, status_code=status)


def problem_response(error: HubError, status: int) -> JSONResponse:
    """An expected error outside GraphQL, in the same form."""
    shown = {"message": error.what.zh, "extensions": extensions_of(error)}
    return JSONResponse({"errors": [shown]}, status_code=status)


_TOO_LARGE = _error_response(
    413, "BODY_TOO_LARGE", Text("请求超过64 KiB", "The request is larger than 64 KiB")
)
_TIMED_OUT = _error_response(
    503,
    "TIMED_OUT",
    Text(
        "未能在时限内回答；没有结论就不要作出决定", "No answer in time; without one do not decide"
    ),
    retryable=True,
)
