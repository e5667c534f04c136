"""A recorded question is asked again as it was: clocks, capacity, marks and decider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from hub.checks import recheck
from hub.checks.identity import Body, body
from hub.checks.recheck import DECIDERS, Decider, Recheck
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import Millis
from hub.domain.identifiers import SubjectId
from hub.domain.known import Known
from hub.domain.verdict import Ask, Mark, Verdict
from hub.errors import HubError, UnitNotFound
from tests.checks.worlds import (
    AT,
    HASH,
    OTHER,
    UNIT,
    arrival,
    catalogue,
    decided,
    hour,
    known,
    rule,
)

LAW = catalogue(rule("R1"))
FACTS = known(arrival("CR-1"))


@dataclass
class _Reader:
    """Tells the same of everybody but strangers, and keeps what was asked."""

    asked: list[tuple[tuple[SubjectId, ...], Millis]] = field(
        default_factory=list[tuple[tuple[SubjectId, ...], Millis]]
    )

    async def read(
        self, subjects: Sequence[SubjectId], *, at: Millis, known_at: Millis | None
    ) -> list[Known]:
        assert known_at is not None
        self.asked.append((tuple(subjects), at))
        told = [FACTS if subject == UNIT else replace(FACTS, states=()) for subject in subjects]
        return [
            replace(facts, subject=subject, at=at, known_at=known_at)
            for facts, subject in zip(told, subjects, strict=True)
        ]

    async def known_up_to(self) -> Millis:
        raise NotImplementedError


class _Law:
    async def current(self, known_at: Millis | None = None) -> Catalogue:
        return LAW

    async def in_force(self, at: Millis, known_at: Millis | None) -> Catalogue:
        raise NotImplementedError

    async def by_hash(self, hashes: Sequence[str]) -> Mapping[str, Catalogue]:
        return {HASH: LAW}


async def _again(*recorded: Body) -> tuple[list[Body | HubError], _Reader]:
    reader = _Reader()
    answers = await Recheck(reader, _Law()).bodies(recorded)
    assert {epoch for epoch, _ in answers} == {FACTS.epoch}
    return [answer for _, answer in answers], reader


def _given(at: Millis = AT, **changes: Any) -> Verdict:
    return replace(decided(replace(FACTS, at=at), LAW), **changes)


async def test_the_same_facts_give_the_same_body() -> None:
    recorded = [body(_given()), body(_given(hour(1)))]
    again, _ = await _again(*recorded)

    assert again == recorded


async def test_each_is_answered_in_its_place_at_its_own_clocks() -> None:
    stranger = {**body(_given()), "subject": OTHER.id}
    recorded = [body(_given(hour(1))), stranger, body(_given())]
    [later, unknown, same], reader = await _again(*recorded)

    assert set(reader.asked) == {((UNIT,), AT), ((UNIT,), hour(1)), ((OTHER.id,), AT)}
    assert [later, same] == [recorded[0], recorded[2]]
    assert isinstance(unknown, UnitNotFound)


async def test_its_marks_are_those_of_its_time() -> None:
    recorded = body(_given(marks=(Mark.FORECAST,)))
    [again], _ = await _again(recorded)

    assert isinstance(again, dict)
    assert again["marks"] == ["FORECAST"]


async def test_a_verdict_of_an_older_decider_is_asked_of_that_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def older(ask: Ask, facts: Known, *_: Any, **__: Any) -> Verdict:
        return _given(facts.at, capacity="OLDER")

    def its_layout(verdict: Verdict) -> Body:
        return {**body(verdict), "decide": 0}

    monkeypatch.setattr(recheck, "DECIDERS", {**DECIDERS, 0: Decider(older, its_layout)})
    [again, newest], _ = await _again({**body(_given()), "decide": 0}, body(_given()))

    assert isinstance(again, dict)
    assert (again["decide"], again["capacity"]) == (0, "OLDER")
    assert newest == body(_given())


async def test_a_verdict_of_a_newer_hub_comes_back_as_decided_by_this_one() -> None:
    [again], _ = await _again({**body(_given()), "decide": 99})

    assert isinstance(again, dict)
    assert again == body(_given())
