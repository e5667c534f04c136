"""Each error stands in the catalogue with its sentences in both languages."""

import re
from pathlib import Path

import pytest

from hub.errors import (
    CatalogueRefused,
    ClockAhead,
    HubError,
    PortTaken,
    StatementTimedOut,
    UnknownScenario,
)
from scripts.docs.error_page import HTTP_STATUSES, error_classes, error_page, specimen
from scripts.docs.markdown import rows_under

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> str:
    return error_page(README)


def test_every_code_of_the_readme_has_its_anchor(page: str) -> None:
    codes = [row[0] for row in rows_under(README, "代码 Code")]

    missing = [code for code in codes if f"{{#{code}}}" not in page and f'id="{code}"' not in page]

    assert missing == []


@pytest.mark.parametrize("kind", list(error_classes()))
def test_an_error_stands_with_its_sentences(page: str, kind: type[HubError]) -> None:
    error = specimen(kind)
    told = page.partition(f"{{#{kind.code}}}")[2].partition("\n#")[0]

    assert told.count("说明 what") == 1
    assert error.what.zh.split("‹")[0] in told.replace("\\", "")
    assert error.mend.en.split("‹")[0] in told.replace("\\", "")


def test_names_stand_for_the_facts_however_they_are_written() -> None:
    assert specimen(ClockAhead).what.en == (
        "The knowledge clock is ‹ahead_seconds› s ahead of now: no writing, no answer"
    )
    assert specimen(StatementTimedOut).what.zh == "查询超过 ‹limit_seconds› 秒未完成，已中止"
    assert specimen(UnknownScenario).mend.en == "Choose one of: ‹known›"
    assert specimen(CatalogueRefused).where == "‹file›#‹entry›"
    assert specimen(PortTaken).where == "‹setting›"


def test_families_tell_their_exit_status(page: str) -> None:
    assert "## 没有这个单位或对象 no such unit or thing\n\n- **退出码 exit status** `3`" in page


def test_statuses_of_http_are_those_the_endpoint_answers_with() -> None:
    source = (ROOT / "hub/api/endpoint.py").read_text(encoding="utf-8")
    answered = re.findall(r'_error_response\(\s*(\d+),\s*"([A-Z_]+)"', source)

    assert len(answered) > 1
    assert [code for status, code in answered if HTTP_STATUSES[code] != status] == []
