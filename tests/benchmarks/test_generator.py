"""The generated graph: the same for the same seed, and a hub like any other once it is loaded."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.graph.loading import load, write_files
from benchmarks.graph.sizes import SIZES
from benchmarks.graph.telling import LAST_TICK, Told
from benchmarks.graph.versions import with_versions
from benchmarks.graph.world import busy_units, parts_of
from benchmarks.race import questions
from hub.domain.clocks import OPEN_END
from hub.domain.facts import Entity
from hub.domain.identifiers import parse_subject_id
from hub.domain.verdict import Ask
from hub.domain.vocabulary import Outcome
from hub.graph import fact_writer
from hub.intake.catalogue import read_catalogue
from hub.local_neo4j import LocalNeo4j
from hub.resources import resource
from hub.settings import Settings, load_settings
from hub.wiring import Hub, open_hub
from tests.conftest import own_ports
from tests.java_archive import quick_start
from tests.serving import serving

_ROOT = Path(__file__).parents[2]
_WRITE = """
import sys; from pathlib import Path; from benchmarks.graph.loading import write_files
write_files("XS", int(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def parts() -> list[Entity | Told]:
    catalogue = read_catalogue(resource("seeds", "catalogue")).catalogue
    return list(parts_of(SIZES["XS"], 1, catalogue))


@pytest.fixture(scope="module")
async def loaded(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncGenerator[Hub]:
    """A server whose data were replaced by the smallest graph."""
    state_dir = tmp_path_factory.mktemp("generated")
    shutil.copytree(seeded / "data", state_dir / "generated" / "data")
    shutil.copy2(seeded / "password", state_dir / "generated" / "password")
    changes = {"neo4j_uri": None, "instance": "generated", "state_dir": state_dir}
    settings: Settings = load_settings().model_copy(update={**changes, **own_ports(3)})
    server = LocalNeo4j(settings, dies_with_parent=True, java_flags=quick_start())
    try:
        await load(server, settings, "XS", 1, say=lambda _text: None)
        async with open_hub(settings) as hub:
            yield hub
    finally:
        server.stop()


def test_the_same_seed_writes_the_same_bytes_whatever_the_process(tmp_path: Path) -> None:
    written = [_written(tmp_path / "here", seed=1)]
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        folder.mkdir()
        command = [sys.executable, "-c", _WRITE, "1", str(folder)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": hash_seed}, cwd=_ROOT)
        written.append(_digests(folder))

    assert written[0] == written[1] == written[2]


def test_another_seed_writes_other_bytes(tmp_path: Path) -> None:
    one, two = _written(tmp_path / "one", seed=1), _written(tmp_path / "two", seed=2)

    assert one["UnitState.csv"] != two["UnitState.csv"]


def test_every_code_checks_and_none_lies_in_a_province_that_exists(
    parts: list[Entity | Told],
) -> None:
    entities = [part.ref for part in parts if isinstance(part, Entity)]
    organisations = [ref.id for ref in entities if ref.label in {"Unit", "Enterprise"}]
    persons = [ref.id for ref in entities if ref.label == "Person"]
    regions = [ref.id for ref in entities if ref.label == "Region"]

    assert (len(organisations), len(persons), len(regions)) == (250, 300, 15)
    assert [parse_subject_id(code) for code in organisations + persons] == organisations + persons
    assert {code[2:4] for code in organisations} | {code[:2] for code in regions} == {"98"}
    assert {code[:10] for code in persons} == {"P-980000-0"}


def test_everything_but_the_law_is_marked_synthetic(parts: list[Entity | Told]) -> None:
    unmarked = [p for p in parts if isinstance(p, Entity) and not p.properties.get("synthetic")]

    assert {entity.ref.label for entity in unmarked} == {"Behaviour", "Source"}


@pytest.mark.parametrize("versions", [1, 10])
def test_versions_of_a_fact_follow_one_another_and_nothing_is_known_after_the_last_tick(
    parts: list[Entity | Told], versions: int
) -> None:
    told_of: dict[str, list[Told]] = {}
    for told in with_versions(parts, versions):
        if isinstance(told, Told):
            told_of.setdefault(fact_writer.fact_key(told.fact), []).append(told)

    assert {len(told) for told in told_of.values()} == {versions, versions + 1}
    for told in told_of.values():
        assert [each.version for each in told] == [*range(1, len(told) + 1)]
        assert all(a.recorded.end == b.recorded.start for a, b in pairwise(told))
        assert all(each.recorded.start <= LAST_TICK for each in told)
        assert all(each.recorded.start < each.recorded.end for each in told)


async def test_the_files_hold_what_the_hubs_own_writer_would_have_written(
    loaded: Hub, parts: list[Entity | Told]
) -> None:
    told = [part for part in parts if isinstance(part, Told)]
    facts = [each.fact for each in told if each.recorded.end == OPEN_END]

    plan = await loaded.door.write(lambda tx: fact_writer.plan(tx, facts))

    assert len(facts) > 4_000
    assert (plan.rows, plan.closes) == ([], [])


async def test_a_generated_unit_is_checked_by_its_records_and_covered_by_its_sources(
    loaded: Hub,
) -> None:
    unit = parse_subject_id(busy_units(SIZES["XS"])[0])

    explained = await loaded.check(Ask(unit, "FUNDING_SUPPORT"))

    assert explained.verdict.judgement.covered
    assert explained.verdict.outcome is Outcome.RESTRICT


async def test_a_busy_unit_answers_with_a_hundred_things_in_three_levels(loaded: Hub) -> None:
    unit = busy_units(SIZES["XS"])[1]
    clocks = {"at": "2026-11-23T01:00:00Z", "known": "2026-07-01T00:00:00Z"}

    with serving(loaded.settings) as served:
        answer = served.ask(questions.HUB, unit=unit, **clocks)

    assert len(questions.things_of_hub(answer)) == 100


def _written(folder: Path, *, seed: int) -> dict[str, str]:
    folder.mkdir()
    write_files("XS", seed, folder)
    return _digests(folder)


def _digests(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
    }
