"""What was acknowledged is kept, sealed and found again, whatever happens to the process."""

import asyncio
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hub.domain.verdict import Ask
from hub.errors import (
    IdempotencyConflict,
    VerdictNotFound,
    VerdictStoreDamaged,
    VerdictStoreNewer,
    VerdictStoreUnavailable,
    VerdictWithheld,
)
from hub.evidence.keyring import ensure_keyring
from hub.evidence.recorded import Context
from hub.evidence.verdict_store import BATCH, Once, VerdictStore
from hub.evidence.volumes import Volumes
from tests.evidence.stores import START, UNIT, answer, ticking, volumes_in

_CONTEXT = Context("采购审查", "某项目", "某函〔2026〕1号")


def _store(volumes: Volumes) -> VerdictStore:
    return VerdictStore(volumes, now=ticking())


async def test_what_was_recorded_is_found_with_its_context(tmp_path: Path) -> None:
    given = answer(context=_CONTEXT)
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([given])
        found = await store.find(given.id)

    assert (found.id, found.body) == (given.id, given.body)
    assert [(asking.recorded_at, asking.context) for asking in found.askings] == [(START, _CONTEXT)]


async def test_the_same_verdict_asked_again_is_one_body_and_two_askings(tmp_path: Path) -> None:
    given = answer()
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([given])
        await store.record([given])
        found = await store.find(given.id)
        [bodies] = [batch async for batch in store.batches()]

    assert [asking.recorded_at for asking in found.askings] == [START, START + 1]
    assert [stored.id for stored in bodies] == [given.id]


async def test_the_same_verdict_twice_in_one_group_is_one_body_and_two_askings(
    tmp_path: Path,
) -> None:
    given, other = answer(), answer()
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([given, other, given])
        found = await store.find(given.id)
        [bodies] = [batch async for batch in store.batches()]

    assert [asking.recorded_at for asking in found.askings] == [START, START + 2]
    assert [stored.id for stored in bodies] == [given.id, other.id]


@pytest.mark.parametrize("unknown", ["00" * 32, "nonsense", "", "ff"])
async def test_an_id_that_nobody_was_given_is_an_error(tmp_path: Path, unknown: str) -> None:
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([answer()])

        with pytest.raises(VerdictNotFound):
            await store.find(unknown)


async def test_nothing_is_legible_in_the_files(tmp_path: Path) -> None:
    with volumes_in(tmp_path) as volumes:
        await _store(volumes).record([answer(context=_CONTEXT)])
        written = b"".join(file.read_bytes() for file in (tmp_path / "verdicts").iterdir())

    secrets = [UNIT, "采购审查", "某项目", "某函", "RESTRICT"]
    assert b"FUNDING_SUPPORT" in written
    assert [secret for secret in secrets if secret.encode() in written] == []


async def test_many_that_wait_are_committed_together_and_each_is_there(tmp_path: Path) -> None:
    given = [answer() for _ in range(2 * BATCH + 1)]
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await asyncio.gather(*(store.record([one]) for one in given))
        batches = [[stored.id for stored in batch] async for batch in store.batches()]

    assert [len(batch) for batch in batches] == [BATCH, BATCH, 1]
    assert {one for batch in batches for one in batch} == {one.id for one in given}


async def test_two_processes_have_two_volumes_and_each_finds_all(tmp_path: Path) -> None:
    mine, others = answer(), answer()
    with volumes_in(tmp_path) as one, volumes_in(tmp_path) as two:
        await _store(one).record([mine])
        await _store(two).record([others])
        found = [await _store(one).find(others.id), await _store(two).find(mine.id)]

    assert [recorded.body for recorded in found] == [others.body, mine.body]
    assert sorted(file.name for file in (tmp_path / "verdicts").glob("*.sqlite")) == [
        "0001.sqlite",
        "0002.sqlite",
    ]


async def test_a_volume_that_nobody_holds_is_taken_up_again(tmp_path: Path) -> None:
    for _ in range(3):
        with volumes_in(tmp_path) as volumes:
            await _store(volumes).record([answer()])

    assert [file.name for file in (tmp_path / "verdicts").glob("*.sqlite")] == ["0001.sqlite"]


async def test_volumes_of_another_host_are_looked_into(tmp_path: Path) -> None:
    given = answer()
    with volumes_in(tmp_path / "there") as there:
        await _store(there).record([given])
    (tmp_path / "here").mkdir()
    shutil.copy(tmp_path / "there" / "keys.json", tmp_path / "here" / "keys.json")

    with volumes_in(tmp_path / "here", further=[tmp_path / "there" / "verdicts"]) as here:
        found = await _store(here).find(given.id)

    assert found.body == given.body


# What may happen to files and processes

_RECORD_FOR_EVER = """
import asyncio, sys
from pathlib import Path
from hub.evidence.verdict_store import VerdictStore
from tests.evidence.stores import answer, ticking, volumes_in

async def main():
    with volumes_in(Path(sys.argv[1])) as volumes:
        store = VerdictStore(volumes, now=ticking())
        while True:
            given = [answer(process=sys.argv[2]) for _ in range(8)]
            await asyncio.gather(*(store.record([one]) for one in given))
            print(*(one.id for one in given), sep="\\n", flush=True)

asyncio.run(main())
"""


def _acknowledged_until_killed(folder: Path, process: str) -> list[str]:
    command = [sys.executable, "-c", _RECORD_FOR_EVER, str(folder), process]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline() for _ in range(200)]
        child.kill()
        acknowledged += child.stdout
    return [line.strip() for line in acknowledged if line.endswith("\n")]


async def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    acknowledged = [_acknowledged_until_killed(tmp_path, process) for process in ("one", "two")]
    with volumes_in(tmp_path) as volumes:
        kept = {stored.id async for batch in _store(volumes).batches() for stored in batch}
        await _store(volumes).record([answer()])

    assert [set(ids) - kept for ids in acknowledged] == [set(), set()]
    assert [file.name for file in (tmp_path / "verdicts").glob("*.sqlite")] == ["0001.sqlite"]


async def test_a_torn_write_at_the_end_is_left_out_and_all_before_it_is_there(
    tmp_path: Path,
) -> None:
    given = [answer() for _ in range(3)]
    with volumes_in(tmp_path) as volumes:
        for one in given:
            await _store(volumes).record([one])
        shutil.copytree(tmp_path / "verdicts", tmp_path / "crashed" / "verdicts")
    shutil.copy(tmp_path / "keys.json", tmp_path / "crashed" / "keys.json")
    [log] = (tmp_path / "crashed" / "verdicts").glob("*.sqlite-wal")
    log.write_bytes(log.read_bytes() + log.read_bytes()[32:3000])

    with volumes_in(tmp_path / "crashed") as volumes:
        found = [(await _store(volumes).find(one.id)).body for one in given]

    assert found == [one.body for one in given]


async def test_a_full_disk_is_told_and_records_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept, lost = answer(), answer(filler="x" * 400_000)
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([kept])
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
        try:
            with pytest.raises(VerdictStoreUnavailable):
                await store.record([lost])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        await store.record([answer()])

        assert (await store.find(kept.id)).body == kept.body
        with pytest.raises(VerdictNotFound):
            await store.find(lost.id)


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "verdicts").write_text("in the way")
    with volumes_in(tmp_path) as volumes, pytest.raises(VerdictStoreUnavailable):
        await _store(volumes).record([answer()])


async def test_an_altered_body_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    one, other = answer(), answer()
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record([one, other])
        with closing(sqlite3.connect(tmp_path / "verdicts" / "0001.sqlite")) as volume, volume:
            volume.execute(
                "UPDATE verdict SET box = (SELECT box FROM verdict WHERE id = ?)",
                (bytes.fromhex(other.id),),
            )
        [bodies] = [batch async for batch in store.batches()]

        with pytest.raises(VerdictStoreDamaged):
            await store.find(one.id)
    assert [stored.damaged for stored in bodies] == [True, False]


async def test_a_destroyed_key_withholds_what_it_sealed_and_says_so(tmp_path: Path) -> None:
    given = answer()
    with volumes_in(tmp_path) as volumes:
        await _store(volumes).record([given])
    (tmp_path / "keys.json").unlink()
    ensure_keyring(tmp_path / "keys.json")

    with volumes_in(tmp_path) as volumes, pytest.raises(VerdictWithheld):
        await _store(volumes).find(given.id)


async def test_a_volume_of_a_newer_hub_is_refused(tmp_path: Path) -> None:
    with volumes_in(tmp_path) as volumes:
        await _store(volumes).record([answer()])
    with closing(sqlite3.connect(tmp_path / "verdicts" / "0001.sqlite")) as volume:
        volume.execute("PRAGMA user_version = 2")

    with volumes_in(tmp_path) as volumes:
        with pytest.raises(VerdictStoreNewer):
            await _store(volumes).find("00" * 32)
        with pytest.raises(VerdictStoreNewer):
            await _store(volumes).record([answer()])


# The same key, the same question, the same verdict

_ASK = Ask(UNIT, "FUNDING_SUPPORT", matter="M-1")
_ONCE = Once("M-1", "key-1", _ASK)


async def test_whoever_records_first_under_a_key_is_the_one_that_all_are_given(
    tmp_path: Path,
) -> None:
    given = [answer() for _ in range(4)]
    with volumes_in(tmp_path) as one, volumes_in(tmp_path) as two:
        stores = [_store(one), _store(two)] * 2
        recorded = await asyncio.gather(
            *(store.record_once(each, _ONCE) for store, each in zip(stores, given, strict=True))
        )
        bodies = [stored.id async for batch in _store(two).batches() for stored in batch]

        assert await _store(two).given_once(_ONCE) == recorded[0]
    assert len(set(recorded)) == 1
    assert bodies == [recorded[0]]


async def test_another_question_under_the_same_key_is_refused(tmp_path: Path) -> None:
    other = Once("M-1", "key-1", Ask(UNIT, "TENDERING", matter="M-1"))
    with volumes_in(tmp_path) as volumes:
        store = _store(volumes)
        await store.record_once(answer(), _ONCE)

        with pytest.raises(IdempotencyConflict):
            await store.given_once(other)
        with pytest.raises(IdempotencyConflict):
            await store.record_once(answer(), other)
        assert await store.given_once(Once("M-2", "key-1", _ASK)) is None
