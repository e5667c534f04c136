"""The differences of two rule sets, in words."""

from dataclasses import replace
from datetime import date

from hub.domain.catalogue import Catalogue, LegalBasis
from hub.domain.clocks import Span, day_start
from hub.domain.vocabulary import Outcome
from hub.rulebook.diff import DifferenceKind, differences
from hub.text import Text
from tests.rulebook.law import LAW, with_rule


def with_basis(basis: LegalBasis) -> Catalogue:
    return replace(LAW, legal_bases={**LAW.legal_bases, basis.code: basis})


def words(after: Catalogue, before: Catalogue = LAW) -> list[Text]:
    return [one.words for one in differences(before, after)]


def test_a_rule_set_does_not_differ_from_itself_under_another_number() -> None:
    assert differences(LAW, replace(LAW, number=9, content_hash="other")) == []


def test_a_new_rule_and_one_that_is_gone_are_told_by_their_titles() -> None:
    more = with_rule(replace(LAW.rules["R24"], code="R99"))

    [new], [gone] = differences(LAW, more), differences(more, LAW)

    assert (new.kind, new.section, new.entry) == (DifferenceKind.ADDED, "rules", "R99")
    assert new.words == Text(
        "规则 R99 新增：拒绝失信供应商参与政府采购", "rule R99 is new: dishonest suppliers refused"
    )
    assert gone.kind is DifferenceKind.REMOVED
    assert gone.words.en == "rule R99 is gone: dishonest suppliers refused"


def test_the_life_of_a_basis_is_told_in_days() -> None:
    basis = LAW.legal_bases["CAIKU-2016-125"]
    start, end = day_start(date(2016, 8, 1)), day_start(date(2027, 1, 1))
    before, after = (
        with_basis(replace(basis, in_force=life)) for life in (Span(start), Span(start, end))
    )

    assert words(after, before) == [
        Text(
            "依据 CAIKU-2016-125 有效期由 2016-08-01—… 改为 2016-08-01—2027-01-01",
            "legal basis CAIKU-2016-125 in force from 2016-08-01 until … to"
            " 2016-08-01 until 2027-01-01",
        )
    ]


def test_bases_and_effects_are_told_by_what_was_gained_and_lost() -> None:
    rule = LAW.rules["R24"]
    milder = replace(rule.effects[0], outcome=Outcome.REFERENCE)

    assert words(with_rule(replace(rule, bases=("CGF-2014-22",), effects=(milder,)))) == [
        Text(
            "规则 R24 依据增加 CGF-2014-22，去掉 CAIKU-2016-125；"
            "后果增加 GOV_PROCUREMENT/SUPPLIER REFERENCE，去掉 GOV_PROCUREMENT/SUPPLIER BLOCK",
            "rule R24 bases gained CGF-2014-22, lost CAIKU-2016-125; effects gained"
            " GOV_PROCUREMENT/SUPPLIER REFERENCE, lost GOV_PROCUREMENT/SUPPLIER BLOCK",
        )
    ]


def test_another_trigger_is_told_as_a_rewording_of_the_effects() -> None:
    rule = LAW.rules["R24"]
    fewer = replace(rule.effects[0], when=rule.effects[0].when[:1])

    assert words(with_rule(replace(rule, effects=(fewer,)))) == [
        Text("规则 R24 后果有改动", "rule R24 effects reworded")
    ]


def test_a_term_is_told_by_its_length() -> None:
    term = LAW.terms["SUPPLIER-LOOKBACK"]
    after = replace(LAW, terms={**LAW.terms, term.code: replace(term, months=60)})

    assert words(after) == [
        Text(
            "期限 SUPPLIER-LOOKBACK 月数由 36 改为 60",
            "term SUPPLIER-LOOKBACK months from 36 to 60",
        )
    ]
