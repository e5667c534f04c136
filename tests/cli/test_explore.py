import csv
import io

import pytest

from hub.graph.explore import queries
from tests.cli.command import answer_of, error_of, hub_command

pytestmark = pytest.mark.usefixtures("anyio_backend", "demo", "run_neo4j")

CIRCLE = ("explore", "circular-arrears", "--set", "enterprise=91159900991000019Q")
ROAD = ("explore", "debts-of-a-unit", "--set", "unit=111599009900001646")


def test_every_question_is_listed_with_its_parameters() -> None:
    listed = answer_of(hub_command("explore", "--list", "--json"))
    page = hub_command("explore").stdout

    assert [one["name"] for one in listed] == list(queries())
    assert listed[12]["parameters"] == {
        "unit": {
            "told": {"zh": "单位代码", "en": "credit code of the unit"},
            "thing": "Unit",
            "type": "text",
            "example": "111599009900001646",
            "named": "示例市交通运输局",
            "optional": False,
        }
    }
    assert [name for name in queries() if f"  {name}  " not in page] == []
    assert "--set unit=…  单位代码 credit code of the unit" in page


def test_people_read_a_table_in_both_languages() -> None:
    lines = hub_command(*CIRCLE).stdout.splitlines()

    assert lines[0] == "连环欠  Circular arrears"
    assert lines[-1] == "共 3 行  3 rows"
    assert "债务人" in "".join(lines)


def test_programs_read_json() -> None:
    told = answer_of(hub_command(*CIRCLE, "--json"))

    assert (told["query"], told["complete"]) == ("circular-arrears", True)
    assert told["rows"][0] == {
        "circleLength": 3,
        "debtor": "示例建筑工程有限公司",
        "debt": "示例建筑工程有限公司钢材款",
        "id": "示欠〔2025〕011号@91159900991000019Q",
        "creditor": "范例建材有限公司",
        "open": "CNY 980000.00",
        "setOff": "CNY 640000.00",
    }


def test_spreadsheets_read_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(hub_command(*CIRCLE, "--csv").stdout)))

    assert [row["open"] for row in rows] == ["CNY 980000.00", "CNY 640000.00", "CNY 800000.00"]
    assert list(rows[0]) == list(queries()["circular-arrears"].columns)


def test_both_clocks_are_obeyed() -> None:
    then = ("--at", "2025-12-19T00:00:00+08:00", "--json")
    before = ("--known-at", "2020-01-01T00:00:00Z", "--json")

    assert answer_of(hub_command(*ROAD, *then))["rows"][1]["open"] == "CNY 9600000.00"
    assert answer_of(hub_command(*ROAD, *before))["rows"] == []


def test_a_question_without_an_answer_has_no_rows_and_is_no_error() -> None:
    result = hub_command(*ROAD, "--known-at", "2020-01-01T00:00:00Z")

    assert result.exit_code == 0
    assert result.stdout.endswith("共 0 行  0 rows\n")


@pytest.mark.parametrize(
    ("words", "code", "where"),
    [
        (("who-did-it",), "UNKNOWN_QUERY", "name"),
        (ROAD[1:2], "INVALID_PARAMETER", "unit"),
        ((*ROAD[1:3], "unit=nobody"), "INVALID_PARAMETER", "unit"),
        ((*ROAD[1:3], "unit"), "INVALID_PARAMETER", "unit"),
        ((*ROAD[1:], "--set", "colour=red"), "INVALID_PARAMETER", "colour"),
        (("known-then-and-now", "--set", "unit=1", "--set", "then=x"), "INVALID_INSTANT", "then"),
        ((*ROAD[1:], "--at", "2026-01-01"), "INVALID_INSTANT", "at"),
        ((*ROAD[1:], "--known-at", "yesterday"), "INVALID_INSTANT", "knownAt"),
        ((*ROAD[1:], "--known-at", "2126-01-01T00:00:00Z"), "KNOWN_AT_IN_FUTURE", "knownAt"),
    ],
)
def test_what_is_asked_wrongly_is_refused_by_code_and_place(
    words: tuple[str, ...], code: str, where: str
) -> None:
    result = hub_command("explore", *words, "--json")

    assert result.exit_code == 2
    assert (error_of(result)["code"], error_of(result)["where"]) == (code, where)
