import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from hub.domain.identifiers import SubjectId
from hub.evidence.person_keys import PersonKeys
from tests.evidence.stores import ticking

PERSON, OTHER = SubjectId("P-159900-9001"), SubjectId("P-159900-9002")
NAME = "范例某"


@pytest.fixture
def keys(tmp_path: Path) -> PersonKeys:
    return PersonKeys(tmp_path / "kept" / "persons.sqlite", now=ticking())


def _sealed(keys: PersonKeys, person: str = PERSON) -> str | None:
    with keys.sealing() as seal:
        return seal(person, NAME)


def test_what_is_sealed_opens_by_the_key_of_its_person_alone(keys: PersonKeys) -> None:
    box, other = _sealed(keys), _sealed(keys, OTHER)
    assert box is not None

    assert keys.opened(PERSON, box) == NAME
    assert NAME not in box
    assert box != other


def test_the_same_text_seals_to_the_same_box(keys: PersonKeys) -> None:
    assert _sealed(keys) == _sealed(keys)


async def test_an_erased_person_is_sealed_and_opened_no_more(
    keys: PersonKeys,
) -> None:
    box = _sealed(keys)
    assert box is not None

    assert await keys.erase(PERSON, "示删1号")
    assert not await keys.erase(PERSON, "示删2号")
    assert keys.opened(PERSON, box) is None
    assert _sealed(keys) is None
    assert await keys.erased([PERSON, OTHER]) == {PERSON}
    assert _sealed(keys, OTHER) is not None


async def test_whoever_was_never_on_file_is_erased_like_anybody(keys: PersonKeys) -> None:
    assert await keys.erased([PERSON]) == ()
    assert await keys.erase(PERSON, "示删1号")
    assert await keys.erased([PERSON]) == {PERSON}


async def test_nothing_of_a_destroyed_key_stays_in_the_file(
    keys: PersonKeys, tmp_path: Path
) -> None:
    _sealed(keys)
    file = tmp_path / "kept" / "persons.sqlite"
    with closing(sqlite3.connect(file)) as kept:
        [key] = kept.execute("SELECT key FROM person").fetchone()
    assert key in file.read_bytes()

    await keys.erase(PERSON, "示删1号")

    assert all(key not in each.read_bytes() for each in file.parent.iterdir())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
