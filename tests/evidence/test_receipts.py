"""A receipt says what is on record and in whose words, and names no person."""

import hashlib
import json
from pathlib import Path

import pytest

from hub.domain.reviews import ReviewDecision
from hub.errors import VerdictNotFound, VerdictWithheld
from hub.evidence.recorded import Context
from hub.evidence.verification import verification
from tests.evidence.issuing import (
    CONTEXT,
    NAME,
    Known,
    answer_of,
    issuing,
    person_body,
    seeds,
    verdict_body,
)
from tests.evidence.stores import PERSON


async def test_the_payload_repeats_the_body_and_cites_the_law(tmp_path: Path) -> None:
    body = verdict_body()
    given = answer_of(body)
    async with issuing(tmp_path, given) as (issuer, _):
        issued = await issuer.issue(given.id)
    payload, [ground] = issued.payload, issued.payload["words"]["grounds"]
    [basis] = ground["legalBases"]

    assert hashlib.sha256(payload["body"].encode()).hexdigest() == given.id == payload["verdictId"]
    assert json.loads(payload["body"]) == body
    assert {name: payload[name] for name in body if name in payload and name != "body"} == {
        name: body[name] for name in body.keys() - {"body", "decide", "grounds", "coverage"}
    }
    assert [payload[name] for name in ("purpose", "matter", "authorisation")] == [
        CONTEXT.purpose,
        CONTEXT.matter,
        None,
    ]
    assert (payload["status"], payload["issuer"]) == ("FINAL", "示例盟")
    assert payload["words"]["subject"] == NAME
    assert ground["quote"] == seeds().rules["R24"].quote
    assert (basis["docNo"], basis["grade"]) == ("财库〔2016〕125号", "B")


async def test_a_receipt_is_of_the_asking_it_was_asked_for_else_of_the_last(
    tmp_path: Path,
) -> None:
    first, second = (answer_of(verdict_body(), Context(matter=name)) for name in "AB")
    async with issuing(tmp_path, first, second) as (issuer, _):
        last = await issuer.issue(first.id)
        own = await issuer.issue(first.id, first.context)

    assert [last.payload["matter"], own.payload["matter"]] == ["B", "A"]
    assert own.payload["recordedAt"] < last.payload["recordedAt"]


async def test_of_a_person_there_is_the_code_and_never_a_name(tmp_path: Path) -> None:
    given = answer_of(person_body())
    async with issuing(tmp_path, given) as (issuer, store):
        issued = await issuer.issue(given.id)
        kept = await store.find(given.id)
        await store.reviews.add(kept, ReviewDecision.CONFIRM, reviewer="张某", reasons="相符")
        reviewed = await issuer.issue(given.id)

    assert (issued.payload["subject"], issued.payload["words"]["subject"]) == (PERSON, None)
    assert [one.payload["status"] for one in (issued, reviewed)] == ["PROVISIONAL", "CONFIRMED"]
    assert "张某" not in json.dumps(reviewed.payload, ensure_ascii=False)


async def test_nothing_is_signed_that_is_not_on_record_or_of_whom_nothing_may_be_told(
    tmp_path: Path,
) -> None:
    given = answer_of(person_body())
    async with issuing(tmp_path, given, known=Known(erased=[PERSON])) as (issuer, _):
        with pytest.raises(VerdictWithheld):
            await issuer.issue(given.id)
        with pytest.raises(VerdictNotFound):
            await issuer.issue("00" * 32)


async def test_old_receipts_verify_after_any_number_of_rotations(tmp_path: Path) -> None:
    given = answer_of(verdict_body())
    async with issuing(tmp_path, given) as (issuer, _):
        receipts = [await issuer.issue(given.id)]
        for _ in range(2):
            issuer.keys.rotate()
            receipts.append(await issuer.issue(given.id))
        public = issuer.keys.public()
    found = [verification(receipt.signed.encode(), public) for receipt in receipts]

    assert [one.is_genuine for one in found] == [True] * 3
    assert [one.kid for one in found] == [key.kid for key in public]
