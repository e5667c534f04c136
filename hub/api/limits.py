"""How large a document may be, counted in one pass however its fragments refer to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from hub.errors import QueryTooLarge


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of an operation with its fragments opened, where nothing else is said."""

    depth: int = 15
    aliases: int = 30
    fields: int = 500
    directives: int = 20
    checks: int = 10
    tokens: int = 1_000
    """Of the whole document, comments included."""
    objects: int = 10_000
    """Which the pages of an operation may hold in all."""


LIMITS = Limits()

_CHECKS = {
    "check": 1,
    "explained": 1,
    "replay": 1,
    "matrix": 2,
    "whatIf": 1,
    "compare": 2,
    "checkMany": LIMITS.checks,
    "restricted": LIMITS.checks,
    "paths": 1,
}
"""What a field weighs against the limit of checks: a list is an operation's only judgement.

A search for paths may hold a connection for as long as a check does.
"""
_INTROSPECTION = {"__schema", "__type"}
"""Their depth is bounded by a rule of graphql-core; the usual tools ask deeper than data goes."""


class _Size(NamedTuple):
    depth: int = 0
    aliases: int = 0
    fields: int = 0
    directives: int = 0
    checks: int = 0


def errors_of_size(document: DocumentNode, limits: Limits = LIMITS) -> list[GraphQLError]:
    """One error for the first limit that each operation exceeds."""
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    scale = _Scale(fragments)
    return [
        GraphQLError(error.what.en, nodes=[operation], original_error=error)
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        if (error := _error_of(scale, operation, limits)) is not None
    ]


def _error_of(
    scale: "_Scale", operation: OperationDefinitionNode, limits: Limits
) -> QueryTooLarge | None:
    try:
        size = scale.size(operation)
    except RecursionError:
        return QueryTooLarge("depth", limits.depth)
    for name, found in size._asdict().items():
        most = getattr(limits, name)
        if found > most:
            return QueryTooLarge(name, most)
    return None


class _Scale:
    """Each fragment is measured once; one within itself counts for nothing and fails validation."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._measured: dict[str, _Size] = {}

    def size(self, node: OperationDefinitionNode | FragmentDefinitionNode | SelectionNode) -> _Size:
        """Without the node itself, but for its directives."""
        depth = aliases = fields = checks = 0
        directives = len(node.directives or ())
        within: SelectionSetNode | None = getattr(node, "selection_set", None)
        for selection in within.selections if within else ():
            size = self._selection(selection)
            depth = max(depth, size.depth)
            aliases += size.aliases
            fields += size.fields
            directives += size.directives
            checks += size.checks
        return _Size(depth, aliases, fields, directives, checks)

    def _selection(self, node: SelectionNode) -> _Size:
        if isinstance(node, FragmentSpreadNode):
            size = self._fragment(node.name.value)
            return size._replace(directives=size.directives + len(node.directives or ()))
        size = self.size(node)
        if not isinstance(node, FieldNode):
            return size
        name = node.name.value
        return _Size(
            depth=1 if name in _INTROSPECTION else size.depth + 1,
            aliases=size.aliases + (node.alias is not None),
            fields=size.fields + 1,
            directives=size.directives,
            checks=size.checks + _CHECKS.get(name, 0),
        )

    def _fragment(self, name: str) -> _Size:
        if name not in self._measured:
            self._measured[name] = _Size()
            if name in self._fragments:
                self._measured[name] = self.size(self._fragments[name])
        return self._measured[name]
