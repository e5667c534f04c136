"""What no rule may do: go beyond its words, its basis, or what may be done to a person.

National rule behind it: no adding, widening or aggravating of punishments beyond law and list.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from hub.domain.catalogue import Catalogue, Effect, Rule, Scenario, Trigger
from hub.domain.vocabulary import (
    InfoCategory,
    Maturity,
    Outcome,
    Reach,
    ReadingGrade,
    RecordKind,
    RuleKind,
    SubjectKind,
)
from hub.intake.catalogue_entries import Flaw
from hub.text import Text

VERB_CEILINGS: Mapping[str, Outcome] = {
    "不得": Outcome.BLOCK,
    "应当拒绝": Outcome.BLOCK,
    "应当具备": Outcome.BLOCK,
    "限制": Outcome.RESTRICT,
    "取消": Outcome.RESTRICT,
    "不适用": Outcome.RESTRICT,
    "不作为": Outcome.RESTRICT,
    "信用惩戒": Outcome.RESTRICT,
    "联合惩戒": Outcome.RESTRICT,
    "参考": Outcome.REFERENCE,
    "约束": Outcome.REFERENCE,
}
"""Gravest outcome a quoted verb carries; any other verb shows a record and does no more."""

_SHOWN_ONLY = (Reach.PRINCIPAL, Reach.SUBORDINATE)


class BreachCode(StrEnum):
    """What a rule does that none may."""

    NO_BASIS = "NO_BASIS"
    NOT_QUOTED = "NOT_QUOTED"
    NO_QUOTED_VERB = "NO_QUOTED_VERB"
    HARSHER_THAN_VERB = "HARSHER_THAN_VERB"
    HARSHER_THAN_BASIS = "HARSHER_THAN_BASIS"
    EXPERIMENTAL_ABOVE_ATTENTION = "EXPERIMENTAL_ABOVE_ATTENTION"
    REACH_ABOVE_ATTENTION = "REACH_ABOVE_ATTENTION"
    MISDIRECTED = "MISDIRECTED"


class Breach(NamedTuple):
    code: BreachCode
    reason: Text


def unlawful_rules(catalogue: Catalogue) -> Iterator[Flaw]:
    for rule in catalogue.rules.values():
        for breach in breaches(catalogue, rule):
            yield Flaw("rules", rule.code, breach.reason)


def breaches(catalogue: Catalogue, rule: Rule) -> Iterator[Breach]:
    """Of a rule whose codes are all known."""
    yield from _wording(catalogue, rule)
    for effect in rule.effects:
        yield from _too_harsh(catalogue, rule, effect)
    for reason in _misdirections(catalogue, rule):
        yield Breach(BreachCode.MISDIRECTED, reason)


def _wording(catalogue: Catalogue, rule: Rule) -> Iterator[Breach]:
    if rule.verb not in rule.quote:
        reason = Text(
            f"引文中没有动词“{rule.verb}”", f"the quote does not contain the verb {rule.verb!r}"
        )
        yield Breach(BreachCode.NO_QUOTED_VERB, reason)
    if not rule.bases:
        yield Breach(BreachCode.NO_BASIS, Text("没有列出依据", "it lists no basis"))
    elif not any(catalogue.legal_bases[code].holds_words(rule.quote) for code in rule.bases):
        reason = Text("引文不见于所列任何依据", "the quote is in none of the bases named")
        yield Breach(BreachCode.NOT_QUOTED, reason)


def _too_harsh(catalogue: Catalogue, rule: Rule, effect: Effect) -> Iterator[Breach]:
    outcome = effect.outcome
    for limit, why in (*_limits(catalogue, rule), *_limits_of_reaches(rule, effect)):
        if outcome.gravity > limit.gravity:
            reason = Text(
                f"{outcome} 超出上限 {limit}：{why.reason.zh}",
                f"{outcome} exceeds the limit {limit}: {why.reason.en}",
            )
            yield Breach(why.code, reason)


def _limits_of_reaches(rule: Rule, effect: Effect) -> Iterator[tuple[Outcome, Breach]]:
    for reach in effect.reaches or rule.reaches:
        if reach in _SHOWN_ONLY:
            why = Text(f"传导方式 {reach}", f"the reach {reach}")
            yield Outcome.ATTENTION, Breach(BreachCode.REACH_ABOVE_ATTENTION, why)


def _limits(catalogue: Catalogue, rule: Rule) -> Iterator[tuple[Outcome, Breach]]:
    """Grade MEMORY is no basis; no basis, no more than showing."""
    bases = [catalogue.legal_bases[code] for code in rule.bases]
    read = [basis for basis in bases if basis.grade is not ReadingGrade.MEMORY]
    ceiling = max((basis.ceiling for basis in read), key=_gravity, default=Outcome.ATTENTION)
    verb = VERB_CEILINGS.get(rule.verb, Outcome.ATTENTION)
    words = Text(f"动词“{rule.verb}”", f"the verb {rule.verb!r}")
    yield verb, Breach(BreachCode.HARSHER_THAN_VERB, words)
    words = Text("所列依据的用语", "the words of its bases")
    yield ceiling, Breach(BreachCode.HARSHER_THAN_BASIS, words)
    if rule.subject_kind is SubjectKind.PERSON and all(
        basis.grade is ReadingGrade.C for basis in read
    ):
        why = Text("对个人的依据只有转述", "on persons with secondary reports only")
        yield Outcome.REFERENCE, Breach(BreachCode.HARSHER_THAN_BASIS, why)
    if rule.maturity is Maturity.EXPERIMENTAL:
        why = Text("试行规则", "the rule is experimental")
        yield Outcome.ATTENTION, Breach(BreachCode.EXPERIMENTAL_ABOVE_ATTENTION, why)


def _misdirections(catalogue: Catalogue, rule: Rule) -> Iterator[Text]:
    if rule.kind is RuleKind.DUTY and rule.effects:
        yield Text("DUTY 规则不得有核查效果", "a DUTY has no effects")
    if rule.kind is RuleKind.CHECK and not rule.effects:
        yield Text("CHECK 规则没有效果", "a CHECK rule needs effects")
    for effect in rule.effects:
        yield from _misdirected(catalogue, rule, effect)


def _gravity(outcome: Outcome) -> int:
    return outcome.gravity


def _misdirected(catalogue: Catalogue, rule: Rule, effect: Effect) -> Iterator[Text]:
    units_only = effect.subject.unit_kinds or effect.subject.levels or effect.subject.governs
    if units_only if rule.subject_kind is SubjectKind.PERSON else effect.subject.in_post:
        yield Text("主体条件与主体类别不符", "the condition on the subject is not for its kind")
    if effect.outcome in {Outcome.CLEAR, Outcome.UNCOVERED}:
        yield Text(f"规则不能得出 {effect.outcome}", f"no rule gives {effect.outcome}")
    if Trigger() in effect.when:
        yield Text("触发条件为空", "a trigger names no condition")
    yield from _misled(rule, effect)
    for code in effect.scenarios:
        yield from _mismatch(catalogue, rule, effect, catalogue.scenarios[code])


def _misled(rule: Rule, effect: Effect) -> Iterator[Text]:
    for reach in set(effect.reaches).difference(rule.reaches):
        yield Text(f"规则不经 {reach} 传导", f"the rule does not name the reach {reach}")
    if Reach.REGION in (effect.reaches or rule.reaches) and not effect.subject.governs:
        yield Text(
            "REGION 只及于管辖该区划的单位，须写明 governs",
            "REGION reaches the unit that governs: the effect must ask for `governs`",
        )


def _mismatch(
    catalogue: Catalogue, rule: Rule, effect: Effect, scenario: Scenario
) -> Iterator[Text]:
    if scenario.subject_kind is not rule.subject_kind:
        yield Text(
            f"应用场景 {scenario.code} 不核查 {rule.subject_kind}",
            f"the scenario {scenario.code} does not check a {rule.subject_kind}",
        )
    for kind, listed in sorted(
        _read_by(catalogue, effect, rule.subject_kind) - _brought_to(catalogue, scenario)
    ):
        what = f"{kind}/{listed}" if listed else kind
        yield Text(
            f"应用场景 {scenario.code} 的信息来源都不提供 {what}",
            f"no source of the scenario {scenario.code} brings {what}",
        )


_KINDS_OF_CATEGORY = {
    InfoCategory.GENERAL_DISHONEST: {RecordKind.FAILURE_EVENT, RecordKind.PENALTY},
    InfoCategory.SERIOUS_DISHONEST: {
        RecordKind.FAILURE_EVENT,
        RecordKind.JUDGMENT_DEFAULT,
        RecordKind.LISTING,
        RecordKind.PENALTY,
    },
    InfoCategory.RISK_ALERT: {RecordKind.RISK_ALERT},
}
"""Which kinds of record may be of a category; a sanction in office is of a person's only."""


def _kinds_read(trigger: Trigger, subject_kind: SubjectKind) -> set[RecordKind]:
    """A trigger that names no kind reads every kind that may be of its categories."""
    if trigger.kinds:
        return set(trigger.kinds)
    kinds = {kind for category in trigger.categories for kind in _KINDS_OF_CATEGORY[category]}
    dishonest = bool(kinds - {RecordKind.RISK_ALERT})
    if dishonest and subject_kind is SubjectKind.PERSON:
        kinds.add(RecordKind.DISCIPLINE)
    return kinds


def _read_by(
    catalogue: Catalogue, effect: Effect, subject_kind: SubjectKind
) -> set[tuple[str, str]]:
    """Kinds of record the triggers look at; a listing of no named list is one of any."""
    every = [name for source in catalogue.sources.values() for name in source.lists]
    asked: set[tuple[str, str]] = set()
    for trigger in effect.when:
        for kind in _kinds_read(trigger, subject_kind):
            listing = kind is RecordKind.LISTING
            asked.update((kind, name) for name in ((trigger.lists or every) if listing else [""]))
    return asked


def _brought_to(catalogue: Catalogue, scenario: Scenario) -> set[tuple[str, str]]:
    sources = [catalogue.sources[code] for code in scenario.sources]
    return {
        (kind, name)
        for source in sources
        for kind in source.kinds
        for name in (source.lists if kind is RecordKind.LISTING else [""])
    }
