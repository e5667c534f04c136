from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from hub.domain.catalogue import Trigger
from hub.domain.clocks import OPEN_END, Millis, Span, day_start
from hub.domain.facts import Value
from hub.domain.moves import KeptRecord, KeptStanding
from hub.domain.retention import archived, over_since
from hub.domain.vocabulary import Outcome, RecordKind, StandingStatus
from tests.checks.worlds import catalogue, effect, rule
from tests.worlds import KEPT_FIVE_YEARS

BEGUN, COUNTED, ENDED = (day_start(date(year, 3, 1)) for year in (2020, 2021, 2022))
STAYED = day_start(date(2020, 9, 1))
TOLD: Mapping[str, Value] = {"eventAt": BEGUN, "countsUntil": COUNTED}


BACK = Trigger(kinds=(RecordKind.PENALTY,), within_years=3)
LAW = catalogue(rule("R1"), rule("R2", effect(Outcome.BLOCK, BACK)))


def _record(*standings: tuple[Millis, str], **told: Value) -> KeptRecord:
    ends = [start for start, _ in standings[1:]] + [OPEN_END]
    kept = [
        KeptStanding("", Span(start, end), {**TOLD, "status": status, **told})
        for (start, status), end in zip(standings, ends, strict=True)
    ]
    return KeptRecord("CR-1", RecordKind.FAILURE_EVENT, frozenset(), frozenset({"D"}), tuple(kept))


def _penalty(*issued_on: date, **told: Value) -> KeptRecord:
    fined = _record((BEGUN, "IN_FORCE"), **told)
    return replace(fined, kind=RecordKind.PENALTY, issued_on=issued_on)


def test_a_record_is_over_when_it_ended_or_was_last_counted() -> None:
    revoked = _record((BEGUN, "IN_FORCE"), (ENDED, "REVOKED"))
    expired = _record((BEGUN, "IN_FORCE"), (COUNTED, "EXPIRED"), (ENDED, "REVOKED"))

    assert [over_since(one, LAW) for one in (_record((BEGUN, "IN_FORCE")), revoked, expired)] == [
        COUNTED,
        ENDED,
        COUNTED,
    ]


@pytest.mark.parametrize(
    ("record", "over"),
    [
        (_penalty(), day_start(date(2023, 3, 1))),
        (_penalty(date(2020, 2, 1), date(2020, 9, 1)), day_start(date(2023, 9, 1))),
        (_penalty(countsUntil=day_start(date(2024, 1, 1))), day_start(date(2024, 1, 1))),
        (_penalty(countsUntil=OPEN_END), None),
        (replace(_penalty(date(2025, 1, 1)), kind=RecordKind.LISTING), COUNTED),
    ],
    ids=["the event", "the last document", "the longer term", "no end", "another kind"],
)
def test_a_record_that_a_rule_may_look_back_on_is_not_over(
    record: KeptRecord, over: Millis | None
) -> None:
    assert over_since(record, LAW) == over


@pytest.mark.parametrize(
    ("further", "over"),
    [([], date(2023, 3, 1)), ([(ENDED, "REVOKED")], date(2022, 3, 1))],
    ids=["the look-back", "its own end before"],
)
def test_what_time_expired_is_over_when_no_rule_looks_back_on_it(
    further: list[tuple[Millis, str]], over: date
) -> None:
    expired = _record((BEGUN, "IN_FORCE"), (COUNTED, "EXPIRED"), *further)

    assert over_since(replace(expired, kind=RecordKind.PENALTY), LAW) == day_start(over)
    assert over_since(expired, LAW) == COUNTED


def test_what_a_rule_looked_back_on_expires_when_that_ends() -> None:
    found = archived(_penalty(), KEPT_FIVE_YEARS, LAW)
    assert found is not None

    assert found[0] == day_start(date(2028, 3, 1))
    assert [(kept.status, kept.valid.start) for kept in found[1].standings] == [
        (StandingStatus.IN_FORCE, BEGUN),
        (StandingStatus.EXPIRED, day_start(date(2023, 3, 1))),
        (StandingStatus.ARCHIVED, day_start(date(2028, 3, 1))),
    ]


@pytest.mark.parametrize(
    "record",
    [
        _record((BEGUN, "IN_FORCE"), countsUntil=OPEN_END),
        _record((BEGUN, "IN_FORCE"), obligationOpen=True),
        _record((BEGUN, "IN_FORCE"), (ENDED, "SUSPENDED")),
        _record((BEGUN, "IN_FORCE"), (STAYED, "SUSPENDED")),
        _record((BEGUN, "IN_FORCE"), (COUNTED, "EXPIRED"), (ENDED, "ARCHIVED")),
    ],
)
def test_what_counts_is_owed_stayed_or_archived_already_is_kept_as_it_is(
    record: KeptRecord,
) -> None:
    assert over_since(record, LAW) is None
    assert archived(record, KEPT_FIVE_YEARS, LAW) is None


def test_what_was_never_in_force_is_not_archived_by_time() -> None:
    assert archived(_record((BEGUN, "DETERMINED")), KEPT_FIVE_YEARS, LAW) is None


def test_a_course_that_no_record_runs_is_left_to_be_corrected() -> None:
    assert archived(_record((BEGUN, "CORRECTED")), KEPT_FIVE_YEARS, LAW) is None


def test_what_nobody_ended_expires_first() -> None:
    found = archived(_record((BEGUN, "IN_FORCE")), KEPT_FIVE_YEARS, LAW)
    assert found is not None
    at, after = found

    assert at == day_start(date(2026, 3, 1))
    assert [(kept.status, kept.valid) for kept in after.standings] == [
        (StandingStatus.IN_FORCE, Span(BEGUN, COUNTED)),
        (StandingStatus.EXPIRED, Span(COUNTED, at)),
        (StandingStatus.ARCHIVED, Span(at)),
    ]


def test_what_ended_is_archived_a_term_later() -> None:
    record = _record((BEGUN, "IN_FORCE"), (ENDED, "REVOKED"))
    found = archived(record, KEPT_FIVE_YEARS, LAW)
    assert found is not None

    assert found[0] == day_start(date(2027, 3, 1))
    assert [kept.status for kept in found[1].standings] == ["IN_FORCE", "REVOKED", "ARCHIVED"]
    shorter = archived(record, replace(KEPT_FIVE_YEARS, months=1), LAW)
    assert shorter is not None
    assert shorter[0] == day_start(date(2022, 4, 1))


def test_what_was_revoked_after_its_term_is_kept_for_a_term_from_then_on() -> None:
    late = day_start(date(2027, 6, 1))
    record = _record((BEGUN, "IN_FORCE"), (ENDED, "REPAIRED"), (late, "REVOKED"))
    found = archived(record, KEPT_FIVE_YEARS, LAW)
    assert found is not None

    assert found[0] == day_start(date(2032, 6, 1))
    assert [kept.status for kept in found[1].standings] == [
        "IN_FORCE",
        "REPAIRED",
        "REVOKED",
        "ARCHIVED",
    ]
