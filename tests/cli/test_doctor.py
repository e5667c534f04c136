import json
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any, LiteralString

import pytest

from hub.cli.opening import on_hub
from hub.domain.clocks import OPEN_END, Millis
from hub.domain.identifiers import SubjectId
from hub.domain.things import Clocks
from hub.errors import SchemaOlder
from hub.graph.check_reader import CheckReader
from hub.graph.diagnosis import ClockState, clock_state
from hub.graph.migrations import migrations
from hub.graph.navigation import Navigator
from hub.settings import Settings
from hub.wiring import Hub
from tests.cli.command import answer_of, error_of, hub_command, use
from tests.conftest import OwnNeo4j

MACHINE = ["python", "graphiql", "settings", "memory", "localNeo4j"]
GRAPH = ["neo4j", "schema", "knowledgeClock", "imports", "catalogue", "sources", "verdicts"]
CHECK = ("check", "12159900990000260C", "--scenario", "FUNDING_SUPPORT", "--json")
_EMPTIED: LiteralString = "MATCH (n) DETACH DELETE n"

Change = Callable[[LiteralString], None]


@pytest.fixture
def change(doomed_neo4j: OwnNeo4j, monkeypatch: pytest.MonkeyPatch) -> Change:
    """Changes the graph behind the hub's back; commands use that graph, empty at first."""
    use(doomed_neo4j.settings, monkeypatch)

    def run(statement: LiteralString) -> None:
        on_hub(doomed_neo4j.settings, lambda hub: hub.door.run(statement))

    run(_EMPTIED)
    return run


@pytest.fixture
def migrated(change: Change) -> Change:
    assert answer_of(hub_command("migrate", "--json")) == {"applied": len(migrations())}
    return change


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUB_NEO4J_URI", raising=False)
    monkeypatch.setenv("HUB_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("HUB_INSTANCE", "none")


def findings() -> dict[str, Any]:
    """By name, in their order."""
    result = hub_command("doctor", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == (0 if told["fine"] else 1)
    return {finding["name"]: finding for finding in told["findings"]}


def wrong() -> list[str]:
    return [name for name, finding in findings().items() if not finding["fine"]]


def mend_of(name: str) -> str:
    return findings()[name]["mend"]["en"]


def test_where_every_source_has_delivered_all_is_well(migrated: Change) -> None:
    answer_of(hub_command("seed", "--no-demo", "--json"))
    migrated("""
    MATCH (s:Source), (k:KnowledgeClock)
    CREATE (s)-[:HAS_STATE]->(:SourceGeneration {factId: 'TEST-' + s.id, source: s.id,
      jurisdictions: ['CN-15'], freshUntil: datetime('2036-01-01T00:00:00Z'),
      validFrom: datetime('2026-01-01T00:00:00Z'), validTo: datetime('9999-12-31T00:00:00Z'),
      recordedFrom: k.knownUpTo, recordedTo: datetime('9999-12-31T00:00:00Z')})
    """)

    assert list(findings()) == MACHINE + GRAPH
    assert wrong() == []
    assert hub_command("doctor").stdout.endswith("\n一切正常  All is well\n")


@pytest.mark.usefixtures("change")
def test_a_graph_that_was_never_migrated_is_named_and_answers_nothing() -> None:
    assert wrong() == ["schema"]
    assert list(findings()) == [*MACHINE, "neo4j", "schema"]
    assert mend_of("schema") == "Run hub migrate"

    refused = hub_command(*CHECK)

    assert (refused.exit_code, error_of(refused)["code"]) == (4, "SCHEMA_OLDER")


@pytest.mark.usefixtures("change")
def test_a_read_of_a_graph_without_a_clock_says_the_same(doomed_neo4j: OwnNeo4j) -> None:
    nobody = SubjectId("NOBODY")
    reads: list[Callable[[Hub], Awaitable[object]]] = [
        lambda hub: hub.catalogues.current(),
        lambda hub: Navigator(hub.door).unit_name(nobody, Clocks(Millis(0), None)),
        lambda hub: CheckReader(hub.door).read([nobody], at=Millis(0), known_at=None),
        lambda hub: CheckReader(hub.door).known_up_to(),
    ]
    for read in reads:
        with pytest.raises(SchemaOlder):
            on_hub(doomed_neo4j.settings, read)


def test_a_half_migrated_graph_is_refused_until_it_is_migrated(migrated: Change) -> None:
    migrated(
        """MATCH (v:SchemaVersion) WITH v, v.version AS newest
        SET v.version = newest - 1, v.applying = newest"""
    )
    refused = hub_command(*CHECK)

    assert wrong() == ["schema"]
    assert (refused.exit_code, error_of(refused)["code"]) == (4, "MIGRATION_UNFINISHED")
    assert answer_of(hub_command("migrate", "--json")) == {"applied": 1}
    assert wrong() == ["catalogue"]


def test_a_graph_newer_than_the_hub_is_refused_and_left_alone(migrated: Change) -> None:
    migrated("MATCH (v:SchemaVersion) SET v.version = 99")
    codes = [error_of(hub_command(*words))["code"] for words in (CHECK, ("migrate", "--json"))]

    assert codes == ["SCHEMA_NEWER", "SCHEMA_NEWER"]
    assert findings()["schema"]["says"]["en"].startswith("The database has schema version 99")


@pytest.mark.usefixtures("migrated")
def test_a_graph_without_catalogue_is_named_and_answers_nothing() -> None:
    refused = hub_command(*CHECK)

    assert wrong() == ["catalogue"]
    assert mend_of("catalogue") == "Run hub seed"
    assert (refused.exit_code, error_of(refused)["code"]) == (4, "CATALOGUE_MISSING")


@pytest.mark.usefixtures("migrated")
def test_sources_that_never_delivered_are_named() -> None:
    answer_of(hub_command("seed", "--no-demo", "--json"))

    assert wrong() == ["sources"]
    assert "COURT_DEFAULTERS" in findings()["sources"]["says"]["zh"]


AHEAD: LiteralString = """
    MATCH (k:KnowledgeClock)
    SET k.pending = datetime({epochMillis: datetime.realtime().epochMillis + 3600000})
    """


def clock_of(settings: Settings) -> ClockState:
    return on_hub(settings, lambda hub: clock_state(hub.door))


def test_a_clock_that_ran_ahead_stops_writing_and_is_set_back_when_told_to(
    migrated: Change, doomed_neo4j: OwnNeo4j
) -> None:
    migrated(AHEAD)
    refused = hub_command("seed", "--no-demo", "--json")

    assert (refused.exit_code, error_of(refused)["code"]) == (4, "CLOCK_AHEAD")
    assert "knowledgeClock" in wrong()
    assert "run hub doctor --mend" in mend_of("knowledgeClock")

    hub_command("doctor", "--mend")

    assert wrong() == ["catalogue"]
    clock = clock_of(doomed_neo4j.settings)
    assert (clock.ahead_ms < 0, clock.unpublished, clock.epoch) == (True, False, 1)
    answer_of(hub_command("seed", "--no-demo", "--json"))


def test_what_is_known_up_to_a_day_to_come_is_found_and_set_back(
    migrated: Change, doomed_neo4j: OwnNeo4j
) -> None:
    migrated("""
    MATCH (k:KnowledgeClock)
    SET k.knownUpTo = datetime({epochMillis: datetime.realtime().epochMillis + 86400000})
    """)

    assert error_of(hub_command(*CHECK))["code"] == "CLOCK_AHEAD"
    found = findings()["knowledgeClock"]
    assert found["says"]["en"].endswith("s ahead of now: no writing, no answer")
    assert "run hub doctor --mend" in found["mend"]["en"]

    hub_command("doctor", "--mend")

    clock = clock_of(doomed_neo4j.settings)
    assert (clock.ahead_ms < 0, clock.unpublished, clock.epoch) == (True, False, 2)


def test_facts_of_a_clock_that_ran_ahead_keep_their_order_and_raise_the_epoch(
    migrated: Change, doomed_neo4j: OwnNeo4j
) -> None:
    answer_of(hub_command("seed", "--no-demo", "--json"))
    sound = clock_of(doomed_neo4j.settings).known_up_to
    migrated("""
    MATCH (k:KnowledgeClock) SET k.pending = k.pending + duration({hours: 1}),
      k.knownUpTo = k.knownUpTo + duration({hours: 1})
    WITH k MATCH (x:RuleSetState)
    SET x.recordedFrom = k.knownUpTo - duration({minutes: 1})
    CREATE (:SourceGeneration {factId: 'AHEAD', recordedFrom: k.knownUpTo - duration({minutes: 1}),
      recordedTo: k.knownUpTo})
    """)

    hub_command("doctor", "--mend")

    clock = clock_of(doomed_neo4j.settings)
    read = """MATCH (x) WHERE x:RuleSetState OR x.factId = 'AHEAD'
    RETURN x.recordedFrom.epochMillis AS start, x.recordedTo.epochMillis AS end ORDER BY end"""
    rows = on_hub(doomed_neo4j.settings, lambda hub: hub.door.read(read))
    assert rows == [
        {"start": sound + 1, "end": sound + 2},
        {"start": sound + 1, "end": OPEN_END},
    ]
    assert (clock.known_up_to, clock.pending, clock.epoch) == (sound + 2, sound + 2, 2)


def test_an_unfinished_stamping_is_finished_when_told_to(
    migrated: Change, doomed_neo4j: OwnNeo4j
) -> None:
    migrated("""
    MATCH (k:KnowledgeClock) SET k.pending = datetime({epochMillis: 1000})
    CREATE (:Import {id: 'OLD#0', state: 'STAMPING', tick: k.pending, closes: []})
    """)
    assert wrong() == ["knowledgeClock", "imports", "catalogue"]

    hub_command("doctor", "--mend")

    assert wrong() == ["catalogue"]
    assert clock_of(doomed_neo4j.settings).known_up_to == 1000


def test_a_restored_backup_is_recognised_by_what_was_answered_and_raises_the_epoch(
    migrated: Change, doomed_neo4j: OwnNeo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_VERDICT_DIR", str(tmp_path / "verdicts"))
    answer_of(hub_command("seed", "--no-demo", "--json"))
    later: LiteralString = "MATCH (k:KnowledgeClock) SET k.knownUpTo = k.pending + duration('PT1S')"
    back: LiteralString = "MATCH (k:KnowledgeClock) SET k.knownUpTo = k.pending"
    migrated(later)
    answer_of(hub_command("check", "P-159900-9913", "--scenario", "PROMOTION", "--json"))
    assert wrong() == ["sources"]
    migrated(back)

    assert wrong() == ["sources", "verdicts"]
    assert mend_of("verdicts") == "Run hub clock restored"
    assert answer_of(hub_command("clock", "restored", "--json")) == {"epoch": 2}
    assert wrong() == ["sources"]
    assert clock_of(doomed_neo4j.settings).epoch == 2


def test_a_write_that_was_not_made_known_is_named_and_made_known(migrated: Change) -> None:
    migrated("MATCH (k:KnowledgeClock) SET k.pending = datetime({epochMillis: 1000})")

    assert wrong() == ["knowledgeClock", "catalogue"]
    assert mend_of("knowledgeClock") == "Run hub migrate"
    assert answer_of(hub_command("migrate", "--json")) == {"applied": 0}
    assert wrong() == ["catalogue"]


def test_an_interrupted_import_is_named_and_cleared_by_the_next(migrated: Change) -> None:
    migrated("CREATE (:Import {id: 'OLD#0', state: 'STAGING', closes: []})")

    assert wrong() == ["imports", "catalogue"]
    assert "OLD#0" in findings()["imports"]["says"]["en"]

    answer_of(hub_command("seed", "--no-demo", "--json"))

    assert wrong() == ["sources"]


def test_an_import_at_work_is_no_fault(migrated: Change) -> None:
    migrated("CREATE (:Import {id: 'NEW#0', state: 'STAGING', closes: []})")
    migrated("""
    MATCH (l:WriterLease)
    SET l.expiresAt = datetime({epochMillis: datetime.realtime().epochMillis + 60000})
    """)

    assert wrong() == ["catalogue"]
    assert findings()["imports"]["says"]["en"] == "an import is at work: NEW#0"


@pytest.mark.usefixtures("stopped")
def test_a_local_neo4j_that_does_not_run_is_named_with_the_command_that_starts_it() -> None:
    assert wrong() == ["localNeo4j", "neo4j"]
    assert mend_of("localNeo4j") == "Run hub up"


@pytest.mark.usefixtures("stopped")
def test_too_little_memory_for_a_start_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_NEO4J_HEAP_MB", "100000000")

    assert "memory" in wrong()


def test_a_wrong_setting_ends_the_examination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PORT", "eighty")

    assert list(findings()) == ["python", "graphiql", "settings"]
    assert wrong() == ["settings"]


@pytest.mark.usefixtures("stopped")
def test_missing_files_of_graphiql_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "api" / "assets" / "graphiql.html"
    page.parent.mkdir(parents=True)
    page.write_text('<script src="/assets/graphiql/react.js"></script>', encoding="utf-8")

    def own_files(_package: str) -> Path:
        return tmp_path

    monkeypatch.setattr(import_module("hub.cli.doctor"), "files", own_files)

    assert "graphiql" in wrong()
    assert findings()["graphiql"]["says"]["en"] == "GraphiQL files are missing: graphiql/react.js"
    assert mend_of("graphiql") == "Run make setup"
