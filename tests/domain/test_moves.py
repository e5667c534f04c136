from dataclasses import replace

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span, format_instant
from hub.domain.moves import KeptRecord, KeptStanding, Move, changed, corrected, moved
from hub.domain.standings import Mover
from hub.domain.vocabulary import RecordKind, StandingStatus
from hub.errors import ForbiddenTransition, WrongMover

FROM, LATER, BETWEEN, LAST = Millis(1_000), Millis(2_000), Millis(2_500), Millis(3_000)
S = StandingStatus
FIRST = KeptStanding(
    "Standing-a.1",
    Span(FROM),
    {"status": "IN_FORCE", "disputed": True, "obligationOpen": True, "severity": "GENERAL"},
)
RECORD = KeptRecord("CR-1", RecordKind.FAILURE_EVENT, frozenset({"U"}), frozenset({"D"}), (FIRST,))
REPAIR = Move("CR-1", S.REPAIRED, LATER, Mover.DETERMINER, "D", "REPAIR_DECISION", "示修1号")
STAY = Move("CR-1", S.SUSPENDED, LATER, Mover.COURT, "C", "JUDGMENT", "示行1号")


def test_a_move_ends_one_version_where_it_begins_the_next() -> None:
    after = moved(RECORD, REPAIR)
    before, begun = after.standings

    assert (before.valid, begun.valid) == (Span(FROM, LATER), Span(LATER))
    assert before.properties == FIRST.properties
    assert begun.properties == {
        "status": "REPAIRED",
        "severity": "GENERAL",
        "disputed": False,
        "obligationOpen": False,
        "movedBy": "D",
        "movedAs": "DETERMINER",
        "docType": "REPAIR_DECISION",
        "docNo": "示修1号",
        "reason": None,
    }


def test_what_is_pending_stays_so_while_the_record_has_not_ended() -> None:
    begun = moved(RECORD, STAY).standings[-1]

    assert (begun.properties["disputed"], begun.properties["obligationOpen"]) == (True, True)


def test_both_versions_are_written_and_the_one_before_is_corrected() -> None:
    after = moved(RECORD, REPAIR)
    facts = changed(RECORD, after)

    assert [(fact.kind, fact.subject.id, fact.key, fact.valid) for fact in facts] == [
        ("Standing", "CR-1", format_instant(FROM), Span(FROM, LATER)),
        ("Standing", "CR-1", format_instant(LATER), Span(LATER)),
    ]
    assert corrected(RECORD, after) == {"Standing-a.1"}


def test_the_same_move_again_changes_nothing() -> None:
    after = moved(RECORD, REPAIR)

    assert moved(after, REPAIR) == after
    assert changed(after, moved(after, REPAIR)) == []


def test_a_repair_that_is_set_aside_leaves_the_record_as_it_was_before() -> None:
    stands = {**FIRST.properties, "countsUntil": 9_000, "countsTerm": "A-TERM"}
    record = replace(RECORD, standings=(replace(FIRST, properties=stands),))
    before, begun = moved(record, REPAIR).standings
    shorter = replace(begun, properties={**begun.properties, "countsUntil": 2_000})
    told_more = replace(shorter, valid=Span(BETWEEN))
    once = replace(record, standings=(before, shorter))
    twice = replace(
        record, standings=(before, replace(shorter, valid=Span(LATER, BETWEEN)), told_more)
    )
    aside = replace(REPAIR, to=S.IN_FORCE, at=LAST, document_type="REVOCATION_DECISION")

    for repaired in (once, twice):
        assert moved(repaired, aside).standings[-1].properties == {
            **stands,
            "movedBy": "D",
            "movedAs": "DETERMINER",
            "docType": "REVOCATION_DECISION",
            "docNo": "示修1号",
            "reason": None,
        }


def test_a_move_between_two_others_lasts_until_the_next() -> None:
    repaired = moved(RECORD, replace(REPAIR, at=LAST))
    stayed = moved(repaired, STAY)

    assert [(kept.status, kept.valid) for kept in stayed.standings] == [
        (S.IN_FORCE, Span(FROM, LATER)),
        (S.SUSPENDED, Span(LATER, LAST)),
        (S.REPAIRED, Span(LAST, OPEN_END)),
    ]


def test_a_move_at_the_same_instant_on_another_document_takes_its_place() -> None:
    once = moved(RECORD, REPAIR)
    again = moved(once, replace(REPAIR, doc_no="示修2号"))

    assert [kept.properties.get("docNo") for kept in again.standings] == [None, "示修2号"]
    assert again.standings[0] == once.standings[0]


@pytest.mark.parametrize(
    "move",
    [
        replace(REPAIR, at=FROM),
        replace(REPAIR, to=S.LIFTED),
        replace(REPAIR, to=S.ARCHIVED, mover=Mover.TIME),
    ],
)
def test_what_may_not_come_next_is_refused(move: Move) -> None:
    with pytest.raises(ForbiddenTransition):
        moved(RECORD, move)


def test_nor_may_what_comes_after_it_be_made_impossible() -> None:
    repaired = moved(RECORD, replace(REPAIR, at=LAST))
    revoked = replace(REPAIR, to=S.REVOKED, document_type="REVOCATION_DECISION")

    with pytest.raises(ForbiddenTransition) as caught:
        moved(repaired, revoked)

    assert (caught.value.start, caught.value.end) == ("REVOKED", "REPAIRED")


@pytest.mark.parametrize(
    "move",
    [
        replace(REPAIR, by="X"),
        replace(REPAIR, document_type="PENALTY"),
        replace(STAY, by="U"),
        replace(STAY, mover=Mover.TIME, by=None, document_type=None),
    ],
)
def test_who_may_not_move_it_is_refused(move: Move) -> None:
    with pytest.raises(WrongMover):
        moved(RECORD, move)
