"""Enumerations of the schema: the domain's own, described by the titles of the vocabulary.

Types import them from here, so that they are described before anything uses them.
"""

from enum import Enum
from typing import Any, cast

import strawberry
import yaml
from strawberry.types.enum import StrawberryEnumDefinition

from hub.api.words import both
from hub.domain.paths import CutReason
from hub.domain.verdict import Mark
from hub.domain.vocabulary import (
    AdminLevel,
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
    marks = Text("结论标记", "what makes an answer other than a plain one")
    _register(Mark, marks, {mark.value: title for mark, title in _MARKS.items()})
    cuts = Text("结果不完整的原因", "why an answer is not complete")
    _register(CutReason, cuts, {reason.value: title for reason, title in _CUTS.items()})


_register_all()

__all__ = [
    "AdminLevel",
    "CutReason",
    "InfoCategory",
    "Mark",
    "Maturity",
    "Outcome",
    "PublicitySeverity",
    "Reach",
    "ReadingGrade",
    "RecordKind",
    "RuleKind",
    "StandingStatus",
    "SubjectKind",
    "UnitKind",
]
