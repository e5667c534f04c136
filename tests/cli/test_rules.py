"""`hub rules` from draft to repeal, as people and programs see it."""

import shutil
from pathlib import Path

import pytest

from hub.domain.clocks import format_shanghai, parse_instant
from hub.resources import resource
from tests.cli.command import answer_of, error_of, hub_command
from tests.rule_sets import next_catalogue
from tests.rulebook.law import LAW

pytestmark = pytest.mark.usefixtures("anyio_backend", "law", "run_neo4j")

SHIPPED = LAW.number
NEXT = SHIPPED + 1
SEEDS = str(resource("seeds", "catalogue"))
BY = ("--document", "示规〔2026〕1号", "--retroactive")
FIRST, CHANGE = "2021-10-18T16:00:00.000Z", "2026-12-31T16:00:00.000Z"


def test_a_rule_set_is_drafted_listed_and_published(tmp_path: Path) -> None:
    folder = str(next_catalogue(tmp_path / "next", number=NEXT))
    publish = ("rules", "publish", str(NEXT), "--from", "2027-01-01", *BY)

    assert answer_of(hub_command("rules", "draft", folder, "--json")) == {
        "number": NEXT,
        "changed": True,
    }
    assert hub_command("rules", "draft", folder).stdout == (
        f"第 {NEXT} 号规则集早已如此，没有变化  Rule set {NEXT} is so already, nothing changed\n"
    )
    assert hub_command(*publish).stdout == (
        f"第 {NEXT} 号规则集已公布，自 2027-01-01 起施行  "
        f"Rule set {NEXT} is published, in force from 2027-01-01\n"
    )
    assert answer_of(hub_command(*publish, "--json")) == {"number": NEXT, "changed": False}
    old, new = answer_of(hub_command("rules", "list", "--json"))
    assert (old["number"], new["number"]) == (SHIPPED, NEXT)
    assert old["states"] == [
        {"status": "PUBLISHED", "validFrom": FIRST, "validTo": CHANGE, "document": None},
        {"status": "SUPERSEDED", "validFrom": CHANGE, "validTo": None, "document": BY[1]},
    ]
    listed = hub_command("rules", "list").stdout
    assert all(told in listed for told in ("施行 in force", "已被取代", new["contentHash"][:12]))


def test_a_basis_is_repealed_and_the_difference_told() -> None:
    repeal = ("rules", "repeal", "FGCJ-2023-1103", "--on", "2026-01-01", *BY)

    assert hub_command(*repeal).stdout == (
        f"第 {NEXT} 号规则集已公布：FGCJ-2023-1103 自 2026-01-01 起失效  "
        f"Rule set {NEXT} is published: FGCJ-2023-1103 ends on 2026-01-01\n"
    )
    told = answer_of(hub_command("rules", "diff", str(SHIPPED), str(NEXT), "--json"))
    [difference] = told["differences"]
    assert (difference["section"], difference["entry"]) == ("legal_bases", "FGCJ-2023-1103")
    assert {
        "subject": "11159900990000236Y",
        "name": "示例旗投资促进局",
        "scenario": "SECURITIES_ISSUANCE",
        "capacity": "ISSUER",
        "before": "RESTRICT",
        "after": "ATTENTION",
        "graver": False,
    } in told["flips"]
    said = hub_command("rules", "diff", str(SHIPPED), str(NEXT)).stdout
    assert "依据 FGCJ-2023-1103 有效期由 2023-08-10—… 改为 2023-08-10—2026-01-01" in said
    flip = "11159900990000236Y 示例旗投资促进局  SECURITIES_ISSUANCE/ISSUER  RESTRICT → ATTENTION"
    assert flip in said
    graver = "GOV_PROCUREMENT/PURCHASER  ATTENTION → REFERENCE  更重 graver"
    assert f"111599009900001646 示例市交通运输局  {graver}\n" in said
    number = sum(flip["graver"] for flip in told["flips"])
    assert f"{len(told['flips'])} 个结论改变，其中 {number} 个更重  " in said
    known_at = format_shanghai(parse_instant(told["knownAt"]))
    assert f"，所知截至 {known_at}  effective at " in said


def test_a_difference_is_told_as_of_an_instant() -> None:
    hub_command("rules", "repeal", "FGCJ-2023-1103", "--on", "2027-01-01", *BY)
    compared = ("rules", "diff", str(SHIPPED), str(NEXT), "--json", "--at")

    before = answer_of(hub_command(*compared, "2026-12-31T23:59:59.999+08:00"))
    told = answer_of(hub_command(*compared, "2027-01-01T00:00:00+08:00"))

    assert (before["effectiveAt"], before["flips"]) == ("2026-12-31T15:59:59.999Z", [])
    assert (told["effectiveAt"], len(told["flips"]) > 0) == (CHANGE, True)


def test_before_a_repeal_it_is_told_whose_answers_would_become_graver() -> None:
    repeal = ("rules", "repeal", "FGCJ-2023-1103", "--on", "2027-01-01", *BY)
    listed = hub_command("rules", "list", "--json").stdout

    told = answer_of(hub_command(*repeal, "--dry-run", "--json"))

    assert hub_command("rules", "list", "--json").stdout == listed
    assert [one["entry"] for one in told["differences"]] == ["FGCJ-2023-1103"]
    assert told["effectiveAt"] == CHANGE
    # R16, which only shows, has silenced the fallback for a serious record: decision 0009.
    assert {
        "subject": "111599009900001646",
        "name": "示例市交通运输局",
        "scenario": "GOV_PROCUREMENT",
        "capacity": "PURCHASER",
        "before": "ATTENTION",
        "after": "REFERENCE",
        "graver": True,
    } in told["flips"]


def test_two_folders_are_compared_as_well_as_two_numbers() -> None:
    told = answer_of(hub_command("rules", "diff", SEEDS, str(SHIPPED), "--json"))

    assert (told["differences"], told["flips"], told["complete"]) == ([], [], True)


def test_lint_fails_where_it_finds_something(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "catalogue"))
    rules = folder / "rules" / "duties.yaml"
    rules.write_text(rules.read_text("utf-8").replace("maturity: EXPERIMENTAL", ""), "utf-8")

    found = hub_command("rules", "lint", str(folder))
    clean = hub_command("rules", "lint", str(SHIPPED))

    assert (found.exit_code, clean.exit_code) == (1, 0)
    assert "WARNING MEMORY_ONLY  R33" in found.stdout
    assert found.stdout.endswith("共 1 处  1 findings\n")
    assert clean.stdout == "没有发现问题  Nothing was found\n"


def test_a_draft_that_would_revive_a_basis_is_told_and_published_only_where_that_is_meant(
    tmp_path: Path,
) -> None:
    hub_command("rules", "repeal", "FGCJ-2023-1103", "--on", "2026-12-01", *BY)
    hub_command("rules", "draft", str(next_catalogue(tmp_path / "next", number=NEXT + 1)))
    publish = ("rules", "publish", str(NEXT + 1), "--from", "2027-01-01", *BY)

    found = hub_command("rules", "lint", str(NEXT + 1))
    refused = hub_command(*publish, "--revives", "YJ-2025-0321-2-1", "--json")
    done = hub_command(*publish, "--revives", "FGCJ-2023-1103", "--json")

    told = "FGCJ-2023-1103 已公布自 2026-12-01 起失效，这里没有失效日"
    assert found.exit_code == 1
    assert f"WARNING REVIVED_BASIS  FGCJ-2023-1103  {told}  " in found.stdout
    assert (refused.exit_code, error_of(refused)["code"]) == (2, "BASIS_REVIVED")
    assert f"规则集 {NEXT + 1} 会恢复一项依据：{told}" in refused.stdout
    assert answer_of(done) == {"number": NEXT + 1, "changed": True}


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["lint", "9"], 3, "UNKNOWN_RULE_SET"),
        (["publish", str(SHIPPED), "--from", "2027-01-01", *BY], 2, "RULE_SET_TRANSITION"),
        (["repeal", "NONE", "--on", "2027-01-01", *BY], 2, "UNKNOWN_CODE"),
        (["repeal", "ZFTL-2020-8", "--on", "2027-01-01", *BY], 2, "BASIS_NOT_IN_FORCE"),
        (["repeal", "NONE", "--on", "2027-01-01", *BY, "--dry-run"], 2, "UNKNOWN_CODE"),
        (["draft", SEEDS + "/cases"], 5, "CATALOGUE_REFUSED"),
        (["diff", str(SHIPPED), str(SHIPPED), "--region", "999999"], 3, "UNKNOWN_REGION"),
    ],
)
def test_what_cannot_be_done_is_told_by_code(words: list[str], status: int, code: str) -> None:
    result = hub_command("rules", *words, "--json")

    assert (result.exit_code, error_of(result)["code"]) == (status, code)


def test_neither_number_nor_folder_is_a_wrong_use() -> None:
    assert hub_command("rules", "lint", "nowhere").exit_code == 2
