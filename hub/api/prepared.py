"""Documents are parsed, measured and validated once; each request then counts its objects."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    ASTValidationRule,
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from hub.api.cost import Page, objects, pages_of
from hub.api.limits import LIMITS, Limits, errors_of_size
from hub.errors import QueryTooCostly, QueryTooLarge

DOCUMENTS: Final = 512
"""How many documents are kept, those last asked for."""

_ERRORS: Final = 5
"""How many errors of one document are told."""


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document; `pages` by the name of the operation, None for one without."""

    parsed: DocumentNode
    pages: Mapping[str | None, Sequence[Page]]


class Documents:
    """The documents of one schema. Those that are refused are not kept.

    With `exposed` a query may ask for the schema itself and errors suggest names of it.
    """

    def __init__(self, *, limits: Limits = LIMITS, exposed: bool = True) -> None:
        self.limits = limits
        self._exposed = exposed
        self._rules: list[type[ASTValidationRule]] = [
            *specified_rules,
            MaybeNullValidationRule,
            OneOfInputValidationRule,
        ]
        if not exposed:
            self._rules.append(NoSchemaIntrospectionCustomRule)
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def kept(self, text: str) -> Document | None:
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
        return document

    def keep(
        self, text: str, parsed: DocumentNode, schema: GraphQLSchema
    ) -> Document | list[GraphQLError]:
        """The document, or why it is refused. Its size comes first: the rules trust in it."""
        errors = errors_of_size(parsed, self.limits) or self._validate(schema, parsed)
        if errors:
            return errors
        document = Document(parsed, _pages_by_name(schema, parsed))
        self._kept[text] = document
        if len(self._kept) > DOCUMENTS:
            self._kept.popitem(last=False)
        return document

    def _validate(self, schema: GraphQLSchema, parsed: DocumentNode) -> list[GraphQLError]:
        return validate(
            schema,
            parsed,
            self._rules,
            max_errors=_ERRORS,
            hide_suggestions=not self._exposed,
        )


class Prepared(SchemaExtension):
    """Give it to a schema as `lambda: Prepared(documents)`: one a request."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._document: Document | None = None

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        context.parse_options["max_tokens"] = self._documents.limits.tokens
        self._document = self._documents.kept(context.query or "")
        if self._document is not None:
            context.graphql_document = self._document.parsed
        yield
        for error in context.pre_execution_errors or ():
            error.original_error = _cut_short(error, self._documents.limits)

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        context.pre_execution_errors = []
        if self._document is None and context.graphql_document is not None:
            schema: GraphQLSchema = context.schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            text = context.query or ""
            kept = self._documents.keep(text, context.graphql_document, schema)
            if isinstance(kept, Document):
                self._document = kept
            else:
                context.pre_execution_errors = kept
        yield

    def on_execute(self) -> Iterator[None]:
        error = self._cost_error()
        if error is not None:
            told = GraphQLError(error.what.en, original_error=error)
            self.execution_context.result = ExecutionResult(data=None, errors=[told])
        yield

    def _cost_error(self) -> QueryTooCostly | None:
        context = self.execution_context
        if self._document is None:
            return None
        pages = self._document.pages.get(context.operation_name, ())
        cost = objects(pages, context.variables or {})
        most = self._documents.limits.objects
        return QueryTooCostly(cost, most) if cost > most else None


def _cut_short(error: GraphQLError, limits: Limits) -> QueryTooLarge | None:
    """The parser tells by its words alone that there is more than it takes."""
    if f"more than {limits.tokens} tokens" in error.message:
        return QueryTooLarge("tokens", limits.tokens)
    if "nested too deeply" in error.message:
        return QueryTooLarge("depth", limits.depth)
    return None


def _pages_by_name(
    schema: GraphQLSchema, parsed: DocumentNode
) -> Mapping[str | None, Sequence[Page]]:
    fragments: dict[str, Any] = {}
    operations: list[OperationDefinitionNode] = []
    for definition in parsed.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = definition
        elif isinstance(definition, OperationDefinitionNode):
            operations.append(definition)
    return {
        operation.name.value if operation.name else None: pages_of(schema, operation, fragments)
        for operation in operations
    }
