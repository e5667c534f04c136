"""Identifiers are checked where they are made; what is refused is told why."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from hub.domain.identifiers import (
    SubjectId,
    organisation_check_character,
    parse_subject_id,
    record_id,
    subject_kind,
    unit_kind,
)
from hub.domain.vocabulary import SubjectKind, UnitKind
from hub.errors import InvalidIdentifier

PUBLISHED = (
    "11152105011615449P",
    "1134160073302996XP",
    "11330800002618015K",
    "91230500MA1B3N1N2M",
)
"""Codes of public bodies as published; the first still carries a division retired in 2001."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NOT_ALLOWED = "it has characters that are not allowed"


def _code(first: str, body: str) -> str:
    """A code right in both check characters."""
    seventeen = first + body + organisation_check_character(body)
    return seventeen + uscc.calc_check_digit(seventeen)


CODES = st.builds(
    _code,
    st.from_regex(r"(1[1239]|54|91|A1|N3|Y1)[0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=8, max_size=8),
)


def _reason(text: str) -> str:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_subject_id(text)
    return caught.value.reason.en


# Credit codes


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_is_accepted_as_it_is(code: str) -> None:
    assert parse_subject_id(code) == code


@given(CODES)
def test_every_code_right_in_both_check_characters_is_accepted(code: str) -> None:
    assert parse_subject_id(code) == code


@pytest.mark.parametrize("text", ["", "1", PUBLISHED[0][:-1], PUBLISHED[0] + "0"])
def test_a_code_of_another_length_is_refused(text: str) -> None:
    assert _reason(text) == f"a credit code has 18 characters, this has {len(text)}"


@pytest.mark.parametrize("letter", "IOZSV")
def test_a_letter_outside_the_alphabet_is_refused(letter: str) -> None:
    assert _reason(PUBLISHED[0][:9] + letter + PUBLISHED[0][10:]) == NOT_ALLOWED


@pytest.mark.parametrize("place", range(2, 8))
def test_a_letter_in_the_division_code_is_refused(place: int) -> None:
    code = PUBLISHED[0]

    assert _reason(code[:place] + "A" + code[place + 1 :]) == NOT_ALLOWED


@pytest.mark.parametrize("code", ["11152105 11615449P", "11152105-11615449P", "١" * 18])
def test_neither_separators_nor_foreign_digits_are_skipped(code: str) -> None:
    assert _reason(code) == NOT_ALLOWED


@given(CODES, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_no_single_slip_of_the_pen_passes(code: str, place: int, slip: str) -> None:
    mistyped = code[:place] + slip + code[place + 1 :]

    if slip != code[place]:
        assert _reason(mistyped) == "its 18th character does not check"


def test_a_wrong_17th_character_is_refused_though_the_18th_agrees() -> None:
    seventeen = "11152105011615448"

    assert organisation_check_character("01161544") == "9"
    assert _reason(seventeen + uscc.calc_check_digit(seventeen)) == (
        "its 17th character does not check"
    )


@pytest.mark.parametrize("first", ["11", "29", "35", "54", "93", "A9", "N2", "Y1"])
def test_a_registrar_gives_out_its_own_kinds(first: str) -> None:
    code = _code(first + "152105", "01161544")

    assert parse_subject_id(code) == code


@pytest.mark.parametrize("first", ["14", "22", "36", "55", "94", "A2", "N4", "Y2", "01", "B1"])
def test_a_registrar_gives_out_no_other_kind(first: str) -> None:
    code = _code(first + "152105", "01161544")

    assert _reason(code) == f"registrar {first[0]} gives out no kind {first[1]}"


def test_a_name_is_told_to_be_a_name() -> None:
    assert _reason("根河市人民政府办公室") == (
        "it is a name, and names are alike: no verdict is given on a name"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "  11152105011615449p ",
        "１１１５２１０５０１１６１５４４９Ｐ",
        "\u300011152105011615449Ｐ\n",
    ],
)
def test_spaces_around_small_letters_and_full_width_forms_are_folded(typed: str) -> None:
    assert parse_subject_id(typed) == "11152105011615449P"


def test_what_is_refused_is_shown_as_it_was_typed() -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_subject_id(" １２３ ")

    assert caught.value.given == " １２３ "
    assert str(caught.value) == (
        "Identifier ' １２３ ' is invalid: a credit code has 18 characters, this has 3"
    )


@given(st.text() | st.text(ALPHABET + "IO- ", min_size=18, max_size=18))
def test_no_text_makes_parsing_fail_in_any_other_way(text: str) -> None:
    try:
        subject = parse_subject_id(text)
    except InvalidIdentifier:
        return
    assert parse_subject_id(subject) == subject


# Persons and foreign bodies


@pytest.mark.parametrize("text", ["P-159900-0072", "P-ABC", "Ｐ－ABC", " P-000 "])
def test_the_hubs_own_id_of_a_person_is_accepted(text: str) -> None:
    assert subject_kind(parse_subject_id(text)) is SubjectKind.PERSON


@pytest.mark.parametrize("text", ["P-", "P-A", "P-AB", "p-159900-0072", "P-15 99", "P_159900"])
def test_what_only_looks_like_a_persons_id_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        parse_subject_id(text)


@pytest.mark.parametrize(
    "text", ["PY-RUC:80009735-1", "GB-COH:123", "x9:a:b/c", "PY-RUC：80009735-1"]
)
def test_a_foreign_identifier_is_scheme_and_value(text: str) -> None:
    subject = parse_subject_id(text)

    assert ":" in subject
    assert (subject_kind(subject), unit_kind(subject)) == (SubjectKind.UNIT, UnitKind.OTHER)


@pytest.mark.parametrize("text", [":80009735", "PY-RUC:", "PY-RUC: 8", "P:8", "9PY:8", "PY-RUC::8"])
def test_a_scheme_or_a_value_that_is_missing_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        parse_subject_id(text)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("11152105011615449P", UnitKind.ORGAN),
        ("12152105011615449P", UnitKind.INSTITUTION),
        ("13152105011615449P", UnitKind.MASS_ORG),
        ("19152105011615449P", UnitKind.OTHER),
        ("91230500MA1B3N1N2M", UnitKind.OTHER),
    ],
)
def test_the_first_two_characters_tell_the_kind_of_unit(code: str, kind: UnitKind) -> None:
    assert unit_kind(SubjectId(code)) is kind


# Records

GIVEN = ("PENALTY", "示例罚决〔2026〕1号", "示例市场监督管理局", "12159900990000260C")


def test_a_record_is_named_by_what_the_authority_assigned() -> None:
    assert record_id(*GIVEN) == "CR-QTJTBQIKMH4ST2HZ"


@pytest.mark.parametrize("place", range(4))
def test_each_part_of_what_was_assigned_matters(place: int) -> None:
    changed = [part + "1" * (at == place) for at, part in enumerate(GIVEN)]

    assert record_id(*changed) != record_id(*GIVEN)


@pytest.mark.parametrize("place", range(4))
def test_spaces_around_and_full_width_forms_are_the_same_record(place: int) -> None:
    typed = [
        f" {part.replace('1', '１')} " if at == place else part for at, part in enumerate(GIVEN)
    ]

    assert record_id(*typed) == record_id(*GIVEN)


def test_words_that_move_from_one_part_to_the_next_are_another_record() -> None:
    assert record_id("A", "BC", "D", "E") != record_id("AB", "C", "D", "E")


@given(st.text(), st.text(), st.text(), st.text())
def test_a_records_id_has_one_form(kind: str, doc_no: str, issuer: str, subject: str) -> None:
    assert re.fullmatch(r"CR-[A-Z2-7]{16}", record_id(kind, doc_no, issuer, subject))
