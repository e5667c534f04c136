from collections.abc import Generator
from pathlib import Path

import pytest

from hub.domain.reviews import ReviewDecision, VerdictStatus
from hub.errors import ReasonsRequired, ReviewNotRequired
from hub.evidence.recorded import Answer
from hub.evidence.verdict_store import VerdictStore
from tests.evidence.stores import PERSON, START, answer, ticking, volumes_in

_CONFIRM, _OVERTURN = ReviewDecision.CONFIRM, ReviewDecision.OVERTURN


@pytest.fixture
def store(tmp_path: Path) -> Generator[VerdictStore]:
    with volumes_in(tmp_path) as volumes:
        yield VerdictStore(volumes, now=ticking())


async def _review(store: VerdictStore, given: Answer, decision: ReviewDecision) -> None:
    recorded = await store.find(given.id)
    await store.reviews.add(recorded, decision, reviewer="张某", reasons="已核对原件")


async def test_an_adverse_verdict_on_a_person_is_provisional_until_the_last_review_counts(
    store: VerdictStore,
) -> None:
    given = answer(PERSON)
    await store.record([given])
    seen = [(await store.find(given.id)).status]
    for decision in (_CONFIRM, _OVERTURN, _CONFIRM):
        await _review(store, given, decision)
        seen.append((await store.find(given.id)).status)

    assert seen == [
        VerdictStatus.PROVISIONAL,
        VerdictStatus.CONFIRMED,
        VerdictStatus.OVERTURNED,
        VerdictStatus.CONFIRMED,
    ]
    assert await store.reviews.status(given.id) is VerdictStatus.CONFIRMED


async def test_every_review_stays_with_reviewer_reasons_and_instant(store: VerdictStore) -> None:
    given = answer(PERSON)
    await store.record([given])
    recorded = await store.find(given.id)
    await store.reviews.add(recorded, _CONFIRM, reviewer=" 张某 ", reasons="相符\n")
    await store.reviews.add(recorded, _OVERTURN, reviewer="李某", reasons="原决定已撤销")
    reviews = (await store.find(given.id)).reviews

    assert [(r.decision, r.reviewer, r.reasons, r.recorded_at) for r in reviews] == [
        (_CONFIRM, "张某", "相符", START + 1),
        (_OVERTURN, "李某", "原决定已撤销", START + 2),
    ]


@pytest.mark.parametrize(
    ("given", "where"), [(("", "相符"), "reviewer"), (("张某", " "), "reasons")]
)
async def test_a_review_without_a_name_or_reasons_is_refused_and_changes_nothing(
    store: VerdictStore, given: tuple[str, str], where: str
) -> None:
    provisional = answer(PERSON)
    await store.record([provisional])
    recorded = await store.find(provisional.id)
    reviewer, reasons = given
    with pytest.raises(ReasonsRequired) as refused:
        await store.reviews.add(recorded, _CONFIRM, reviewer=reviewer, reasons=reasons)

    assert refused.value.where == where
    assert (await store.find(provisional.id)).reviews == ()


@pytest.mark.parametrize(
    "final", [answer(), answer(PERSON, outcome="CLEAR"), answer(PERSON, outcome="ATTENTION")]
)
async def test_a_final_verdict_is_not_reviewed(store: VerdictStore, final: Answer) -> None:
    await store.record([final])

    assert (await store.find(final.id)).status is VerdictStatus.FINAL
    with pytest.raises(ReviewNotRequired):
        await _review(store, final, _OVERTURN)
