"""Every relation of the graph as a field of its type: a connection with filters and an order."""

from collections.abc import Mapping, Sequence
from functools import cache
from inspect import Parameter, Signature
from typing import Any

from graphql import GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from hub.api.context import Context, CoreInfo, Info
from hub.api.law_types import Behaviour, Law
from hub.api.list_arguments import list_arguments, narrowed, parameter
from hub.api.nodes import CursorMaker, PageInfo, Place, check_first, parse_cursor
from hub.api.plans import RELATION
from hub.api.row_types import (
    FACT_FIELDS,
    Fact,
    Shown,
    attribute_of,
    row_type,
    shown_properties,
)
from hub.api.selections import selected
from hub.api.thing_types import THING_TYPES, Thing
from hub.api.walking import Asked, Given
from hub.api.words import both
from hub.domain.clocks import Millis
from hub.domain.things import Clocks, Page, PageAsk, Row, Shape
from hub.graph.relations import Relation, relations

_CATALOGUE_TYPES: Mapping[str, Any] = {"Behaviour": Behaviour}


def type_of(label: str) -> Any:
    """The GraphQL type of things with the label."""
    return _CATALOGUE_TYPES.get(label) or THING_TYPES[label].cls


def add_relation_fields() -> None:
    """Give every type the fields that walk from it; to be called once, before the schema."""
    for relation in relations().values():
        owner: Any = type_of(relation.start)
        owner.__strawberry_definition__.fields.append(_field(relation))


def resolve_relation_fields(schema: GraphQLSchema) -> None:
    """Let them answer from what graphql-core gives them; to be called once, on the made schema.

    Strawberry would convert each argument of each again, a fifth of the time of a nested answer.
    """
    for relation in relations().values():
        owner: Any = type_of(relation.start)
        kind: Any = schema.get_type(owner.__strawberry_definition__.name)
        listed = _Listed(relation)
        field = kind.fields[relation.field]
        if _is_single(relation):
            field.resolve = listed.resolve_owner
        else:
            field.resolve = listed.resolve
            field.extensions[RELATION] = listed


def _field(relation: Relation) -> StrawberryField:
    single = _is_single(relation)
    answers: Any = type_of(relation.ends[0]) if single else _connection(relation)
    arguments: list[Parameter] = [] if single else [*list_arguments(relation)]

    def declared() -> None:
        """Only says which arguments there are: see `resolve_relation_fields`."""

    signature: Any = Signature([parameter("root", Any), parameter("info", Info), *arguments])
    declared.__signature__ = signature
    return StrawberryField(
        python_name=attribute_of(relation.field),
        graphql_name=relation.field,
        type_annotation=StrawberryAnnotation(answers | None),
        description=both(relation.about.zh, relation.about.en),
        base_resolver=StrawberryResolver(declared),
    )


def _is_single(relation: Relation) -> bool:
    return relation.kind in {"HAS_STATE", "STANDS"} and not relation.out


class _Listed:
    """Answers one relation's field; arguments come by their names in the schema."""

    def __init__(self, relation: Relation) -> None:
        self._relation = relation
        self._connection, self._edge = _connection_of(relation.kind, _end(relation))

    async def resolve(self, root: Any, info: CoreInfo, **given: Any) -> Any:
        """None where the owner is withheld."""
        field = info.parent_type.fields[info.field_name]
        asked = Asked(field, tuple(info.field_nodes), info.fragments)
        [connection] = await self.many([root], info.context, asked, given)
        return connection

    async def many(
        self, owners: Sequence[Any], context: Context, asked: Asked, given: Given
    ) -> list[Any]:
        """The connection of each owner, None where it is withheld: one statement for all."""
        first, after = given["first"], given.get("after")
        check_first(first)
        if any(getattr(owner, "withheld", False) for owner in owners):
            return [None for _ in owners]  # such an owner is found alone, by its code
        shape, where = narrowed(self._relation, given)
        shape = shape._replace(**context.loaders.once(asked.nodes, lambda: _to_be_read(asked)))
        listed = [[self._relation.key, owner.code, shape[:3], where] for owner in owners]
        places = [
            Place(clocks_of(owner), 0) if after is None else parse_cursor(one, after)
            for owner, one in zip(owners, listed, strict=True)
        ]
        asks = [
            PageAsk(owner.code, place.clocks, first, place.skip, where)
            for owner, place in zip(owners, places, strict=True)
        ]
        pages = await context.loaders.pages(self._relation, shape, asks)
        return [
            None
            if page is None
            else self._page(
                page, ask.skip, CursorMaker(one, page.clocks), await self._law(context, page)
            )
            for one, ask, page in zip(listed, asks, pages, strict=True)
        ]

    async def resolve_owner(self, root: Any, info: CoreInfo) -> Any:
        """The one thing that a state is a state of."""
        ask = PageAsk(root.code, clocks_of(root), 1)
        [page] = await info.context.loaders.pages(self._relation, Shape(), [ask])
        if page is None or not page.rows:
            return None
        return _node(page.rows[0]["node"], page.clocks, None)

    async def _law(self, context: Context, page: Page) -> Law | None:
        if not page.rows or self._relation.ends[0] not in _CATALOGUE_TYPES:
            return None
        return await context.loaders.law(page.clocks)

    def _page(self, page: Page, skip: int, cursors: CursorMaker, law: Law | None) -> Any:
        connection = self._connection()
        connection.page, connection.seen, connection.cursors = page, skip, cursors
        connection.edges_shown = [
            self._edge_of(row, number, connection, law)
            for number, row in enumerate(page.rows, start=skip + 1)
        ]
        return connection

    def _edge_of(self, row: Row, number: int, connection: Any, law: Law | None) -> Any:
        edge, node = self._edge(), row["node"]
        if node is not None and not node["shown"]:
            row = {"node": node}  # who stands at its end would be known by the rest
        edge.fact, edge.number, edge.connection, edge.law = row, number, connection, law
        return edge


def _to_be_read(asked: Asked) -> dict[str, frozenset[str]]:
    """Fields of the list's things and edges."""
    nodes, fragments = asked.nodes, asked.fragments
    things = selected(nodes, fragments, "edges", "node")
    return {"things": things, "edges": selected(nodes, fragments, "edges")}


def clocks_of(root: Any) -> Clocks:
    """Those that the thing walked from was read at."""
    law: Law | None = getattr(root, "law", None)
    return Clocks(root.effective_at, root.known_at) if law is None else law.clocks


@cache
def _connection_of(kind: str, end: str) -> tuple[Any, Any]:
    """The connection and the edge type between a relationship and what it leads to."""
    relation = next(r for r in relations().values() if (r.kind, _end(r)) == (kind, end))
    words, name = relation.declared, _pascal(kind) + end
    node = Thing if end == "Thing" else type_of(relation.ends[0])
    edge = row_type(
        f"{name}Edge",
        (Fact,) if relation.two_clock else (),
        both(f"{words.zh}：列表中的一项", f"{words.en}: one item of a list"),
        [
            Shown("cursor", str, "此项的位置", "its place in the list", _cursor),
            Shown(
                "node", node | None, "此项；不予显示时为空", "the item; null if withheld", _end_of
            ),
            *shown_properties(words.properties, lambda self: self.fact),
        ],
        FACT_FIELDS if relation.two_clock else {},
    )
    about = both(f"{words.zh}：列表的一页", f"{words.en}: one page of a list")
    return row_type(f"{name}Connection", (), about, _connection_fields(edge), {}), edge


def _connection_fields(edge: Any) -> list[Shown]:
    return [
        Shown("total_count", int, "全部项数", "how many in all", lambda self: self.page.total),
        Shown("complete", bool, "已全部读到", "all were read", lambda self: self.page.complete),
        Shown("effective_at", Millis, "查看时点", "as of when", lambda self: self.page.clocks.at),
        Shown("known_at", Millis, "所知截至", "as of whose knowledge", _known_at),
        Shown("page_info", PageInfo, "分页信息", "where the page lies", _page_info),
        Shown("edges", list[edge], "各项", "the items", lambda self: self.edges_shown),
    ]


def _cursor(edge: Any) -> str:
    return edge.connection.cursors.cursor(edge.number)


def _end_of(edge: Any) -> Any:
    return _node(edge.fact["node"], edge.connection.page.clocks, edge.law)


def _known_at(connection: Any) -> Millis:
    return connection.page.clocks.known_at


def _page_info(connection: Any) -> PageInfo:
    edges, seen = connection.edges_shown, connection.seen
    return PageInfo(
        has_next_page=seen + len(edges) < connection.page.total,
        end_cursor=_cursor(edges[-1]) if edges else None,
    )


def _node(row: Row, clocks: Clocks, law: Law | None) -> Any:
    """None where it is withheld, or the rule set in force does not have it."""
    if row["label"] not in _CATALOGUE_TYPES:
        return THING_TYPES[row["label"]].of(row, clocks)
    found = None if law is None else law.catalogue.behaviours.get(row["code"])
    return None if found is None or law is None else Behaviour.of(found, law)


def _connection(relation: Relation) -> Any:
    return _connection_of(relation.kind, _end(relation))[0]


def _end(relation: Relation) -> str:
    """Name of the type at the end; what leads to several kinds leads to things."""
    end, *others = relation.ends
    if others:
        return "Thing"
    definition: Any = type_of(end).__strawberry_definition__
    return definition.name


def _pascal(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))
