"""Plans for selections of plain attributes: one Python expression a selection set.

A plan stands for what the executor would do, as long as every value is of the class the schema
leads one to expect. Anything else raises, and the executor does that object over in its own way,
which finds and reports every error. Text of a client enters a plan only as the `repr` of its
response names. Objects marked by `strawberry.cast` are not looked for.
"""

import keyword
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from math import isfinite
from operator import attrgetter
from typing import Any, NamedTuple

from graphql import (
    FragmentDefinitionNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet
from graphql.type import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT, is_interface_type
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from hub.api.value_readers import Read, checking, coercing, dispatching, otherwise, unforeseen
from hub.api.walking import Asked, Kinds, Leads, Many, Run, Step, Walk

RELATION = "relation"
"""Where a field keeps what answers it for many owners at once, among its extensions."""

Output = Any
"""graphql-core's union of output types, which leaves the arguments of its generic members open."""
Fragments = Mapping[str, FragmentDefinitionNode]
Subfields = Callable[[GraphQLObjectType, FieldDetailsList], CollectedFields]

_DEFINITION = "strawberry-definition"
_SETTLED = {"skip", "include"}
"""Directives that have had their effect once the fields are collected."""

LISTS: frozenset[Any] = frozenset({list, tuple})


@dataclass(frozen=True, slots=True)
class Selection:
    """`plain` gives all fields in order, None for those named in `rest`: the executor does them."""

    plain: Read
    rest: tuple[str, ...]


class _Value(NamedTuple):
    """How an expression gets a value: `first` where it is evaluated first, `name` from there on."""

    first: str
    name: str


class Planner:
    """Makes the plans of one operation; `subfields` collects as its executor does."""

    def __init__(
        self, schema: GraphQLSchema, subfields: Subfields, fragments: Fragments | None = None
    ) -> None:
        self._schema = schema
        self._fragments = fragments or {}
        self._subfields = subfields
        self._names: dict[str, Any] = {"lists": LISTS, "isfinite": isfinite}
        self._objects: dict[tuple[str, int], Read | None] = {}

    def selection(self, parent: GraphQLObjectType, fields: GroupedFieldSet) -> Selection | None:
        """None when nothing of it is plain."""
        texts = self._fields(parent, fields)
        if texts is None or not any(texts.values()):
            return None
        rest = tuple(name for name, text in texts.items() if text is None)
        return Selection(self._read(texts), rest)

    def walk(self, parent: GraphQLObjectType, fields: GroupedFieldSet) -> Walk | None:
        """None unless every field is plain, or leads by attributes and relations to such."""
        texts = self._fields(parent, fields)
        if texts is None:
            return None
        steps: list[Step] = []
        for name, text in texts.items():
            step = self._step(parent, name, fields[name]) if text is None else None
            if text is None and step is None:
                return None
            steps += [step] if step else []
        return Walk(self._read(texts), tuple(steps))

    def _step(self, parent: GraphQLObjectType, name: str, details: FieldDetailsList) -> Step | None:
        field = self._schema.get_field(parent, details[0].node.name.value)
        if field is None or not all(map(_is_collected, details)):
            return None
        leads = self._leads(field, details)
        kind, nullable = _unwrapped(field.type)  # pyright: ignore[reportUnknownMemberType]
        listed = _is(kind, GraphQLList)
        if listed:
            if nullable:
                return None
            kind, nullable = _unwrapped(kind.of_type)
        walks = None if leads is None else self._walks(kind, details)
        if leads is None or walks is None:
            return None
        return Step(name, leads, listed, Kinds(walks, nullable))

    def _leads(self, field: GraphQLField, details: FieldDetailsList) -> Leads | None:
        relation: Many | None = field.extensions.get(RELATION)
        if relation is not None:
            nodes = tuple(each.node for each in details)
            asked = Asked(field, nodes, self._fragments)
            return partial(_by_relation, relation, asked)
        attribute = _attribute_of(field)
        plain = attribute is not None and all(map(_is_settled, details))
        return partial(_by_attribute, attrgetter(attribute)) if plain and attribute else None

    def _walks(self, kind: Output, details: FieldDetailsList) -> Mapping[type, Walk] | None:
        if is_object_type(kind):
            possible = [kind]
        elif is_interface_type(kind):
            possible = [*self._schema.get_possible_types(kind)]
        else:
            return None
        walks: dict[type, Walk] = {}
        for concrete in possible:
            definition = _definition_of(concrete)
            own = _class_of(definition)
            if definition is None or own is None or own in walks or _decides_itself(definition):
                return None
            fields, defers, _ = self._subfields(concrete, details)
            way = None if defers else self.walk(concrete, fields)
            if way is None:
                return None
            walks[own] = way
        return walks

    def items(self, kind: Output, details: FieldDetailsList) -> Read | None:
        """The plan for a list of this type of item, from the list to its answer."""
        item = self._value(kind, details, _Value("x", "x"))
        return None if item is None else self._lambda(f"[{item} for x in o]")

    def _fields(
        self, parent: GraphQLObjectType, fields: GroupedFieldSet
    ) -> dict[str, str | None] | None:
        texts: dict[str, str | None] = {}
        for name, details in fields.items():
            field = self._schema.get_field(parent, details[0].node.name.value)
            if field is None:
                return None
            texts[name] = self._field(parent, field, details)
        return texts

    def _field(
        self, parent: GraphQLObjectType, field: GraphQLField, details: FieldDetailsList
    ) -> str | None:
        if not all(map(_is_settled, details)):
            return None
        if details[0].node.name.value == "__typename":
            return repr(parent.name)
        attribute = _attribute_of(field)
        if attribute is None:
            return None
        name = self._named(None)
        kind: Output = field.type  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return self._value(kind, details, _Value(f"{name} := o.{attribute}", name))

    def _value(self, kind: Output, details: FieldDetailsList, value: _Value) -> str | None:
        null = not _is(kind, GraphQLNonNull)
        inner = kind if null else kind.of_type
        if _is(inner, GraphQLList):
            return self._list(inner.of_type, details, value, null=null)
        if is_leaf_type(inner):
            return self._leaf(inner, value, null=null)
        if is_object_type(inner):
            return self._object(inner, details, value, null=null)
        return self._abstract(inner, details, value, null=null)

    def _list(
        self, item: Output, details: FieldDetailsList, value: _Value, *, null: bool
    ) -> str | None:
        name = self._named(None)
        text = self._value(item, details, _Value(name, name))
        if text is None:
            return None
        other = self._named(otherwise(unforeseen, null=null))
        items = f"[{text} for {name} in {value.name}]"
        return f"({items} if type({value.first}) in lists else {other}({value.name}))"

    def _leaf(self, kind: GraphQLScalarType | GraphQLEnumType, value: _Value, *, null: bool) -> str:
        other = self._named(otherwise(coercing(kind), null=null))
        if isinstance(kind, GraphQLEnumType):
            return self._enum(kind, value, other)
        test = _TESTS.get(kind)
        if test is None:
            return f"{other}({value.first})"
        return f"({value.name} if {test.format(*value)} else {other}({value.name}))"

    def _enum(self, kind: GraphQLEnumType, value: _Value, other: str) -> str:
        wrapped = getattr(kind, "wrapped_cls", None)
        if not (isinstance(wrapped, type) and issubclass(wrapped, Enum)):
            return f"{other}({value.first})"
        names = self._named(_names_of(kind, wrapped))
        test = f"type({value.first}) is {self._named(wrapped)}"
        return f"({names}[{value.name}] if {test} else {other}({value.name}))"

    def _object(
        self, kind: GraphQLObjectType, details: FieldDetailsList, value: _Value, *, null: bool
    ) -> str | None:
        read = self._read_object(kind, details)
        if read is None:
            return None
        definition = _definition_of(kind)
        other = self._named(otherwise(checking(definition, read), null=null))
        own = _class_of(definition)
        if own is None:
            return f"{other}({value.first})"
        test = f"type({value.first}) is {self._named(own)}"
        return f"({self._named(read)}({value.name}) if {test} else {other}({value.name}))"

    def _abstract(
        self, kind: Any, details: FieldDetailsList, value: _Value, *, null: bool
    ) -> str | None:
        if not is_abstract_type(kind):
            return None
        readers = self._readers(kind, details)
        if readers is None:
            return None
        return f"{self._named(otherwise(dispatching(readers), null=null))}({value.first})"

    def _readers(self, kind: Any, details: FieldDetailsList) -> dict[type, Read] | None:
        """By class; None unless each possible type is known by a class of its own, and plain."""
        definition = _definition_of(kind)
        if not is_interface_type(kind) or definition is None or _decides_itself(definition):
            return None
        readers: dict[type, Read] = {}
        for possible in self._schema.get_possible_types(kind):
            concrete = _definition_of(possible)
            own = _class_of(concrete)
            if concrete is None or concrete.concrete_of or own is None or own in readers:
                return None
            if concrete.name != possible.name or not issubclass(own, definition.origin):
                return None
            read = self._read_object(possible, details)
            if read is None:
                return None
            readers[own] = read
        return readers

    def _read_object(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Read | None:
        definition = _definition_of(kind)
        if definition is None or _decides_itself(definition):
            return None
        # The collecting executor keeps the list of details, so its address stays its own.
        key = (kind.name, id(details))
        if key not in self._objects:
            fields, defers, _ = self._subfields(kind, details)
            texts = None if defers else self._fields(kind, fields)
            whole = texts is not None and None not in texts.values()
            self._objects[key] = self._read(texts) if texts is not None and whole else None
        return self._objects[key]

    def _read(self, texts: Mapping[str, str | None]) -> Read:
        return self._lambda("{" + ", ".join(f"{k!r}: {text}" for k, text in texts.items()) + "}")

    def _lambda(self, text: str) -> Read:
        # Made of identifiers of the schema's own classes, numbered names and `repr`s.
        return eval(f"lambda o: {text}", self._names)  # noqa: S307

    def _named(self, meant: object) -> str:
        name = f"n{len(self._names)}"
        self._names[name] = meant
        return name


_TESTS: Mapping[GraphQLNamedType, str] = {
    GraphQLString: "type({0}) is str",
    GraphQLID: "type({0}) is str",
    GraphQLBoolean: "type({0}) is bool",
    GraphQLInt: f"type({{0}}) is int and {GRAPHQL_MIN_INT} <= {{1}} <= {GRAPHQL_MAX_INT}",
    GraphQLFloat: "type({0}) is float and isfinite({1})",
}
"""When a value of a specified scalar is its own answer."""


def _is(kind: Output, wrapper: type[Any]) -> bool:
    return isinstance(kind, wrapper)


async def _by_attribute(read: Read, objects: Sequence[Any], _: Run) -> Sequence[Any]:
    return [read(one) for one in objects]


async def _by_relation(
    relation: Many, asked: Asked, objects: Sequence[Any], run: Run
) -> Sequence[Any]:
    return await relation.many(objects, run.context, asked, run.given(asked))


def _unwrapped(kind: Output) -> tuple[Output, bool]:
    """The type without its mark, and whether null may stand for it."""
    return (kind.of_type, False) if _is(kind, GraphQLNonNull) else (kind, True)


def _is_collected(details: Any) -> bool:
    """Whether the directives of the field have had their effect, and no fragment has arguments."""
    if details.defer_usage is not None or details.fragment_variable_values is not None:
        return False
    return all(d.name.value in _SETTLED for d in details.node.directives or ())


def _is_settled(details: Any) -> bool:
    """Whether nothing but its name, type and own selections tells what the field answers."""
    return not details.node.arguments and _is_collected(details)


def _attribute_of(field: GraphQLField) -> str | None:
    """The attribute that the field reads, if that is all it does."""
    definition = field.extensions.get(_DEFINITION)
    if not isinstance(definition, StrawberryField) or not definition.is_basic_field or field.args:
        return None
    if definition.default_resolver is not getattr:
        return None
    if type(definition).get_result is not StrawberryField.get_result:
        return None
    name = definition.python_name
    return name if name.isidentifier() and not keyword.iskeyword(name) else None


def _definition_of(kind: GraphQLNamedType) -> StrawberryObjectDefinition | None:
    definition = kind.extensions.get(_DEFINITION)
    return definition if isinstance(definition, StrawberryObjectDefinition) else None


def _decides_itself(definition: StrawberryObjectDefinition) -> bool:
    """Whether code of the application tells the type of its objects."""
    told: list[Any] = [definition.is_type_of, definition.resolve_type]  # pyright: ignore[reportUnknownMemberType]
    return told != [None, None]


def _class_of(definition: StrawberryObjectDefinition | None) -> type | None:
    """The class whose instances are always objects of the type, and never errors or awaitables."""
    if definition is None:
        return None
    own = (definition.concrete_of or definition).origin
    return None if issubclass(own, (Exception, Awaitable)) else own


def _names_of(kind: GraphQLEnumType, wrapped: type[Enum]) -> dict[Enum, str]:
    names: dict[Enum, str] = {}
    for member in wrapped:
        try:
            names[member] = kind.coerce_output_value(member)
        except Exception:  # noqa: BLE001, S112  # the executor reports it
            continue
    return names
