"""The root field that tells all versions of a fact, or of everything about a thing."""

import base64
import json
from typing import Annotated, Self

import strawberry

from hub.api.clock_arguments import KnownAt, asked_clocks
from hub.api.context import Info
from hub.api.finding import Detail, fact_fields
from hub.api.law_types import Words
from hub.api.nodes import MOST, PageInfo, check_first, parse_global_id
from hub.api.row_types import Fact
from hub.api.verdict_types import End
from hub.api.words import argument, both, told
from hub.domain import history as found
from hub.domain.clocks import Millis, format_instant
from hub.domain.facts import Ref, Value
from hub.domain.history import VersionPlace
from hub.errors import InvalidPage, NodeNotFound, UnitsOnly
from hub.graph.history import HistoryReader, fact_key_of
from hub.graph.kinds import shown_by_name
from hub.graph.model import graph_model


@strawberry.type(description=both("事实的一个版本", "one version of a fact"))
class FactVersion(Fact):
    kind: str = told("关系类型或状态标签", "relationship type, or label of a state")
    title: Words = told("其名称", "its kind in words")
    start: End = told("起点", "where it starts")
    end: End | None = told("终点；状态没有终点", "where it ends; a state has no end")
    details: list[Detail] = told("所述内容", "what it tells")
    source: str | None = told("来源编码", "code of the source that delivered it")
    source_title: str | None = told("来源名称", "title of that source")
    entered_by: str | None = told("手工录入者；空为导入", "who entered it; null if imported")

    @classmethod
    def of(cls, version: found.Version) -> Self:
        return cls(
            **fact_fields(version),
            start=End.of(version.start),
            end=End.of(version.end) if version.end else None,
            details=[
                Detail(name=name, value=_shown(version.kind, name, value))
                for name, value in sorted(version.told.items())
            ],
            entered_by=version.entered_by,
        )


@strawberry.type(description=both("列表中的一个版本", "one version in its list"))
class HistoryEdge:
    cursor: str = told("其位置", "its place, for `after`")
    node: FactVersion = told("版本", "the version")


@strawberry.type(description=both("历次版本，按事实排列", "versions, by fact, the earliest first"))
class HistoryConnection:
    known_at: Millis = told("所知截至", "as of whose knowledge")
    complete: bool = told("没有未读的事实", "no fact was left unread")
    edges: list[HistoryEdge] = told("本页各项", "the page")
    page_info: PageInfo = told("分页信息", "where the page lies")


@strawberry.type
class HistoryQueries:
    @strawberry.field(
        description=both(
            "一项事实的、或关于一个对象的全部版本：两个时段与各自来源；只用于单位",
            "every version of a fact, or of all about a thing: both spans and where each came from;"
            " never of persons",
        )
    )
    async def history(
        self,
        info: Info,
        id: Annotated[  # noqa: A002
            strawberry.ID, argument("事实编号或全局标识", "id of a fact, or a global id")
        ],
        known_at: KnownAt = None,
        first: Annotated[int, argument("最多几个，1 到 100", "at most so many, 1 to 100")] = 100,
        after: Annotated[str | None, argument("上一页的 endCursor", "endCursor before it")] = None,
    ) -> HistoryConnection:
        check_first(first)
        known = asked_clocks(info, None, known_at).known_at
        place, known = (VersionPlace(), known) if after is None else _place(id, after)
        reader = HistoryReader(info.context.hub.door)
        if key := _fact_key(id):
            read = await reader.of_fact(key, known_at=known, first=first, after=place)
        else:
            read = await reader.of_thing(_thing(id), known_at=known, first=first, after=place)
        return _history(id, read)


def _fact_key(given: str) -> str | None:
    """Of an id of a fact, or of the global id of a state."""
    try:
        return fact_key_of(given) or fact_key_of(parse_global_id(given)[1])
    except NodeNotFound:
        return None


def _thing(given: str) -> Ref:
    """Raises `NodeNotFound` for what has no history of its own, such as the law."""
    name, code = parse_global_id(given)
    if name == "Official":
        raise UnitsOnly("history")
    kind = shown_by_name().get(name)
    if kind is None or kind.is_state:
        raise NodeNotFound(given)
    return Ref(kind.label, code)


def _history(given: str, read: found.History) -> HistoryConnection:
    edges = [
        HistoryEdge(
            cursor=_cursor(given, read.known_at, version.place), node=FactVersion.of(version)
        )
        for version in read.versions
    ]
    last = edges[-1].cursor if edges else None
    return HistoryConnection(
        known_at=read.known_at,
        complete=read.complete,
        edges=edges,
        page_info=PageInfo(has_next_page=read.more, end_cursor=last),
    )


def _cursor(given: str, known_at: Millis, place: VersionPlace) -> str:
    text = json.dumps([given, known_at, *place])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _place(given: str, after: str) -> tuple[VersionPlace, Millis]:
    """Raises `InvalidPage` for a cursor of another history."""
    try:
        of, known_at, key, number = json.loads(base64.urlsafe_b64decode(after))
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidPage("after", MOST) from error
    if of != given or fact_key_of(str(key)) is None or {type(known_at), type(number)} != {int}:
        raise InvalidPage("after", MOST)
    return VersionPlace(key, number), Millis(known_at)


def _shown(kind: str, name: str, value: Value) -> str:
    if graph_model().kind(kind).properties[name].type == "instant":
        return format_instant(Millis(value)) if isinstance(value, int) else ""
    return "、".join(value) if isinstance(value, list | tuple) else str(value)
