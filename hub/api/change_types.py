"""What would change a verdict, and what changed it, as GraphQL types."""

from typing import Self

import strawberry

from hub.api.enums import CauseKind, ClearanceKind, Clock, Outcome, Reach, RecordKind, Turn
from hub.api.law_types import Law, LegalBasis, Words
from hub.api.nodes import global_id
from hub.api.term_types import Term
from hub.api.words import both, told
from hub.checks import clearing
from hub.domain import comparison, verdict
from hub.domain.clocks import Millis


@strawberry.type(
    description=both("使一项依据不再成立的一种途径", "one way in which a ground goes away")
)
class Clearance:
    kind: ClearanceKind = told("途径", "way")
    title: Words = told("说明", "the way in words")
    at: Millis | None = told(
        "自何时起可行，或届时自行终止；空为随时",
        "possible from, or ends by itself at; null: any time",
    )
    term: Term | None = told("所依期限", "the period behind the instant")
    legal_bases: list[LegalBasis] = told("法律依据及其核读等级", "legal bases with their grade")
    obligation_first: bool = told("须先履行义务", "what is owed must be performed first")
    needs_confirmation: bool = told("须经认定单位确认", "the determining unit must confirm it")

    @classmethod
    def of(cls, clearance: clearing.Clearance, law: Law) -> Self:
        return cls(
            kind=clearance.kind,
            title=Words.of(clearance.title),
            at=clearance.at,
            term=Term.of(clearance.term.code, law) if clearance.term else None,
            legal_bases=[LegalBasis.of(basis, law) for basis in clearance.bases],
            obligation_first=clearance.obligation_first,
            needs_confirmation=clearance.needs_confirmation,
        )


@strawberry.type(description=both("变化的一个原因", "one cause of a change"))
class Cause:
    kind: CauseKind = told("何种原因", "what it is")
    turn: Turn = told("起或止", "whether it begins or ends")
    code: str | None = told(
        "事实、规则集、依据、期限或规则的编号；未读的事实为空",
        "factId, number or code of what it names; null for facts that were not read",
    )
    clock: Clock | None = told(
        "哪一个时钟；规则和未读的事实没有",
        "on which clock; null for a rule and for what was not read",
    )
    at: Millis | None = told("业务时钟上的时刻", "instant, on the clock of the world")

    @classmethod
    def of(cls, cause: verdict.Cause) -> Self:
        return cls(
            kind=cause.kind, turn=cause.turn, code=cause.code, clock=cause.clock, at=cause.at
        )


@strawberry.type(description=both("一项依据的变化", "change of a ground"))
class GroundChange:
    turn: Turn = told("起、止或内容变化", "whether it begins, ends or changes")
    rule: str = told("规则编号", "code of the rule")
    title: Words = told("规则名称", "title of the rule")
    reach: Reach = told("传导方式", "how the record arrives at the subject")
    record: str = told("记录编号", "code of the record")
    record_id: strawberry.ID = told("记录的全局标识", "global id of the record, for `node`")
    record_kind: RecordKind = told("记录种类", "kind of record")
    outcome_before: Outcome | None = told("此前的结论", "its outcome before; null: not there")
    outcome_after: Outcome | None = told("此后的结论", "its outcome after; null: not there")
    causes: list[Cause] = told("原因", "causes")

    @classmethod
    def of(cls, change: verdict.GroundChange) -> Self:
        ground = change.told
        assert ground.arrival is not None, "the grounds of persons tell no record"
        record = ground.arrival.record
        return cls(
            turn=change.turn,
            rule=change.rule,
            title=Words.of(change.title),
            reach=ground.reach,
            record=record,
            record_id=global_id("Record", record),
            record_kind=ground.arrival.kind,
            outcome_before=change.before.outcome if change.before else None,
            outcome_after=change.after.outcome if change.after else None,
            causes=[Cause.of(cause) for cause in change.causes],
        )


@strawberry.type(
    description=both(
        "九十日内将起或将止的依据（无新记录时）",
        "a ground about to begin or to end within 90 days, if nothing new is recorded",
    )
)
class NearMiss:
    at: Millis = told("变化的时刻", "instant of the change")
    change: GroundChange = told("变化", "the change")

    @classmethod
    def of(cls, miss: verdict.NearMiss) -> Self:
        return cls(at=miss.at, change=GroundChange.of(miss.change))


@strawberry.type(description=both("一个来源覆盖的变化", "change of a source's coverage"))
class CoverageChange:
    source: str = told("来源编码", "code of the source")
    turn: Turn = told("起或止", "whether it begins or ends to cover")
    causes: list[Cause] = told("原因", "causes")

    @classmethod
    def of(cls, change: comparison.CoverageChange) -> Self:
        causes = [Cause.of(cause) for cause in change.causes]
        return cls(source=change.source, turn=change.turn, causes=causes)


@strawberry.type(
    description=both(
        "使结论不完整者的变化：无从断定的记录，或未读全的途径",
        "change of what keeps an answer from being complete",
    )
)
class DoubtChange:
    turn: Turn = told("起或止", "whether the doubt begins or ends")
    reach: Reach = told("传导方式", "how the record arrives at the subject")
    record: str | None = told(
        "无从断定是否及于主体的记录；空为该途径未读全",
        "record nobody can decide; null: of the reach not all was read",
    )
    record_id: strawberry.ID | None = told("记录的全局标识", "global id of the record, for `node`")
    causes: list[Cause] = told("原因", "causes")

    @classmethod
    def of(cls, change: comparison.DoubtChange) -> Self:
        return cls(
            turn=change.turn,
            reach=change.reach,
            record=change.record,
            record_id=global_id("Record", change.record) if change.record else None,
            causes=[Cause.of(cause) for cause in change.causes],
        )
