"""Errors as the schema shows them: a stable code, both languages, and the way out; nothing else."""

import logging
from typing import Any, Final

import strawberry
from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError
from strawberry.extensions import MaskErrors
from strawberry.types import ExecutionContext

from hub.errors import HubError
from hub.text import Text

_log = logging.getLogger(__name__)

_INTERNAL: Final = Text("程序内部错误，已记入日志", "An internal error, noted in the log")
_REQUEST: Final = Text("查询语句有误", "The query is wrong")


class PublicErrors(MaskErrors):
    """Expected errors are told with their code; what is no `HubError` is a bug and is masked."""

    def __init__(self, **_: Any) -> None:
        super().__init__(error_message=_INTERNAL.zh)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        cause = hub_error_of(error)
        if cause is not None:
            message, extensions = cause.what.zh, extensions_of(cause)
        elif _is_of_the_request(error):
            message, extensions = f"{_REQUEST.zh}：{error.message}", _request_extensions(error)
        else:
            message = _INTERNAL.zh
            extensions = {"code": "INTERNAL", "messageEn": _INTERNAL.en}
        return GraphQLError(
            message,
            nodes=error.nodes,
            source=error.source,
            positions=error.positions,
            path=error.path,
            extensions=extensions,
        )


class Schema(strawberry.Schema):
    """Logs bugs with their traceback, and expected errors not at all."""

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core executes it."""
        return self._schema

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        for error in errors:
            if hub_error_of(error) is None and _is_bug(error):
                _log.error("a resolver failed", exc_info=error.original_error)


def _is_of_the_request(error: GraphQLError) -> bool:
    """Arguments of a field are only coerced when it is reached, so their errors have a place."""
    of_argument = error.path is None or error.message.startswith("Argument ")
    return of_argument and not _is_bug(error)


def _is_bug(error: GraphQLError) -> bool:
    """Whether code failed; a variable of the wrong type has GraphQL errors all the way down."""
    original = error.original_error
    return _is_bug(original) if isinstance(original, GraphQLError) else original is not None


def hub_error_of(error: BaseException | None) -> HubError | None:
    """The expected error behind a GraphQL error, however deep."""
    while error is not None:
        if isinstance(error, HubError):
            return error
        original = error.original_error if isinstance(error, GraphQLError) else None
        error = original or error.__cause__
    return None


def extensions_of(error: HubError) -> dict[str, Any]:
    return {
        "code": error.code,
        "messageEn": error.what.en,
        "mend": error.mend.zh,
        "mendEn": error.mend.en,
        "where": error.where,
        "retryable": error.retryable,
    }


def _request_extensions(error: GraphQLError) -> dict[str, Any]:
    syntax = isinstance(error, GraphQLSyntaxError)
    return {
        "code": "GRAPHQL_SYNTAX" if syntax else "GRAPHQL_INVALID",
        "messageEn": f"{_REQUEST.en}: {error.message}",
    }
