"""The reference of `graph_schema/schema.graphql`: every type has its name as its id."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    NullValueNode,
    is_introspection_type,
    print_ast,
)

from hub.text import Text
from scripts.docs.markdown import code, facts, heading, link, page, plain, table

_TITLES = {
    "operations.md": Text("查询和变更", "Operations"),
    "objects.md": Text("对象", "Objects"),
    "interfaces.md": Text("接口与联合", "Interfaces and unions"),
    "inputs.md": Text("输入", "Inputs"),
    "enums.md": Text("枚举", "Enumerations"),
    "scalars.md": Text("标量", "Scalars"),
}
_TOLD = ("中文", "English")


class Described(NamedTuple):
    """A description of the schema: its first line is Chinese, the others English."""

    zh: str
    en: str


def described(text: str | None) -> Described:
    zh, _, en = (text or "").partition("\n")
    return Described(plain(zh), plain(en))


def schema_pages(schema: GraphQLSchema) -> Mapping[str, str]:
    """By file name; all belong in one folder. A kind without types has no page."""
    reference = _Reference(schema)
    pages = {name: reference.types_on(name) for name in _TITLES}
    return {
        name: page(f"# {_TITLES[name].zh} {_TITLES[name].en}", *map(reference.entry, types))
        for name, types in pages.items()
        if types
    }


class _Reference(NamedTuple):
    schema: GraphQLSchema

    def types_on(self, name: str) -> list[GraphQLNamedType]:
        """By name, built-in scalars included: fields lead to them."""
        known = sorted(self.schema.type_map.values(), key=lambda kind: kind.name)
        return [
            kind for kind in known if not is_introspection_type(kind) and self.page_of(kind) == name
        ]

    def page_of(self, kind: GraphQLNamedType) -> str:
        if kind in {self.schema.query_type, self.schema.mutation_type}:
            return "operations.md"
        match kind:
            case GraphQLObjectType():
                return "objects.md"
            case GraphQLInterfaceType() | GraphQLUnionType():
                return "interfaces.md"
            case GraphQLInputObjectType():
                return "inputs.md"
            case GraphQLEnumType():
                return "enums.md"
            case _:
                return "scalars.md"

    def entry(self, kind: GraphQLNamedType) -> str:
        told = described(kind.description)
        return page(
            heading(2, code(kind.name), kind.name),
            told.zh,
            told.en,
            facts(self._relatives(kind)),
            self._members(kind),
        ).rstrip()

    def _relatives(self, kind: GraphQLNamedType) -> Mapping[str, str]:
        told: dict[str, Iterable[GraphQLNamedType]] = {}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            told["实现接口 implements"] = kind.interfaces
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
            told["具体类型 types"] = self.schema.get_possible_types(kind)
        told["用于 used by"] = self._users(kind)
        links = {what: (self._link(each.name) for each in kinds) for what, kinds in told.items()}
        return {what: " · ".join(shown) for what, shown in links.items()}

    def _users(self, kind: GraphQLNamedType) -> list[GraphQLNamedType]:
        """Types with a field, or an argument of a field, of this type; by name."""
        if isinstance(kind, GraphQLScalarType):
            return []
        known = sorted(self.schema.type_map.values(), key=lambda each: each.name)
        return [
            each for each in known if not is_introspection_type(each) and kind.name in _uses(each)
        ]

    def _members(self, kind: GraphQLNamedType) -> str:
        match kind:
            case GraphQLObjectType() | GraphQLInterfaceType():
                rows = (row for each in kind.fields.items() for row in self._field(kind, *each))
                return table(("字段 Field", "类型 Type", *_TOLD), rows)
            case GraphQLInputObjectType():
                rows = (
                    self._input(f"{kind.name}.{name}", name, each)
                    for name, each in kind.fields.items()
                )
                return table(("字段 Field", "类型 Type", *_TOLD), rows)
            case GraphQLEnumType():
                return table(("值 Value", *_TOLD), (_value(*each) for each in kind.values.items()))
            case _:
                return ""

    def _field(
        self, owner: GraphQLNamedType, name: str, field: GraphQLField
    ) -> Iterator[tuple[str, ...]]:
        """The field, then its arguments one by one."""
        anchor = f"{owner.name}.{name}"
        shown = f'<span id="{anchor}"></span>**{code(name)}**'
        yield shown, self._link(_type(field)), *_told(field)
        for argument, each in field.args.items():
            yield self._input(f"{anchor}.{argument}", argument, each, before="↳&nbsp;")

    def _input(
        self, anchor: str, name: str, given: GraphQLArgument | GraphQLInputField, before: str = ""
    ) -> tuple[str, ...]:
        shown = f'{before}<span id="{anchor}"></span>{code(name)}'
        return shown, self._link(_type(given)) + _default(given), *_told(given)

    def _link(self, shown: str) -> str:
        kind = self.schema.type_map[_named(shown)]
        return link(code(shown), f"{self.page_of(kind)}#{kind.name}")


def _type(thing: GraphQLField | GraphQLArgument | GraphQLInputField) -> str:
    """As the schema writes it, such as `[Unit!]!`."""
    # graphql-core leaves its lists' generic argument open
    return str(thing.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def _named(shown: str) -> str:
    return shown.strip("[]!")


def _uses(kind: GraphQLNamedType) -> set[str]:
    match kind:
        case GraphQLObjectType() | GraphQLInterfaceType():
            fields = kind.fields.values()
            given = (each for field in fields for each in field.args.values())
            return {_named(_type(each)) for each in (*fields, *given)}
        case GraphQLInputObjectType():
            return {_named(_type(field)) for field in kind.fields.values()}
        case _:
            return set()


def _told(
    thing: GraphQLField | GraphQLArgument | GraphQLInputField | GraphQLEnumValue,
) -> Described:
    told = described(thing.description)
    if thing.deprecation_reason is None:
        return told
    reason = plain(thing.deprecation_reason)
    return Described(f"{told.zh} **已弃用** {reason}", f"{told.en} **deprecated** {reason}")


def _value(name: str, value: GraphQLEnumValue) -> tuple[str, ...]:
    return code(name), *_told(value)


def _default(given: GraphQLArgument | GraphQLInputField) -> str:
    """A default of null says no more than the type."""
    value = given.ast_node.default_value if given.ast_node else None
    if value is None or isinstance(value, NullValueNode):
        return ""
    return f" = {code(print_ast(value))}"
