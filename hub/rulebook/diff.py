"""How two rule sets differ, in words, entry by entry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from hub.domain.catalogue import Capacity, Catalogue, Effect
from hub.domain.clocks import OPEN_END, OPEN_START, SHANGHAI, Millis, Span
from hub.text import Text


class DifferenceKind(StrEnum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"
    CHANGED = "CHANGED"


class Difference(NamedTuple):
    """`section` is an attribute of `Catalogue`, `entry` the code in it."""

    kind: DifferenceKind
    section: str
    entry: str
    words: Text


_SECTIONS = {
    "rules": Text("规则", "rule"),
    "legal_bases": Text("依据", "legal basis"),
    "terms": Text("期限", "term"),
    "remedies": Text("消除途径", "remedy"),
    "scenarios": Text("应用场景", "scenario"),
    "behaviours": Text("失信行为", "behaviour"),
    "measures": Text("惩戒措施", "measure"),
    "sources": Text("信息来源", "source"),
    "vocabulary": Text("词表", "word list"),
}
"""In the order in which they are told."""

_PARTS = {
    "title": "名称",
    "document": "文件",
    "in_force": "有效期",
    "bases": "依据",
    "quote": "引文",
    "ceiling": "上限",
    "grade": "核读等级",
    "measure": "措施",
    "verb": "动词",
    "reaches": "传导方式",
    "maturity": "成熟度",
    "effects": "后果",
    "reading": "读法",
    "implementer": "实施主体",
    "sources": "信息来源",
    "capacities": "身份",
    "months": "月数",
    "days": "天数",
    "working_days": "工作日数",
    "domains": "领域",
    "titles": "用词",
    "note": "说明",
}
"""What a lawyer calls a part of an entry; others go by their English name."""


_PLAIN = Text("词表", "word list")


def differences(before: Catalogue, after: Catalogue) -> list[Difference]:
    """Of every section; number, title and first day of the sets themselves are left out."""
    return [
        difference
        for section in _SECTIONS
        for difference in _of_section(section, getattr(before, section), getattr(after, section))
    ]


def _of_section(
    section: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        if old == new:
            continue
        kind, words = _told(old, new)
        title = _SECTIONS[section]
        told = Text(f"{title.zh} {code} {words.zh}", f"{title.en} {code} {words.en}")
        yield Difference(kind, section, code, told)


def _told(old: object, new: object) -> tuple[DifferenceKind, Text]:
    if old is None:
        name = _name(new)
        return DifferenceKind.ADDED, Text(f"新增：{name.zh}", f"is new: {name.en}")
    if new is None:
        name = _name(old)
        return DifferenceKind.REMOVED, Text(f"删除：{name.zh}", f"is gone: {name.en}")
    parts = [_part(name, *pair) for name, pair in _changed(old, new).items()]
    words = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return DifferenceKind.CHANGED, words


def _name(entry: object) -> Text:
    """Its title, or the document it is an article of; a word list has neither."""
    name: Text | None = getattr(entry, "title", None) or getattr(entry, "document", None)
    return name or _PLAIN


def _changed(old: Any, new: Any) -> Mapping[str, tuple[object, object]]:
    """Parts of an entry that differ, by the name of its attribute."""
    pairs = ((one.name, (getattr(old, one.name), getattr(new, one.name))) for one in fields(old))
    return {name: pair for name, pair in pairs if pair[0] != pair[1]}


def _part(name: str, old: object, new: object) -> Text:
    zh, en = _PARTS.get(name, name), name.replace("_", " ")
    if isinstance(old, Mapping | tuple) and not isinstance(old, Text | Span):
        change = _members(cast("Iterable[object]", old), cast("Iterable[object]", new))
        return Text(f"{zh}{change.zh}", f"{en} {change.en}")
    was, now = _shown(old), _shown(new)
    return Text(f"{zh}由 {was.zh} 改为 {now.zh}", f"{en} from {was.en} to {now.en}")


def _members(old: Iterable[object], new: Iterable[object]) -> Text:
    """What a list of codes or effects has gained and lost."""
    had, has = [_shown(one).zh for one in old], [_shown(one).zh for one in new]
    gained = ", ".join(one for one in has if one not in had)
    lost = ", ".join(one for one in had if one not in has)
    if not gained and not lost:
        return Text("有改动", "reworded")
    zh = [f"增加 {gained}"] * bool(gained) + [f"去掉 {lost}"] * bool(lost)
    en = [f"gained {gained}"] * bool(gained) + [f"lost {lost}"] * bool(lost)
    return Text("，".join(zh), ", ".join(en))


def _shown(value: object) -> Text:
    match value:
        case None:
            return Text("无", "none")
        case Text():
            return value
        case Span():
            return Text(f"{_day(value.start)}—{_day(value.end)}", _english_days(value))
        case Effect():
            where = "/".join((*value.scenarios, *value.capacities, *value.reaches))
            return Text(f"{where} {value.outcome}", f"{where} {value.outcome}")
        case Capacity():
            return Text(value.code, value.code)
        case _:
            return Text(str(value), str(value))


def _english_days(span: Span) -> str:
    return f"{_day(span.start)} until {_day(span.end)}"


def _day(instant: Millis) -> str:
    """In Asia/Shanghai; an open end is dots."""
    if instant in {OPEN_START, OPEN_END}:
        return "…"
    return f"{datetime.fromtimestamp(instant // 1_000, SHANGHAI):%Y-%m-%d}"
