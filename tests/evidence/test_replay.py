from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.domain.identifiers import SubjectId
from hub.errors import HubError, UnitNotFound, VerdictNotFound
from hub.evidence.recorded import Body
from hub.evidence.replay import Difference, Replay, Replayer, ReplayResult
from hub.evidence.verdict_store import VerdictStore
from tests.evidence.stores import PERSON, UNIT, answer, ticking, volumes_in

Change = Callable[[Body], Body | HubError]


def _same(body: Body) -> Body:
    return body


def _unknown(_body: Body) -> HubError:
    return UnitNotFound(UNIT)


@dataclass
class _Asks:
    """Answers as recorded, but for what the change makes of it."""

    change: Change = _same
    epoch: int = 1

    async def bodies(self, recorded: Sequence[Body]) -> list[tuple[int, Body | HubError]]:
        return [(self.epoch, self.change(body)) for body in recorded]


class _Erased:
    """One person was."""

    async def erased(self, subjects: Collection[SubjectId]) -> Collection[SubjectId]:
        return {PERSON} & set(subjects)


@pytest.fixture
def store(tmp_path: Path) -> Generator[VerdictStore]:
    with volumes_in(tmp_path) as volumes:
        yield VerdictStore(volumes, now=ticking())


async def _replay(store: VerdictStore, asks: _Asks) -> Replay:
    given = answer(grounds=[{"rule": "R1", "facts": ["A-1", "B-1"]}])
    await store.record([given])
    return await Replayer(store, asks, _Erased()).replay(given.id)


async def test_the_same_body_again_is_equal(store: VerdictStore) -> None:
    replay = await _replay(store, _Asks())

    assert (replay.result, replay.differences) == (ReplayResult.EQUAL, ())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"outcome": "CLEAR"}, [Difference("outcome", "RESTRICT", "CLEAR")]),
        (
            {"grounds": [{"rule": "R2", "facts": ["A-1"]}]},
            [
                Difference("grounds[0].facts[1]", "B-1", None),
                Difference("grounds[0].rule", "R1", "R2"),
            ],
        ),
        ({"extra": 1}, [Difference("extra", None, 1)]),
    ],
)
async def test_what_differs_is_named_by_its_place(
    store: VerdictStore, change: Body, expected: list[Difference]
) -> None:
    replay = await _replay(store, _Asks(lambda body: {**body, **change}))

    assert replay.result is ReplayResult.DIFFERENT
    assert list(replay.differences) == expected


async def test_a_question_that_gets_no_answer_any_more_is_different(store: VerdictStore) -> None:
    replay = await _replay(store, _Asks(_unknown))

    assert replay.result is ReplayResult.DIFFERENT
    assert replay.differences == (Difference("error", None, "UNKNOWN_UNIT"),)


@pytest.mark.parametrize("change", [_same, _unknown])
async def test_after_a_backup_was_restored_nothing_is_compared(
    store: VerdictStore, change: Change
) -> None:
    replay = await _replay(store, _Asks(change, epoch=2))

    assert replay.result is ReplayResult.EPOCH
    assert replay.differences == (Difference("epoch", 1, 2),)


async def test_all_are_replayed_and_those_of_erased_persons_are_withheld(
    store: VerdictStore,
) -> None:
    given = [answer(), answer(PERSON), answer()]
    await store.record(given)
    replays = [one async for one in Replayer(store, _Asks(), _Erased()).replay_all()]

    assert [(replay.id, replay.result) for replay in replays] == [
        (given[0].id, ReplayResult.EQUAL),
        (given[1].id, ReplayResult.WITHHELD),
        (given[2].id, ReplayResult.EQUAL),
    ]


async def test_an_id_that_nobody_was_given_is_an_error(store: VerdictStore) -> None:
    with pytest.raises(VerdictNotFound):
        await Replayer(store, _Asks(), _Erased()).replay("00" * 32)
