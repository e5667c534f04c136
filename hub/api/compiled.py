"""The executor, which answers plain attributes by compiled plans and all else in its own way."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any, ClassVar

from graphql import (
    FragmentDefinitionNode,
    GraphQLList,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import FieldDetails, FieldDetailsList, GroupedFieldSet
from graphql.execution.values import get_argument_values
from graphql.pyutils import AwaitableOrValue, Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from hub.api.plans import LISTS, Planner, Selection
from hub.api.value_readers import Read
from hub.api.walking import Asked, Run, Walk, walk

_OPERATIONS = 512
_Nodes = tuple[int, ...]


class _Plans:
    """The plans of one operation. It keeps the nodes whose addresses are its keys."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
    ) -> None:
        self.kept = (schema, operation, fragments)
        self.selections: dict[tuple[str, _Nodes], Selection | None] = {}
        self.items: dict[tuple[int, _Nodes], Read | None] = {}
        self.walks: dict[tuple[str, _Nodes], Walk | None] = {}


class Compiled(StrawberryGraphQLCoreExecutionContext):
    """Same answers as its base, several times sooner."""

    _operations: ClassVar[OrderedDict[tuple[Any, ...], _Plans]] = OrderedDict()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        middleware = self.middleware_manager
        self._plans = None if middleware is not None and middleware.middlewares else self._found()
        self._selections: dict[int, tuple[GroupedFieldSet, Selection | None]] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        base = partial(super().execute_fields, parent_type, source_value, path)
        way = self._walk(parent_type, grouped_field_set)
        if way is not None:
            return self._walked(
                way, source_value, partial(base, grouped_field_set, position_context)
            )
        selection = self._selection(parent_type, grouped_field_set)
        if selection is None:
            return base(grouped_field_set, position_context)
        try:
            plain = selection.plain(source_value)
        except Exception:  # noqa: BLE001  # whatever it is, the base meets it again and reports it
            return base(grouped_field_set, position_context)
        if not selection.rest:
            return plain
        rest = {name: grouped_field_set[name] for name in selection.rest}
        return _merged(plain, base(rest, position_context))

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> AwaitableOrValue[list[Any]]:
        if type(result) in LISTS and (read := self._items(return_type, field_details_list)):
            with suppress(Exception):  # as above
                return read(result)
        return super().complete_list_value(  # pyright: ignore[reportUnknownMemberType]
            return_type, field_details_list, info, path, result, position_context
        )

    async def _walked(
        self, way: Walk, source: Any, base: Callable[[], AwaitableOrValue[dict[str, Any]]]
    ) -> dict[str, Any]:
        try:
            [answer] = await walk(way, [source], Run(self.context_value, self._given))
        except Exception:  # noqa: BLE001  # whatever it is, the base meets it again and reports it
            done = base()
            return done if isinstance(done, dict) else await done
        return answer

    def _given(self, asked: Asked) -> dict[str, Any]:
        return get_argument_values(asked.field, asked.nodes[0], self.variable_values)

    def _walk(self, parent: GraphQLObjectType, fields: GroupedFieldSet) -> Walk | None:
        """For what has relations below it; all else is done sooner without a task."""
        if self._plans is None or parent is self.schema.query_type:
            return None
        key = (parent.name, _nodes(chain.from_iterable(fields.values())))
        walks = self._plans.walks
        if key not in walks:
            planner = Planner(self.schema, self.collect_subfields, self.fragment_definitions)
            way = planner.walk(parent, fields)
            walks[key] = way if way is not None and way.steps else None
        return walks[key]

    def _found(self) -> _Plans:
        """Boolean variables tell what `@skip` and `@include` leave, so they are part of the key."""
        coerced = self.variable_values.coerced
        flags = tuple((name, value) for name, value in coerced.items() if type(value) is bool)
        key = (id(self.schema), id(self.operation), flags)
        plans = self._operations.pop(key, None)
        if plans is None:
            plans = _Plans(self.schema, self.operation, self.fragment_definitions)
        self._operations[key] = plans
        if len(self._operations) > _OPERATIONS:
            self._operations.popitem(last=False)
        return plans

    def _selection(self, parent: GraphQLObjectType, fields: GroupedFieldSet) -> Selection | None:
        if self._plans is None:
            return None
        met = self._selections.get(id(fields))
        if met is not None:
            return met[1]
        key = (parent.name, _nodes(chain.from_iterable(fields.values())))
        plans = self._plans.selections
        if key not in plans:
            plans[key] = Planner(self.schema, self.collect_subfields).selection(parent, fields)
        self._selections[id(fields)] = fields, plans[key]
        return plans[key]

    def _items(self, kind: GraphQLList[Any], details: FieldDetailsList) -> Read | None:
        if self._plans is None:
            return None
        key = (id(kind), _nodes(details))
        plans = self._plans.items
        if key not in plans:
            plans[key] = Planner(self.schema, self.collect_subfields).items(kind.of_type, details)
        return plans[key]


def _nodes(details: Iterable[FieldDetails]) -> _Nodes:
    return tuple(id(each.node) for each in details)


def _merged(
    plain: dict[str, Any], rest: AwaitableOrValue[dict[str, Any]]
) -> AwaitableOrValue[dict[str, Any]]:
    """`plain` holds the places of the rest, so the order stays that of the query."""
    if isinstance(rest, dict):
        plain.update(rest)
        return plain

    async def awaited() -> dict[str, Any]:
        plain.update(await rest)
        return plain

    return awaited()
