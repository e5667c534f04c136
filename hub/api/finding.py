"""Root fields that find what somebody has no code of: how things are connected, and by name."""

import asyncio
from typing import Annotated, Any, Self

import strawberry

from hub.api.clock_arguments import EffectiveAt, KnownAt, asked_clocks, known_at_of
from hub.api.context import Info
from hub.api.enums import CutReason
from hub.api.law_types import Words, end_or_none, start_or_none
from hub.api.nodes import parse_global_id
from hub.api.row_types import Fact
from hub.api.thing_types import THING_TYPES, Thing
from hub.api.words import argument, both, told
from hub.domain import paths as found
from hub.domain.clocks import Millis
from hub.domain.facts import Ref
from hub.domain.history import Version
from hub.domain.search import Candidate as FoundCandidate
from hub.domain.things import Clocks
from hub.errors import NodeNotFound, UnknownKind
from hub.graph.kinds import shown_by_name, shown_kinds
from hub.graph.model import graph_model
from hub.graph.search import search_kinds


@strawberry.type(description=both("关系上的一项说明", "one thing told of a relationship"))
class Detail:
    name: str = told("名称", "its name in the model")
    value: str = told("内容", "what is told")


@strawberry.type(description=both("路径的一步：一项事实", "one step of a path: a fact"))
class PathStep(Fact):
    kind: str = told("关系", "relationship")
    title: Words = told("关系名称", "the relationship in words")
    forward: bool = told("顺关系方向而行", "walked along its arrow")
    start: Thing | None = told("关系的起点；不予显示时为空", "where it starts; null if withheld")
    end: Thing | None = told("关系的终点；不予显示时为空", "where it ends; null if withheld")
    details: list[Detail] = told("职务、身份等", "post, role and the like")
    source: str | None = told("来源编码", "code of the source that delivered it")
    source_title: str | None = told("来源名称", "title of that source")


@strawberry.type(description=both("路径", "a path"))
class Path:
    length: int = told("步数", "number of steps")
    things: list[Thing | None] = told("依次经过的对象", "what it passes, in order")
    steps: list[PathStep] = told("各步", "its steps")
    cypher: str | None = told("在 Neo4j Browser 中画出此路径", "draws it in Neo4j Browser")


@strawberry.type(description=both("未能读全之处", "what was not read to its end"))
class Cut:
    reason: CutReason = told("原因", "why")
    thing: Thing | None = told("在何处", "where")


@strawberry.type(description=both("两个对象之间的最短路径", "shortest paths between two things"))
class Paths:
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    complete: bool = told("未被截断", "nothing was cut")
    cuts: list[Cut] = told("截断之处", "what was cut")
    paths: list[Path] = told("路径；空为在步数内不相连", "paths; none if not connected so near")


@strawberry.type(description=both("检索到的候选", "a candidate found"))
class Candidate:
    thing: Thing | None = told("对象", "the thing")
    text: str = told("相符的名称或编号", "name or number that matched")
    score: float = told("相符程度，只在一次检索内可比", "likeness, within one search only")
    exact: bool = told("除全半角与标点外完全相同", "equal but for width, case and punctuation")
    held: bool = told("当时使用此名；否则为曾用名", "borne at the instant; else a former name")
    valid_from: Millis | None = told("此名起用", "borne from")
    valid_to: Millis | None = told("此名停用", "borne until")


@strawberry.type(
    description=both("检索结果：只是候选，不是结论", "candidates, which are never a verdict")
)
class Candidates:
    effective_at: Millis = told("查看时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    complete: bool = told("没有更多", "there are no more")
    candidates: list[Candidate] = told("由相符到不相符", "the best first")


class _Things:
    """The things that an answer names, each label read by one statement."""

    def __init__(self, info: Info, clocks: Clocks) -> None:
        self._info = info
        self._clocks = clocks
        self._read: dict[Ref, Any] = {}

    async def read(self, refs: set[Ref]) -> Self:
        answers = await asyncio.gather(*(self._one(ref) for ref in sorted(refs)))
        self._read = dict(zip(sorted(refs), answers, strict=True))
        return self

    def get(self, ref: Ref | None) -> Any:
        return None if ref is None else self._read[ref]

    async def _one(self, ref: Ref) -> Any:
        answer = await self._info.context.loaders.thing(ref.label, ref.id, self._clocks)
        return None if answer is None else THING_TYPES[ref.label].of(answer[1], answer[0])


def _ref(given: str) -> Ref:
    """Raises `NodeNotFound` for an id of the law, or of nothing."""
    name, code = parse_global_id(given)
    kind = shown_by_name().get(name)
    if kind is None:
        raise NodeNotFound(given)
    return Ref(kind.label, code)


def _label(name: str) -> str:
    """Raises `UnknownKind`: people know the type by its name in the schema."""
    labels = {shown_kinds()[label].name: label for label in search_kinds()}
    if name not in labels:
        raise UnknownKind(name, [*labels])
    return labels[name]


def _paths(answer: found.PathsFound, things: _Things) -> Paths:
    return Paths(
        effective_at=answer.clocks.at,
        known_at=known_at_of(answer.clocks),
        complete=answer.complete,
        cuts=[Cut(reason=cut.reason, thing=things.get(cut.thing)) for cut in answer.cuts],
        paths=[
            Path(
                length=len(path.steps),
                things=[things.get(ref) for ref in path.things],
                steps=[_step(step, things) for step in path.steps],
                cypher=path.cypher,
            )
            for path in answer.paths
        ],
    )


def fact_fields(fact: found.Step | Version) -> dict[str, Any]:
    """What is told of any fact: its kind, its clocks and its source."""
    declared = graph_model().kind(fact.kind)
    return {
        "fact_id": fact.fact_id,
        "import_id": fact.source.import_id,
        "valid_from": start_or_none(fact.valid),
        "valid_to": end_or_none(fact.valid),
        "recorded_from": fact.recorded.start,
        "recorded_to": end_or_none(fact.recorded),
        "kind": fact.kind,
        "title": Words(zh=declared.zh, en=declared.en),
        "source": fact.source.code,
        "source_title": fact.source.title,
    }


def _step(step: found.Step, things: _Things) -> PathStep:
    return PathStep(
        **fact_fields(step),
        forward=step.forward,
        start=things.get(step.start),
        end=things.get(step.end),
        details=[Detail(name=name, value=str(value)) for name, value in sorted(step.told.items())],
    )


def _refs(answer: found.PathsFound) -> set[Ref]:
    named = [ref for path in answer.paths for ref in path.things]
    return {ref for ref in (*named, *(cut.thing for cut in answer.cuts)) if ref is not None}


def _candidate(candidate: FoundCandidate, things: _Things) -> Candidate:
    valid = candidate.valid
    return Candidate(
        thing=things.get(candidate.ref),
        text=candidate.text,
        score=candidate.score,
        exact=candidate.exact,
        held=candidate.held,
        valid_from=start_or_none(valid) if valid else None,
        valid_to=end_or_none(valid) if valid else None,
    )


@strawberry.type
class FindingQueries:
    @strawberry.field(
        description=both(
            "两个对象如何相连：最短路径，各步附事实与来源",
            "how two things are connected: shortest paths, each step with its fact and source",
        )
    )
    async def paths(
        self,
        info: Info,
        start: Annotated[
            strawberry.ID, argument("起点的全局标识", "global id to begin at", name="from")
        ],
        end: Annotated[strawberry.ID, argument("终点的全局标识", "global id to end at", name="to")],
        kinds: Annotated[
            list[str] | None,
            argument("只循这些关系，如 OWES", "only along these relationships, such as OWES"),
        ] = None,
        max_hops: Annotated[int, argument("最多几步，1 到 6", "most steps, 1 to 6")] = 4,
        every: Annotated[
            bool, argument("全部最短路径，至多二十条", "all shortest paths, at most 20")
        ] = False,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Paths:
        at, known = asked_clocks(info, effective_at, known_at)
        answer = await info.context.hub.paths.paths(
            start=_ref(start),
            end=_ref(end),
            at=at,
            known_at=known,
            kinds=None if kinds is None else frozenset(kinds),
            max_hops=max_hops,
            every=every,
        )
        return _paths(answer, await _Things(info, answer.clocks).read(_refs(answer)))

    @strawberry.field(
        description=both(
            "按名称或编号检索：给出候选，不作结论",
            "search by name or number: candidates, never a verdict",
        )
    )
    async def search(
        self,
        info: Info,
        text: Annotated[str, argument("名称、标题或编号", "name, title or number")],
        kinds: Annotated[
            list[str] | None, argument("只要这些种类，如 Unit", "of these kinds only, such as Unit")
        ] = None,
        first: Annotated[int, argument("最多几个，1 到 100", "at most so many, 1 to 100")] = 20,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Candidates:
        at, known = asked_clocks(info, effective_at, known_at)
        answer = await info.context.hub.names.search(
            text,
            at=at,
            known_at=known,
            kinds=None if kinds is None else frozenset(map(_label, kinds)),
            first=first,
        )
        things = await _Things(info, answer.clocks).read({item.ref for item in answer.items})
        return Candidates(
            effective_at=answer.clocks.at,
            known_at=known_at_of(answer.clocks),
            complete=answer.complete,
            candidates=[_candidate(item, things) for item in answer.items],
        )
