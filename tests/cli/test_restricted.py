"""`hub restricted`: the list for people, programs and spreadsheets, whole or not at all."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.command import answer_of, error_of, hub_command

ASK = ("restricted", "--scenario", "FUNDING_SUPPORT", "--region", "159900")
DAY = ("--at", "2026-11-23T09:00:00+08:00")

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_programs_read_every_unit_with_its_verdict_and_the_clocks() -> None:
    answer = answer_of(hub_command(*ASK, *DAY, "--json"))
    units = answer["units"]

    assert {key: value for key, value in answer.items() if key not in {"units", "knownAt"}} == {
        "scenario": "FUNDING_SUPPORT",
        "capacity": None,
        "region": "159900",
        "atLeast": "RESTRICT",
        "effectiveAt": "2026-11-23T01:00:00.000Z",
    }
    assert {unit["outcome"] for unit in units} <= {"RESTRICT", "BLOCK"}
    assert {unit["knownAt"] for unit in units} == {answer["knownAt"]}
    codes = [unit["subject"]["code"] for unit in units]
    assert "12159900990000260C" in codes
    assert codes == sorted(codes)


def test_people_read_a_line_a_unit_and_how_many_there_are() -> None:
    *lines, last = hub_command(*ASK, *DAY).stdout.splitlines()

    assert last == (
        f"共 {len(lines)} 个单位，截至 2026-11-23 09:00:00"
        f"  {len(lines)} units as of 2026-11-23 09:00:00"
    )
    assert any("示例旗人民医院" in line and line.startswith("RESTRICT") for line in lines)


def test_spreadsheets_read_csv_from_a_file_and_from_standard_output(tmp_path: Path) -> None:
    path = tmp_path / "restricted.csv"

    assert hub_command(*ASK, *DAY, "--csv", str(path), "--bom").exit_code == 0
    rows = _rows(path.read_text(encoding="utf-8-sig"))

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows == _rows(hub_command(*ASK, *DAY, "--csv", "-").stdout)
    [hospital] = [row for row in rows if row["unit"] == "12159900990000260C"]
    assert hospital["name"] == "示例旗人民医院"
    assert hospital["outcome"] == "RESTRICT"
    assert hospital["rules"].split("；") == [*dict.fromkeys(hospital["rules"].split("；"))]
    assert hospital["effectiveAt"] == "2026-11-23T01:00:00.000Z"
    assert len(hospital["verdict"]) == 64
    assert [*tmp_path.iterdir()] == [path]


def test_a_list_that_cannot_be_told_leaves_no_file_behind(tmp_path: Path) -> None:
    path = tmp_path / "restricted.csv"

    result = hub_command(*ASK[:-1], "999999", "--csv", str(path))
    persons = hub_command("restricted", "--scenario", "PROMOTION", *ASK[3:], "--json")

    assert result.exit_code == 3
    assert "[UNKNOWN_REGION]" in result.stderr
    assert [*tmp_path.iterdir()] == []
    assert (persons.exit_code, error_of(persons)["code"]) == (2, "UNITS_ONLY")


def test_a_list_may_be_asked_of_the_past_and_down_to_any_outcome() -> None:
    every = answer_of(hub_command(*ASK, *DAY, "--at-least", "CLEAR", "--json"))
    early = answer_of(
        hub_command(*ASK, "--at", "2020-01-01T00:00:00Z", "--at-least", "BLOCK", "--json")
    )

    assert len(every["units"]) == 44
    assert (early["effectiveAt"], early["units"]) == ("2020-01-01T00:00:00.000Z", [])
