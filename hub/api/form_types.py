"""Many checks at once, one unit in every scenario, and lists of restricted units, as types."""

from collections.abc import Sequence
from typing import Self

import strawberry

from hub.api.clock_arguments import known_at_of
from hub.api.law_types import Words
from hub.api.nodes import KeyPlace, PageInfo, key_cursor
from hub.api.verdict_types import Verdict
from hub.api.words import both, told
from hub.checks.explanation import ExplainedVerdict
from hub.domain.clocks import Millis
from hub.domain.forms import RestrictedPage
from hub.errors import HubError


@strawberry.type(description=both("未能核查此主体的原因", "why a subject has no verdict"))
class SubjectError:
    code: str = told("错误码", "stable code of the error")
    message: Words = told("原因", "what is wrong with it")
    mend: Words = told("处理办法", "how to mend it")

    @classmethod
    def of(cls, error: HubError) -> Self:
        return cls(code=error.code, message=Words.of(error.what), mend=Words.of(error.mend))


@strawberry.type(
    description=both(
        "批量核查中的一项：有结论或有原因", "one of many: it has a verdict, or why there is none"
    )
)
class CheckedItem:
    position: int = told("在所给名单中的位置，从 0 起", "its place in the list given, from 0")
    subject: str = told("所给的标识，原样", "the identifier as it was given")
    verdict: Verdict | None = told("核查结论", "the verdict")
    error: SubjectError | None = told("没有结论的原因", "why there is none")


@strawberry.type(
    description=both("批量核查：各项同一时点", "many subjects in one scenario, as of one moment")
)
class CheckedMany:
    effective_at: Millis = told("核查时点", "instant in the world it speaks of")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    items: list[CheckedItem] = told(
        "与所给名单逐位对应，重复者各有一项", "one a position, repeated subjects too"
    )


@strawberry.type(description=both("一个场景与身份下的结论", "a verdict in one scenario"))
class MatrixCell:
    scenario: str = told("场景编码", "code of the scenario")
    capacity: str = told("身份编码", "code of the capacity")
    verdict: Verdict = told("核查结论", "the verdict")

    @classmethod
    def of(cls, explained: ExplainedVerdict) -> Self:
        verdict = Verdict.of(explained)
        return cls(scenario=verdict.scenario, capacity=verdict.capacity, verdict=verdict)


@strawberry.type(
    description=both(
        "一个单位在全部单位场景与身份下的结论", "one unit in every scenario for units and capacity"
    )
)
class Matrix:
    effective_at: Millis = told("核查时点", "instant in the world it speaks of")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    cells: list[MatrixCell] = told("各场景与身份，按规则集次序", "in the order of the rule set")


@strawberry.type(description=both("名单中的一个单位", "one unit of the list"))
class RestrictedUnitEdge:
    cursor: str = told("此项的位置", "its place in the list")
    node: Verdict = told("该单位的核查结论", "the unit's verdict")


@strawberry.type(
    description=both(
        "区划内达到所问结论的单位：一页，按标识排序",
        "units of the region with at least the outcome: one page, by code",
    )
)
class RestrictedUnits:
    total_count: int | None = told(
        "全部项数；须核查两千个以上单位才知时为空",
        "how many in all; null where telling takes more than 2,000 checks",
    )
    complete: bool = told(
        "本页已查到第一页之限或名单之末；否则只是查到一千个单位为止，请续读",
        "the page is full or the list has ended; else it stopped at 1,000 units checked: go on",
    )
    effective_at: Millis = told("核查时点", "as of when in the world")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    page_info: PageInfo = told("分页信息", "where the page lies")
    edges: list[RestrictedUnitEdge] = told("各单位", "the units")

    @classmethod
    def of(
        cls,
        listed: Sequence[object],
        page: RestrictedPage,
        explained: Sequence[ExplainedVerdict],
        total: int | None,
    ) -> Self:
        """`listed` is all that makes the list what it is."""

        def cursor(unit: str) -> str:
            return key_cursor(listed, KeyPlace(page.clocks, unit))

        edges = [
            RestrictedUnitEdge(cursor=cursor(one.verdict.subject), node=Verdict.of(one))
            for one in explained
        ]
        more = page.go_on_after is not None
        last = page.go_on_after or (page.verdicts[-1].subject if page.verdicts else None)
        return cls(
            total_count=total,
            complete=page.complete,
            effective_at=page.clocks.at,
            known_at=known_at_of(page.clocks),
            page_info=PageInfo(has_next_page=more, end_cursor=cursor(last) if last else None),
            edges=edges,
        )
