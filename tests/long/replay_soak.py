"""What was answered is answered so again, whatever was changed since (`make test-long`)."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Collection, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import httpx2
import pytest

from hub.checks.identity import judgement_content
from hub.domain.bodies import Body
from hub.domain.clocks import format_instant, parse_instant
from hub.domain.verdict import Ask
from hub.errors import HubError
from hub.evidence.replay import ReplayResult
from hub.wiring import Hub, open_hub
from tests.cli.command import use
from tests.conftest import OwnNeo4j
from tests.loaded_worlds import LoadedWorlds
from tests.long.later_changes import LaterChanges
from tests.long.random_questions import Questions, questions_of
from tests.random_worlds import drawn, worlds

_VERDICTS = 1_000
_WORLDS, _TELLINGS = 100, 500
_AT_ONCE = 8
_GIVEN = 300
"""Verdicts that a hub gives before it is killed."""
_CHECK = """query ($subject: String!, $scenario: String!, $capacity: String, $at: Instant) {
  check(subject: $subject, scenario: $scenario, capacity: $capacity, effectiveAt: $at) { id }
}"""


@pytest.fixture(scope="module")
async def hub(doomed_neo4j: OwnNeo4j, anyio_backend: str) -> AsyncGenerator[Hub]:
    """On a Neo4j of its own: its laws, told as of the past, concern everybody in it."""
    async with open_hub(doomed_neo4j.settings) as opened:
        await LoadedWorlds(opened.door).load_laws()
        await opened.warm_up(20)
        yield opened


@pytest.fixture(autouse=True)
def commands_find_it(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    use(hub.settings, monkeypatch)


@pytest.fixture
def served(hub: Hub) -> Generator[subprocess.Popen[str]]:
    """A hub in a process of its own."""
    words = [sys.executable, "-m", "hub", "serve", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


async def test_ten_thousand_changes_alter_no_verdict_that_was_given(
    hub: Hub, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance, count = Random(5), request.config.option.changes
    changes = await _changes(hub, chance, tmp_path)
    await changes.make(1)  # so that knowledge has a past
    changes.tally.clear()
    questions = await questions_of(hub, chance)
    with _timed(f"{_VERDICTS} verdicts recorded"):
        await _record(hub, questions, _VERDICTS)
    with _timed(f"{count} changes, while others ask"):
        await _while_others_ask(hub, questions, changes.make(count))
    print(f"changed: {dict(changes.tally)}")
    bodies = await _bodies(hub)
    withheld = await _erase_somebody(hub, bodies)
    with _timed("hub replay --all"):
        told = await asyncio.to_thread(_replayed)
    otherwise = [body for body in bodies if await _is_answered_otherwise_now(hub, body)]
    print(f"{told}; {len(otherwise)} of {len(bodies)} would be answered otherwise now")

    assert told["differing"] == []
    assert (told["equal"], told["withheld"]) == (len(bodies) - withheld, withheld)
    assert len(bodies) > _VERDICTS
    assert len(otherwise) > len(bodies) / 10


async def test_a_hub_that_is_killed_loses_no_verdict_that_it_gave(
    hub: Hub, served: subprocess.Popen[str]
) -> None:
    given = await _given_until_killed(served, await questions_of(hub, Random(6)))
    replays = [await hub.evidence.replays.replay(each) for each in given]
    print(f"{len(given)} verdicts given by a hub that was killed, {len(replays)} found again")

    assert len(given) >= _GIVEN
    assert {replay.result for replay in replays} == {ReplayResult.EQUAL}


async def _changes(hub: Hub, chance: Random, folder: Path) -> LaterChanges:
    """To the demo region, and to random worlds beside it."""
    loader = LoadedWorlds(hub.door)
    placed = await loader.load(drawn(worlds(), _WORLDS))
    tellings = iter(drawn(worlds(), _TELLINGS))
    return LaterChanges(hub, loader, placed, tellings=tellings, chance=chance, folder=folder)


async def _record(hub: Hub, questions: Questions, count: int) -> None:
    """Ask until there are so many; a question that is refused leaves none."""
    given: set[str] = set()
    while len(given) < count:
        asked = range(min(_AT_ONCE, count - len(given)))
        given |= set().union(*await asyncio.gather(*(_asked(hub, questions) for _ in asked)))


async def _while_others_ask(hub: Hub, questions: Questions, work: Awaitable[None]) -> None:
    asking = asyncio.create_task(_ask_for_ever(hub, questions))
    try:
        await work
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


async def _ask_for_ever(hub: Hub, questions: Questions) -> None:
    while True:
        await _asked(hub, questions)


async def _asked(hub: Hub, questions: Questions) -> Collection[str]:
    """The id of the verdict, if there is one."""
    with suppress(HubError):
        return [(await hub.check(questions.next())).verdict.id]
    return []


async def _bodies(hub: Hub) -> list[Body]:
    stored = [one async for batch in hub.evidence.verdicts.batches() for one in batch]
    return [body for one in stored if (body := one.fields)]


async def _erase_somebody(hub: Hub, bodies: Sequence[Body]) -> int:
    """How many verdicts there are about that person."""
    subjects = [body["subject"] for body in bodies if body["subject"].startswith("P-")]
    await hub.evidence.persons.erase(subjects[0], "示删1号")
    return subjects.count(subjects[0])


async def _is_answered_otherwise_now(hub: Hub, body: Body) -> bool:
    """At the same instant, as it is known now."""
    at = parse_instant(body["effectiveAt"])
    try:
        verdict = await hub.checks.check(
            Ask(body["subject"], body["scenario"], body["capacity"], effective_at=at)
        )
    except HubError:
        return True
    content = judgement_content(verdict.judgement)
    return any(content[name] != body[name] for name in ("outcome", "grounds"))


def _replayed() -> Body:
    """What the command says in a process of its own."""
    words = [sys.executable, "-m", "hub", "replay", "--all", "--json"]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)


async def _given_until_killed(served: subprocess.Popen[str], questions: Questions) -> list[str]:
    """Asked by several at once over HTTP; whatever arrived before the hub died was given."""
    given: list[str] = []
    assert served.stdout is not None
    address = [served.stdout.readline() for _ in range(2)][1].split()[-1]
    async with httpx2.AsyncClient(timeout=30) as client:
        several = [_ask_until_killed(client, address, questions, given) for _ in range(_AT_ONCE)]
        asking = asyncio.gather(*several)
        while len(given) < _GIVEN and not asking.done():
            await asyncio.sleep(0.01)
        served.kill()
        await asking
    return given


async def _ask_until_killed(
    client: httpx2.AsyncClient, address: str, questions: Questions, given: list[str]
) -> None:
    with suppress(httpx2.TransportError):
        while True:
            ask = questions.next()
            clocks = {"at": ask.effective_at and format_instant(ask.effective_at)}
            told = {"subject": ask.subject, "scenario": ask.scenario, "capacity": ask.capacity}
            body = {"query": _CHECK, "variables": {**told, **clocks}}
            data = (await client.post(address, json=body)).json()["data"]
            if data is not None:
                given.append(data["check"]["id"])


@contextmanager
def _timed(what: str) -> Generator[None]:
    begun = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - begun:.1f} s")
