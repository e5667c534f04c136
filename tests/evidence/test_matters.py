"""Which decisions were taken without a check before: C26 of the policy's duties."""

import json
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hub.domain.clocks import Millis, format_instant
from hub.domain.identifiers import SubjectId
from hub.errors import InvalidReference, MatterConflict
from hub.evidence.matters import Matter, MatterPlace, MatterRegister
from hub.evidence.recorded import Context
from hub.evidence.verdict_store import VerdictStore
from hub.evidence.volumes import Volumes
from tests.evidence.stores import START, UNIT, answer, volumes_in

_OTHER = SubjectId("12159900990000138M")
_DECIDED = Millis(START + 1_000)
_MATTER = Matter("M-1", "FUNDING_SUPPORT", _DECIDED, UNIT, "示例旗财政局")


@dataclass
class _Office:
    """A register, and a store whose clock is set by hand."""

    volumes: Volumes
    now: Millis = START

    @property
    def register(self) -> MatterRegister:
        return MatterRegister(self.volumes)

    async def check(
        self,
        matter: str,
        *,
        at: Millis,
        subject: SubjectId = UNIT,
        scenario: str = _MATTER.scenario,
        timely: bool = True,
        until: Millis | None = None,
    ) -> None:
        context = Context(matter=matter)
        body = {
            "scenario": scenario,
            "validUntil": None if until is None else format_instant(until),
        }
        given = answer(subject, context=context, timely=timely, **body)
        await VerdictStore(self.volumes, now=lambda: at).record([given])

    async def unchecked(self) -> list[str]:
        page = await self.register.without_check(
            _MATTER.scenario, after=MatterPlace(START), before=Millis(START + 2_000), first=100
        )
        return [matter.name for matter in page.matters]


@pytest.fixture
def office(tmp_path: Path) -> Generator[_Office]:
    with volumes_in(tmp_path) as volumes:
        yield _Office(volumes)


async def test_a_matter_is_registered_once_and_again_only_as_the_same(office: _Office) -> None:
    for _ in range(2):
        await office.register.register(_MATTER)
    with pytest.raises(MatterConflict):
        await office.register.register(replace(_MATTER, decided_at=Millis(_DECIDED + 1)))

    assert await office.unchecked() == ["M-1"]


@pytest.mark.parametrize("name", ["", " \u3000", "M" * 201])
async def test_a_matter_has_a_name_that_can_be_told(office: _Office, name: str) -> None:
    with pytest.raises(InvalidReference):
        await office.register.register(replace(_MATTER, name=name))
    await office.register.register(replace(_MATTER, name="M" * 200))

    assert await office.unchecked() == ["M" * 200]


@pytest.mark.parametrize(
    ("checks", "unchecked"),
    [
        ({"matter": "M-1", "at": _DECIDED}, []),
        ({"matter": "M-1", "at": Millis(_DECIDED + 1)}, ["M-1"]),
        ({"matter": "M-2", "at": START}, ["M-1"]),
        ({"matter": "M-1", "at": START, "subject": _OTHER}, ["M-1"]),
        ({"matter": "M-1", "at": START, "scenario": "TENDERING"}, ["M-1"]),
        ({"matter": "M-1", "at": START, "timely": False}, ["M-1"]),
        ({"matter": "M-1", "at": START, "until": Millis(_DECIDED + 1)}, []),
        ({"matter": "M-1", "at": START, "until": _DECIDED}, ["M-1"]),
    ],
    ids=[
        "in time",
        "too late",
        "other matter",
        "other subject",
        "other scenario",
        "other time",
        "valid until after",
        "valid no longer",
    ],
)
async def test_only_a_check_in_time_for_matter_scenario_and_subject_counts(
    office: _Office, checks: dict[str, object], unchecked: list[str]
) -> None:
    await office.register.register(_MATTER)
    await office.check(**checks)  # pyright: ignore[reportArgumentType]  # the table above

    assert await office.unchecked() == unchecked


async def test_of_several_checks_one_that_held_when_it_was_decided_is_enough(
    office: _Office,
) -> None:
    await office.register.register(_MATTER)
    await office.check("M-1", at=START, until=_DECIDED)
    lapsed = await office.unchecked()
    await office.check("M-1", at=START, until=Millis(_DECIDED + 1))
    await office.check("M-1", at=START, until=Millis(START + 1))

    assert (lapsed, await office.unchecked()) == (["M-1"], [])


async def test_a_check_whose_words_are_gone_for_good_still_counts(
    office: _Office, tmp_path: Path
) -> None:
    await office.check("M-1", at=START, until=_DECIDED)
    file = tmp_path / "keys.json"
    kept = json.loads(file.read_bytes())
    file.write_text(json.dumps({**kept, "seals": ["22" * 32]}))
    with volumes_in(tmp_path) as rotated:
        later = _Office(rotated)
        await later.register.register(_MATTER)

        assert await later.unchecked() == []


async def test_a_matter_without_a_subject_is_checked_by_a_check_on_anybody(
    office: _Office,
) -> None:
    await office.register.register(replace(_MATTER, subject=None))
    await office.check("M-1", at=START, subject=_OTHER)

    assert await office.unchecked() == []


async def test_a_check_in_another_volume_counts(office: _Office, tmp_path: Path) -> None:
    await office.register.register(_MATTER)
    with volumes_in(tmp_path) as others:
        await _Office(others).check("M-1", at=START)

    assert await office.unchecked() == []


async def test_pages_are_in_the_order_of_decision_and_join_without_gap(office: _Office) -> None:
    for number in range(7):
        decided_at = Millis(START + number // 2)
        await office.register.register(Matter(f"M-{number}", _MATTER.scenario, decided_at))
    place: MatterPlace | None = MatterPlace(START)
    pages: list[list[Matter]] = []
    while place is not None:
        found = await office.register.without_check(
            _MATTER.scenario, after=place, before=Millis(START + 3), first=2
        )
        pages.append(found.matters)
        place = found.end
    listed = [matter for page in pages for matter in page]

    assert [len(page) for page in pages] == [2, 2, 2]
    assert sorted(matter.name for matter in listed) == [f"M-{number}" for number in range(6)]
    assert [matter.decided_at - START for matter in listed] == [0, 0, 1, 1, 2, 2]
