"""The law as GraphQL types."""

from typing import Self

import strawberry

from hub.api.enums import (
    InfoCategory,
    Maturity,
    Outcome,
    Reach,
    ReadingGrade,
    RuleKind,
    SubjectKind,
)
from hub.api.nodes import Node, global_id
from hub.api.words import both, told
from hub.domain import catalogue as law
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span
from hub.text import Text


@strawberry.type(description=both("中英文各一句", "one sentence in both languages"))
class Words:
    zh: str = told("中文", "Chinese")
    en: str = told("英文", "English")

    @classmethod
    def of(cls, text: Text) -> Self:
        return cls(zh=text.zh, en=text.en)


def words_or_none(text: Text | None) -> Words | None:
    return None if text is None else Words.of(text)


def start_or_none(span: Span) -> Millis | None:
    return span.start if span.start > OPEN_START else None


def end_or_none(span: Span) -> Millis | None:
    return instant_or_none(span.end)


def instant_or_none(instant: Millis) -> Millis | None:
    """None for the open end."""
    return instant if instant < OPEN_END else None


@strawberry.type(
    description=both("法律依据：文件及其条款", "legal basis: a document and its article")
)
class LegalBasis(Node):
    code: str = told("依据编号", "code")
    document: Words = told("文件名称", "title of the document")
    doc_no: str | None = told("文号", "document number; null where it was not read")
    article: str | None = told("条款", "article; null where it was not read")
    quote: str | None = told("原文摘录", "words kept of the article")
    grade: ReadingGrade = told("核读等级", "how well it was read")
    ceiling: Outcome = told("条文允许的最重结论", "gravest outcome its words allow")
    in_force_from: Millis | None = told("施行起；空为不详", "in force from; null where unknown")
    in_force_to: Millis | None = told("施行止；空为现行", "in force until; null while in force")
    note: Words | None = told("说明", "note")

    @classmethod
    def of(cls, basis: law.LegalBasis) -> Self:
        return cls(
            id=global_id("LegalBasis", basis.code),
            code=basis.code,
            document=Words.of(basis.document),
            doc_no=basis.doc_no,
            article=basis.article,
            quote=basis.quote,
            grade=basis.grade,
            ceiling=basis.ceiling,
            in_force_from=start_or_none(basis.in_force),
            in_force_to=end_or_none(basis.in_force),
            note=words_or_none(basis.note),
        )


@strawberry.type(
    description=both("失信行为清单中的一项", "entry of the list of dishonest behaviours")
)
class Behaviour(Node):
    code: str = told("行为编码", "code, ZWSX-nn")
    title: Words = told("行为名称", "title")
    applies_to: list[SubjectKind] = told("适用主体", "kinds of subject it applies to")
    default_category: InfoCategory = told(
        "默认信息类别", "category unless the document says otherwise"
    )
    qualifier: Words | None = told("构成要件", "what must be added for it to count")
    determiner: Words = told("认定主体", "who determines it")
    evidence: list[str] = told("依据文书类型", "types of document it may rest on")
    legal_bases: list[LegalBasis] = told("法律依据", "legal bases")

    @classmethod
    def of(cls, behaviour: law.Behaviour, catalogue: law.Catalogue) -> Self:
        return cls(
            id=global_id("Behaviour", behaviour.code),
            code=behaviour.code,
            title=Words.of(behaviour.title),
            applies_to=list(behaviour.applies_to),
            default_category=behaviour.default_category,
            qualifier=words_or_none(behaviour.qualifier),
            determiner=Words.of(behaviour.determiner),
            evidence=list(behaviour.evidence),
            legal_bases=bases_of(behaviour.bases, catalogue),
        )


@strawberry.type(description=both("主体在事项中的身份", "as what the subject stands in the matter"))
class Capacity:
    code: str = told("身份编码", "code")
    title: Words = told("身份名称", "title")


@strawberry.type(description=both("记录的来源", "where records of one sort come from"))
class Source:
    code: str = told("来源编码", "code")
    title: Words = told("来源名称", "title")
    channel: Words = told(
        "查询渠道（内政发〔2021〕12号 二(二)2）", "channel through which it is asked"
    )

    @classmethod
    def of(cls, source: law.Source) -> Self:
        return cls(code=source.code, title=Words.of(source.title), channel=Words.of(source.channel))


@strawberry.type(description=both("应用场景：一类决定", "scenario: one kind of decision"))
class Scenario(Node):
    code: str = told("场景编码", "code")
    title: Words = told("场景名称", "title")
    subject_kind: SubjectKind = told("核查对象", "kind of subject it checks")
    capacities: list[Capacity] = told(
        "可选身份；多于一个时核查必须写明", "capacities; with several, a check must name one"
    )
    sources: list[Source] = told("结论所依赖的来源", "sources its answer depends on")
    legal_bases: list[LegalBasis] = told("法律依据", "legal bases")

    @classmethod
    def of(cls, scenario: law.Scenario, catalogue: law.Catalogue) -> Self:
        return cls(
            id=global_id("Scenario", scenario.code),
            code=scenario.code,
            title=Words.of(scenario.title),
            subject_kind=scenario.subject_kind,
            capacities=[
                Capacity(code=capacity.code, title=Words.of(capacity.title))
                for capacity in scenario.capacities
            ],
            sources=[Source.of(catalogue.sources[code]) for code in scenario.sources],
            legal_bases=bases_of(scenario.bases, catalogue),
        )


@strawberry.type(description=both("惩戒措施", "measure"))
class Measure:
    code: str = told("措施编码", "code")
    title: Words = told("措施名称", "title")


@strawberry.type(description=both("规则在部分场景中的后果", "what a rule does in some scenarios"))
class Effect:
    scenarios: list[str] = told("场景编码", "codes of the scenarios")
    capacities: list[str] = told("身份编码；空为不限", "codes of the capacities; empty for all")
    outcome: Outcome = told("结论", "outcome")


@strawberry.type(
    description=both(
        "规则：何种记录在何场景引出何措施", "rule: which records lead to which measure, where"
    )
)
class Rule(Node):
    code: str = told("规则编号", "code")
    kind: RuleKind = told("种类", "whether it grounds verdicts")
    title: Words = told("名称", "title")
    measure: Measure = told("措施", "measure")
    verb: str = told("原文动词，决定结论", "verb of the law, which decides the outcome")
    quote: str = told("引用原文", "words of the law")
    implementer: Words = told("实施主体", "who carries it out")
    legal_bases: list[LegalBasis] = told("法律依据", "legal bases")
    maturity: Maturity = told("成熟度", "maturity; an experimental rule only shows")
    subject_kind: SubjectKind = told("对象", "kind of subject it binds")
    reaches: list[Reach] = told("传导方式", "how a record must arrive")
    effects: list[Effect] = told("后果", "what it does where")
    reading: Words = told("读法说明", "why it is read so")
    fallback: bool = told("兜底规则：无专门规则时适用", "speaks only where no specific rule does")

    @classmethod
    def of(cls, rule: law.Rule, catalogue: law.Catalogue) -> Self:
        measure = catalogue.measures[rule.measure]
        return cls(
            id=global_id("Rule", rule.code),
            code=rule.code,
            kind=rule.kind,
            title=Words.of(rule.title),
            measure=Measure(code=measure.code, title=Words.of(measure.title)),
            verb=rule.verb,
            quote=rule.quote,
            implementer=Words.of(rule.implementer),
            legal_bases=bases_of(rule.bases, catalogue),
            maturity=rule.maturity,
            subject_kind=rule.subject_kind,
            reaches=list(rule.reaches),
            effects=[
                Effect(
                    scenarios=list(effect.scenarios),
                    capacities=list(effect.capacities),
                    outcome=effect.outcome,
                )
                for effect in rule.effects
            ],
            reading=Words.of(rule.reading),
            fallback=rule.fallback,
        )


def bases_of(codes: tuple[str, ...], catalogue: law.Catalogue) -> list[LegalBasis]:
    return [LegalBasis.of(catalogue.legal_bases[code]) for code in codes]
