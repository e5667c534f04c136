from dataclasses import replace
from datetime import date

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span, day_start
from hub.domain.facts import Value
from hub.domain.moves import KeptRecord, KeptStanding
from hub.domain.retention import archived, over_since
from hub.domain.vocabulary import RecordKind, StandingStatus
from tests.worlds import KEPT_FIVE_YEARS

BEGUN, COUNTED, ENDED = (day_start(date(year, 3, 1)) for year in (2020, 2021, 2022))


def _record(*standings: tuple[Millis, str], **told: Value) -> KeptRecord:
    ends = [start for start, _ in standings[1:]] + [OPEN_END]
    kept = [
        KeptStanding("", Span(start, end), {"status": status, "countsUntil": COUNTED, **told})
        for (start, status), end in zip(standings, ends, strict=True)
    ]
    return KeptRecord("CR-1", RecordKind.FAILURE_EVENT, frozenset(), frozenset({"D"}), tuple(kept))


def test_a_record_is_over_when_it_ended_or_was_last_counted() -> None:
    assert over_since(_record((BEGUN, "IN_FORCE"))) == COUNTED
    assert over_since(_record((BEGUN, "IN_FORCE"), (ENDED, "REVOKED"))) == ENDED
    assert over_since(_record((BEGUN, "IN_FORCE"), (COUNTED, "EXPIRED"), (ENDED, "REVOKED"))) == (
        COUNTED
    )


@pytest.mark.parametrize(
    "record",
    [
        _record((BEGUN, "IN_FORCE"), countsUntil=OPEN_END),
        _record((BEGUN, "IN_FORCE"), obligationOpen=True),
        _record((BEGUN, "IN_FORCE"), (ENDED, "SUSPENDED")),
        _record((BEGUN, "IN_FORCE"), (COUNTED, "EXPIRED"), (ENDED, "ARCHIVED")),
    ],
)
def test_what_counts_is_owed_or_archived_already_is_kept_as_it_is(record: KeptRecord) -> None:
    assert over_since(record) is None
    assert archived(record, KEPT_FIVE_YEARS) is None


def test_what_was_never_in_force_is_not_archived_by_time() -> None:
    assert archived(_record((BEGUN, "DETERMINED")), KEPT_FIVE_YEARS) is None


def test_a_course_that_no_record_runs_is_left_to_be_corrected() -> None:
    assert archived(_record((BEGUN, "CORRECTED")), KEPT_FIVE_YEARS) is None


def test_what_nobody_ended_expires_first() -> None:
    found = archived(_record((BEGUN, "IN_FORCE")), KEPT_FIVE_YEARS)
    assert found is not None
    at, after = found

    assert at == day_start(date(2026, 3, 1))
    assert [(kept.status, kept.valid) for kept in after.standings] == [
        (StandingStatus.IN_FORCE, Span(BEGUN, COUNTED)),
        (StandingStatus.EXPIRED, Span(COUNTED, at)),
        (StandingStatus.ARCHIVED, Span(at)),
    ]


def test_what_ended_is_archived_a_term_later() -> None:
    found = archived(_record((BEGUN, "IN_FORCE"), (ENDED, "REVOKED")), KEPT_FIVE_YEARS)
    assert found is not None

    assert found[0] == day_start(date(2027, 3, 1))
    assert [kept.status for kept in found[1].standings] == ["IN_FORCE", "REVOKED", "ARCHIVED"]
    shorter = archived(
        _record((BEGUN, "IN_FORCE"), (ENDED, "REVOKED")), replace(KEPT_FIVE_YEARS, months=1)
    )
    assert shorter is not None
    assert shorter[0] == day_start(date(2022, 4, 1))


def test_what_was_revoked_after_its_term_is_kept_for_a_term_from_then_on() -> None:
    late = day_start(date(2027, 6, 1))
    found = archived(
        _record((BEGUN, "IN_FORCE"), (ENDED, "REPAIRED"), (late, "REVOKED")), KEPT_FIVE_YEARS
    )
    assert found is not None

    assert found[0] == day_start(date(2032, 6, 1))
    assert [kept.status for kept in found[1].standings] == [
        "IN_FORCE",
        "REPAIRED",
        "REVOKED",
        "ARCHIVED",
    ]
