"""The state machine of a record, beside the catalogue that its bases and documents stand in."""

from itertools import product

import pytest

from hub.domain.catalogue import Catalogue
from hub.domain.standings import (
    ENDED,
    MOVER_TITLES,
    START,
    TRANSITIONS,
    Mover,
    allowed_after,
    require_mover,
    require_sequence,
    transition,
)
from hub.domain.vocabulary import ReadingGrade, RecordKind, StandingStatus
from hub.errors import ForbiddenTransition, WrongMover
from hub.intake.catalogue import read_catalogue
from hub.resources import resource

S = StandingStatus
K = RecordKind


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(resource("seeds", "catalogue")).catalogue


def test_a_cited_transition_stands_on_a_text_that_was_read(catalogue: Catalogue) -> None:
    cited = {each.basis for each in TRANSITIONS if each.basis}
    grades = {catalogue.legal_bases[code].grade for code in cited}

    assert cited == {
        "NZF-2021-12-2-1-6",
        "SXMD-2013-3",
        "SXMD-2013-7",
        "XYXF-2025-36",
        "ZWCF-2020-26",
    }
    assert grades == {ReadingGrade.SEED, ReadingGrade.A, ReadingGrade.B}


def test_every_document_and_status_has_its_title(catalogue: Catalogue) -> None:
    documents = {kind for each in TRANSITIONS for kinds in each.by.values() for kind in kinds}

    assert documents <= set(catalogue.vocabulary["documentTypes"].titles)
    assert set(MOVER_TITLES) == set(Mover)


def test_from_one_status_to_another_there_is_one_way_for_a_kind() -> None:
    for kind, start, end in product(K, S, S):
        ways = [t for t in TRANSITIONS if kind in t.kinds and start in t.starts and t.end is end]
        assert len(ways) <= 1, (kind, start, end)


def test_every_status_is_reached_and_only_the_archive_is_left_by_nothing() -> None:
    reached = {each.end for each in TRANSITIONS} | START
    left = {start for each in TRANSITIONS for start in each.starts}

    assert reached == set(S)
    assert set(S) - left == {S.ARCHIVED}


@pytest.mark.parametrize("kind", K)
def test_every_record_can_end_and_be_archived(kind: RecordKind) -> None:
    assert set(allowed_after(kind, S.IN_FORCE)) & ENDED
    assert all(allowed_after(kind, ended)[-1] is S.ARCHIVED for ended in ENDED)


@pytest.mark.parametrize(
    ("kind", "start", "allowed"),
    [
        (K.FAILURE_EVENT, S.DETERMINED, [S.IN_FORCE, S.CORRECTED, S.REVOKED]),
        (
            K.FAILURE_EVENT,
            S.IN_FORCE,
            [S.SUSPENDED, S.CORRECTED, S.REVOKED, S.REPAIRED, S.EXPIRED],
        ),
        (
            K.JUDGMENT_DEFAULT,
            S.IN_FORCE,
            [S.SUSPENDED, S.LIFTED, S.CORRECTED, S.REVOKED, S.REPAIRED, S.EXPIRED],
        ),
        (K.DISCIPLINE, S.IN_FORCE, [S.CORRECTED, S.REVOKED, S.EXPIRED]),
        (K.PENALTY, S.SUSPENDED, [S.IN_FORCE, S.CORRECTED, S.REVOKED, S.REPAIRED]),
        (K.PENALTY, S.REPAIRED, [S.IN_FORCE, S.SUSPENDED, S.REVOKED, S.ARCHIVED]),
        (K.LISTING, S.REPAIRED, [S.IN_FORCE, S.SUSPENDED, S.LIFTED, S.REVOKED, S.ARCHIVED]),
        (K.FAILURE_EVENT, S.REVOKED, [S.ARCHIVED]),
        (K.FAILURE_EVENT, S.ARCHIVED, []),
    ],
)
def test_what_may_come_after_a_status_depends_on_the_kind(
    kind: RecordKind, start: StandingStatus, allowed: list[StandingStatus]
) -> None:
    assert allowed_after(kind, start) == allowed


def test_a_forbidden_transition_names_both_ends_and_what_is_allowed() -> None:
    with pytest.raises(ForbiddenTransition) as caught:
        transition(K.DISCIPLINE, S.IN_FORCE, S.SUSPENDED)

    error = caught.value
    assert (error.code, error.start, error.end) == ("FORBIDDEN_TRANSITION", "IN_FORCE", "SUSPENDED")
    assert error.allowed == ("CORRECTED", "REVOKED", "EXPIRED")
    assert error.mend.en == "It may become: CORRECTED, REVOKED, EXPIRED"


@pytest.mark.parametrize(
    "statuses",
    [
        [S.IN_FORCE],
        [S.DETERMINED, S.IN_FORCE, S.IN_FORCE, S.SUSPENDED, S.IN_FORCE, S.REPAIRED, S.ARCHIVED],
        [S.IN_FORCE, S.REPAIRED, S.IN_FORCE, S.EXPIRED, S.REVOKED],
        [S.IN_FORCE, S.SUSPENDED, S.REPAIRED, S.REPAIRED, S.SUSPENDED, S.IN_FORCE, S.EXPIRED],
        [S.IN_FORCE, S.REPAIRED, S.IN_FORCE, S.SUSPENDED, S.REPAIRED, S.SUSPENDED, S.REVOKED],
    ],
)
def test_a_record_may_stand_so_one_after_another(statuses: list[StandingStatus]) -> None:
    require_sequence(K.FAILURE_EVENT, statuses)


@pytest.mark.parametrize(
    ("statuses", "start", "end"),
    [
        ([S.REPAIRED], None, "REPAIRED"),
        ([S.IN_FORCE, S.REVOKED, S.IN_FORCE], "REVOKED", "IN_FORCE"),
        ([S.IN_FORCE, S.ARCHIVED], "IN_FORCE", "ARCHIVED"),
        ([S.IN_FORCE, S.EXPIRED, S.ARCHIVED, S.ARCHIVED], "ARCHIVED", "ARCHIVED"),
        ([S.IN_FORCE, S.LIFTED], "IN_FORCE", "LIFTED"),
        ([S.IN_FORCE, S.SUSPENDED, S.EXPIRED], "SUSPENDED", "EXPIRED"),
        ([S.IN_FORCE, S.REPAIRED, S.SUSPENDED], "REPAIRED", "SUSPENDED"),
        ([S.IN_FORCE, S.SUSPENDED, S.REPAIRED, S.REPAIRED, S.IN_FORCE], "REPAIRED", "IN_FORCE"),
    ],
)
def test_and_not_so(statuses: list[StandingStatus], start: str | None, end: str) -> None:
    with pytest.raises(ForbiddenTransition) as caught:
        require_sequence(K.FAILURE_EVENT, statuses)

    assert (caught.value.start, caught.value.end) == (start, end)


def test_what_was_stayed_before_its_repair_is_stayed_again_once_that_is_set_aside() -> None:
    with pytest.raises(ForbiddenTransition) as caught:
        require_sequence(K.LISTING, [S.IN_FORCE, S.SUSPENDED, S.REPAIRED, S.IN_FORCE])

    assert caught.value.allowed == ("SUSPENDED", "REVOKED", "ARCHIVED")


def test_a_record_is_moved_by_who_may_on_the_document_that_takes() -> None:
    suspended = transition(K.LISTING, S.IN_FORCE, S.SUSPENDED)
    require_mover(suspended, Mover.COURT, "JUDGMENT")
    expired = transition(K.LISTING, S.IN_FORCE, S.EXPIRED)

    for one, mover, document in (
        (suspended, Mover.COURT, "REVIEW_DECISION"),
        (suspended, Mover.CREDIT_AUTHORITY, "OTHER"),
        (expired, Mover.DETERMINER, "OTHER"),
    ):
        with pytest.raises(WrongMover):
            require_mover(one, mover, document)


def test_what_time_alone_brings_says_so() -> None:
    with pytest.raises(WrongMover) as caught:
        require_mover(
            transition(K.LISTING, S.IN_FORCE, S.EXPIRED), Mover.DETERMINER, "REPAIR_DECISION"
        )

    assert caught.value.mend.en == "It takes: time alone"
