"""Root fields for what is not so now: were something otherwise, and at two pairs of clocks."""

from dataclasses import replace
from typing import Annotated, Self

import strawberry

from hub.api.change_types import CoverageChange, DoubtChange, GroundChange
from hub.api.check_arguments import Capacity, Matter, Purpose, Scenario, Subject
from hub.api.clock_arguments import EffectiveAt, KnownAt
from hub.api.context import Info
from hub.api.verdict_types import Verdict
from hub.api.words import argument, both, told
from hub.checks.explanation import ExplainedComparison
from hub.domain.clocks import Millis
from hub.domain.identifiers import parse_subject_id
from hub.domain.suppositions import Supposition
from hub.domain.verdict import Ask


@strawberry.input(description=both("假设", "what is supposed"))
class Suppose:
    records_repaired: list[str] = strawberry.field(
        default_factory=list[str], description=both("这些记录已修复", "these records are repaired")
    )
    debts_paid: list[str] = strawberry.field(
        default_factory=list[str],
        description=both("这些欠款已付清", "these debts are paid in full"),
    )
    rule_set: str | None = strawberry.field(
        default=None,
        description=both(
            "适用此规则集（序号或摘要，可为草案）",
            "this rule set applies: its number or hash; a draft too",
        ),
    )

    def supposition(self) -> Supposition:
        return Supposition(tuple(self.records_repaired), tuple(self.debts_paid), self.rule_set)


@strawberry.input(description=both("一对时钟", "a pair of clocks"))
class ClocksInput:
    effective_at: Millis | None = strawberry.field(
        default=None, description=both("核查时点，默认现在", "instant in the world; now by default")
    )
    known_at: Millis | None = strawberry.field(
        default=None,
        description=both("所知截至，默认最新", "as of whose knowledge; the newest by default"),
    )


@strawberry.type(
    description=both("同一问题在两对时钟下的比较", "one question at two pairs of clocks, compared")
)
class Comparison:
    before: Verdict = told("前者", "the verdict at the first pair")
    after: Verdict = told("后者", "the verdict at the second pair")
    outcome_changed: bool = told("结论不同", "the outcomes differ")
    grounds: list[GroundChange] = told("依据的变化及原因", "what changed in the grounds, and why")
    coverage: list[CoverageChange] = told("覆盖的变化及原因", "what changed in coverage, and why")
    doubts: list[DoubtChange] = told(
        "使结论不完整者的变化及原因",
        "what changed in what keeps the answer from being complete, and why",
    )

    @classmethod
    def of(cls, compared: ExplainedComparison) -> Self:
        return cls(
            before=Verdict.of(compared.before),
            after=Verdict.of(compared.after),
            outcome_changed=compared.outcome_changed,
            grounds=[GroundChange.of(change) for change in compared.changes.grounds],
            coverage=[CoverageChange.of(change) for change in compared.changes.coverage],
            doubts=[DoubtChange.of(change) for change in compared.changes.doubts],
        )


@strawberry.type
class SupposingQueries:
    @strawberry.field(
        description=both(
            "假设核查：只用于单位，标明为假设，不留存",
            "what if: for units only, marked hypothetical, never recorded",
        )
    )
    async def what_if(
        self,
        info: Info,
        subject: Subject,
        scenario: Scenario,
        suppose: Annotated[Suppose, argument("假设", "what is supposed")],
        capacity: Capacity = None,
        effective_at: EffectiveAt = None,
        known_at: KnownAt = None,
    ) -> Verdict:
        ask = Ask(
            subject=parse_subject_id(subject),
            scenario=scenario,
            capacity=capacity,
            effective_at=effective_at,
            known_at=known_at,
        )
        return Verdict.of(await info.context.hub.what_if(ask, suppose.supposition()))

    @strawberry.field(
        description=both(
            "比较：什么变了，因何事实、规则或依据；只用于单位",
            "compare: what changed, and which fact, rule or law caused it; for units only",
        )
    )
    async def compare(
        self,
        info: Info,
        subject: Subject,
        scenario: Scenario,
        before: Annotated[ClocksInput, argument("第一对时钟", "first pair of clocks")],
        after: Annotated[ClocksInput, argument("第二对时钟", "second pair of clocks")],
        capacity: Capacity = None,
        purpose: Purpose = None,
        matter: Matter = None,
    ) -> Comparison:
        plain = Ask(parse_subject_id(subject), scenario, capacity, purpose=purpose, matter=matter)
        asks = (
            replace(plain, effective_at=clocks.effective_at, known_at=clocks.known_at)
            for clocks in (before, after)
        )
        return Comparison.of(await info.context.hub.compare(*asks))
