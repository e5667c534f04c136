from pathlib import Path

import pytest

from hub.resources import resource
from tests.cli.command import answer_of, error_of, hub_command

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")

ANOTHER = str(Path(__file__).parent.parent / "intake" / "record_publisher.json")
PARAGUAY = str(resource("seeds", "demo", "ocds", "dncp-paraguay.jsonl"))


def test_a_file_of_contracts_is_counted_and_the_second_time_changes_nothing() -> None:
    hub_command("import", "ocds", PARAGUAY)

    told = answer_of(hub_command("import", "ocds", PARAGUAY, "--json"))

    assert (told["changed"], told["added"], told["closed"]) == (False, 0, 0)
    assert told["counts"]["releases"] == 84
    assert told["counts"]["contracts"] == 18
    assert told["counts"]["kept"] == {"PYG": "11307171034", "USD": "45233756.00"}
    assert told["notUnderstood"]["version"] == 47
    assert told["rejections"] == []


def test_people_read_totals_by_currency_and_what_was_left_aside() -> None:
    lines = hub_command("import", "ocds", PARAGUAY).stdout.splitlines()

    assert lines[0] == "dncp-paraguay.jsonl 已导入  dncp-paraguay.jsonl is imported"
    assert "  合同 contracts: 18" in lines
    assert "  合同金额 total PYG: 11,307,171,034" in lines
    assert "  缺失 missing contracts.amountMinor: 3" in lines
    assert "  未理解 not understood version: 47" in lines


def test_a_publisher_nobody_listed_loads_and_all_that_is_left_is_named() -> None:
    lines = hub_command("import", "ocds", ANOTHER, "--jurisdiction", "CH").stdout.splitlines()

    assert "  合同金额 total CHF: 1,250,000.50" in lines
    assert "  合同变更 contract changes: 3" in lines
    assert "  缺失 missing awards.contracts: 1" in lines
    assert "  未采用 not taken planning: 1" in lines
    assert "  未理解 not understood parties.shareholders: 1" in lines
    told = answer_of(hub_command("import", "ocds", ANOTHER, "--jurisdiction", "CH", "--json"))
    assert told["notTaken"]["contracts.items"] == 1


def test_a_foreign_buyer_is_answered_as_not_covered() -> None:
    hub_command("import", "ocds", PARAGUAY)

    buyer = "ocds-03ad3f:568f3ac237aab1b307a19a33a825253e"
    told = answer_of(hub_command("check", buyer, "--scenario", "FUNDING_SUPPORT", "--json"))

    assert (told["outcome"], told["covered"], told["grounds"]) == ("UNCOVERED", False, [])


def test_what_a_file_has_beside_releases_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "more.jsonl"
    file.write_text(f'{Path(PARAGUAY).read_text("utf-8")}{{"ocid_": 1}}\n', encoding="utf-8")

    told = hub_command("import", "ocds", str(file)).stdout

    assert "  第 85 行 line 85    不是带 ocid 的 OCDS 发布  not an OCDS release" in told
    [rejection] = answer_of(hub_command("import", "ocds", str(file), "--json"))["rejections"]
    assert (rejection["line"], rejection["field"]) == (85, "")


@pytest.mark.parametrize("content", ["not json", "{}"])
def test_a_file_without_releases_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "empty.json"
    file.write_text(content, encoding="utf-8")

    result = hub_command("import", "ocds", str(file), "--json")

    assert result.exit_code == 5
    assert error_of(result)["code"] == "IMPORT_REFUSED"


def test_a_file_that_is_not_there_is_a_wrong_word() -> None:
    assert hub_command("import", "ocds", "nowhere.jsonl").exit_code == 2
