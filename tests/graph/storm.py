"""Writers correct facts and readers check, all at once, on one unit with half a dozen records."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import anyio
import anyio.lowlevel

from hub.domain.clocks import Millis
from hub.domain.facts import Fact, Ref
from hub.domain.identifiers import SubjectId
from hub.domain.verdict import Ask, Verdict
from hub.errors import GraphUnavailable
from hub.graph.entry import enter
from hub.wiring import Hub
from tests.worlds import batch, fresh_code, fresh_name, record, standing, unit

_FACTS = 6
_CHANGED_AT_ONCE = 3
_WRITERS = _READERS = 4
_PAUSE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Answer:
    at: Millis
    known_at: Millis
    id: str


@dataclass(slots=True)
class Storm:
    """`answers` may be read while it rages; `asked_for` ends it."""

    subject: SubjectId
    records: list[str]
    answers: list[Answer] = field(default_factory=list[Answer])
    writes: int = 0
    stopped: bool = False

    def ask(self, answer: Answer | None = None) -> Ask:
        if answer is None:
            return Ask(self.subject, "FUNDING_SUPPORT")
        return Ask(
            self.subject,
            "FUNDING_SUPPORT",
            effective_at=answer.at,
            known_at=answer.known_at,
        )


async def brew(hub: Hub) -> Storm:
    """The unit with its records, before anybody changes them."""
    await hub.warm_up(5)
    code = fresh_code()
    records = [fresh_name("CR-STORM") for _ in range(_FACTS)]
    entity, state = unit(code)
    entities, facts = [entity], [state]
    for name in records:
        entity, about = record(name, Ref("Unit", code))
        entities.append(entity)
        facts += [about, standing(name, domain="PPP")]
    await enter(hub.door, batch(entities, facts), writer="storm")
    return Storm(code, records)


async def rage(storm: Storm, hub: Hub, *, answers: int, writes: int, seed: int) -> None:
    """Four writers and four readers until there are so many of both, or Neo4j goes away.

    Both keep step: faster writers only pile up versions, slow to read, and faster readers answers
    to ask again.
    """

    def enough() -> bool:
        return len(storm.answers) >= answers and storm.writes >= writes

    def write_due() -> bool:
        return storm.writes * answers <= len(storm.answers) * writes

    def answer_due() -> bool:
        return len(storm.answers) * writes <= (storm.writes + _WRITERS) * answers

    async with anyio.create_task_group() as group:
        for number in range(_WRITERS):
            group.start_soon(_write, storm, hub, random.Random(seed + number), write_due)
        for _ in range(_READERS):
            group.start_soon(_read, storm, hub, answer_due, enough)


async def ask_all_again(storm: Storm, hub: Hub) -> list[Answer]:
    """The answers that come out different, asked at their own clocks."""
    different: list[Answer] = []
    waiting = iter(storm.answers)

    async def ask_some(answers: Iterator[Answer]) -> None:
        for answer in answers:
            verdict = await hub.checks.check(storm.ask(answer))
            if verdict.id != answer.id:
                different.append(answer)

    async with anyio.create_task_group() as group:
        for _ in range(_READERS):
            group.start_soon(ask_some, waiting)
    return different


async def _write(storm: Storm, hub: Hub, chance: random.Random, due: Callable[[], bool]) -> None:
    while not storm.stopped:
        if not due():
            await anyio.sleep(_PAUSE_SECONDS)
            continue
        chosen = chance.sample(storm.records, _CHANGED_AT_ONCE)
        changed: list[Fact] = [
            standing(name, domain=chance.choice(["PPP", "TALENT", "FINANCING"])) for name in chosen
        ]
        try:
            await enter(hub.door, batch([], changed), writer="storm")
        except GraphUnavailable:
            storm.stopped = True
        else:
            storm.writes += 1
        await anyio.lowlevel.checkpoint()


async def _read(
    storm: Storm, hub: Hub, due: Callable[[], bool], enough: Callable[[], bool]
) -> None:
    while not storm.stopped:
        if not due():
            await anyio.sleep(_PAUSE_SECONDS)
            continue
        try:
            verdict: Verdict = await hub.checks.check(storm.ask())
        except GraphUnavailable:
            storm.stopped = True
            return
        storm.answers.append(Answer(verdict.effective_at, verdict.known_at, verdict.id))
        storm.stopped = storm.stopped or enough()
