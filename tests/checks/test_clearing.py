"""What would clear a ground, by the law that says so, and that it does."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hub.checks.clearing import Clearance, Prospect, clearances
from hub.checks.decide import decide
from hub.checks.judge import Question
from hub.domain.catalogue import Catalogue, Trigger
from hub.domain.clocks import OPEN_END, OPEN_START, Millis, Span, day_start, later
from hub.domain.facts import Ref
from hub.domain.identifiers import SubjectId
from hub.domain.known import Arrival, Tie
from hub.domain.verdict import Ask
from hub.domain.vocabulary import (
    ClearanceKind,
    InfoCategory,
    Outcome,
    Reach,
    ReadingGrade,
    RecordKind,
    StandingStatus,
)
from hub.intake.catalogue import read_catalogue
from hub.resources import resource
from tests.checks.worlds import (
    AT,
    EVER,
    HASH,
    PERSON,
    arrival,
    basis,
    behaviour,
    catalogue,
    decided,
    effect,
    held,
    hour,
    known,
    rule,
    rule_set,
    standing,
)

SEEDED = read_catalogue(resource("seeds", "catalogue")).catalogue
FULFIL, REPAIR, CORRECTION, EXPIRY, RULE_END = ClearanceKind
TURN = hour(2)


def _law(*windows: int, **bases: Span) -> Catalogue:
    """The seeded remedies and terms, beside one rule for any record that counts or has lapsed."""
    plain = Trigger(within_years=windows[0]) if windows else Trigger()
    of_rule = tuple(basis(code, in_force=span) for code, span in bases.items()) or (basis(),)
    own = catalogue(
        rule("R1", effect(Outcome.RESTRICT, plain), bases=tuple(one.code for one in of_rule)),
        rule("LAPSED", effect(Outcome.ATTENTION, Trigger(lapsed=True))),
        bases=(basis(), *of_rule),
    )
    return replace(
        SEEDED,
        rules=own.rules,
        scenarios=own.scenarios,
        legal_bases={**SEEDED.legal_bases, **own.legal_bases},
    )


def _arrival(
    *behaviours: str,
    kind: RecordKind = RecordKind.FAILURE_EVENT,
    issued: date | None = date(2026, 5, 10),
    **stands: Any,
) -> Arrival:
    ends = Ref("CreditRecord", "CR-1"), Ref("Document", "D-1")
    document = Tie(held("EVIDENCED_BY", *ends), "D-1", "示〔2026〕1号", issued)
    severity, term = stands.pop("severity", "GENERAL"), stands.pop("counts_term", None)
    stood = replace(standing("CR-1", **stands), severity=severity, counts_term=term)
    came = arrival(
        kind=kind, stands=stood, behaviours=tuple(behaviour("CR-1", b) for b in behaviours)
    )
    return replace(came, documents=(document,))


def _ways(
    came: Arrival, law: Catalogue, at: Millis = AT, then: Catalogue | None = None
) -> list[Clearance]:
    [ways] = _ways_by_rule(came, law, at, then).values()
    return ways


def _ways_by_rule(
    came: Arrival, law: Catalogue, at: Millis = AT, then: Catalogue | None = None
) -> dict[str, list[Clearance]]:
    """Where another law is published, it takes the place of the first at `TURN`."""
    laws = {HASH: law, **({"then": then} if then else {})}
    spans = [Span(OPEN_START, TURN), Span(TURN)] if then else [EVER]
    in_force = tuple(
        rule_set(content_hash=name, number=number, valid=span)
        for number, (name, span) in enumerate(zip(laws, spans, strict=True), start=1)
    )
    facts = known(came, at=at, rule_sets=in_force)
    verdict = decide(Ask(facts.subject, "FUNDING"), facts, laws, current=law)
    question = Question(law, law.scenarios["FUNDING"], "APPLICANT")
    prospect = Prospect(question, at, verdict.rule_sets, laws)
    return {ground.rule: [*(clearances(ground, prospect) or ())] for ground in verdict.grounds}


def _told(ways: list[Clearance]) -> list[tuple[ClearanceKind, Millis | None, str | None]]:
    return [(way.kind, way.at, way.term.code if way.term else None) for way in ways]


def test_a_general_record_is_repairable_three_months_after_its_document() -> None:
    until = day_start(date(2027, 5, 10))
    came = _arrival("ZWSX-20", counts_until=until, counts_term="PUBLICITY-GENERAL-MAX")

    ways = _ways(came, _law())

    assert _told(ways) == [
        (REPAIR, day_start(date(2026, 8, 10)), "PUBLICITY-GENERAL-MIN"),
        (CORRECTION, None, None),
        (EXPIRY, until, "PUBLICITY-GENERAL-MAX"),
    ]
    assert [way.needs_confirmation for way in ways] == [True, True, False]
    assert [basis.code for basis in ways[0].bases] == ["XYXF-2025-36", "GBF-2025-22"]


def test_a_serious_record_waits_a_year_and_a_minor_one_for_nothing() -> None:
    serious = _ways(_arrival("ZWSX-20", severity="SERIOUS"), _law())
    minor = _ways(_arrival("ZWSX-20", severity="MINOR", obligation_open=True), _law())

    assert _told(serious)[0] == (REPAIR, day_start(date(2027, 5, 10)), "PUBLICITY-SERIOUS-MIN")
    assert _told(minor)[0] == (REPAIR, None, None)
    assert (serious[0].obligation_first, minor[0].obligation_first) == (False, True)


def test_a_breach_by_the_government_has_no_shortest_period_and_a_basis_of_grade_c() -> None:
    repair = _ways(_arrival("ZWSX-01", obligation_open=True), _law())[0]

    assert (repair.kind, repair.at, repair.term) == (REPAIR, None, None)
    assert [basis.grade for basis in repair.bases] == [ReadingGrade.C]
    assert repair.obligation_first
    assert repair.needs_confirmation


@pytest.mark.parametrize("issued", [date(2026, 3, 31), None], ids=["before the scale", "no day"])
def test_without_a_period_that_was_read_no_day_of_repair_is_told(issued: date | None) -> None:
    told = _told(_ways(_arrival("ZWSX-20", issued=issued), _law()))

    assert [kind for kind, _, _ in told] == [CORRECTION]


def test_a_period_whose_only_basis_was_repealed_before_the_document_tells_no_day() -> None:
    law = _law()
    ended = law.legal_bases["XYXF-2025-36"]
    ended = replace(ended, in_force=Span(ended.in_force.start, day_start(date(2027, 1, 1))))
    repealed = replace(law, legal_bases={**law.legal_bases, ended.code: ended})
    came, at = _arrival("ZWSX-20", issued=date(2027, 3, 1)), day_start(date(2027, 3, 2))

    assert _told(_ways(came, law, at))[0] == (
        REPAIR,
        day_start(date(2027, 6, 1)),
        "PUBLICITY-GENERAL-MIN",
    )
    assert _told(_ways(came, repealed, at)) == [(CORRECTION, None, None)]


def test_a_judgment_default_is_cleared_by_performing_and_not_by_repair() -> None:
    came = _arrival("ZWSX-17", kind=RecordKind.JUDGMENT_DEFAULT, severity="SERIOUS")

    ways = _ways(came, _law())

    assert [(way.kind, way.bases[0].code) for way in ways] == [
        (FULFIL, "SXMD-2013-7"),
        (CORRECTION, "SXMD-2013-3"),
    ]
    assert ways[0].needs_confirmation


def test_a_risk_alert_ends_by_performing_and_nobody_has_to_confirm_it() -> None:
    came = _arrival(kind=RecordKind.RISK_ALERT, category=InfoCategory.RISK_ALERT, severity=None)

    ways = _ways(came, _law())

    assert [(way.kind, way.needs_confirmation) for way in ways] == [
        (FULFIL, False),
        (CORRECTION, False),
    ]


def test_an_obligation_left_open_after_the_term_is_cleared_by_performing_it() -> None:
    over = hour(-1)
    came = _arrival("ZWSX-02", counts_until=over, public_until=over, obligation_open=True)

    assert [way.kind for way in _ways(came, _law())] == [FULFIL, CORRECTION]


@pytest.mark.parametrize(
    ("law", "until", "told"),
    [
        (_law(OLD=Span(hour(-9), hour(4))), OPEN_END, [(RULE_END, hour(4))]),
        (
            _law(OLD=Span(hour(-9), hour(4)), NEW=Span(hour(-9), hour(6))),
            OPEN_END,
            [(RULE_END, hour(6))],
        ),
        (_law(OLD=Span(hour(-9), hour(4)), NEW=Span(hour(-9))), OPEN_END, []),
        (_law(OLD=Span(hour(-9), hour(4))), hour(3), [(EXPIRY, hour(3))]),
        (_law(1), OPEN_END, [(RULE_END, hour(5))]),
        (_law(1), hour(6), [(RULE_END, hour(5))]),
        (_law(1), hour(5), [(EXPIRY, hour(5))]),
        (_law(1), hour(3), [(RULE_END, hour(5))]),
        (_law(1), hour(-3), [(RULE_END, hour(5))]),
        (_law(1, OLD=Span(hour(-9), hour(4))), hour(3), [(RULE_END, hour(4))]),
    ],
    ids=[
        "a basis",
        "the last of two",
        "one is left",
        "the term before",
        "a look-back",
        "a look-back before the term",
        "both at once",
        "a look-back beyond the term",
        "a look-back after the term",
        "a basis before the look-back, beyond the term",
    ],
)
def test_the_rule_may_end_before_the_record_does(
    law: Catalogue, until: Millis, told: list[tuple[ClearanceKind, Millis]]
) -> None:
    event = later(hour(5), years=-1)
    came = _arrival("ZWSX-20", issued=None, event_at=event, counts_until=until)

    by_itself = [(way.kind, way.at) for way in _ways(came, law) if way.kind in (EXPIRY, RULE_END)]

    assert by_itself == told


def test_performing_what_is_owed_does_not_clear_what_a_rule_looks_back_on() -> None:
    over = hour(-1)
    came = _arrival("ZWSX-20", counts_until=over, public_until=over, obligation_open=True)

    ways = _ways_by_rule(came, _law(3))

    assert {rule: [way.kind for way in told] for rule, told in ways.items()} == {
        "R1": [CORRECTION, RULE_END],
        "LAPSED": [FULFIL, CORRECTION],
    }


def test_what_time_has_expired_is_repaired_no_more_though_a_rule_looks_back_on_it() -> None:
    event = later(hour(5), years=-3)
    in_force, expired = (
        _arrival("ZWSX-20", issued=None, severity="MINOR", event_at=event, status=status)
        for status in (StandingStatus.IN_FORCE, StandingStatus.EXPIRED)
    )

    ways = _ways(in_force, _law(3))

    assert [way.kind for way in ways] == [REPAIR, CORRECTION, RULE_END]
    assert _ways(expired, _law(3)) == ways[1:]


def test_a_standing_that_is_already_known_to_end_before_its_term_does_not_expire() -> None:
    came = _arrival("ZWSX-20", issued=None, valid=Span(hour(-9), hour(2)), counts_until=hour(3))

    assert [way.kind for way in _ways(came, _law())] == [CORRECTION]


def _of_a_reach(*reaches: Reach) -> Catalogue:
    law = _law()
    return replace(law, rules={"R1": rule("R1", effect(), reaches=reaches)})


def _asked(law: Catalogue, scenario: str) -> Catalogue:
    return replace(law, scenarios={scenario: law.scenarios[scenario]})


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (_law(OLD=Span(hour(-9), hour(4))), (RULE_END, hour(4), "OLD")),
        (_law(OLD=Span(hour(-9), TURN)), (RULE_END, TURN, "OLD")),
        (_law(OLD=Span(hour(-9), hour(1))), (RULE_END, TURN, "OLD")),
        (_law(OLD=Span(hour(-9), hour(4)), NEW=EVER), (EXPIRY, hour(8), "")),
        (_law(OLD=Span(hour(-9), hour(9))), (EXPIRY, hour(8), "")),
        (_law(1, OLD=EVER), (RULE_END, hour(5), "")),
        (replace(_law(), rules={}), (RULE_END, TURN, "")),
        (_of_a_reach(Reach.OWN), (EXPIRY, hour(8), "")),
        (_of_a_reach(Reach.SUCCESSION), (RULE_END, TURN, "")),
        (_asked(_law(), "FUNDING"), (EXPIRY, hour(8), "")),
        (_asked(_law(), "TENDER"), (RULE_END, TURN, "")),
    ],
    ids=[
        "a basis ends in it",
        "a basis ends with its first instant",
        "a basis has ended before it",
        "one basis is left",
        "a basis ends after the term",
        "it looks back",
        "it has no such rule",
        "the rule reads the same reach",
        "the rule reads another reach",
        "it knows the question",
        "it knows no such question",
    ],
)
def test_a_rule_set_published_for_a_day_to_come_may_end_the_rule(
    then: Catalogue, told: tuple[ClearanceKind, Millis, str]
) -> None:
    came = _arrival("ZWSX-20", issued=None, event_at=later(hour(5), years=-1), counts_until=hour(8))

    by_itself = _ways(came, _law(OLD=EVER), then=then)[-1]

    bases = " ".join(basis.code for basis in by_itself.bases)
    assert (by_itself.kind, by_itself.at, bases) == told


@pytest.mark.parametrize("until", [hour(3), OPEN_END])
def test_a_basis_that_the_next_rule_set_prolongs_does_not_end(until: Millis) -> None:
    now, then = (_law(OLD=Span(hour(-9), end)) for end in (hour(4), OPEN_END))
    came = _arrival("ZWSX-20", issued=None, counts_until=until)

    told = [(way.kind, way.at) for way in _ways(came, now, then=then)]

    assert told == [(CORRECTION, None), *([(EXPIRY, until)] if until < OPEN_END else [])]


def test_a_basis_that_ends_is_told_as_the_rule_set_has_it_in_which_it_ends() -> None:
    ended = Span(hour(-9), TURN)

    [*_, by_itself] = _ways(_arrival(issued=None), _law(OLD=EVER), then=_law(OLD=ended))

    assert [basis.in_force for basis in by_itself.bases] == [ended]


def test_of_persons_nothing_is_told() -> None:
    law = _law()
    person: SubjectId = PERSON
    [ground] = decided(
        known(arrival(subject=person), subject=person), replace(law, content_hash="any")
    ).grounds
    question = Question(law, law.scenarios["NOMINATION"], "NOMINEE")

    assert clearances(ground, Prospect(question, AT, (rule_set(),), {HASH: law})) is None
