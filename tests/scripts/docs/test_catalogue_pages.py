"""Every entry of the catalogue has its place, and a rule's page has all that grounds it."""

from collections.abc import Mapping

import pytest

from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.resources import resource
from scripts.docs.catalogue_pages import catalogue_pages


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(resource("seeds", "catalogue"))


@pytest.fixture(scope="module")
def pages(files: CatalogueFiles) -> Mapping[str, str]:
    return catalogue_pages(files)


def entry(page: str, anchor: str) -> str:
    """What stands below one heading."""
    return page.partition(f"{{#{anchor}}}")[2].partition("\n## ")[0]


def test_every_rule_names_its_bases_with_grade_and_its_measure(
    files: CatalogueFiles, pages: Mapping[str, str]
) -> None:
    for rule in files.catalogue.rules.values():
        page = pages[f"rule-{rule.code}.md"]
        assert f"](measures.md#{rule.measure})" in page
        for basis in rule.bases:
            [row] = [line for line in page.splitlines() if f"](legal-bases.md#{basis})" in line]
            assert f"| `{files.catalogue.legal_bases[basis].grade}` " in row


def test_every_rule_quotes_its_words_with_the_verb_set_off(
    files: CatalogueFiles, pages: Mapping[str, str]
) -> None:
    for rule in files.catalogue.rules.values():
        [quoted] = [
            line for line in pages[f"rule-{rule.code}.md"].splitlines() if line.startswith("> ")
        ]
        assert f"**{rule.verb}**" in quoted
        assert quoted.removeprefix("> ").replace("**", "") == rule.quote


def test_every_effect_is_a_row_with_its_scenarios_and_outcome(
    files: CatalogueFiles, pages: Mapping[str, str]
) -> None:
    for rule in files.catalogue.rules.values():
        effects = pages[f"rule-{rule.code}.md"].partition("## 效果 Effects")[2]
        rows = [
            line for line in effects.partition("\n## ")[0].splitlines() if "scenarios.md#" in line
        ]
        assert len(rows) == len(rule.effects)
        for row, effect in zip(rows, rule.effects, strict=True):
            assert f"| `{effect.outcome}` " in row
            assert all(f"](scenarios.md#{scenario})" in row for scenario in effect.scenarios)


def test_every_case_stands_on_the_page_of_its_rule(
    files: CatalogueFiles, pages: Mapping[str, str]
) -> None:
    cases = [case for file in files.cases for case in file.cases]

    assert len(cases) > 0
    assert [case.name for case in cases if case.name not in pages[f"rule-{case.rule}.md"]] == []


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("behaviours.md", "behaviours"),
        ("scenarios.md", "scenarios"),
        ("legal-bases.md", "legal_bases"),
    ],
)
def test_every_entry_has_its_heading(
    files: CatalogueFiles, pages: Mapping[str, str], name: str, section: str
) -> None:
    known: Mapping[str, object] = getattr(files.catalogue, section)

    assert [code for code in known if f"{{#{code}}}" not in pages[name]] == []


@pytest.mark.parametrize("name", ["measures", "sources", "terms"])
def test_every_entry_has_its_row(
    files: CatalogueFiles, pages: Mapping[str, str], name: str
) -> None:
    known: Mapping[str, object] = getattr(files.catalogue, name)

    assert [code for code in known if f'<span id="{code}">' not in pages[f"{name}.md"]] == []


def test_a_scenario_tells_its_capacities_sources_and_rules(pages: Mapping[str, str]) -> None:
    procurement = entry(pages["scenarios.md"], "GOV_PROCUREMENT")

    assert "`SUPPLIER` 供应商 <small>supplier</small>" in procurement
    assert "[失信被执行人名单](sources.md#COURT_DEFAULTERS)" in procurement
    assert "(rule-R24.md)" in procurement


def test_a_legal_basis_tells_its_article_words_grade_and_rules(pages: Mapping[str, str]) -> None:
    notice = entry(pages["legal-bases.md"], "FGCJ-2023-1103")

    assert "> " in notice
    assert "**核读等级 reading grade** `C` " in notice
    assert "(rule-R12.md)" in notice
    assert "**施行 in force** 2023-08-10 – " in notice


def test_the_overview_counts_what_there_is(files: CatalogueFiles, pages: Mapping[str, str]) -> None:
    assert f"| [规则 Rules](rules.md) | {len(files.catalogue.rules)} |" in pages["index.md"]
