"""What is wrong with a rule set, all of it at once: the loader refuses at the first flaw.

Behind it: measures only with a basis listed and no harsher than it, none twice for the same, none
for what is unrelated (credit regulations of Shenzhen, art. 66–67 and 72, and of Henan, art. 31–32).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

from hub.domain.catalogue import Catalogue, Rule, SubjectCondition, Trigger
from hub.domain.vocabulary import Maturity, Outcome, Reach, ReadingGrade
from hub.intake.cases import read_cases
from hub.intake.catalogue import CASES, NEEDS_CASE, read_unchecked, rules_without_case
from hub.intake.catalogue_law import BreachCode, breaches
from hub.intake.catalogue_references import unknown_codes
from hub.rulebook.revival import Revival
from hub.text import Text


class LintCode(StrEnum):
    """Beside every `BreachCode`."""

    UNKNOWN_CODE = "UNKNOWN_CODE"
    NO_CASE = "NO_CASE"
    MEMORY_ONLY = "MEMORY_ONLY"
    UNRELATED_DOMAIN = "UNRELATED_DOMAIN"
    DOUBLE_ENTRY = "DOUBLE_ENTRY"
    REVIVED_BASIS = "REVIVED_BASIS"


class Severity(StrEnum):
    """The loader refuses an ERROR; a WARNING is for a lawyer to judge."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class Finding(NamedTuple):
    """`entry` is the code of a rule, of a revived basis, or of what names an unknown code."""

    severity: Severity
    code: BreachCode | LintCode
    entry: str
    words: Text


class _Imposed(NamedTuple):
    """What an effect does to whom, for one trigger in one scenario by one reach."""

    measure: str
    outcome: Outcome
    scenario: str
    capacities: tuple[str, ...]
    trigger: Trigger
    subject: SubjectCondition
    reach: Reach


def lint_folder(folder: Path) -> list[Finding]:
    """Of a catalogue with its cases. Raises `CatalogueRefused` for what cannot even be read."""
    catalogue = read_unchecked(folder)
    findings = lint(catalogue)
    if any(finding.code is LintCode.UNKNOWN_CODE for finding in findings):
        return findings
    for rule in rules_without_case(catalogue, read_cases(folder / CASES, catalogue)):
        findings.append(Finding(Severity.ERROR, LintCode.NO_CASE, rule.code, NEEDS_CASE))
    return findings


def lint(catalogue: Catalogue) -> list[Finding]:
    """Of the rules alone; unknown codes come by themselves, since they hide the rest."""
    unknown = [
        Finding(Severity.ERROR, LintCode.UNKNOWN_CODE, flaw.entry, flaw.reason)
        for flaw in unknown_codes(catalogue)
    ]
    return unknown or [*_of_rules(catalogue), *_double_entries(catalogue)]


def of_revivals(found: Iterable[Revival]) -> Iterator[Finding]:
    """What a draft does to the law published before it, which no folder can tell of itself."""
    for one in found:
        yield Finding(Severity.WARNING, LintCode.REVIVED_BASIS, one.basis, one.words)


def _of_rules(catalogue: Catalogue) -> Iterator[Finding]:
    for rule in catalogue.rules.values():
        for breach in breaches(catalogue, rule):
            yield Finding(Severity.ERROR, breach.code, rule.code, breach.reason)
        yield from _memory_only(catalogue, rule)
        yield from _unrelated_domains(catalogue, rule)


def _memory_only(catalogue: Catalogue, rule: Rule) -> Iterator[Finding]:
    """A rule that says itself that it is experimental need not be told so."""
    grades = {catalogue.legal_bases[code].grade for code in rule.bases}
    if grades == {ReadingGrade.MEMORY} and rule.maturity is not Maturity.EXPERIMENTAL:
        words = Text(
            "依据都未经核对，应标为 EXPERIMENTAL",
            "none of its bases was read; it should be EXPERIMENTAL",
        )
        yield Finding(Severity.WARNING, LintCode.MEMORY_ONLY, rule.code, words)


def _unrelated_domains(catalogue: Catalogue, rule: Rule) -> Iterator[Finding]:
    related = {domain for code in rule.bases for domain in catalogue.legal_bases[code].domains}
    asked = dict.fromkeys(domain for trigger in rule.triggers for domain in trigger.domains)
    for domain in asked:
        if domain not in related:
            words = Text(
                f"触发领域 {domain} 不是其依据写明的领域",
                f"its bases do not name the field {domain} that triggers it",
            )
            yield Finding(Severity.WARNING, LintCode.UNRELATED_DOMAIN, rule.code, words)


def _double_entries(catalogue: Catalogue) -> Iterator[Finding]:
    rules: defaultdict[_Imposed, dict[str, None]] = defaultdict(dict)
    for rule in catalogue.rules.values():
        for imposed in _imposed(rule):
            rules[imposed][rule.code] = None
    pairs = {pair: imposed for imposed, codes in rules.items() for pair in combinations(codes, 2)}
    for (first, second), imposed in pairs.items():
        words = Text(
            f"与 {first} 对同一记录重复采取 {imposed.measure}",
            f"imposes {imposed.measure} for the same records as {first}",
        )
        yield Finding(Severity.WARNING, LintCode.DOUBLE_ENTRY, second, words)


def _imposed(rule: Rule) -> Iterator[_Imposed]:
    for effect in rule.effects:
        for scenario, trigger, reach in product(
            effect.scenarios, effect.when, effect.reaches or rule.reaches
        ):
            where = scenario, effect.capacities
            yield _Imposed(rule.measure, effect.outcome, *where, trigger, effect.subject, reach)
