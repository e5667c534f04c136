"""Whatever is changed in a receipt is caught and named, and what was not changed verifies."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from string import ascii_letters, digits
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey

from hub.domain.bodies import content_of, digest
from hub.domain.canonical import canonical
from hub.errors import InvalidReceipt, KeyNotFound
from hub.evidence.receipts import FORMAT, REPEATED, TYPE, Payload, signed
from hub.evidence.verification import Verification, verification
from tests.evidence.issuing import answer_of, verdict_body

KEY, OTHER = (OKPKey.generate_key("Ed25519", {"alg": "Ed25519"}, auto_kid=True) for _ in range(2))
PUBLIC = OKPKey.import_key(KEY.as_dict(private=False))
FIELDS = [*REPEATED, "verdictId", "contentId"]


def payload_of(body: dict[str, Any], **changes: object) -> Payload:
    given = answer_of(body)
    return {
        "receipt": FORMAT,
        "verdictId": given.id,
        "contentId": digest(content_of(body)),
        "body": given.body.decode(),
        **{name: body[name] for name in REPEATED},
        "matter": "示采〔2026〕11号",
        "words": {"subject": "示例旗人民医院"},
        **changes,
    }


_BASE64 = f"{ascii_letters}{digits}-_"
BODY = verdict_body()
PAYLOAD = payload_of(BODY)
RECEIPT: dict[str, str] = json.loads(signed(PAYLOAD, KEY))


def encoded(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def decoded(text: str) -> Any:
    return json.loads(urlsafe_b64decode(f"{text}=="))


def told(receipt: object) -> Verification:
    return verification(json.dumps(receipt).encode(), [PUBLIC])


def places_of(receipt: object) -> set[str | None]:
    """Where it differs, or where it cannot be read."""
    try:
        return {*told(receipt).differing}
    except (InvalidReceipt, KeyNotFound) as error:
        return {error.where}


def test_an_unaltered_receipt_is_genuine_however_its_file_is_laid_out() -> None:
    found = [
        verification(json.dumps(RECEIPT, indent=indent).encode(), [OTHER, KEY])
        for indent in (None, 2)
    ]

    assert [one.is_genuine for one in found] == [True, True]
    assert found[0].payload == PAYLOAD
    assert found[0].kid == KEY.kid


def test_each_key_signs_in_the_algorithm_that_it_names() -> None:
    other = ECKey.generate_key("P-256", {"alg": "ES256"}, auto_kid=True)
    found = verification(signed(PAYLOAD, other).encode(), [KEY, other])

    assert (found.is_genuine, found.kid) == (True, other.kid)


@given(member=st.sampled_from(sorted(RECEIPT)), place=st.integers(0), to=st.integers(32, 126))
def test_no_byte_of_a_receipt_can_be_changed(member: str, place: int, to: int) -> None:
    text = RECEIPT[member]
    at = place % len(text)
    changed = f"{text[:at]}{chr(to)}{text[at + 1 :]}"
    if changed == text:
        return
    assert places_of({**RECEIPT, member: changed}) & {"signature", "protected", "kid"}


def test_bits_that_base64_leaves_unread_are_no_room_for_another_text() -> None:
    head, last = RECEIPT["signature"][:-1], RECEIPT["signature"][-1]
    found = {one: told({**RECEIPT, "signature": head + one}) for one in _BASE64}

    assert [one for one, each in found.items() if each.is_genuine] == [last]


@given(name=st.sampled_from(FIELDS), value=st.none() | st.booleans() | st.integers() | st.text())
def test_a_changed_field_is_named(name: str, value: object) -> None:
    if value == PAYLOAD[name] and type(value) is type(PAYLOAD[name]):
        return
    found = told({**RECEIPT, "payload": encoded({**PAYLOAD, name: value})})

    assert not found.is_genuine
    assert set(found.differing) - {"signature"} == ({name} if value != PAYLOAD[name] else set())


@given(name=st.sampled_from(sorted(BODY)))
def test_a_changed_body_has_another_id_even_if_all_else_is_made_to_fit(name: str) -> None:
    body: dict[str, Any] = {**BODY, name: "OTHER" if name not in {"coverage", "grounds"} else []}
    fitted: dict[str, Any] = {
        **PAYLOAD,
        "body": canonical(body).decode(),
        **{n: body[n] for n in REPEATED},
    }
    found = told({**RECEIPT, "payload": encoded(fitted)})

    assert {"signature", "verdictId"} <= set(found.differing)


def test_a_change_of_words_or_matter_breaks_the_signature() -> None:
    for name in ("words", "matter"):
        found = told({**RECEIPT, "payload": encoded({**PAYLOAD, name: "其他"})})

        assert found.differing == ("signature",)


def test_what_the_right_key_signed_is_held_to_its_body_all_the_same() -> None:
    wrong = signed({**PAYLOAD, "outcome": "CLEAR"}, KEY)

    assert told(json.loads(wrong)).differing == ("outcome",)


def test_a_body_of_another_layout_is_held_to_its_id_alone() -> None:
    body = {"body": 0, "subject": "X", "outcome": "CLEAR"}
    given = canonical(body)
    payload = {
        "receipt": FORMAT,
        "verdictId": digest(body),
        "contentId": "of its time",
        "body": given.decode(),
        **{name: body.get(name) for name in REPEATED},
    }

    assert told(json.loads(signed(payload, KEY))).is_genuine


@pytest.mark.parametrize("name", ["alg", "typ", "extra"])
def test_a_changed_header_is_named(name: str) -> None:
    header = {**decoded(RECEIPT["protected"]), name: "none"}
    found = told({**RECEIPT, "protected": encoded(header)})

    assert set(found.differing) == {"signature", f"protected.{name}"}


def test_what_a_key_signed_for_something_else_is_no_receipt() -> None:
    header = {"alg": "Ed25519", "kid": str(KEY.kid), "typ": "JWT"}
    token = jws.serialize_json({"protected": header}, canonical(PAYLOAD), KEY, ["Ed25519"])

    assert TYPE != "JWT"
    assert told(token).differing == ("protected.typ",)


def test_an_unknown_key_is_told_with_those_that_are_known() -> None:
    with pytest.raises(KeyNotFound, match=str(OTHER.kid)) as unknown:
        verification(json.dumps(RECEIPT).encode(), [OTHER])

    assert unknown.value.kid == KEY.kid


def test_a_key_of_the_same_id_does_not_pass_for_another() -> None:
    impostor = OKPKey.import_key({**OTHER.as_dict(private=True), "kid": str(KEY.kid)})

    assert told(json.loads(signed(PAYLOAD, impostor))).differing == ("signature",)


@pytest.mark.parametrize(
    "receipt",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps({**RECEIPT, "header": {}}).encode(),
        json.dumps({**RECEIPT, "signature": 1}).encode(),
        json.dumps({**RECEIPT, "protected": "?"}).encode(),
        json.dumps({**RECEIPT, "protected": encoded({"alg": "Ed25519"})}).encode(),
        json.dumps({**RECEIPT, "protected": encoded([])}).encode(),
        b'{"payload": "forged", ' + json.dumps(RECEIPT).encode()[1:],
    ],
)
def test_what_is_no_receipt_is_told_so(receipt: bytes) -> None:
    with pytest.raises(InvalidReceipt):
        verification(receipt, [KEY])


def test_a_receipt_of_a_newer_hub_is_told_so() -> None:
    with pytest.raises(InvalidReceipt, match="newer"):
        told(json.loads(signed({**PAYLOAD, "receipt": FORMAT + 1}, KEY)))


@given(st.binary(max_size=200))
def test_nothing_but_what_is_told_comes_of_nonsense(nonsense: bytes) -> None:
    assert places_of({**RECEIPT, "payload": nonsense.hex()}) >= {"signature"}
    with pytest.raises(InvalidReceipt):
        verification(nonsense, [KEY])
