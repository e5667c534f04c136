"""Facts as they would be; nothing else of them changes, and nothing strange is supposed."""

from dataclasses import replace

import pytest

from hub.checks.hypotheses import suppose, under
from hub.domain.catalogue import Remedy, Trigger
from hub.domain.clocks import Span
from hub.domain.known import Known
from hub.domain.suppositions import DebtKnown, Supposition
from hub.domain.vocabulary import ClearanceKind, Outcome, RecordKind, StandingStatus
from hub.errors import NotOfSubject
from tests.checks.worlds import (
    WORDS,
    arrival,
    catalogue,
    decided,
    effect,
    hour,
    known,
    rule,
    standing,
)

FULFIL_ALERT = Remedy(
    code="FULFIL-ALERT",
    kind=ClearanceKind.FULFIL,
    title=WORDS,
    kinds=(RecordKind.RISK_ALERT,),
    behaviours=(),
    severities=(),
    lapsed=None,
    period=None,
    confirmed=False,
    bases=("LAW",),
)
OWED = Trigger(lapsed=True)
LAW = replace(catalogue(rule("R1")), remedies={"FULFIL-ALERT": FULFIL_ALERT})


def _statuses(facts: Known) -> list[tuple[str, StandingStatus, bool]]:
    return [(a.record, a.standing.status, a.standing.obligation_open) for a in facts.arrivals]


def _supposed(facts: Known, *debts: DebtKnown, **named: tuple[str, ...]) -> Known:
    return suppose(facts, Supposition(**named), debts, LAW)  # pyright: ignore[reportArgumentType]  # as named


def test_a_record_repaired_is_repaired_in_every_version_and_others_stay() -> None:
    now, then = (
        standing("CR-1", valid=Span(hour(-9), hour(3))),
        standing("CR-1", valid=Span(hour(3))),
    )
    facts = known(arrival(stands=now), arrival(stands=then), arrival("CR-2"))

    supposed = _supposed(facts, records_repaired=("CR-1",))

    assert _statuses(supposed) == [
        ("CR-1", StandingStatus.REPAIRED, False),
        ("CR-1", StandingStatus.REPAIRED, False),
        ("CR-2", StandingStatus.IN_FORCE, False),
    ]
    assert [g.arrival.record for g in decided(supposed, LAW).grounds if g.arrival] == ["CR-2"]
    assert _supposed(facts) == facts


def test_a_debt_paid_ends_the_alert_and_fulfils_the_obligation_of_what_was_determined() -> None:
    facts = known(
        arrival("CR-ALERT", kind=RecordKind.RISK_ALERT),
        arrival("CR-EVENT", stands=standing("CR-EVENT", obligation_open=True)),
    )
    debt = DebtKnown(
        "D-1",
        owed=True,
        records={"CR-ALERT": frozenset({"D-1"}), "CR-EVENT": frozenset({"D-1"})},
    )

    assert _statuses(_supposed(facts, debt, debts_paid=("D-1",))) == [
        ("CR-ALERT", StandingStatus.REPAIRED, False),
        ("CR-EVENT", StandingStatus.IN_FORCE, False),
    ]


def test_a_debt_paid_after_the_term_leaves_what_a_rule_looks_back_on() -> None:
    """What is owed is no longer shown; the record itself was not repaired."""
    lapsed = replace(FULFIL_ALERT, code="FULFIL-LAPSED", kinds=(RecordKind.PENALTY,), lapsed=True)
    effects = effect(Outcome.BLOCK, Trigger(within_years=1)), effect(Outcome.REFERENCE, OWED)
    law = replace(catalogue(rule("R1", *effects)), remedies={"FULFIL-LAPSED": lapsed})
    over = hour(-1)
    stands = standing("CR-1", counts_until=over, public_until=over, obligation_open=True)
    facts = known(arrival(kind=RecordKind.PENALTY, stands=stands))
    debt = DebtKnown("D-1", owed=True, records={"CR-1": frozenset({"D-1"})})

    paid = suppose(facts, Supposition(debts_paid=("D-1",)), [debt], law)

    assert _statuses(paid) == [("CR-1", StandingStatus.IN_FORCE, False)]
    assert decided(paid, law).outcome is Outcome.BLOCK


def test_a_record_of_two_debts_is_fulfilled_by_both_and_not_by_one() -> None:
    both = frozenset({"D-1", "D-2"})
    facts = known(arrival("CR-ALERT", kind=RecordKind.RISK_ALERT))
    debts = [DebtKnown(code, owed=True, records={"CR-ALERT": both}) for code in sorted(both)]

    one = _supposed(facts, debts[0], debts_paid=("D-1",))
    two = _supposed(facts, *debts, debts_paid=("D-1", "D-2"))

    assert one == facts
    assert _statuses(two) == [("CR-ALERT", StandingStatus.REPAIRED, False)]


@pytest.mark.parametrize(
    ("debts", "named", "where", "given"),
    [
        ((), {"records_repaired": ("CR-1", "CR-9", "CR-8")}, "recordsRepaired", ("CR-9", "CR-8")),
        ((), {"debts_paid": ("D-9",)}, "debtsPaid", ("D-9",)),
        (
            (DebtKnown("D-9", owed=False, records={"CR-9": frozenset({"D-9"})}),),
            {"debts_paid": ("D-9",)},
            "debtsPaid",
            ("D-9",),
        ),
    ],
    ids=["records", "an unknown debt", "another's debt"],
)
def test_what_does_not_concern_the_subject_is_refused_by_name(
    debts: tuple[DebtKnown, ...],
    named: dict[str, tuple[str, ...]],
    where: str,
    given: tuple[str, ...],
) -> None:
    with pytest.raises(NotOfSubject) as caught:
        _supposed(known(arrival()), *debts, **named)

    assert (caught.value.where, caught.value.given) == (where, given)
    assert all(code in caught.value.what.zh for code in given)


def test_another_rule_set_is_in_force_alone_and_always() -> None:
    draft = replace(catalogue(rule("R9", effect(Outcome.BLOCK))), number=9, content_hash="hash-9")

    supposed = under(known(arrival()), draft)

    assert [(one.number, one.content_hash) for one in supposed.rule_sets] == [(9, "hash-9")]
    assert supposed.rule_set_at(hour(-999)) == supposed.rule_set_at(hour(999)) is not None
