"""The law's cases are read whole, and one that says what the catalogue does not is refused."""

import shutil
from pathlib import Path

import pytest

from hub.checks.cases import run_case
from hub.domain.cases import Case, CaseAnswer, CaseFile, CaseGround, CaseUnit
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import OPEN_END, OPEN_START, Span, parse_instant
from hub.domain.vocabulary import (
    AdminLevel,
    Outcome,
    Reach,
    RuleKind,
    StandingStatus,
    UnitKind,
)
from hub.errors import CatalogueRefused
from hub.intake.cases import read_cases
from hub.intake.catalogue import CatalogueFiles, read_catalogue
from hub.resources import resource

SEEDS = resource("seeds", "catalogue")
EXIT = "judgment-default-exit.yaml"


@pytest.fixture(scope="module")
def files() -> CatalogueFiles:
    return read_catalogue(SEEDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS / "cases", tmp_path / "cases"))


def case_of(files: CatalogueFiles, file: str) -> Case:
    return next(found for found in files.cases if found.file == f"cases/{file}").cases[0]


def refusal(folder: Path, catalogue: Catalogue, old: str, new: str) -> tuple[str, str, str]:
    path = folder / EXIT
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueRefused) as caught:
        read_cases(folder, catalogue)
    return caught.value.file, caught.value.entry, caught.value.reason.en


def test_every_check_rule_is_grounded_by_some_case(files: CatalogueFiles) -> None:
    grounded = {
        ground.rule
        for file in files.cases
        for case in file.cases
        for expectation in case.expect
        for ground in expectation.answer.grounds
    }

    checks = {code for code, rule in files.catalogue.rules.items() if rule.kind is RuleKind.CHECK}

    assert grounded == checks


def test_each_claim_is_made_once(files: CatalogueFiles) -> None:
    claims = [case.name for file in files.cases for case in file.cases]

    assert len(claims) == len(set(claims))


def test_a_standing_lasts_until_the_next_and_keeps_the_day_of_the_event(
    files: CatalogueFiles,
) -> None:
    record = case_of(files, EXIT).records[0]
    listed = parse_instant("2026-03-01T00:00:00+08:00")
    delisted = parse_instant("2026-09-15T10:30:00+08:00")

    first, second = record.standings

    assert (first.valid, second.valid) == (Span(listed, delisted), Span(delisted, OPEN_END))
    assert (first.event_at, second.event_at) == (listed, listed)
    assert (first.status, second.status) == (StandingStatus.IN_FORCE, StandingStatus.REPAIRED)
    assert first.public_until == first.counts_until == parse_instant("2028-03-01T00:00:00+08:00")


def test_days_are_midnights_in_shanghai_and_instants_keep_their_zone(
    files: CatalogueFiles,
) -> None:
    before, after = case_of(files, EXIT).expect

    assert after.at - before.at == 1
    assert before.answer.grounds == frozenset({CaseGround("R29", "E1")})
    assert before.answer.decided_by == frozenset({"R29"})


def test_a_record_by_another_reach_brings_the_life_of_its_edge(files: CatalogueFiles) -> None:
    record = case_of(files, "succession.yaml").records[0]

    assert record.reach is Reach.SUCCESSION
    assert record.edge == Span(parse_instant("2026-07-01T00:00:00+08:00"), OPEN_END)


def test_what_the_unit_was_lasts_until_it_was_something_else(files: CatalogueFiles) -> None:
    [case] = [
        case
        for file in files.cases
        for case in file.cases
        if case.name.startswith("a banner answers for a department that was raised")
    ]
    raised = parse_instant("2026-03-02T00:00:00+08:00")

    assert case.records[0].unit == (
        CaseUnit(Span(OPEN_START, raised), UnitKind.ORGAN, AdminLevel.BANNER_COUNTY),
        CaseUnit(Span(raised, OPEN_END), UnitKind.ORGAN, AdminLevel.LEAGUE_CITY),
    )


def test_what_an_expectation_leaves_out_follows_from_the_rest(files: CatalogueFiles) -> None:
    _, barred, *_ = case_of(files, "discipline-periods.yaml").expect

    assert barred.capacity == "CANDIDATE"
    assert barred.answer == CaseAnswer(
        outcome=Outcome.BLOCK,
        grounds=frozenset({CaseGround("R03", "D1")}),
        decided_by=frozenset({"R03"}),
        disputed=frozenset(),
        covered=True,
    )


def test_a_term_runs_from_the_first_standing_by_the_calendar(files: CatalogueFiles) -> None:
    [standing] = case_of(files, "discipline-periods.yaml").records[0].standings

    assert standing.counts_until == parse_instant("2026-09-10T00:00:00+08:00")


def test_the_case_that_is_documented_is_read(files: CatalogueFiles, folder: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "adding-a-case.md"
    written = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    for path in folder.iterdir():
        path.unlink()
    (folder / "documented.yaml").write_text(written, encoding="utf-8")

    [file] = read_cases(folder, files.catalogue)

    assert [result.passed for result in run_case(file.cases[0], files.catalogue)] == [True, True]


def test_only_the_facts_make_the_id_of_a_case(files: CatalogueFiles, folder: Path) -> None:
    path, before = folder / EXIT, case_of(files, EXIT)
    text = path.read_text(encoding="utf-8")

    path.write_text(text.replace("outcome: CLEAR", "outcome: BLOCK"), encoding="utf-8")
    other_answer = read_cases(folder, files.catalogue)
    path.write_text(text.replace("2026-03-01", "2026-03-02"), encoding="utf-8")
    other_facts = read_cases(folder, files.catalogue)

    assert exit_id(other_answer) == before.id != exit_id(other_facts)


def exit_id(files: tuple[CaseFile, ...]) -> str:
    return next(file for file in files if file.file == f"cases/{EXIT}").cases[0].id


CLAIM = "restricted until the instant of delisting, clear from that instant"

REFUSALS = {
    "unknown key": ("rule: R29", "rule: R29\n    rules: R30", "-", "unknown key cases.0.rules"),
    "unknown rule": ("rule: R29", "rule: R99", CLAIM, "unknown rule 'R99'"),
    "unknown basis": (
        "SXMD-2013-7",
        "SXMD-2013-9",
        "clause",
        "unknown legal basis 'SXMD-2013-9'",
    ),
    "words the basis has not": (
        "（一）全部履行了",
        "（一）部分履行了",
        "clause",
        "the quote is not in the words of the basis",
    ),
    "unknown behaviour": ("[ZWSX-17]", "[ZWSX-71]", CLAIM, "unknown behaviour 'ZWSX-71'"),
    "unknown mark": (
        "status: REPAIRED",
        "status: REPAIRED\n            marks: [gone]",
        CLAIM,
        "unknown mark 'gone'",
    ),
    "unknown type of document": (
        "kind: JUDGMENT_DEFAULT",
        "kind: JUDGMENT_DEFAULT\n        documents: [2026-05-10, {day: 2026-05-11, type: RUMOUR}]",
        CLAIM,
        "unknown document type 'RUMOUR'",
    ),
    "unknown discipline": (
        "status: REPAIRED",
        "status: REPAIRED\n            discipline: SCOLDING",
        CLAIM,
        "unknown discipline kind 'SCOLDING'",
    ),
    "forbidden transition": (
        "status: REPAIRED",
        "status: ARCHIVED",
        CLAIM,
        "A record cannot go from IN_FORCE to ARCHIVED",
    ),
    "unknown term": (
        "status: REPAIRED",
        "status: REPAIRED\n            countsTerm: FOR-EVER",
        CLAIM,
        "unknown term 'FOR-EVER'",
    ),
    "unknown source": (
        "    records:",
        "    sources: {GOSSIP: []}\n    records:",
        CLAIM,
        "unknown source 'GOSSIP'",
    ),
    "edge of its own": (
        "kind: JUDGMENT_DEFAULT",
        "kind: JUDGMENT_DEFAULT\n        edge: {from: 2026-01-01}",
        CLAIM,
        "E1 needs an edge unless OWN",
    ),
    "unit beside a region": (
        "kind: JUDGMENT_DEFAULT",
        "kind: JUDGMENT_DEFAULT\n        unit: [{unitKind: ORGAN}]",
        CLAIM,
        "E1 says unit, for REGION only",
    ),
    "unknown scenario": (
        "scenario: QUALIFICATION_REVIEW",
        "scenario: EXAM",
        CLAIM,
        "unknown scenario 'EXAM'",
    ),
    "unknown capacity": (
        "capacity: APPLICANT",
        "capacity: SUPPLIER",
        CLAIM,
        "unknown capacity 'SUPPLIER'",
    ),
    "capacity left out where there are several": (
        "scenario: QUALIFICATION_REVIEW\n        capacity: APPLICANT",
        "scenario: TENDERING",
        CLAIM,
        "unknown capacity ''",
    ),
    "wrong kind of subject": (
        "{kind: UNIT, unitKind: INSTITUTION, level: BANNER_COUNTY}",
        "{kind: PERSON}",
        CLAIM,
        "the scenario QUALIFICATION_REVIEW does not check a PERSON",
    ),
    "unknown record": ("[R29/E1]", "[R29/E9]", CLAIM, "unknown record 'E9'"),
    "decided by no ground": (
        "decidedBy: [R29]",
        "decidedBy: [R24]",
        CLAIM,
        "decidedBy is not among the grounds",
    ),
}


@pytest.mark.parametrize("flaw", REFUSALS)
def test_a_case_is_refused_by_its_claim(files: CatalogueFiles, folder: Path, flaw: str) -> None:
    old, new, entry, reason = REFUSALS[flaw]

    assert refusal(folder, files.catalogue, old, new) == (f"cases/{EXIT}", entry, reason)


def test_an_instant_without_a_zone_is_refused(files: CatalogueFiles, folder: Path) -> None:
    _, entry, reason = refusal(
        folder, files.catalogue, "from: 2026-09-15T10:30:00+08:00", "from: 2026-09-15T10:30:00"
    )

    assert entry == "-"
    assert reason.startswith("cases.0.records.0.standings.1.from is '2026-09-15T10:30:00': ")
    assert reason.endswith("the zone is missing")


def test_a_year_alone_is_no_instant(files: CatalogueFiles, folder: Path) -> None:
    assert refusal(folder, files.catalogue, "from: 2026-03-01", "from: 2026") == (
        f"cases/{EXIT}",
        "-",
        "cases.0.records.0.standings.0.from is 2026: Value error, neither a day nor an instant",
    )


def test_two_records_of_one_id_are_refused(files: CatalogueFiles, folder: Path) -> None:
    twin = (
        "      - {id: E1, kind: PENALTY, standings: [{from: 2026-01-01, category: BASIC}]}\n"
        "    expect:\n"
    )

    assert refusal(folder, files.catalogue, "    expect:\n", twin) == (
        f"cases/{EXIT}",
        CLAIM,
        "a record's id stands twice",
    )
