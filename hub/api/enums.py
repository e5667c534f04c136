"""Enumerations of the schema: the domain's own, described by the titles of the vocabulary.

Types import them from here, so that they are described before anything uses them.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, cast

import strawberry
import yaml
from strawberry.types.enum import StrawberryEnumDefinition

from hub.api.words import both
from hub.domain.paths import CutReason
from hub.domain.reviews import ReviewDecision, VerdictStatus
from hub.domain.rule_sets import RuleSetStatus
from hub.domain.verdict import CauseKind, Clock, Mark, Turn
from hub.domain.vocabulary import (
    AdminLevel,
    ClearanceKind,
    InfoCategory,
    Maturity,
    Outcome,
    PublicitySeverity,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    StandingStatus,
    SubjectKind,
    UnitKind,
)
from hub.evidence.replay import ReplayResult
from hub.resources import resource
from hub.text import Text

_LISTS: dict[type[Enum], tuple[str, Text]] = {
    Outcome: ("outcomes", Text("核查结论，由重到轻", "outcome of a check, gravest first")),
    SubjectKind: ("subjectKinds", Text("主体种类", "kind of subject")),
    UnitKind: ("unitKinds", Text("机构类别", "kind of unit")),
    AdminLevel: ("adminLevels", Text("行政层级", "level of administration")),
    RecordKind: ("recordKinds", Text("信用记录种类", "kind of record")),
    InfoCategory: ("infoCategories", Text("信用信息类别", "category of credit information")),
    PublicitySeverity: ("publicitySeverities", Text("公示等级", "severity on the national scale")),
    StandingStatus: ("standingStatuses", Text("记录状态", "standing of a record")),
    Reach: ("reaches", Text("记录如何及于主体", "how a record arrives at a subject")),
    RuleKind: ("ruleKinds", Text("规则种类", "kind of rule")),
    Maturity: ("maturities", Text("规则成熟度", "maturity of a rule")),
    ReadingGrade: ("readingGrades", Text("依据核读等级", "how well a basis was read")),
}
_MARKS = {
    Mark.FORECAST: Text("预测：核查时点在将来", "forecast: the instant asked for is in the future"),
    Mark.HYPOTHETICAL: Text("假设：不是实际情况", "hypothetical: not what is so"),
}


_CUTS = {
    CutReason.HUB: Text(
        "某一对象的事实过多，未经其继续", "a thing has too many facts to go through"
    ),
    CutReason.FACTS: Text("一次检索的事实过多", "more facts than one search reads"),
    CutReason.PATHS: Text("最短路径多于所示", "more shortest paths than are shown"),
    CutReason.PERSON: Text("一端的人员不予显示", "one end is a person of whom nothing is shown"),
}
_STATUSES = {
    VerdictStatus.FINAL: Text("终局：不需人工复核", "final: no human has to review it"),
    VerdictStatus.PROVISIONAL: Text("待人工复核", "provisional until a human decides"),
    VerdictStatus.CONFIRMED: Text("经人工确认", "confirmed by a human"),
    VerdictStatus.OVERTURNED: Text("经人工推翻", "overturned by a human"),
}
_DECISIONS = {
    ReviewDecision.CONFIRM: Text("确认", "the verdict stands"),
    ReviewDecision.OVERTURN: Text("推翻", "the verdict does not stand"),
}
_REPLAYS = {
    ReplayResult.EQUAL: Text("逐字相同", "the same, byte for byte"),
    ReplayResult.DIFFERENT: Text("不同", "another answer"),
    ReplayResult.WITHHELD: Text(
        "不再给出：密钥已销毁或个人已删除", "withheld: its key was destroyed or a person erased"
    ),
    ReplayResult.EPOCH: Text(
        "恢复过备份，两次回答不可比", "a backup was restored since: not to be compared"
    ),
}


_RULE_SET_STATUSES = {
    RuleSetStatus.DRAFT: Text("草案：不用于核查", "draft: decides nothing"),
    RuleSetStatus.PUBLISHED: Text("施行", "published, and in force"),
    RuleSetStatus.SUPERSEDED: Text("已被取代", "superseded by a later one"),
}


_CLEARANCES = {
    ClearanceKind.FULFIL: Text("履行义务", "what is owed is performed"),
    ClearanceKind.REPAIR: Text("信用修复", "the record is repaired"),
    ClearanceKind.CORRECTION: Text("异议更正或者撤销", "an objection corrects or revokes it"),
    ClearanceKind.EXPIRY: Text("期限届满", "the record's term ends"),
    ClearanceKind.RULE_END: Text("规则终止", "the rule's basis or look-back ends"),
}
_CAUSES = {
    CauseKind.FACT: Text("事实", "a fact"),
    CauseKind.RULE_SET: Text("规则集", "a rule set"),
    CauseKind.LEGAL_BASIS: Text("法律依据", "a legal basis"),
    CauseKind.TERM: Text("记录的期限", "the term of a record"),
    CauseKind.WINDOW: Text("规则的回溯期", "the look-back of a rule"),
    CauseKind.RULE: Text("专门规则取代或让位于兜底规则", "a specific rule, beside a fallback"),
}
_TURNS = {
    Turn.BEGINS: Text("开始", "begins"),
    Turn.ENDS: Text("终止", "ends"),
    Turn.CHANGES: Text("变化", "changes"),
}
_CLOCKS = {
    Clock.EFFECTIVE: Text("业务时钟：世上何时如此", "when it was so in the world"),
    Clock.KNOWLEDGE: Text("所知时钟：枢纽何时获知", "when the hub held it to be so"),
}


_TITLED: tuple[tuple[type[Enum], Text, Mapping[Any, Text]], ...] = (
    (Mark, Text("结论标记", "what makes an answer other than a plain one"), _MARKS),
    (CutReason, Text("结果不完整的原因", "why an answer is not complete"), _CUTS),
    (RuleSetStatus, Text("规则集状态", "status of a rule set"), _RULE_SET_STATUSES),
    (VerdictStatus, Text("结论的效力", "whether a verdict may be acted upon"), _STATUSES),
    (ReviewDecision, Text("人工复核的决定", "what a human decided about a verdict"), _DECISIONS),
    (ClearanceKind, Text("依据不再成立的途径", "how a ground goes away"), _CLEARANCES),
    (CauseKind, Text("变化的原因", "what makes two answers differ"), _CAUSES),
    (Turn, Text("起、止或变化", "whether something begins, ends or changes"), _TURNS),
    (Clock, Text("两个时钟", "the two clocks"), _CLOCKS),
    (ReplayResult, Text("重答与原答的异同", "how the same question is answered again"), _REPLAYS),
)
"""Those of the hub's own, with what each is about and the title of each member."""


def _register(enum: type[Enum], about: Text, titles: dict[str, Text]) -> None:
    strawberry.enum(enum, description=both(about.zh, about.en))
    definition = cast("StrawberryEnumDefinition", cast("Any", enum).__strawberry_definition__)
    for value in definition.values:
        title = titles[value.value]
        value.description = both(title.zh, title.en)


def _register_all() -> None:
    text = resource("seeds", "catalogue", "vocabulary.yaml").read_text(encoding="utf-8")
    lists = {entry["code"]: entry["words"] for entry in yaml.safe_load(text)}
    for enum, (name, about) in _LISTS.items():
        titles = {word["code"]: Text(word["zh"], word["en"]) for word in lists[name]}
        _register(enum, about, titles)
    for enum, about, titled in _TITLED:
        _register(enum, about, {member.value: title for member, title in titled.items()})


_register_all()

__all__ = [
    "AdminLevel",
    "CauseKind",
    "ClearanceKind",
    "Clock",
    "CutReason",
    "InfoCategory",
    "Mark",
    "Maturity",
    "Outcome",
    "PublicitySeverity",
    "Reach",
    "ReadingGrade",
    "RecordKind",
    "ReplayResult",
    "ReviewDecision",
    "RuleKind",
    "RuleSetStatus",
    "StandingStatus",
    "SubjectKind",
    "Turn",
    "UnitKind",
    "VerdictStatus",
]
