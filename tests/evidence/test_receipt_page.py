"""The page says what the receipt says, and runs nothing of what callers gave."""

from pathlib import Path
from typing import Any

import pytest

from hub.evidence.receipt_page import receipt_page
from hub.evidence.recorded import Context
from tests.evidence.issuing import CONTEXT, NAME, answer_of, issuing, person_body, verdict_body
from tests.evidence.stores import PERSON, UNIT


async def _page(folder: Path, body: dict[str, Any], context: Context = CONTEXT) -> str:
    given = answer_of(body, context)
    async with issuing(folder, given) as (issuer, _):
        return receipt_page(await issuer.issue(given.id))


async def test_it_tells_subject_outcome_ground_clocks_and_ids_with_a_code_to_scan(
    tmp_path: Path,
) -> None:
    body = verdict_body()
    page = await _page(tmp_path, body)

    for told in (
        *(
            NAME,
            UNIT,
            "政府采购",
            "供应商",
            "示采〔2026〕11号",
            "禁止",
            "应当拒绝其参与政府采购活动",
        ),
        *("财库〔2016〕125号", "2026-11-23 09:00:00", "2028-03-02 00:00:00", "信用核查回执"),
        *("自治区社会信用信息平台", answer_of(body).id, "<svg"),
    ):
        assert told in page
    assert "PROVISIONAL" not in page


async def test_an_adverse_result_on_a_person_stands_there_as_provisional(tmp_path: Path) -> None:
    page = await _page(tmp_path, person_body())

    assert "<strong>初步结论 PROVISIONAL</strong>" in page
    assert "对个人只给出结果与依据" in page
    assert PERSON in page


async def test_what_callers_gave_is_never_markup(tmp_path: Path) -> None:
    given = "<script>alert(1)</script>"
    page = await _page(tmp_path, verdict_body(), Context(given, given, given))

    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"covered": False}, "没有记录不等于没有失信"),
        ({"complete": False}, "记录或承继未读全"),
        ({"marks": ["FORECAST"]}, "预测 FORECAST"),
        ({"validUntil": None}, "没有已知的变化时点"),
        ({"ruleSet": None}, "该时点没有生效的规则集"),
        ({"grounds": []}, "所列来源中没有使此场景受限的依据"),
    ],
    ids=["uncovered", "cut", "forecast", "no end", "no rule set", "no ground"],
)
async def test_what_bounds_the_answer_stands_on_the_page(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    assert said in await _page(tmp_path, verdict_body(**change))
    assert said not in await _page(tmp_path, verdict_body())
