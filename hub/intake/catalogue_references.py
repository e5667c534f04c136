"""Every code an entry names must be one the catalogue has."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise

from hub.domain.catalogue import Catalogue, Effect, Rule, Term, Trigger
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
from hub.intake.catalogue_entries import Flaw
from hub.text import Text

ENUMERATIONS: Mapping[str, type[StrEnum]] = {
    "outcomes": Outcome,
    "subjectKinds": SubjectKind,
    "unitKinds": UnitKind,
    "adminLevels": AdminLevel,
    "recordKinds": RecordKind,
    "infoCategories": InfoCategory,
    "publicitySeverities": PublicitySeverity,
    "standingStatuses": StandingStatus,
    "reaches": Reach,
    "ruleKinds": RuleKind,
    "maturities": Maturity,
    "readingGrades": ReadingGrade,
}
"""Word lists that give titles to an enumeration of `hub.domain.vocabulary`, member for member."""

_NOUNS = {
    "basis": Text("法律依据", "legal basis"),
    "source": Text("信息来源", "source"),
    "scenario": Text("应用场景", "scenario"),
    "capacity": Text("参与身份", "capacity"),
    "measure": Text("惩戒措施", "measure"),
    "behaviour": Text("失信行为", "behaviour"),
    "verb": Text("动词", "verb"),
    "list": Text("名单", "list"),
    "mark": Text("标记", "mark"),
    "domain": Text("领域", "domain"),
    "penalty": Text("处罚种类", "penalty kind"),
    "document": Text("文书种类", "document type"),
    "discipline": Text("处分种类", "discipline kind"),
    "rule": Text("规则", "rule"),
    "record": Text("记录", "record"),
    "term": Text("期限", "term"),
}


def unknown_codes(catalogue: Catalogue) -> Iterator[Flaw]:
    yield from _of_vocabulary(catalogue)
    yield from _of_legal_bases(catalogue)
    yield from _of_sources(catalogue)
    yield from _of_scenarios(catalogue)
    yield from _of_behaviours(catalogue)
    yield from _of_terms(catalogue)
    yield from _of_remedies(catalogue)
    for rule in catalogue.rules.values():
        for reason in _of_rule(catalogue, rule):
            yield Flaw("rules", rule.code, reason)


def words(catalogue: Catalogue, name: str) -> Iterable[str]:
    """Codes of one word list; none when the catalogue lacks the list."""
    found = catalogue.vocabulary.get(name)
    return found.titles if found else ()


def unknown(noun: str, named: Iterable[str], known: Iterable[str]) -> Iterator[Text]:
    """One reason per code that is not known, in the order they are named."""
    have = set(known)
    title = _NOUNS[noun]
    for code in named:
        if code not in have:
            yield Text(f"没有代码为 {code!r} 的{title.zh}", f"unknown {title.en} {code!r}")


def _of_vocabulary(catalogue: Catalogue) -> Iterator[Flaw]:
    for name, members in ENUMERATIONS.items():
        have = list(words(catalogue, name))
        if sorted(have) != sorted(members):
            wrong = "、".join(sorted(set(have) ^ set(members)))
            reason = Text(f"与枚举成员不一致：{wrong}", f"differs from its enumeration in: {wrong}")
            yield Flaw("vocabulary", name, reason)


def _of_legal_bases(catalogue: Catalogue) -> Iterator[Flaw]:
    for basis in catalogue.legal_bases.values():
        for reason in unknown("domain", basis.domains, words(catalogue, "contractDomains")):
            yield Flaw("legalBases", basis.code, reason)


def _of_sources(catalogue: Catalogue) -> Iterator[Flaw]:
    for source in catalogue.sources.values():
        for reason in unknown("list", source.lists, words(catalogue, "listKinds")):
            yield Flaw("sources", source.code, reason)


def _of_scenarios(catalogue: Catalogue) -> Iterator[Flaw]:
    for scenario in catalogue.scenarios.values():
        reasons = [
            *unknown("source", scenario.sources, catalogue.sources),
            *unknown("basis", scenario.bases, catalogue.legal_bases),
            *_repeated(capacity.code for capacity in scenario.capacities),
        ]
        yield from (Flaw("scenarios", scenario.code, reason) for reason in reasons)


def _of_behaviours(catalogue: Catalogue) -> Iterator[Flaw]:
    for behaviour in catalogue.behaviours.values():
        reasons = [
            *unknown("basis", behaviour.bases, catalogue.legal_bases),
            *unknown("document", behaviour.evidence, words(catalogue, "documentTypes")),
        ]
        yield from (Flaw("behaviours", behaviour.code, reason) for reason in reasons)


def _of_terms(catalogue: Catalogue) -> Iterator[Flaw]:
    for term in catalogue.terms.values():
        for reason in unknown("basis", term.bases, catalogue.legal_bases):
            yield Flaw("terms", term.code, reason)
        if sum(length is not None for length in (term.months, term.days, term.working_days)) != 1:
            reason = Text(
                "months、days、workingDays 须恰好写明一项",
                "exactly one of months, days and workingDays is needed",
            )
            yield Flaw("terms", term.code, reason)
    yield from _overlapping_terms(catalogue)


def _overlapping_terms(catalogue: Catalogue) -> Iterator[Flaw]:
    """On every day and in every place a period has one length."""
    by_period: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in catalogue.terms.values():
        by_period[term.period, term.jurisdiction].append(term)
    for terms in by_period.values():
        for earlier, later in pairwise(sorted(terms, key=lambda term: term.in_force)):
            if earlier.in_force.end > later.in_force.start:
                reason = Text(
                    f"与 {earlier.code} 同时施行", f"it is in force together with {earlier.code}"
                )
                yield Flaw("terms", later.code, reason)


def _of_remedies(catalogue: Catalogue) -> Iterator[Flaw]:
    for remedy in catalogue.remedies.values():
        reasons = [
            *unknown("basis", remedy.bases, catalogue.legal_bases),
            *unknown("behaviour", remedy.behaviours, catalogue.behaviours),
            *unknown("term", [remedy.period] if remedy.period else [], _periods(catalogue)),
        ]
        if remedy.kind in {ClearanceKind.EXPIRY, ClearanceKind.RULE_END}:
            reasons.append(
                Text(f"{remedy.kind} 自行发生，不是救济", f"{remedy.kind} happens by itself")
            )
        yield from (Flaw("remedies", remedy.code, reason) for reason in reasons)


def _periods(catalogue: Catalogue) -> Iterator[str]:
    """Those whose end needs no calendar of holidays."""
    return (term.period for term in catalogue.terms.values() if term.working_days is None)


def _of_rule(catalogue: Catalogue, rule: Rule) -> Iterator[Text]:
    yield from unknown("basis", rule.bases, catalogue.legal_bases)
    yield from unknown("measure", [rule.measure], catalogue.measures)
    yield from unknown("verb", [rule.verb], words(catalogue, "verbs"))
    for effect in rule.effects:
        yield from unknown("scenario", effect.scenarios, catalogue.scenarios)
        yield from _capacities(catalogue, effect)
        for trigger in effect.when:
            yield from _of_trigger(catalogue, trigger)


def _capacities(catalogue: Catalogue, effect: Effect) -> Iterator[Text]:
    """A capacity named must be one of every scenario named beside it."""
    for code in effect.scenarios:
        if scenario := catalogue.scenarios.get(code):
            have = [capacity.code for capacity in scenario.capacities]
            yield from unknown("capacity", effect.capacities, have)


def _of_trigger(catalogue: Catalogue, trigger: Trigger) -> Iterator[Text]:
    yield from unknown("behaviour", trigger.behaviours, catalogue.behaviours)
    yield from unknown("list", trigger.lists, words(catalogue, "listKinds"))
    yield from unknown("penalty", trigger.penalties, words(catalogue, "penaltyKinds"))
    yield from unknown("domain", trigger.domains, words(catalogue, "contractDomains"))
    yield from unknown("mark", trigger.marks, words(catalogue, "marks"))


def _repeated(codes: Iterable[str]) -> Iterator[Text]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield Text(f"代码 {code!r} 重复", f"the code {code!r} stands twice")
