"""The verdict as GraphQL types."""

from typing import Self

import strawberry

from hub.api.change_types import Clearance, NearMiss
from hub.api.context import Info
from hub.api.enums import (
    InfoCategory,
    Mark,
    Outcome,
    Reach,
    RecordKind,
    StandingStatus,
    SubjectKind,
    VerdictStatus,
)
from hub.api.law_types import (
    Behaviour,
    Law,
    LegalBasis,
    Measure,
    RequiredSource,
    RuleSet,
    Words,
    end_or_none,
    instant_or_none,
)
from hub.api.nodes import global_id
from hub.api.term_types import Term
from hub.api.words import both, told
from hub.checks.explanation import (
    ExplainedCoverage,
    ExplainedGround,
    ExplainedRecord,
    ExplainedVerdict,
)
from hub.domain.clocks import Millis
from hub.domain.facts import Ref
from hub.domain.known import Held, Standing, Tie
from hub.domain.things import Clocks
from hub.evidence.recorded import Context

_NODE_TYPES = {"Unit": "Unit", "Person": "Official", "CreditRecord": "Record", "Region": "Region"}
"""Labels whose things can be followed, by the GraphQL type that shows them."""


@strawberry.type(description=both("路径上的一端", "one end of a step"))
class End:
    label: str = told("图中标签", "label in the graph")
    code: str = told("编号", "its code")
    node_id: strawberry.ID | None = told(
        "可用 node 查询的标识", "id for `node`, where it can be followed"
    )

    @classmethod
    def of(cls, ref: Ref) -> Self:
        kind = _NODE_TYPES.get(ref.label)
        return cls(label=ref.label, code=ref.id, node_id=global_id(kind, ref.id) if kind else None)


@strawberry.type(description=both("路径的一步：一条事实", "one step of a path: a fact"))
class Step:
    fact_id: str = told("事实编号", "id of the fact")
    kind: str = told("关系类型或状态标签", "relationship type, or label of a state")
    start: End = told("起点", "where it starts")
    end: End | None = told("终点；状态没有终点", "where it ends; a state has no end")
    valid_from: Millis = told("生效起", "holds from")
    valid_to: Millis | None = told("生效止；空为至今", "holds until; null while it has no end")

    @classmethod
    def of(cls, fact: Held) -> Self:
        return cls(
            fact_id=fact.fact_id,
            kind=fact.kind,
            start=End.of(fact.start),
            end=End.of(fact.end) if fact.end else None,
            valid_from=fact.valid.start,
            valid_to=end_or_none(fact.valid),
        )


@strawberry.type(description=both("依据的文书", "a document a record rests on"))
class DocumentRef:
    code: str = told("文书标识", "number with its issuer")
    doc_no: str | None = told("文号", "document number")

    @classmethod
    def of(cls, tie: Tie) -> Self:
        return cls(code=tie.code, doc_no=tie.title)


@strawberry.type(description=both("认定单位", "the unit that determined a record"))
class UnitRef:
    id: strawberry.ID = told("全局标识", "global id, for `node`")
    code: str = told("单位标识", "credit code or scheme:value")
    name: str | None = told("名称", "name")

    @classmethod
    def of(cls, tie: Tie) -> Self:
        return cls(id=global_id("Unit", tie.code), code=tie.code, name=tie.title)


@strawberry.type(
    description=both("核查时点的记录状态", "a record's standing at the instant of the check")
)
class GroundStanding:
    fact_id: str = told("事实编号", "id of the fact")
    status: StandingStatus = told("状态", "status")
    event_at: Millis = told("发生时间", "when it happened")
    public_until: Millis | None = told("公示止", "published until")
    public_term: Term | None = told("公示期限的依据", "the term that gives `publicUntil`")
    counts_until: Millis | None = told("计入止", "counts in checks until")
    counts_term: Term | None = told("计入期限的依据", "the term that gives `countsUntil`")
    disputed: bool = told("有已受理的异议", "an accepted objection is pending")
    domain: str | None = told("领域", "domain")
    list_kind: str | None = told("名单", "list it stands on")
    penalty: str | None = told("处罚种类", "kind of penalty")
    discipline: str | None = told("处分种类", "kind of sanction")
    marks: list[str] = told("标记", "further findings of the document")

    @classmethod
    def of(cls, standing: Standing, law: Law) -> Self:
        return cls(
            fact_id=standing.fact.fact_id,
            status=standing.status,
            event_at=standing.event_at,
            public_until=instant_or_none(standing.public_until),
            public_term=Term.of(standing.public_term, law),
            counts_until=instant_or_none(standing.counts_until),
            counts_term=Term.of(standing.counts_term, law),
            disputed=standing.disputed,
            domain=standing.domain,
            list_kind=standing.list_kind,
            penalty=standing.penalty,
            discipline=standing.discipline,
            marks=list(standing.marks),
        )


@strawberry.type(description=both("依据的信用记录", "the record of a ground"))
class GroundRecord:
    id: strawberry.ID = told("全局标识", "global id, for `node`")
    code: str = told("记录编号", "code of the record")
    kind: RecordKind = told("记录种类", "kind of record")
    category: InfoCategory = told("信息类别", "category of information")
    behaviours: list[Behaviour] = told("失信行为", "behaviours it is an instance of")
    documents: list[DocumentRef] = told("依据文书", "documents it rests on")
    determined_by: list[UnitRef] = told("认定单位", "who determined it")
    standing: GroundStanding = told("记录状态", "its standing")

    @classmethod
    def of(cls, record: ExplainedRecord, law: Law) -> Self:
        code = record.arrival.record
        return cls(
            id=global_id("Record", code),
            code=code,
            kind=record.kind,
            category=record.category,
            behaviours=[Behaviour.of(b, law) for b in record.behaviours],
            documents=[DocumentRef.of(tie) for tie in record.documents],
            determined_by=[UnitRef.of(tie) for tie in record.determiners],
            standing=GroundStanding.of(record.arrival.standing, law),
        )


@strawberry.type(description=both("依据 = 规则 × 记录 × 路径", "ground = rule × record × path"))
class Ground:
    rule: str = told("规则编号", "code of the rule")
    title: Words = told("规则名称", "title of the rule")
    reading: Words = told("读法说明", "why the rule is read so")
    outcome: Outcome = told("此依据的结论", "outcome by this ground alone")
    outcome_title: Words = told("结论名称", "the outcome in words")
    measure: Measure = told("措施", "measure")
    verb: str = told("原文动词", "verb of the law")
    quote: str = told("引用原文", "words of the law")
    implementer: Words = told("实施主体", "who carries the measure out")
    legal_bases: list[LegalBasis] = told(
        "核查时点有效的法律依据", "legal bases in force at the instant"
    )
    reach: Reach = told("传导方式", "how the record arrives at the subject")
    disputed: bool = told("有已受理的异议", "an accepted objection is pending")
    record: GroundRecord | None = told(
        "信用记录；个人只给结果与依据", "the record; null for persons"
    )
    path: list[Step] | None = told(
        "从主体到记录的事实；个人为空", "facts from subject to record; null for persons"
    )
    cypher: str | None = told(
        "在 Neo4j Browser 中画出此路径的语句", "draws the path in Neo4j Browser; null for persons"
    )
    cleared_by: list[Clearance] | None = told(
        "如何使此依据不再成立；个人为空", "what would make it go away; null for persons"
    )

    @classmethod
    def of(cls, explained: ExplainedGround, law: Law) -> Self:
        ground = explained.ground
        return cls(
            rule=ground.rule,
            title=Words.of(explained.rule_title),
            reading=Words.of(explained.reading),
            outcome=ground.outcome,
            outcome_title=Words.of(explained.outcome_title),
            measure=Measure.of(law.catalogue.measures[ground.measure], law),
            verb=ground.verb,
            quote=ground.quote,
            implementer=Words.of(ground.implementer),
            legal_bases=[LegalBasis.of(basis, law) for basis in explained.bases],
            reach=ground.reach,
            disputed=ground.disputed,
            record=GroundRecord.of(explained.record, law) if explained.record else None,
            path=[Step.of(fact) for fact in explained.path] if explained.path is not None else None,
            cypher=explained.cypher,
            cleared_by=None
            if explained.cleared_by is None
            else [Clearance.of(clearance, law) for clearance in explained.cleared_by],
        )


@strawberry.type(description=both("一个来源是否覆盖主体", "whether a source covers the subject"))
class SourceCoverage:
    source: RequiredSource = told("来源", "the source")
    covered: bool = told("已覆盖且未过期", "covered and fresh")
    as_of: Millis | None = told("所用批次的时间", "when the delivery used was made")
    fresh_until: Millis | None = told("该批次有效至", "until when it stays fresh")

    @classmethod
    def of(cls, explained: ExplainedCoverage) -> Self:
        coverage = explained.coverage
        return cls(
            source=RequiredSource(
                code=coverage.source,
                title=Words.of(explained.title),
                channel=Words.of(explained.channel),
            ),
            covered=coverage.covered,
            as_of=coverage.as_of,
            fresh_until=coverage.fresh_until,
        )


@strawberry.type(description=both("被核查的主体", "the subject that was checked"))
class VerdictSubject:
    id: strawberry.ID = told("全局标识", "global id, for `node`")
    code: str = told("主体标识", "identifier as checked")
    kind: SubjectKind = told("主体种类", "kind of subject")
    name: str | None = told("单位名称；个人为空", "name of a unit; null for persons")


@strawberry.type(description=both("核查结论", "verdict: the answer to one check"))
class Verdict:
    id: str = told("结论编号：结论正文的 SHA-256", "SHA-256 of the answer's body")
    content_id: str = told(
        "不含时钟的编号：内容不变则不变", "the same without clocks, for what changed"
    )
    outcome: Outcome = told("结论", "outcome")
    outcome_title: Words = told("结论名称", "the outcome in words")
    covered: bool = told(
        "所依赖的来源全部覆盖且未过期", "every source it depends on covers and is fresh"
    )
    complete: bool = told(
        "没有未读全的记录和承继，也没有无从断定是否及于主体的记录",
        "no record or succession was left unread, and of no record is it open whether it concerns"
        " the subject",
    )
    cut_reaches: list[Reach] = told(
        "未读全的途径：其记录过多（可能一条也未列出），或承继超过五次",
        "reaches of which not all was read: too many records, perhaps none of them told, or more"
        " than five successions one after the other",
    )
    undecided_records: list[str] = told(
        "无从断定是否及于单位的记录，须查明；对个人为空",
        "records of which it is open whether they concern the unit, to be found out; of persons []",
    )
    human_review_required: bool = told(
        "需人工复核（个人信息保护法第24条）", "provisional until a named human confirms"
    )
    status: VerdictStatus = told(
        "终局，或待人工复核、已确认、已推翻", "final, or what humans decided about it so far"
    )
    subject: VerdictSubject = told("主体", "subject")
    scenario: str = told("场景编码", "code of the scenario")
    scenario_title: Words = told("场景名称", "title of the scenario")
    capacity: str = told("身份编码", "code of the capacity")
    capacity_title: Words = told("身份名称", "title of the capacity")
    effective_at: Millis = told("核查时点", "instant in the world it speaks of")
    known_at: Millis = told("所知截至", "as of whose knowledge")
    epoch: int = told("纪元：恢复备份后递增", "raised when a backup was restored")
    rule_set: RuleSet | None = told(
        "规则集；空为当时尚无规则集", "rule set; null where none was in force"
    )
    valid_until: Millis | None = told(
        "无新记录时结论保持到", "when the answer changes if nothing new is recorded"
    )
    marks: list[Mark] = told("标记", "what makes it other than a plain answer")
    grounds: list[Ground] = told("依据，由重到轻", "grounds, gravest first")
    near_miss: list[NearMiss] = told(
        "九十日内将起或将止的依据，只对单位", "what begins or ends within 90 days; for units only"
    )
    coverage: list[SourceCoverage] = told("来源覆盖", "coverage by source")
    purpose: str | None = told("用途", "purpose as given")
    matter: str | None = told("所服务的事项", "the decision served, as given")
    authorisation: str | None = told("授权文书", "document of authorisation as given")

    @strawberry.field(
        description=both(
            "签名回执：JSON 形式的 JWS，可离线核验；假设的结论为空",
            "signed receipt, a JWS in JSON that verifies offline; null for a hypothetical verdict",
        )
    )
    async def receipt(self, info: Info) -> str | None:
        if Mark.HYPOTHETICAL in self.marks:
            return None
        receipts = info.context.hub.evidence.receipts
        return (await receipts.issue(self.id, Context.of(self))).signed

    @classmethod
    def of(cls, explained: ExplainedVerdict) -> Self:
        verdict = explained.verdict
        kind = "Unit" if verdict.subject_kind is SubjectKind.UNIT else "Official"
        law = Law(explained.catalogue, Clocks(verdict.effective_at, verdict.known_at))
        return cls(
            id=verdict.id,
            content_id=verdict.content_id,
            outcome=verdict.outcome,
            outcome_title=Words.of(explained.outcome_title),
            covered=verdict.judgement.covered,
            complete=verdict.judgement.complete,
            cut_reaches=list(verdict.judgement.cut),
            undecided_records=list(verdict.judgement.undecided_records),
            human_review_required=verdict.human_review_required,
            status=explained.status,
            subject=VerdictSubject(
                id=global_id(kind, verdict.subject),
                code=verdict.subject,
                kind=verdict.subject_kind,
                name=verdict.subject_name,
            ),
            scenario=verdict.scenario,
            scenario_title=Words.of(explained.scenario_title),
            capacity=verdict.capacity,
            capacity_title=Words.of(explained.capacity_title),
            effective_at=verdict.effective_at,
            known_at=verdict.known_at,
            epoch=verdict.epoch,
            rule_set=RuleSet.of(law) if verdict.rule_set else None,
            valid_until=verdict.valid_until,
            marks=list(verdict.marks),
            grounds=[Ground.of(ground, law) for ground in explained.grounds],
            near_miss=[NearMiss.of(miss) for miss in verdict.near_misses],
            coverage=[SourceCoverage.of(source) for source in explained.coverage],
            purpose=verdict.purpose,
            matter=verdict.matter,
            authorisation=verdict.authorisation,
        )
