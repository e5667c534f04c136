"""The catalogue that ships is sound; one that is not is refused by file, entry and reason."""

import json
import shutil
from pathlib import Path

import pytest

from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, day_start
from hub.domain.standings import TRANSITIONS
from hub.domain.vocabulary import Outcome, Reach, ReadingGrade, RecordKind, RuleKind
from hub.errors import CatalogueRefused
from hub.intake.catalogue import (
    CatalogueFiles,
    canonical,
    content_hash,
    parse_catalogue,
    read_catalogue,
    stored_catalogue,
)
from hub.intake.catalogue_law import VERB_CEILINGS
from hub.intake.catalogue_references import ENUMERATIONS
from hub.resources import resource

SEEDS = resource("seeds", "catalogue")


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(SEEDS)


@pytest.fixture(scope="module")
def catalogue(files: CatalogueFiles) -> Catalogue:
    return files.catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "catalogue"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Change the first occurrence; one that is not there would make the test say nothing."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(CatalogueRefused) as caught:
        read_catalogue(folder)
    return caught.value.file, caught.value.entry, caught.value.reason.en


# What ships


def test_the_catalogue_has_26_behaviours_and_17_scenarios(catalogue: Catalogue) -> None:
    assert len(catalogue.behaviours) == 26
    assert len(catalogue.scenarios) == 17


def test_all_34_rules_of_the_law_are_there_and_nothing_unnumbered(catalogue: Catalogue) -> None:
    numbered = {f"R{number:02}" for number in range(1, 35)}
    fallbacks = {code for code, rule in catalogue.rules.items() if rule.fallback}

    assert set(catalogue.rules) == numbered | {"R17S", "R23P"} | fallbacks
    assert fallbacks == {
        "F-SERIOUS-UNIT",
        "F-GENERAL-UNIT",
        "F-RISK-UNIT",
        "F-LAPSED-UNIT",
        "F-SERIOUS-PERSON",
        "F-GENERAL-PERSON",
        "F-PRINCIPAL",
    }


def test_duties_are_the_ten_rules_that_oblige_and_never_ground(catalogue: Catalogue) -> None:
    duties = {code for code, rule in catalogue.rules.items() if rule.kind is RuleKind.DUTY}

    assert duties == {"R09", "R11", "R19", "R20", "R21", "R27", "R28", "R32", "R33", "R34"}


def test_every_enumeration_has_a_title_for_each_member(catalogue: Catalogue) -> None:
    for name, enumeration in ENUMERATIONS.items():
        assert list(catalogue.vocabulary[name].titles) == list(enumeration)


def test_the_word_lists_of_the_policy_have_their_members(catalogue: Catalogue) -> None:
    sizes = {name: len(words.titles) for name, words in catalogue.vocabulary.items()}

    assert {
        "clueChannels": 10,
        "interventionLevels": 3,
        "contractDomains": 11,
        "changeReasons": 3,
        "assessDimensions": 4,
        "listKinds": 4,
        "disciplineKinds": 6,
        "penaltyKinds": 5,
        "marks": 5,
    }.items() <= sizes.items()


def test_every_verb_that_can_restrict_has_a_title(catalogue: Catalogue) -> None:
    assert set(VERB_CEILINGS) <= set(catalogue.vocabulary["verbs"].titles)


def test_each_list_is_brought_by_exactly_one_source(catalogue: Catalogue) -> None:
    brought = [name for source in catalogue.sources.values() for name in source.lists]

    assert sorted(brought) == sorted(catalogue.vocabulary["listKinds"].titles)


def test_each_kind_of_negative_record_has_a_source(catalogue: Catalogue) -> None:
    brought = {kind for source in catalogue.sources.values() for kind in source.kinds}

    assert brought == set(RecordKind)


def test_every_basis_measure_and_verb_is_used(files: CatalogueFiles) -> None:
    catalogue = files.catalogue
    rules = catalogue.rules.values()
    citing = (*rules, *catalogue.behaviours.values(), *catalogue.scenarios.values())
    dated = (*catalogue.terms.values(), *catalogue.remedies.values())
    cited = {code for entry in (*citing, *dated) for code in entry.bases}
    quoted = {file.basis for file in files.cases}
    moving = {each.basis for each in TRANSITIONS if each.basis}

    assert cited | quoted | moving == set(catalogue.legal_bases)
    assert {rule.measure for rule in rules} == set(catalogue.measures)
    assert {rule.verb for rule in rules} == set(catalogue.vocabulary["verbs"].titles)


def test_of_each_kind_of_remedy_the_specific_ones_come_first(catalogue: Catalogue) -> None:
    """The first that speaks of a record holds; a later one of the same records would never."""
    remedies = list(catalogue.remedies.values())
    for place, later in enumerate(remedies):
        for earlier in remedies[:place]:
            shadowed = set(later.kinds) <= set(earlier.kinds) and earlier.lapsed is None
            plain = not (earlier.behaviours or earlier.severities or earlier.period)
            assert not (shadowed and plain and earlier.kind is later.kind)


def test_nothing_unverified_stands_behind_a_block_or_restriction(catalogue: Catalogue) -> None:
    grades = {
        catalogue.legal_bases[code].grade
        for rule in catalogue.rules.values()
        for code in rule.bases
        if any(effect.outcome in {Outcome.BLOCK, Outcome.RESTRICT} for effect in rule.effects)
    }

    assert grades == {ReadingGrade.A, ReadingGrade.B, ReadingGrade.C}


def test_a_basis_without_a_known_day_is_open_and_says_so(catalogue: Catalogue) -> None:
    for basis in catalogue.legal_bases.values():
        if basis.in_force.start == OPEN_START:
            assert basis.note is not None
            assert any(words in basis.note.zh for words in ("施行日不详", "日期不详"))


def test_the_payment_terms_change_on_the_day_the_new_text_comes_into_force(
    catalogue: Catalogue,
) -> None:
    old, new = (catalogue.legal_bases[code].in_force for code in ("ZFTL-2020-8", "ZFTL-2025-9"))

    assert (old.end, new.end) == (new.start, OPEN_END)


def test_regions_and_subordinates_are_read_by_the_rules_whose_words_name_them(
    catalogue: Catalogue,
) -> None:
    reading = {
        reach: [code for code, rule in catalogue.rules.items() if reach in rule.reaches]
        for reach in (Reach.SUBORDINATE, Reach.REGION)
    }

    assert reading == {
        Reach.SUBORDINATE: ["R17S"],
        Reach.REGION: ["R12", "R13", "R14", "R15"],
    }
    assert {effect.outcome for effect in catalogue.rules["R17S"].effects} == {Outcome.ATTENTION}


def test_the_days_of_the_rule_set_are_in_shanghai(catalogue: Catalogue) -> None:
    policy = catalogue.legal_bases["NZF-2021-12-2-2-2"]

    assert (catalogue.number, catalogue.jurisdiction) == (2, "CN-15")
    assert policy.in_force.start == day_start(catalogue.in_force_from)


# Content and hash


def test_what_was_once_made_known_is_read_whatever_has_been_learnt_since(
    files: CatalogueFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(VERB_CEILINGS, "限制", Outcome.ATTENTION)

    with pytest.raises(CatalogueRefused):
        parse_catalogue(files.content)
    assert stored_catalogue(files.content) == files.catalogue


def test_the_content_survives_its_canonical_form(files: CatalogueFiles) -> None:
    again: dict[str, object] = json.loads(canonical(files.content))

    assert parse_catalogue(again) == files.catalogue
    assert list(parse_catalogue(again).rules) == list(files.catalogue.rules)
    assert content_hash(again) == content_hash(files.content)


def test_the_hash_does_not_depend_on_the_order_of_keys(files: CatalogueFiles) -> None:
    backwards = dict(reversed(list(files.content.items())))

    assert list(backwards) != list(files.content)
    assert content_hash(backwards) == content_hash(files.content)


def test_the_hash_depends_on_every_word_but_not_on_the_cases(
    files: CatalogueFiles, folder: Path
) -> None:
    edit(folder, "cases/nomination.yaml", "case: nomination", "case: a nomination")
    reworded_case = content_hash(read_catalogue(folder).content)
    edit(folder, "measures.yaml", "不得调任", "不予调任")
    reworded_measure = content_hash(read_catalogue(folder).content)

    assert reworded_case == content_hash(files.content)
    assert reworded_measure != content_hash(files.content)


def test_origins_name_the_file_of_each_entry(files: CatalogueFiles) -> None:
    assert files.origins["rules", "R24"] == "rules/units.yaml"
    assert files.origins["legalBases", "CAIKU-2016-125"] == "legal_bases.yaml"


# What is refused

_R17S_READING = "\n  reading:\n    zh: >-\n      “限制其申请”"
_R24_VERB = "  verb: 应当拒绝\n"

REFUSALS = {
    "unknown key": (
        ("measures.yaml", "NO_TRANSFER_IN, title", "NO_TRANSFER_IN, name: x, title"),
        ("measures.yaml", "NO_TRANSFER_IN", "unknown key name"),
    ),
    "missing key": (
        ("rules/units.yaml", _R24_VERB, ""),
        ("rules/units.yaml", "R24", "verb is missing"),
    ),
    "unknown grade": (
        ("legal_bases.yaml", "grade: SEED", "grade: D"),
        (
            "legal_bases.yaml",
            "NZF-2021-12-2-1-4",
            "grade is 'D': Input should be 'SEED', 'A', 'B', 'C' or 'MEMORY'",
        ),
    ),
    "a bare number for a day": (
        ("rule_set.yaml", "2021-10-19", "20211019"),
        (
            "rule_set.yaml",
            "ruleSet",
            "inForceFrom is 20211019: Value error, not a day such as 2021-10-19",
        ),
    ),
    "duplicate code in one file": (
        ("behaviours.yaml", "ZWSX-02", "ZWSX-01"),
        ("behaviours.yaml", "ZWSX-01", "the code is taken already in behaviours.yaml"),
    ),
    "duplicate code in two files": (
        ("rules/units.yaml", "code: R10", "code: R01"),
        ("rules/units.yaml", "R01", "the code is taken already in rules/persons.yaml"),
    ),
    "unknown scenario": (
        ("rules/units.yaml", "[UNIT_AWARD]", "[UNIT_PRIZE]"),
        ("rules/units.yaml", "R10", "unknown scenario 'UNIT_PRIZE'"),
    ),
    "unknown behaviour": (
        ("rules/units.yaml", "[ZWSX-07]", "[ZWSX-77]"),
        ("rules/units.yaml", "R31", "unknown behaviour 'ZWSX-77'"),
    ),
    "unknown measure": (
        ("rules/units.yaml", "measure: HONOUR_CANCELLED", "measure: HONOUR"),
        ("rules/units.yaml", "R10", "unknown measure 'HONOUR'"),
    ),
    "unknown basis": (
        ("rules/units.yaml", "[CAIKU-2016-125]", "[CAIKU-2016-126]"),
        ("rules/units.yaml", "R24", "unknown legal basis 'CAIKU-2016-126'"),
    ),
    "unknown basis of a behaviour": (
        ("behaviours.yaml", "ZFTL-2025-35", "ZFTL-2025-99"),
        ("behaviours.yaml", "ZWSX-16", "unknown legal basis 'ZFTL-2025-99'"),
    ),
    "unknown basis of a term": (
        ("terms.yaml", "bases: [ZWCF-2020-8,", "bases: [ZWCF-2020-9,"),
        ("terms.yaml", "DISCIPLINE-WARNING", "unknown legal basis 'ZWCF-2020-9'"),
    ),
    "unknown document type": (
        ("behaviours.yaml", "[AUDIT]", "[RUMOUR]"),
        ("behaviours.yaml", "ZWSX-06", "unknown document type 'RUMOUR'"),
    ),
    "unknown source": (
        ("scenarios.yaml", "TAX_LIST, PROCUREMENT_LIST", "TAX, PROCUREMENT_LIST"),
        ("scenarios.yaml", "GOV_PROCUREMENT", "unknown source 'TAX'"),
    ),
    "repeated capacity": (
        ("scenarios.yaml", "code: PURCHASER", "code: SUPPLIER"),
        ("scenarios.yaml", "GOV_PROCUREMENT", "the code 'SUPPLIER' stands twice"),
    ),
    "capacity of another scenario": (
        ("rules/units.yaml", "[BIDDER, AGENT, EXPERT]", "[BIDDER, SUPPLIER]"),
        ("rules/units.yaml", "R26", "unknown capacity 'SUPPLIER'"),
    ),
    "unknown domain": (
        ("rules/units.yaml", "- TALENT\n", "- TALENTS\n"),
        ("rules/units.yaml", "R17", "unknown domain 'TALENTS'"),
    ),
    "unknown list": (
        ("rules/persons.yaml", "lists: [WAGE_ARREARS]", "lists: [WAGES]"),
        ("rules/persons.yaml", "R23P", "unknown list 'WAGES'"),
    ),
    "list of a source": (
        ("sources.yaml", "lists: [WAGE_ARREARS]", "lists: [WAGES]"),
        ("sources.yaml", "WAGE_LIST", "unknown list 'WAGES'"),
    ),
    "unknown mark": (
        ("rules/persons.yaml", "[inDuty]", "[onDuty]"),
        ("rules/persons.yaml", "R08", "unknown mark 'onDuty'"),
    ),
    "unknown penalty": (
        ("rules/units.yaml", "LARGE_FINE", "HUGE_FINE"),
        ("rules/units.yaml", "R25", "unknown penalty kind 'HUGE_FINE'"),
    ),
    "unknown verb": (
        ("rules/units.yaml", _R24_VERB, "  verb: 应当\n"),
        ("rules/units.yaml", "R24", "unknown verb '应当'"),
    ),
    "enumeration without a title": (
        ("vocabulary.yaml", "    - {code: TOWNSHIP, zh: 苏木乡镇街道, en: township}\n", ""),
        ("vocabulary.yaml", "adminLevels", "differs from its enumeration in: TOWNSHIP"),
    ),
    "term of two lengths": (
        ("terms.yaml", "months: 6", "months: 6\n  days: 180"),
        (
            "terms.yaml",
            "DISCIPLINE-WARNING",
            "exactly one of months, days and workingDays is needed",
        ),
    ),
    "quote without the verb": (
        ("rules/units.yaml", _R24_VERB, "  verb: 不得\n"),
        ("rules/units.yaml", "R24", "the quote does not contain the verb '不得'"),
    ),
    "words that no basis has": (
        ("rules/units.yaml", "quote: 应当拒绝其参与", "quote: 应当拒绝他参与"),
        ("rules/units.yaml", "R24", "the quote is in none of the bases named"),
    ),
    "harsher than the verb": (
        ("rules/units.yaml", "outcome: RESTRICT", "outcome: BLOCK"),
        ("rules/units.yaml", "R12", "BLOCK exceeds the limit RESTRICT: the verb '限制'"),
    ),
    "harsher than every basis": (
        (
            "legal_bases.yaml",
            "ceiling: BLOCK\n  quote: 对列入",
            "ceiling: RESTRICT\n  quote: 对列入",
        ),
        ("rules/units.yaml", "R24", "BLOCK exceeds the limit RESTRICT: the words of its bases"),
    ),
    "restriction on memory alone": (
        ("legal_bases.yaml", "grade: B\n  ceiling: BLOCK", "grade: MEMORY\n  ceiling: BLOCK"),
        ("rules/units.yaml", "R24", "BLOCK exceeds the limit ATTENTION: the words of its bases"),
    ),
    "persons restricted on reports alone": (
        (
            "rules/persons.yaml",
            "[LEGAL_REPRESENTATIVE]\n      outcome: REFERENCE",
            "[LEGAL_REPRESENTATIVE]\n      outcome: RESTRICT",
        ),
        (
            "rules/persons.yaml",
            "R06",
            "RESTRICT exceeds the limit REFERENCE: on persons with secondary reports only",
        ),
    ),
    "experimental rule that restricts": (
        ("rules/units.yaml", "[CAIKU-2016-125]\n", "[CAIKU-2016-125]\n  maturity: EXPERIMENTAL\n"),
        ("rules/units.yaml", "R24", "BLOCK exceeds the limit ATTENTION: the rule is experimental"),
    ),
    "principal held to more than attention": (
        ("rules/persons.yaml", "[OWN, RESPONSIBLE]", "[OWN, PRINCIPAL]"),
        ("rules/persons.yaml", "R08", "REFERENCE exceeds the limit ATTENTION: the reach PRINCIPAL"),
    ),
    "superior held to more than attention": (
        (
            "rules/units.yaml",
            f"outcome: ATTENTION{_R17S_READING}",
            f"outcome: RESTRICT{_R17S_READING}",
        ),
        ("rules/units.yaml", "R17S", "RESTRICT exceeds the limit ATTENTION: the reach SUBORDINATE"),
    ),
    "region whose subject need not govern": (
        (
            "rules/units.yaml",
            "[REGION]\n      outcome: RESTRICT\n      subject: {governs: true}",
            "[REGION]\n      outcome: RESTRICT",
        ),
        (
            "rules/units.yaml",
            "R12",
            "REGION reaches the unit that governs: the effect must ask for `governs`",
        ),
    ),
    "effect by a reach its rule does not name": (
        ("rules/units.yaml", "reaches: [OWN, SUCCESSION, REGION]", "reaches: [OWN, REGION]"),
        ("rules/units.yaml", "R12", "the rule does not name the reach SUCCESSION"),
    ),
    "duty with effects": (
        ("rules/persons.yaml", "code: R07\n  kind: CHECK", "code: R07\n  kind: DUTY"),
        ("rules/persons.yaml", "R07", "a DUTY has no effects"),
    ),
    "check without effects": (
        ("rules/duties.yaml", "code: R09\n  kind: DUTY", "code: R09\n  kind: CHECK"),
        ("rules/duties.yaml", "R09", "a CHECK rule needs effects"),
    ),
    "scenario of the other kind of subject": (
        ("rules/units.yaml", "[GOV_PROCUREMENT]\n      capacities: [SUPPLIER]", "[AWARD]"),
        ("rules/units.yaml", "R24", "the scenario AWARD does not check a UNIT"),
    ),
    "condition of the other kind of subject": (
        ("rules/units.yaml", "subject: {unitKinds: [ORGAN]}", "subject: {inPost: true}"),
        ("rules/units.yaml", "R12", "the condition on the subject is not for its kind"),
    ),
    "trigger that names nothing": (
        ("rules/persons.yaml", "[{kinds: [DISCIPLINE]}]", "[{}]"),
        ("rules/persons.yaml", "R03", "a trigger names no condition"),
    ),
    "rule that clears": (
        ("rules/units.yaml", "outcome: ATTENTION", "outcome: CLEAR"),
        ("rules/units.yaml", "R10", "no rule gives CLEAR"),
    ),
    "remedy that happens by itself": (
        ("remedies.yaml", "kind: FULFIL", "kind: EXPIRY"),
        ("remedies.yaml", "FULFIL-JUDGMENT", "EXPIRY happens by itself"),
    ),
    "remedy of an unknown period": (
        ("remedies.yaml", "period: PUBLICITY-GENERAL-MIN", "period: REPAIR-ANSWER"),
        ("remedies.yaml", "REPAIR-GENERAL", "unknown term 'REPAIR-ANSWER'"),
    ),
    "remedy of an unknown basis": (
        ("remedies.yaml", "[SXMD-2013-7]", "[SXMD-1999-7]"),
        ("remedies.yaml", "FULFIL-JUDGMENT", "unknown legal basis 'SXMD-1999-7'"),
    ),
    "record no source brings": (
        (
            "scenarios.yaml",
            "PENALTIES, ARREARS_PLATFORM]",
            "ARREARS_PLATFORM]",
        ),
        (
            "rules/fallbacks.yaml",
            "F-SERIOUS-UNIT",
            "no source of the scenario GOV_PROCUREMENT brings PENALTY",
        ),
    ),
    "list no source brings": (
        ("scenarios.yaml", "COURT_DEFAULTERS, TAX_LIST, PROC", "COURT_DEFAULTERS, PROC"),
        (
            "rules/fallbacks.yaml",
            "F-SERIOUS-UNIT",
            "no source of the scenario GOV_PROCUREMENT brings LISTING/TAX_MAJOR_VIOLATION",
        ),
    ),
}


@pytest.mark.parametrize("flaw", REFUSALS)
def test_a_flaw_is_refused_by_file_entry_and_reason(folder: Path, flaw: str) -> None:
    change, told = REFUSALS[flaw]
    edit(folder, *change)

    assert refusal(folder) == told


def test_a_check_rule_without_a_case_is_refused(folder: Path) -> None:
    for path in (folder / "cases").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("rule: R05\n", "rule: R04\n"), encoding="utf-8")

    assert refusal(folder) == ("rules/persons.yaml", "R05", "a CHECK rule needs a case")


def test_broken_yaml_is_refused_with_its_line(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- code: A\n- code: @B\n- code: C\n", encoding="utf-8")

    file, entry, reason = refusal(folder)

    assert (file, entry) == ("measures.yaml", "line 2")
    assert reason.startswith("the YAML cannot be read: ")


def test_a_key_that_stands_twice_is_refused_with_its_line(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- code: A\n  code: B\n", encoding="utf-8")

    assert refusal(folder) == (
        "measures.yaml",
        "line 2",
        "the YAML cannot be read: the key 'code' stands twice",
    )


def test_a_key_that_yaml_reads_as_true_is_refused(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- code: A\n  on: B\n", encoding="utf-8")

    assert refusal(folder) == (
        "measures.yaml",
        "line 2",
        "the YAML cannot be read: the key True is not text; quote it",
    )


def test_a_fraction_is_refused(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- code: 1.5\n", encoding="utf-8")

    assert refusal(folder) == (
        "measures.yaml",
        "line 1",
        "the YAML cannot be read: 1.5 is no whole number; quote it",
    )


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "measures.yaml").write_bytes(b"\xff\xfe\x00")

    file, entry, reason = refusal(folder)

    assert (file, entry) == ("measures.yaml", "-")
    assert reason.startswith("the YAML cannot be read: 'utf-8' codec can't decode byte 0xff")


def test_a_file_of_no_section_is_refused(folder: Path) -> None:
    (folder / "rule.yaml").write_text("[]", encoding="utf-8")

    assert refusal(folder) == ("rule.yaml", "-", "no file of a rule set")


def test_a_file_that_is_no_list_is_refused(folder: Path) -> None:
    (folder / "measures.yaml").write_text("code: A\n", encoding="utf-8")

    assert refusal(folder) == ("measures.yaml", "-", "a list of entries is expected")


def test_an_entry_without_a_code_goes_by_its_place(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- {code: A, title: {zh: 甲, en: a}}\n- {}\n", "utf-8")

    assert refusal(folder) == ("measures.yaml", "#2", "code is missing")


def test_an_entry_that_is_only_a_word_goes_by_its_place(folder: Path) -> None:
    (folder / "measures.yaml").write_text("- NO_PROMOTION\n", encoding="utf-8")

    assert refusal(folder) == ("measures.yaml", "#1", "code is missing")


def test_a_folder_without_a_rule_set_is_refused(folder: Path) -> None:
    (folder / "rule_set.yaml").unlink()

    file, entry, _ = refusal(folder)

    assert (file, entry) == ("ruleSet", "ruleSet")


def test_a_content_of_an_unknown_section_is_refused(files: CatalogueFiles) -> None:
    with pytest.raises(CatalogueRefused) as caught:
        parse_catalogue({**files.content, "indicators": []})

    assert (caught.value.file, caught.value.reason.en) == ("indicators", "unknown section")


def test_the_refusal_speaks_both_languages_and_says_where(folder: Path) -> None:
    edit(folder, "rules/units.yaml", "[CAIKU-2016-125]", "[CAIKU-2016-126]")

    with pytest.raises(CatalogueRefused) as caught:
        read_catalogue(folder)

    assert caught.value.where == "rules/units.yaml#R24"
    assert caught.value.what.zh == (
        "rules/units.yaml 的 R24 被拒：没有代码为 'CAIKU-2016-126' 的法律依据"
    )
