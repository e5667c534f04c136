from collections.abc import Mapping
from dataclasses import replace

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span, format_instant
from hub.domain.facts import Value
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


_Told = tuple[Millis, S, Mapping[str, Value]]


def _versions(*told: _Told) -> KeptRecord:
    """One after the other, each with the words it adds; a listing, which can stand in every way."""
    ends = [start for start, *_ in told[1:]] + [OPEN_END]
    standings = [
        KeptStanding(f"s{start}", Span(start, end), {**FIRST.properties, "status": status, **more})
        for (start, status, more), end in zip(told, ends, strict=True)
    ]
    return replace(RECORD, kind=RecordKind.LISTING, standings=tuple(standings))


def _course(record: KeptRecord) -> list[tuple[Millis, S]]:
    return [(kept.valid.start, kept.status) for kept in record.standings]


@pytest.mark.parametrize(
    ("move", "ended"),
    [
        (REPAIR, {"disputed": False, "obligationOpen": False}),
        (STAY, {"disputed": True, "obligationOpen": True}),
        (
            replace(REPAIR, to=S.REVOKED, document_type="REVOCATION_DECISION"),
            {"disputed": False, "obligationOpen": True},
        ),
    ],
    ids=["repaired", "stayed", "revoked"],
)
def test_what_is_only_said_later_of_the_status_that_a_move_ended_does_not_undo_it(
    move: Move, ended: Mapping[str, bool]
) -> None:
    record = _versions(
        (FROM, S.IN_FORCE, {"disputed": False}),
        (BETWEEN, S.IN_FORCE, {"severity": "SERIOUS"}),
        (LAST, S.REVOKED, {}),
    )
    record = record if move.to is not S.REVOKED else replace(record, standings=record.standings[:2])
    after = moved(record, move)

    assert _course(after)[:3] == [(FROM, S.IN_FORCE), (LATER, move.to), (BETWEEN, move.to)]
    assert after.standings[3:] == record.standings[2:]
    carried = after.standings[2].properties
    assert carried == {
        "status": move.to,
        "severity": "SERIOUS",
        **ended,
        "movedBy": move.by,
        "movedAs": move.mover,
        "docType": move.document_type,
        "docNo": move.doc_no,
        "reason": None,
    }
    assert corrected(record, after) == {f"s{FROM}", f"s{BETWEEN}"}


def test_a_second_move_before_it_takes_what_the_first_carried_along_too() -> None:
    record = _versions((FROM, S.IN_FORCE, {}), (LAST, S.IN_FORCE, {"disputed": True}))
    stayed = moved(record, STAY)
    resumed = moved(stayed, replace(STAY, to=S.IN_FORCE, at=BETWEEN, doc_no="示行2号"))

    assert _course(resumed) == [
        (FROM, S.IN_FORCE),
        (LATER, S.SUSPENDED),
        (BETWEEN, S.IN_FORCE),
        (LAST, S.IN_FORCE),
    ]


def test_a_later_document_of_its_own_stands_against_an_earlier_move() -> None:
    own: Mapping[str, Value] = {"movedBy": "C2", "movedAs": "COURT", "docType": "JUDGMENT"}
    record = _versions(
        (FROM, S.IN_FORCE, {}),
        (LATER, S.SUSPENDED, {"movedBy": "C", "docNo": "示行1号"}),
        (LAST, S.SUSPENDED, {**own, "docNo": "示行3号"}),
    )
    resumed = moved(record, replace(STAY, to=S.IN_FORCE, at=BETWEEN, doc_no="示行2号"))

    assert _course(resumed)[2:] == [(BETWEEN, S.IN_FORCE), (LAST, S.SUSPENDED)]
    assert resumed.standings[-1] == record.standings[-1]


_ASIDE: Mapping[str, Value] = {
    "movedBy": "D",
    "movedAs": "DETERMINER",
    "docType": "REVOCATION_DECISION",
    "docNo": "示撤1号",
}


def test_a_repair_may_come_before_the_document_that_set_it_aside() -> None:
    record = _versions((FROM, S.IN_FORCE, {}), (LAST, S.IN_FORCE, _ASIDE))

    assert _course(moved(record, REPAIR)) == [
        (FROM, S.IN_FORCE),
        (LATER, S.REPAIRED),
        (LAST, S.IN_FORCE),
    ]


_REFUSED: list[tuple[list[_Told], Move, tuple[str, str]]] = [
    ([(BETWEEN, S.IN_FORCE, {"docNo": "示异1号"})], REPAIR, ("REPAIRED", "IN_FORCE")),
    (
        [(Millis(1_500), S.LIFTED, {}), (BETWEEN, S.IN_FORCE, {"movedAs": "TIME"})],
        STAY,
        ("SUSPENDED", "IN_FORCE"),
    ),
    (
        [(LATER, S.REPAIRED, {}), (BETWEEN, S.IN_FORCE, _ASIDE)],
        STAY,
        ("SUSPENDED", "IN_FORCE"),
    ),
    (
        [(BETWEEN, S.REPAIRED, {}), (LAST, S.IN_FORCE, _ASIDE)],
        STAY,
        ("REPAIRED", "IN_FORCE"),
    ),
    (
        [(Millis(1_500), S.SUSPENDED, {}), (BETWEEN, S.IN_FORCE, {})],
        REPAIR,
        ("REPAIRED", "IN_FORCE"),
    ),
]


@pytest.mark.parametrize(
    ("later", "move", "refused"),
    _REFUSED,
    ids=[
        "a document that sets nothing aside",
        "a grace that is over ends no stay",
        "in place of a repair, which was set aside",
        "stayed before a repair that was set aside",
        "resumed after the repair",
    ],
)
def test_nor_may_what_comes_after_it_mean_another_thing(
    later: list[_Told], move: Move, refused: tuple[str, str]
) -> None:
    with pytest.raises(ForbiddenTransition) as caught:
        moved(_versions((FROM, S.IN_FORCE, {}), *later), move)

    assert (caught.value.start, caught.value.end) == refused
    assert refused[1] not in caught.value.allowed


def test_what_repeats_the_status_that_a_move_takes_the_place_of_goes_with_it() -> None:
    repaired = {"obligationOpen": False}
    record = _versions(
        (FROM, S.IN_FORCE, {}), (LATER, S.REPAIRED, repaired), (LAST, S.REPAIRED, repaired)
    )
    stayed = moved(record, STAY)

    assert _course(stayed) == [(FROM, S.IN_FORCE), (LATER, S.SUSPENDED), (LAST, S.SUSPENDED)]
    assert [kept.properties["obligationOpen"] for kept in stayed.standings] == [True, True, True]


@pytest.mark.parametrize("status", [S.SUSPENDED, S.LIFTED])
def test_what_was_stayed_or_lifted_before_its_repair_is_so_again(status: S) -> None:
    record = _versions(
        (FROM, S.IN_FORCE, {}),
        (LATER, status, {"severity": "SERIOUS"}),
        (BETWEEN, S.REPAIRED, {"obligationOpen": False}),
    )
    aside = replace(REPAIR, at=LAST, document_type="REVOCATION_DECISION")

    with pytest.raises(ForbiddenTransition) as caught:
        moved(record, replace(aside, to=S.IN_FORCE))
    again = moved(record, replace(aside, to=status)).standings[-1]

    assert caught.value.allowed == (status, "REVOKED", "ARCHIVED")
    assert (again.status, again.valid) == (status, Span(LAST))
    assert (again.properties["obligationOpen"], again.properties["severity"]) == (True, "SERIOUS")


def test_a_repair_set_aside_takes_with_it_what_was_said_of_the_repaired_record() -> None:
    record = _versions(
        (FROM, S.IN_FORCE, {}),
        (LATER, S.REPAIRED, {"obligationOpen": False}),
        (LAST, S.REPAIRED, {"obligationOpen": False, "severity": "SERIOUS"}),
    )
    aside = replace(REPAIR, to=S.IN_FORCE, at=BETWEEN, document_type="REVOCATION_DECISION")
    after = moved(record, aside).standings[2:]

    assert [(kept.valid, kept.status) for kept in after] == [
        (Span(BETWEEN, LAST), S.IN_FORCE),
        (Span(LAST), S.IN_FORCE),
    ]
    assert after[0].properties == after[1].properties
    assert after[1].properties["obligationOpen"] is True


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
