"""How many objects the pages of an operation may hold: known before anything is resolved.

A field with an argument `first: Int` is a page. It may hold its own `first` for each object of the
pages around it; an operation may hold the sum over all its pages. One with an argument `subjects`
is a page of as many as are given. A list of objects without pages, such as the rules of a scenario,
counts as ten; the lists of a verdict are shorter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLInt,
    GraphQLNamedType,
    GraphQLSchema,
    GraphQLString,
    GraphQLType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

_UNSAID = 100
"""What a page may hold where neither the query nor the schema says."""
_LISTED = 10
"""What a list without pages is taken to hold; the law's are that long."""
_LISTED_BY = {"Verdict": 4, "Matrix": 30}
"""Where lists without pages are of another length."""
_PAGED_BY = {"first": GraphQLInt, "subjects": GraphQLString}
_OF_A_PAGE = {"edges", "items"}
_MOST_SUBJECTS = 1_000
"""More are refused by their own error, which says what to do."""
_OF_THE_SCHEMA = "__"

Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, slots=True)
class _Size:
    """A number, or the variable that holds it."""

    number: int
    variable: str | None = None

    def of(self, variables: Mapping[str, Any]) -> int:
        """What is no Int is refused when the variables are read, before anything is resolved."""
        if self.variable is None or self.variable not in variables:
            return self.number
        given = variables[self.variable]
        if given is None:
            return _UNSAID
        if isinstance(given, list):
            return _subjects(cast("list[object]", given))
        try:
            return max(0, GraphQLInt.coerce_input_value(given))
        except GraphQLError:
            return 0


@dataclass(frozen=True, slots=True)
class Page:
    size: _Size
    within: Sequence["Page"]


def objects(pages: Sequence[Page], variables: Mapping[str, Any], times: int = 1) -> int:
    """The sum over these pages and all within them."""
    total = 0
    for page in pages:
        held = times * page.size.of(variables)
        total += held + objects(page.within, variables, held)
    return total


def pages_of(
    schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments
) -> Sequence[Page]:
    """The pages of a valid operation, those asked for twice under one name once."""
    root = schema.get_root_type(operation.operation)
    defaults = {
        variable.variable.name.value: variable.default_value
        for variable in operation.variable_definitions or ()
    }
    return _Pages(schema, fragments, defaults).within(root, [operation.selection_set])


class _Pages:
    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Fragments,
        defaults: Mapping[str, ValueNode | None],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._defaults = defaults

    def within(
        self, kind: GraphQLNamedType | None, selections: Sequence[SelectionSetNode]
    ) -> Sequence[Page]:
        named: dict[tuple[str, str], list[FieldNode]] = {}
        seen: set[str] = set()
        for selection in selections:
            for parent, node in self._fields(kind, selection, seen):
                name = (node.alias or node.name).value
                named.setdefault((parent, name), []).append(node)
        return [page for (parent, _), nodes in named.items() for page in self._pages(parent, nodes)]

    def _fields(
        self, kind: GraphQLNamedType | None, within: SelectionSetNode, seen: set[str]
    ) -> Iterator[tuple[str, FieldNode]]:
        """Every field with the name of its type, fragments opened once."""
        for node in within.selections:
            if isinstance(node, FieldNode):
                yield kind.name if kind else "", node
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else kind
                yield from self._fields(inner, node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments[node.name.value]
                inner = self._schema.get_type(fragment.type_condition.name.value)
                yield from self._fields(inner, fragment.selection_set, seen)

    def _pages(self, parent: str, nodes: Sequence[FieldNode]) -> Sequence[Page]:
        field = self._field(parent, nodes[0])
        kind = cast("GraphQLNamedType | None", get_named_type(field.type)) if field else None
        sets = [node.selection_set for node in nodes if node.selection_set]
        within = self.within(kind, sets) if is_composite_type(kind) else ()
        size = self._size(parent, field, nodes[0]) if field else None
        return within if size is None else [Page(size, within)]

    def _field(self, parent: str, node: FieldNode) -> Any:
        kind: Any = self._schema.get_type(parent)
        return self._schema.get_field(kind, node.name.value)

    def _size(self, parent: str, field: Any, node: FieldNode) -> _Size | None:
        paged = next((name for name in _PAGED_BY if _is_paged(field, name)), None)
        if paged is None:
            listed = _LISTED_BY.get(parent, _LISTED)
            return _Size(listed) if _is_list_of_objects(field.type, node) else None
        argument: Any = field.args[paged]
        given = next((a.value for a in node.arguments or () if a.name.value == paged), None)
        if not isinstance(given, VariableNode):
            return _Size(_number(given, argument))
        default = self._defaults.get(given.name.value)
        return _Size(_number(default, argument), given.name.value)


def _is_paged(field: Any, name: str) -> bool:
    return name in field.args and get_named_type(field.args[name].type) is _PAGED_BY[name]


def _is_list_of_objects(kind: object, node: FieldNode) -> bool:
    """Items of a page are counted with it; the schema's own types are bounded by another rule."""
    named = get_named_type(cast("GraphQLType", kind))
    counted = node.name.value not in _OF_A_PAGE and not named.name.startswith(_OF_THE_SCHEMA)
    return counted and "[" in str(kind) and is_composite_type(named)


def _number(given: ValueNode | None, argument: GraphQLArgument) -> int:
    if isinstance(given, IntValueNode):
        return max(0, int(given.value))
    if isinstance(given, ListValueNode):
        return _subjects(given.values)
    default = argument.default_value
    return default if given is None and isinstance(default, int) else _UNSAID


def _subjects(given: Sequence[object]) -> int:
    return min(len(given), _MOST_SUBJECTS)
