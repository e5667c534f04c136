"""Receipts of a served hub: signed lazily, verified by its published keys, printed on A4."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import orjson
from joserfc.jwk import KeySet
from playwright.async_api import Browser, expect

from hub.evidence.verification import Verification, verification
from tests.serving import Served

_A4 = {"width": 794, "height": 1123}
_CHECK = """
query ($subject: String!, $scenario: String!, $capacity: String, $matter: String) {
  check(subject: $subject, scenario: $scenario, capacity: $capacity, matter: $matter,
        effectiveAt: "2026-11-23T09:00:00+08:00") { id contentId receipt }
}
"""
_KEPT = "query ($id: String!) { verdict(id: $id) { receipt } }"
_MANY = """{ checkMany(subjects: ["12159900990000260C", "11159900990000236Y"],
                       scenario: "FUNDING_SUPPORT") { items { verdict { id receipt } } } }"""
_WHAT_IF = """{ whatIf(subject: "12159900990000260C", scenario: "GOV_PROCUREMENT",
                       capacity: "SUPPLIER", suppose: {recordsRepaired: ["CR-34N63W7ETEUS5BTG"]}
                      ) { marks receipt } }"""
_BUYS = {"subject": "12159900990000260C", "scenario": "GOV_PROCUREMENT", "capacity": "SUPPLIER"}
_LISTED = {"subject": "P-159900-0112", "scenario": "TRANSFER_IN"}


def _data(answer: dict[str, Any]) -> Any:
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def _verified(served: Served, receipt: str) -> Verification:
    keys = KeySet.import_key_set(httpx2.get(f"{served.url}/.well-known/jwks.json").json()).keys
    return verification(receipt.encode(), keys)


def test_a_check_gives_its_receipt_and_the_published_keys_verify_it(served: Served) -> None:
    given = _data(served.ask(_CHECK, **_BUYS, matter="示采〔2026〕11号"))["check"]
    found = _verified(served, given["receipt"])

    assert found.is_genuine
    assert [found.payload[name] for name in ("verdictId", "contentId", "outcome", "matter")] == [
        given["id"],
        given["contentId"],
        "BLOCK",
        "示采〔2026〕11号",
    ]
    assert found.payload["words"]["subject"] == "示例旗人民医院"


def test_every_recorded_verdict_has_one_and_a_hypothetical_one_has_none(served: Served) -> None:
    items = _data(served.ask(_MANY))["checkMany"]["items"]
    found = [_verified(served, item["verdict"]["receipt"]) for item in items]
    kept = _data(served.ask(_KEPT, id=items[0]["verdict"]["id"]))["verdict"]
    supposed = _data(served.ask(_WHAT_IF))["whatIf"]

    assert [one.payload["verdictId"] for one in found if one.is_genuine] == [
        item["verdict"]["id"] for item in items
    ]
    assert _verified(served, kept["receipt"]).is_genuine
    assert supposed == {"marks": ["HYPOTHETICAL"], "receipt": None}


def test_the_signed_file_is_fetched_by_the_verdicts_id(served: Served) -> None:
    given = _data(served.ask(_CHECK, **_BUYS))["check"]
    file = httpx2.get(f"{served.url}/receipts/{given['id']}.json")
    absent = httpx2.get(f"{served.url}/receipts/{'00' * 32}")

    assert file.headers["content-type"] == "application/jose+json"
    assert _verified(served, file.text).payload["verdictId"] == given["id"]
    assert absent.status_code == 404
    assert orjson.loads(absent.content)["errors"][0]["extensions"]["code"] == "UNKNOWN_VERDICT"


async def test_the_page_prints_on_a4_and_calls_nobody(
    served: Served, chromium: Browser, pictures: Path
) -> None:
    given = _data(served.ask(_CHECK, **_LISTED))["check"]
    context = await chromium.new_context(viewport=_A4)  # pyright: ignore[reportArgumentType]
    page = await context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: problems.append(said.text))

    response = await page.goto(f"{served.url}/receipts/{given['id']}")
    assert response is not None
    await expect(page.locator(".status")).to_contain_text("初步结论 PROVISIONAL")
    await expect(page.locator(".seal")).to_contain_text(given["id"])
    await page.screenshot(path=pictures / "receipt.png", full_page=True)
    printed = await page.pdf(prefer_css_page_size=True)
    await context.close()

    assert {urlsplit(url).path for url in asked} <= {f"/receipts/{given['id']}", "/favicon.ico"}
    assert problems == []
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed
    assert printed.count(b"/Type /Page\n") == 2
