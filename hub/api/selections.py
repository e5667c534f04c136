"""What a query asks of the things a field leads to, so that no more is read."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

Fragments = Mapping[str, FragmentDefinitionNode]


def selected(nodes: Iterable[FieldNode], fragments: Fragments, *path: str) -> frozenset[str]:
    """Names of the fields at the end of the path, whatever their conditions and aliases."""
    for name in path:
        nodes = [node for node in _fields(nodes, fragments) if node.name.value == name]
    return frozenset(node.name.value for node in _fields(nodes, fragments))


def at_the_root(
    operation: OperationDefinitionNode, fragments: Fragments, name: str
) -> list[FieldNode]:
    """The operation's own fields of that name, whatever their conditions and aliases."""
    fields = _within(operation.selection_set, fragments, set())
    return [node for node in fields if node.name.value == name]


def _fields(nodes: Iterable[FieldNode], fragments: Fragments) -> Iterator[FieldNode]:
    seen: set[str] = set()
    for node in nodes:
        if node.selection_set is not None:
            yield from _within(node.selection_set, fragments, seen)


def _within(
    selections: SelectionSetNode, fragments: Fragments, seen: set[str]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _within(node.selection_set, fragments, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            yield from _within(fragments[node.name.value].selection_set, fragments, seen)
