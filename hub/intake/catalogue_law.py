"""What no rule may do: go beyond its words, its basis, or what may be done to a person.

National rule behind it: no adding, widening or aggravating of punishments beyond law and list.
"""

from collections.abc import Iterator, Mapping

from hub.domain.catalogue import Catalogue, Effect, LegalBasis, Rule, Scenario, Trigger
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

_ELLIPSIS = "……"
_SHOWN_ONLY = (Reach.PRINCIPAL, Reach.SUBORDINATE)


def unlawful_rules(catalogue: Catalogue) -> Iterator[Flaw]:
    for rule in catalogue.rules.values():
        for reason in _reasons(catalogue, rule):
            yield Flaw("rules", rule.code, reason)


def is_quoted(quote: str, basis: LegalBasis) -> bool:
    """Whether each part of the quote, between ellipses, stands in the words kept of the basis."""
    return all(part in (basis.quote or "") for part in quote.split(_ELLIPSIS))


def _reasons(catalogue: Catalogue, rule: Rule) -> Iterator[Text]:
    yield from _wording(catalogue, rule)
    if rule.kind is RuleKind.DUTY and rule.effects:
        yield Text("DUTY 规则不得有核查效果", "a DUTY has no effects")
    if rule.kind is RuleKind.CHECK and not rule.effects:
        yield Text("CHECK 规则没有效果", "a CHECK rule needs effects")
    for effect in rule.effects:
        yield from _too_harsh(catalogue, rule, effect.outcome)
        yield from _misdirected(catalogue, rule, effect)


def _wording(catalogue: Catalogue, rule: Rule) -> Iterator[Text]:
    if rule.verb not in rule.quote:
        yield Text(
            f"引文中没有动词“{rule.verb}”", f"the quote does not contain the verb {rule.verb!r}"
        )
    if not any(is_quoted(rule.quote, catalogue.legal_bases[code]) for code in rule.bases):
        yield Text("引文不见于所列任何依据", "the quote is in none of the bases named")


def _too_harsh(catalogue: Catalogue, rule: Rule, outcome: Outcome) -> Iterator[Text]:
    for limit, why in _limits(catalogue, rule):
        if outcome.gravity > limit.gravity:
            yield Text(
                f"{outcome} 超出上限 {limit}：{why.zh}",
                f"{outcome} exceeds the limit {limit}: {why.en}",
            )


def _limits(catalogue: Catalogue, rule: Rule) -> Iterator[tuple[Outcome, Text]]:
    """Grade MEMORY is no basis; no basis, no more than showing."""
    bases = [catalogue.legal_bases[code] for code in rule.bases]
    read = [basis for basis in bases if basis.grade is not ReadingGrade.MEMORY]
    ceiling = max((basis.ceiling for basis in read), key=_gravity, default=Outcome.ATTENTION)
    verb = VERB_CEILINGS.get(rule.verb, Outcome.ATTENTION)
    yield verb, Text(f"动词“{rule.verb}”", f"the verb {rule.verb!r}")
    yield ceiling, Text("所列依据的用语", "the words of its bases")
    if rule.subject_kind is SubjectKind.PERSON and all(
        basis.grade is ReadingGrade.C for basis in read
    ):
        why = Text("对个人的依据只有转述", "on persons with secondary reports only")
        yield Outcome.REFERENCE, why
    if rule.maturity is Maturity.EXPERIMENTAL:
        yield Outcome.ATTENTION, Text("试行规则", "the rule is experimental")
    for reach in set(rule.reaches).intersection(_SHOWN_ONLY):
        yield Outcome.ATTENTION, Text(f"传导方式 {reach}", f"the reach {reach}")


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
    for code in effect.scenarios:
        yield from _mismatch(catalogue, rule, effect, catalogue.scenarios[code])


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
