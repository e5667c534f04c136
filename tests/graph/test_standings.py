"""Moving a record on a real graph: one correction at one tick, seen by the next check."""

from dataclasses import dataclass, replace

import pytest

from hub.domain.clocks import Millis, Span, format_instant
from hub.domain.identifiers import SubjectId
from hub.domain.moves import Move, changed, corrected, moved
from hub.domain.standings import Mover
from hub.domain.vocabulary import StandingStatus
from hub.errors import ForbiddenTransition, ImportRefused, NodeNotFound, UnitNotFound, WrongMover
from hub.graph.entry import enter
from hub.graph.standings import RecordMover, kept_record
from hub.wiring import Hub
from tests.graph.small_worlds import BETWEEN, FROM, TO, World, read
from tests.worlds import batch, fresh_code, standing

S = StandingStatus


@dataclass
class Case:
    subject: SubjectId
    determiner: SubjectId
    record: str
    hub: Hub

    def repair(self, at: Millis = BETWEEN) -> Move:
        by = Mover.DETERMINER, self.determiner, "REPAIR_DECISION", "示修1号"
        return Move(self.record, S.REPAIRED, at, *by)

    def mover(self) -> RecordMover:
        return RecordMover(self.hub.door, writer="test", is_gone=lambda _holder: False)

    async def statuses(self, known_at: Millis | None = None) -> list[tuple[str, Span]]:
        known = await read(self.hub, self.subject, Millis(0), known_at)
        standings = [came.standing for came in known.arrivals]
        return sorted((each.status.value, each.fact.valid) for each in standings)


@pytest.fixture
async def case(hub: Hub) -> Case:
    world = World()
    subject, determiner = world.unit(), world.unit()
    code = world.determined(subject, determiner, FROM)
    await world.enter(hub)
    return Case(subject, determiner, code, hub)


async def test_a_move_ends_one_version_and_begins_the_next_at_one_tick(case: Case) -> None:
    tick = await case.mover().move(case.repair())
    assert tick is not None

    assert await case.statuses(Millis(tick - 1)) == [("IN_FORCE", Span(FROM))]
    assert await case.statuses(tick) == [
        ("IN_FORCE", Span(FROM, BETWEEN)),
        ("REPAIRED", Span(BETWEEN)),
    ]


async def test_the_same_move_again_writes_nothing(case: Case) -> None:
    await case.mover().move(case.repair())
    kept = await kept_record(case.hub.door, case.record)

    assert await case.mover().move(case.repair()) is None
    assert await kept_record(case.hub.door, case.record) == kept


async def test_a_move_tells_who_made_it_on_which_document(case: Case) -> None:
    await case.mover().move(replace(case.repair(), reason="PERFORMED"))
    last = (await kept_record(case.hub.door, case.record)).standings[-1]

    assert {word: last.properties[word] for word in ("movedBy", "docType", "docNo", "reason")} == {
        "movedBy": case.determiner,
        "docType": "REPAIR_DECISION",
        "docNo": "示修1号",
        "reason": "PERFORMED",
    }


async def test_what_was_owed_is_owed_again_once_the_repair_is_set_aside(hub: Hub) -> None:
    world = World()
    subject, determiner = world.unit(), world.unit()
    code = world.determined(subject, determiner, FROM, obligationOpen=True)
    await world.enter(hub)
    case = Case(subject, determiner, code, hub)
    aside = replace(case.repair(TO), to=S.IN_FORCE, document_type="REVOCATION_DECISION")

    await case.mover().move(case.repair())
    await case.mover().move(aside)
    known = await read(hub, subject, Millis(0))
    standings = [came.standing for came in known.arrivals]

    assert sorted((each.fact.valid, each.status, each.obligation_open) for each in standings) == [
        (Span(FROM, BETWEEN), S.IN_FORCE, True),
        (Span(BETWEEN, TO), S.REPAIRED, False),
        (Span(TO), S.IN_FORCE, True),
    ]


async def test_a_repair_entered_late_is_undone_by_no_later_mark_of_a_dispute(hub: Hub) -> None:
    world = World()
    subject, determiner = world.unit(), world.unit()
    code = world.determined(subject, determiner, FROM)
    world.facts[-2] = replace(world.facts[-2], valid=Span(FROM, TO))
    world.facts.append(standing(code, valid=Span(TO), key=format_instant(TO), disputed=True))
    await world.enter(hub)
    case = Case(subject, determiner, code, hub)
    tick = await case.mover().move(case.repair())
    assert tick is not None

    assert await case.statuses(Millis(tick - 1)) == [
        ("IN_FORCE", Span(FROM, TO)),
        ("IN_FORCE", Span(TO)),
    ]
    assert await case.statuses(tick) == [
        ("IN_FORCE", Span(FROM, BETWEEN)),
        ("REPAIRED", Span(BETWEEN, TO)),
        ("REPAIRED", Span(TO)),
    ]


async def test_a_refused_move_leaves_the_record_as_it_was(case: Case) -> None:
    stranger = fresh_code()
    refusals = [
        (replace(case.repair(), record="CR-NONE"), NodeNotFound),
        (replace(case.repair(), by=stranger), UnitNotFound),
        (replace(case.repair(), by=case.subject), WrongMover),
        (replace(case.repair(), to=S.LIFTED), ForbiddenTransition),
    ]
    for move, error in refusals:
        with pytest.raises(error):
            await case.mover().move(move)

    assert await case.statuses() == [("IN_FORCE", Span(FROM))]


async def test_of_two_moves_made_at_once_one_is_refused(case: Case) -> None:
    record = await kept_record(case.hub.door, case.record)
    late = moved(record, case.repair(TO))
    await case.mover().move(case.repair())

    with pytest.raises(ImportRefused):
        await enter(
            case.hub.door,
            batch([], changed(record, late)),
            writer="test",
            corrects=corrected(record, late),
        )

    assert [status for status, _ in await case.statuses()] == ["IN_FORCE", "REPAIRED"]
