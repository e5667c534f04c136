"""Lint tells all that is wrong with a rule set at once, by code and entry."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from hub.domain.catalogue import Rule, SubjectCondition
from hub.domain.vocabulary import Maturity, Outcome, Reach
from hub.errors import CatalogueRefused
from hub.intake.catalogue import read_catalogue
from hub.intake.catalogue_law import BreachCode
from hub.rulebook.lint import Finding, LintCode, Severity, lint, lint_folder
from scripts.docs.markdown import rows_under
from tests.rulebook.law import LAW, SEEDS, changed, changed_effect, with_rule

PAGE = Path(__file__).parents[2] / "docs" / "changing-the-rules.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "catalogue"))


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.entry) for one in findings]


def test_what_ships_is_clean() -> None:
    assert lint_folder(SEEDS) == []


def test_a_measure_that_is_not_listed_is_told_and_not_applied(folder: Path) -> None:
    rules = folder / "rules" / "units.yaml"
    text = rules.read_text("utf-8").replace("measure: PROCUREMENT_REFUSED", "measure: SHAMED")
    rules.write_text(text, "utf-8")

    [finding] = lint_folder(folder)

    assert told([finding]) == [("ERROR", "UNKNOWN_CODE", "R24")]
    assert finding.words.en == "unknown measure 'SHAMED'"
    assert finding.words.zh == "没有代码为 'SHAMED' 的惩戒措施"
    with pytest.raises(CatalogueRefused):
        read_catalogue(folder)


BEYOND_THE_LAW = {
    "NO_BASIS": changed("R24", bases=()),
    "NOT_QUOTED": changed("R24", quote="一律应当拒绝其参与政府采购活动"),
    "NO_QUOTED_VERB": changed("R24", verb="不得"),
    "HARSHER_THAN_VERB": changed("R12", effects=(changed_effect("R12", outcome=Outcome.BLOCK),)),
    "HARSHER_THAN_BASIS": changed(
        "R08", effects=(changed_effect("R08", outcome=Outcome.RESTRICT),)
    ),
    "EXPERIMENTAL_ABOVE_ATTENTION": changed("R24", maturity=Maturity.EXPERIMENTAL),
    "REACH_ABOVE_ATTENTION": changed("R24", reaches=(Reach.OWN, Reach.SUBORDINATE)),
    "MISDIRECTED": changed(
        "R24", effects=(changed_effect("R24", subject=SubjectCondition(in_post=True)),)
    ),
}


@pytest.mark.parametrize("code", BreachCode)
def test_a_rule_beyond_its_law_is_told_by_code(code: BreachCode) -> None:
    rule = BEYOND_THE_LAW[code]

    assert ("ERROR", code, rule.code) in told(lint(with_rule(rule)))


def test_all_flaws_are_told_at_once() -> None:
    without: dict[str, Rule] = {code: changed(code, bases=()) for code in ("R24", "R26")}

    findings = lint(replace(LAW, rules={**LAW.rules, **without}))

    assert {entry for _, code, entry in told(findings) if code == "NO_BASIS"} == {"R24", "R26"}


def test_a_rule_without_a_case_is_told(folder: Path) -> None:
    for file in (folder / "cases").glob("*.yaml"):
        if "rule: R30\n" in file.read_text("utf-8"):
            file.unlink()

    assert ("ERROR", "NO_CASE", "R30") in told(lint_folder(folder))


def test_bases_that_nobody_read_are_for_experimental_rules_only() -> None:
    findings = lint(with_rule(changed("R33", maturity=Maturity.ESTABLISHED)))

    assert told(findings) == [("WARNING", "MEMORY_ONLY", "R33")]


def test_a_field_that_the_basis_does_not_name_is_unrelated() -> None:
    trigger = replace(LAW.rules["R17"].triggers[0], domains=("TENDER", "GOV_BORROWING"))
    rule = changed("R17", effects=(changed_effect("R17", when=(trigger,)),))

    [finding] = lint(with_rule(rule))

    assert told([finding]) == [("WARNING", "UNRELATED_DOMAIN", "R17")]
    assert finding.words.en == "its bases do not name the field GOV_BORROWING that triggers it"


def test_two_rules_for_the_same_are_a_double_entry() -> None:
    findings = lint(with_rule(changed("R24", code="R99")))

    assert told(findings) == [("WARNING", "DOUBLE_ENTRY", "R99")]
    assert findings[0].words.en == "imposes PROCUREMENT_REFUSED for the same records as R24"


def test_every_code_is_explained_with_its_severity() -> None:
    explained = {row[0]: row[1] for row in rows_under(PAGE.read_text("utf-8"), "代码 Code")}
    errors = {*BreachCode, LintCode.UNKNOWN_CODE, LintCode.NO_CASE}

    assert explained == {
        code: Severity.ERROR if code in errors else Severity.WARNING
        for code in (*BreachCode, *LintCode)
    }
