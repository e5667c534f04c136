"""The law as GraphQL types: navigable both ways within the rule set that it was read from."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Self

import strawberry

from hub.api.enums import (
    InfoCategory,
    Maturity,
    Outcome,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    SubjectKind,
)
from hub.api.nodes import Node, global_id
from hub.api.words import both, told
from hub.domain import catalogue as entries
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, day_start
from hub.domain.things import Clocks
from hub.text import Text


class Law(NamedTuple):
    """A rule set and the clocks it was read at; what is walked on to keeps both."""

    catalogue: entries.Catalogue
    clocks: Clocks

    def rules(self, chosen: Callable[[entries.Rule], bool]) -> "list[Rule]":
        return [Rule.of(rule, self) for rule in self.catalogue.rules.values() if chosen(rule)]

    def legal_bases(self, codes: Iterable[str]) -> "list[LegalBasis]":
        return [LegalBasis.of(self.catalogue.legal_bases[code], self) for code in codes]


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
    law: strawberry.Private[Law]

    @strawberry.field(description=both("以其为据的规则", "rules based on it"))
    def rules(self) -> "list[Rule]":
        return self.law.rules(lambda rule: self.code in rule.bases)

    @classmethod
    def of(cls, basis: entries.LegalBasis, law: Law) -> Self:
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
            law=law,
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
    law: strawberry.Private[Law]

    @strawberry.field(description=both("由其触发的规则", "rules it triggers"))
    def rules(self) -> "list[Rule]":
        return self.law.rules(lambda rule: triggered(rule, behaviour=self.code))

    @classmethod
    def of(cls, behaviour: entries.Behaviour, law: Law) -> Self:
        return cls(
            id=global_id("Behaviour", behaviour.code),
            code=behaviour.code,
            title=Words.of(behaviour.title),
            applies_to=list(behaviour.applies_to),
            default_category=behaviour.default_category,
            qualifier=words_or_none(behaviour.qualifier),
            determiner=Words.of(behaviour.determiner),
            evidence=list(behaviour.evidence),
            legal_bases=law.legal_bases(behaviour.bases),
            law=law,
        )


@strawberry.type(description=both("主体在事项中的身份", "as what the subject stands in the matter"))
class Capacity:
    code: str = told("身份编码", "code")
    title: Words = told("身份名称", "title")


@strawberry.type(description=both("记录的来源", "where records of one sort come from"))
class RequiredSource:
    code: str = told("来源编码", "code")
    title: Words = told("来源名称", "title")
    channel: Words = told(
        "查询渠道（内政发〔2021〕12号 二(二)2）", "channel through which it is asked"
    )

    @classmethod
    def of(cls, source: entries.Source) -> Self:
        return cls(code=source.code, title=Words.of(source.title), channel=Words.of(source.channel))


@strawberry.type(description=both("应用场景：一类决定", "scenario: one kind of decision"))
class Scenario(Node):
    code: str = told("场景编码", "code")
    title: Words = told("场景名称", "title")
    subject_kind: SubjectKind = told("核查对象", "kind of subject it checks")
    capacities: list[Capacity] = told(
        "可选身份；多于一个时核查必须写明", "capacities; with several, a check must name one"
    )
    sources: list[RequiredSource] = told("结论所依赖的来源", "sources its answer depends on")
    legal_bases: list[LegalBasis] = told("法律依据", "legal bases")
    law: strawberry.Private[Law]

    @strawberry.field(description=both("该场景的规则", "rules of the scenario"))
    def rules(self) -> "list[Rule]":
        return self.law.rules(lambda rule: self.code in rule.scenarios)

    @classmethod
    def of(cls, scenario: entries.Scenario, law: Law) -> Self:
        return cls(
            id=global_id("Scenario", scenario.code),
            code=scenario.code,
            title=Words.of(scenario.title),
            subject_kind=scenario.subject_kind,
            capacities=[
                Capacity(code=capacity.code, title=Words.of(capacity.title))
                for capacity in scenario.capacities
            ],
            sources=[RequiredSource.of(law.catalogue.sources[code]) for code in scenario.sources],
            legal_bases=law.legal_bases(scenario.bases),
            law=law,
        )


@strawberry.type(description=both("惩戒措施", "measure"))
class Measure(Node):
    code: str = told("措施编码", "code")
    title: Words = told("措施名称", "title")
    law: strawberry.Private[Law]

    @strawberry.field(description=both("采取该措施的规则", "rules that impose it"))
    def rules(self) -> "list[Rule]":
        return self.law.rules(lambda rule: rule.measure == self.code)

    @classmethod
    def of(cls, measure: entries.Measure, law: Law) -> Self:
        return cls(
            id=global_id("Measure", measure.code),
            code=measure.code,
            title=Words.of(measure.title),
            law=law,
        )


@strawberry.type(description=both("名单种类", "kind of list"))
class ListKind:
    code: str = told("名单编码", "code")
    title: Words = told("名单名称", "title")
    law: strawberry.Private[Law]

    @strawberry.field(description=both("由其触发的规则", "rules it triggers"))
    def rules(self) -> "list[Rule]":
        return self.law.rules(lambda rule: triggered(rule, list_kind=self.code))


@strawberry.type(
    description=both(
        "触发条件：规则各项后果所指明的一切；未指明的不作条件",
        "what triggers a rule: all that its effects name; what they do not name is no condition",
    )
)
class Triggers:
    behaviours: list[Behaviour] = told("失信行为", "behaviours")
    categories: list[InfoCategory] = told("信息类别", "categories of information")
    record_kinds: list[RecordKind] = told("记录种类", "kinds of record")
    list_kinds: list[ListKind] = told("名单种类", "kinds of list")

    @classmethod
    def of(cls, rule: entries.Rule, law: Law) -> Self:
        behaviours, lists = law.catalogue.behaviours.values(), list_kinds(law.catalogue).items()
        return cls(
            behaviours=[
                Behaviour.of(b, law) for b in behaviours if triggered(rule, behaviour=b.code)
            ],
            categories=[one for one in InfoCategory if triggered(rule, category=one)],
            record_kinds=[one for one in RecordKind if triggered(rule, record_kind=one)],
            list_kinds=[
                ListKind(code=code, title=Words.of(title), law=law)
                for code, title in lists
                if triggered(rule, list_kind=code)
            ],
        )


@strawberry.type(description=both("规则在部分场景中的后果", "what a rule does in some scenarios"))
class Effect:
    scenarios: list[str] = told("场景编码", "codes of the scenarios")
    capacities: list[str] = told("身份编码；空为不限", "codes of the capacities; empty for all")
    reaches: list[Reach] = told(
        "传导方式；空为规则所列全部", "reaches; empty for all of the rule's"
    )
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
    entry: strawberry.Private[entries.Rule]
    law: strawberry.Private[Law]

    @strawberry.field(description=both("触发条件", "what triggers it"))
    def triggers(self) -> Triggers:
        return Triggers.of(self.entry, self.law)

    @strawberry.field(description=both("适用场景", "scenarios it applies in"))
    def scenarios(self) -> list[Scenario]:
        scenarios = self.law.catalogue.scenarios.values()
        return [Scenario.of(one, self.law) for one in scenarios if one.code in self.entry.scenarios]

    @strawberry.field(description=both("采取的措施", "measures it imposes"))
    def measures(self) -> list[Measure]:
        return [self.measure]

    @strawberry.field(description=both("所属规则集", "rule sets that contain it"))
    def rule_sets(self) -> "list[RuleSet]":
        return [RuleSet.of(self.law)]

    @classmethod
    def of(cls, rule: entries.Rule, law: Law) -> Self:
        return cls(
            id=global_id("Rule", rule.code),
            code=rule.code,
            kind=rule.kind,
            title=Words.of(rule.title),
            measure=Measure.of(law.catalogue.measures[rule.measure], law),
            verb=rule.verb,
            quote=rule.quote,
            implementer=Words.of(rule.implementer),
            legal_bases=law.legal_bases(rule.bases),
            maturity=rule.maturity,
            subject_kind=rule.subject_kind,
            reaches=list(rule.reaches),
            effects=[
                Effect(
                    scenarios=list(effect.scenarios),
                    capacities=list(effect.capacities),
                    reaches=list(effect.reaches),
                    outcome=effect.outcome,
                )
                for effect in rule.effects
            ],
            reading=Words.of(rule.reading),
            fallback=rule.fallback,
            entry=rule,
            law=law,
        )


@strawberry.type(
    description=both("规则集：编号且不可更改", "rule set: numbered, immutable version of the law")
)
class RuleSet(Node):
    number: int = told("序号", "number")
    title: Words = told("名称", "title")
    content_hash: str = told("内容摘要 SHA-256", "SHA-256 of its content")
    in_force_from: Millis = told("施行起", "in force from")
    law: strawberry.Private[Law]

    @strawberry.field(description=both("规则", "rules of the set"))
    def rules(self) -> list[Rule]:
        return self.law.rules(lambda _: True)

    @classmethod
    def of(cls, law: Law) -> Self:
        rule_set = law.catalogue
        return cls(
            id=global_id("RuleSet", str(rule_set.number)),
            number=rule_set.number,
            title=Words.of(rule_set.title),
            content_hash=rule_set.content_hash,
            in_force_from=day_start(rule_set.in_force_from),
            law=law,
        )


def triggered(
    rule: entries.Rule,
    *,
    behaviour: str | None = None,
    category: InfoCategory | None = None,
    record_kind: RecordKind | None = None,
    list_kind: str | None = None,
) -> bool:
    """Whether the rule's triggers, taken together, name all that is given."""
    triggers = rule.triggers
    return (
        (behaviour is None or any(behaviour in t.behaviours for t in triggers))
        and (category is None or any(category in t.categories for t in triggers))
        and (record_kind is None or any(record_kind in t.kinds for t in triggers))
        and (list_kind is None or any(list_kind in t.lists for t in triggers))
    )


def list_kinds(catalogue: entries.Catalogue) -> Mapping[str, Text]:
    """Titles of the kinds of list, by code."""
    return catalogue.vocabulary["listKinds"].titles
