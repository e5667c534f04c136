"""Asks recorded questions again: at the clocks of their bodies, by the decider of their time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hub.checks.decide import decide
from hub.checks.identity import DECIDE_VERSION, body
from hub.checks.service import CatalogueReader, FactReader, laws_of
from hub.domain.bodies import Body
from hub.domain.catalogue import Catalogue
from hub.domain.clocks import parse_instant
from hub.domain.known import Known
from hub.domain.verdict import Ask, Mark, Verdict
from hub.errors import HubError

_AT_ONCE = 8
"""Statements under way together: enough to keep a server busy, and leave it to others too."""


class Decider(NamedTuple):
    """One version of the judgement, with the layout of the body it writes."""

    decide: Callable[..., Verdict]
    body: Callable[[Verdict], Body]


DECIDERS: Mapping[int, Decider] = {1: Decider(decide, body)}
"""By the `decide` of a body. A new version is added, so that what an old one said can be tested."""


class Again(NamedTuple):
    """What a question gets now, or why it gets nothing; the epoch in which it was asked again."""

    epoch: int
    verdict: Verdict | HubError


class Recheck:
    def __init__(self, facts: FactReader, catalogues: CatalogueReader) -> None:
        self._facts = facts
        self._catalogues = catalogues
        self._under_way = asyncio.Semaphore(_AT_ONCE)

    async def bodies(self, recorded: Sequence[Body]) -> list[tuple[int, Body | HubError]]:
        """Of the verdicts, in the layout of their time."""
        answers: list[tuple[int, Body | HubError]] = []
        for old, (epoch, again) in zip(recorded, await self.verdicts(recorded), strict=True):
            answers.append((epoch, again if isinstance(again, HubError) else _body(old, again)))
        return answers

    async def verdicts(self, recorded: Sequence[Body]) -> list[Again]:
        """In the order given, each read as a single check is. Raises `GraphProblem`s."""
        return await asyncio.gather(*map(self._again, recorded))

    async def _again(self, old: Body) -> Again:
        at, known_at = parse_instant(old["effectiveAt"]), parse_instant(old["knownAt"])
        async with self._under_way:
            [known] = await self._facts.read([old["subject"]], at=at, known_at=known_at)
        catalogues, current = await laws_of(known, self._catalogues)
        return Again(known.epoch, _decided(old, known, catalogues, current))


def _decided(
    old: Body, known: Known, catalogues: Mapping[str, Catalogue], current: Catalogue
) -> Verdict | HubError:
    ask = Ask(old["subject"], old["scenario"], old["capacity"])
    marks = tuple(Mark(mark) for mark in old["marks"])
    try:
        return _decider(old).decide(ask, known, catalogues, current=current, marks=marks)
    except HubError as error:
        return error


def _decider(old: Body) -> Decider:
    """The newest for what a newer hub decided: then the bodies differ in their `decide`."""
    return DECIDERS.get(old["decide"], DECIDERS[DECIDE_VERSION])


def _body(old: Body, verdict: Verdict) -> Body:
    return _decider(old).body(verdict)
