"""`hub record move`, `hub archive` and `hub erase` on the run's graph."""

import pytest

from hub.cli.opening import on_hub
from hub.domain.facts import Ref
from hub.domain.history import History, VersionPlace
from hub.graph.history import HistoryReader
from hub.settings import Settings
from hub.wiring import Hub
from tests.cli.command import answer_of, error_of, hub_command
from tests.graph.small_worlds import FROM, World

pytestmark = pytest.mark.usefixtures("anyio_backend", "run_neo4j")


@pytest.fixture
async def moving(demo: Hub) -> tuple[str, str, str]:
    """A record in force, its determiner and its subject."""
    world = World()
    subject, determiner = world.unit(), world.unit()
    code = world.determined(subject, determiner, FROM)
    await world.enter(demo)
    return code, determiner, subject


def _move(code: str, by: str, to: str = "REPAIRED") -> tuple[str, ...]:
    document = ("--document", "REPAIR_DECISION", "示修1号")
    start = ("--from", "2026-05-01T00:00:00+08:00")
    return ("record", "move", code, "--to", to, *document, "--by", by, *start)


def test_a_record_is_moved_once(moving: tuple[str, str, str]) -> None:
    code, determiner, _ = moving
    moved = answer_of(hub_command(*_move(code, determiner), "--json"))

    assert (moved["record"], moved["knownFrom"][-1]) == (code, "Z")
    assert answer_of(hub_command(*_move(code, determiner), "--json")) == {
        "record": code,
        "knownFrom": None,
    }
    assert "It stands so already" in hub_command(*_move(code, determiner)).stdout


def test_a_forbidden_move_names_both_ends_and_what_is_allowed(
    moving: tuple[str, str, str],
) -> None:
    code, determiner, subject = moving
    lifted = hub_command(*_move(code, determiner, "LIFTED"), "--json")
    own = hub_command(*_move(code, subject), "--json")

    assert (lifted.exit_code, error_of(lifted)["code"]) == (2, "FORBIDDEN_TRANSITION")
    assert error_of(lifted)["messageEn"] == "A record cannot go from IN_FORCE to LIFTED"
    assert error_of(lifted)["mendEn"] == (
        "It may become: SUSPENDED, CORRECTED, REVOKED, REPAIRED, EXPIRED"
    )
    assert (own.exit_code, error_of(own)["code"]) == (2, "WRONG_MOVER")


def test_who_says_to_move_it_as_what_and_on_which_document_stays_in_its_history(
    settings: Settings, moving: tuple[str, str, str]
) -> None:
    code, court, _ = moving
    document, start = ("JUDGMENT", "示行1号"), "2026-05-01T00:00:00+08:00"
    words = (code, "--to", "SUSPENDED", "--by", court, "--as", "COURT", "--from", start)

    hub_command("record", "move", *words, "--document", *document)
    told = on_hub(settings, lambda hub: _history(hub, code))

    [moved] = [version for version in told.versions if version.told.get("status") == "SUSPENDED"]
    assert {word: moved.told[word] for word in ("movedBy", "movedAs", "docType", "docNo")} == {
        "movedBy": court,
        "movedAs": "COURT",
        "docType": "JUDGMENT",
        "docNo": "示行1号",
    }
    assert moved.entered_by == court


async def _history(hub: Hub, record: str) -> History:
    return await HistoryReader(hub.door).of_thing(
        Ref("CreditRecord", record), known_at=None, first=100, after=VersionPlace()
    )


def test_the_help_says_that_nobody_verifies_who_moves_it() -> None:
    told = " ".join(hub_command("record", "move", "--help").stdout.split())

    assert "自称何种身份：记录在案，不加核验。 As what, as you say: recorded, not verified." in told
    assert "Who runs this is not verified" in told


@pytest.mark.usefixtures("demo")
def test_without_a_term_that_was_read_nothing_is_archived() -> None:
    told = answer_of(hub_command("archive", "--json"))

    assert told == {"term": None, "dryRun": False, "records": []}
    assert "nothing was archived" in hub_command("archive", "--dry-run").stdout


@pytest.mark.usefixtures("demo")
def test_a_person_is_erased_once_and_a_unit_never() -> None:
    erase = ("erase", "P-159900-9911", "--document", "示删1号", "--json")
    unit = hub_command("erase", "11159900990000236Y", "--document", "示删1号", "--json")

    assert answer_of(hub_command(*erase))["already"] is False
    assert answer_of(hub_command(*erase))["already"] is True
    assert (unit.exit_code, error_of(unit)["code"]) == (2, "INVALID_IDENTIFIER")


@pytest.mark.usefixtures("demo")
def test_the_verdict_on_an_erased_person_is_replayed_no_more() -> None:
    person = "P-159900-9914"
    verdict = answer_of(hub_command("check", person, "--scenario", "PROMOTION", "--json"))
    before = answer_of(hub_command("replay", verdict["id"], "--json"))

    answer_of(hub_command("erase", person, "--document", "示删1号", "--json"))
    after = answer_of(hub_command("replay", verdict["id"], "--json"))

    assert (before["equal"], before["withheld"]) == (1, 0)
    assert (after["equal"], after["withheld"]) == (0, 1)
