"""Verdicts as they were recorded, what humans said of them, and the decisions they were for."""

from typing import Any, Self

import orjson
import strawberry

from hub.api.context import Info
from hub.api.enums import Mark, Outcome, Reach, ReplayResult, ReviewDecision, VerdictStatus
from hub.api.nodes import PageInfo
from hub.api.verdict_types import Verdict
from hub.api.words import both, told
from hub.domain import reviews
from hub.domain.clocks import Millis, parse_instant
from hub.domain.identifiers import subject_kind
from hub.domain.vocabulary import SubjectKind
from hub.errors import VerdictWithheld
from hub.evidence import matters, recorded, replay


@strawberry.type(description=both("一次查询", "one time that it was asked for"))
class Asking:
    recorded_at: Millis = told("留痕时间", "when it was recorded")
    purpose: str | None = told("用途", "purpose as given")
    matter: str | None = told("所服务的事项", "the decision served, as given")
    authorisation: str | None = told("授权文书", "document of authorisation as given")

    @classmethod
    def of(cls, asking: recorded.Asking) -> Self:
        context = asking.told
        return cls(
            recorded_at=asking.recorded_at,
            purpose=context.purpose,
            matter=context.matter,
            authorisation=context.authorisation,
        )


@strawberry.type(description=both("一次人工复核", "what one human decided about it"))
class Review:
    decision: ReviewDecision = told("决定", "the decision")
    reviewer: str = told("复核人", "who reviewed it")
    reasons: str = told("理由", "the reasons")
    recorded_at: Millis = told("留痕时间", "when it was recorded")

    @classmethod
    def of(cls, review: reviews.Review) -> Self:
        return cls(
            decision=review.decision,
            reviewer=review.reviewer,
            reasons=review.reasons,
            recorded_at=review.recorded_at,
        )


@strawberry.type(description=both("留痕的依据：只有编码", "a ground as recorded, in codes"))
class RecordedGround:
    rule: str = told("规则编号", "code of the rule")
    outcome: Outcome = told("此依据的结论", "outcome by this ground alone")
    measure: str = told("措施编码", "code of the measure")
    bases: list[str] = told("法律依据编号", "codes of the legal bases")
    reach: Reach = told("传导方式", "how the record arrives at the subject")
    disputed: bool = told("有已受理的异议", "an accepted objection is pending")
    record: str | None = told("记录编号；个人为空", "code of the record; null for persons")
    facts: list[str] | None = told("路径上的事实编号；个人为空", "ids of the path's facts")


@strawberry.type(description=both("留痕的来源覆盖", "coverage by a source as recorded"))
class RecordedCoverage:
    source: str = told("来源编码", "code of the source")
    covered: bool = told("已覆盖且未过期", "covered and fresh")
    generation: str | None = told("所用批次的事实编号", "fact id of the delivery used")
    as_of: Millis | None = told("所用批次的时间", "when the delivery used was made")
    fresh_until: Millis | None = told("该批次有效至", "until when it stays fresh")


@strawberry.type(
    description=both("留痕的结论：当时给出的原样", "a verdict as it was given and recorded")
)
class RecordedVerdict:
    id: str = told("结论编号：正文的 SHA-256", "SHA-256 of the body")
    body: str = told("结论正文，RFC 8785 规范 JSON", "the body in the JSON of RFC 8785")
    recorded_at: Millis = told("首次留痕时间", "when it was first recorded")
    status: VerdictStatus = told("效力", "whether it may be acted upon")
    subject: str = told("主体标识", "identifier of the subject")
    scenario: str = told("场景编码", "code of the scenario")
    capacity: str = told("身份编码", "code of the capacity")
    outcome: Outcome = told("结论", "outcome")
    covered: bool = told("来源全部覆盖且未过期", "every source covers and is fresh")
    complete: bool = told(
        "没有未读全的，也没有无从断定的", "nothing was left unread, and nothing is open"
    )
    effective_at: Millis = told("核查时点", "instant in the world it speaks of")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    epoch: int = told("纪元：恢复备份后递增", "raised when a backup was restored")
    rule_set: str | None = told("规则集内容的散列", "content hash of the rule set")
    valid_until: Millis | None = told(
        "无新记录时结论保持到", "when the answer changes if nothing new is recorded"
    )
    marks: list[Mark] = told("标记", "what makes it other than a plain answer")
    grounds: list[RecordedGround] = told("依据，由重到轻", "grounds, gravest first")
    coverage: list[RecordedCoverage] = told("来源覆盖", "coverage by source")
    askings: list[Asking] = told("各次查询，由早到晚", "each time it was asked for, oldest first")
    reviews: list[Review] = told("人工复核，最后一次为准", "reviews, the last one counts")
    kept: strawberry.Private[recorded.Recorded]

    @strawberry.field(
        description=both(
            "由事实重新写出的全文；事实已不再给出同一结论时为空",
            "in words, which come from the facts; null where these give it no longer",
        )
    )
    async def explained(self, info: Info) -> Verdict | None:
        context = self.kept.askings[0].told
        try:
            return Verdict.of(await info.context.hub.told_again(self.kept, context))
        except VerdictWithheld:
            return None

    @strawberry.field(
        description=both(
            "最近一次查询的签名回执：JSON 形式的 JWS，可离线核验",
            "signed receipt of the last asking, a JWS in JSON that verifies offline",
        )
    )
    async def receipt(self, info: Info) -> str:
        return (await info.context.hub.evidence.receipts.issue(self.id)).signed

    @classmethod
    def of(cls, kept: recorded.Recorded) -> Self:
        body = kept.fields
        return cls(
            id=kept.id,
            body=kept.body.decode(),
            recorded_at=kept.recorded_at,
            status=kept.status,
            subject=body["subject"],
            scenario=body["scenario"],
            capacity=body["capacity"],
            outcome=Outcome(body["outcome"]),
            covered=body["covered"],
            complete=body["complete"],
            effective_at=parse_instant(body["effectiveAt"]),
            known_at=parse_instant(body["knownAt"]),
            epoch=body["epoch"],
            rule_set=body["ruleSet"],
            valid_until=_instant(body["validUntil"]),
            marks=[Mark(mark) for mark in body["marks"]],
            grounds=[_ground(ground) for ground in body["grounds"]],
            coverage=[_coverage(source) for source in body["coverage"]],
            askings=[Asking.of(asking) for asking in kept.askings],
            reviews=[Review.of(review) for review in kept.reviews],
            kept=kept,
        )


def _ground(ground: dict[str, Any]) -> RecordedGround:
    words: dict[str, Any] = {"outcome": Outcome(ground["outcome"]), "reach": Reach(ground["reach"])}
    return RecordedGround(**{**ground, **words})


def _coverage(source: dict[str, Any]) -> RecordedCoverage:
    return RecordedCoverage(
        source=source["source"],
        covered=source["covered"],
        generation=source["generation"],
        as_of=_instant(source["asOf"]),
        fresh_until=_instant(source["freshUntil"]),
    )


def _instant(text: str | None) -> Millis | None:
    return None if text is None else parse_instant(text)


@strawberry.type(description=both("重答与原答的一处不同", "one place where two answers differ"))
class Difference:
    place: str = told("在正文中的位置", "where in the body")
    recorded: str | None = told("原答，JSON", "as recorded, in JSON")
    now: str | None = told("重答，JSON", "as answered again, in JSON")

    @classmethod
    def of(cls, found: replay.Difference) -> Self:
        return cls(place=found.place, recorded=_json(found.recorded), now=_json(found.now))


@strawberry.type(
    description=both("重答：按原时点再问一次", "replay: asked again at its own clocks")
)
class Replay:
    id: str = told("结论编号", "id of the verdict")
    result: ReplayResult = told("异同", "how the two answers compare")
    differences: list[Difference] = told("最先的至多二十处不同", "the first 20 differences at most")

    @classmethod
    def of(cls, replayed: replay.Replay) -> Self:
        differences = [Difference.of(found) for found in replayed.differences]
        return cls(id=replayed.id, result=replayed.result, differences=differences)


def _json(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


@strawberry.type(description=both("登记的事项：一项决策", "a registered matter: one decision"))
class Matter:
    name: str = told("事项", "name of the matter")
    scenario: str = told("场景编码", "code of the scenario")
    decided_at: Millis = told("作出决定的时间", "when it was decided")
    subject: str | None = told("所涉单位；个人为空", "the unit it was about; null for persons")
    organ: str | None = told("作出决定的机关", "who decided")

    @classmethod
    def of(cls, matter: matters.Matter) -> Self:
        subject = matter.subject
        is_person = subject is not None and subject_kind(subject) is SubjectKind.PERSON
        return cls(
            name=matter.name,
            scenario=matter.scenario,
            decided_at=matter.decided_at,
            subject=None if is_person else subject,
            organ=matter.organ,
        )


@strawberry.type(
    description=both(
        "未经核查的决策：一页，按决定时间排序", "decisions without a check: one page, by instant"
    )
)
class UncheckedMatters:
    page_info: PageInfo = told("分页信息", "where the page lies")
    nodes: list[Matter] = told("各事项；可少于所要项数", "the matters, maybe fewer than asked for")
