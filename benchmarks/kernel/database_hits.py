"""Db hits of the statement of a check, as Neo4j counts them: a noisy machine changes nothing."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from neo4j import AsyncGraphDatabase, Query

from benchmarks.kernel.asked import NOW
from hub.domain.clocks import OPEN_END
from hub.domain.identifiers import SubjectId
from hub.graph.check_reader import FAN, CheckReader
from hub.graph.check_statement import CHECK
from hub.graph.common_facts import CommonFacts
from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import login_of, open_hub


async def median_hits(settings: Settings, subjects: Sequence[SubjectId]) -> float:
    """Of a check about one subject, in a process that keeps what is common to all."""
    login, kept = login_of(settings), await _kept(settings)
    auth = (login.user, login.password.get_secret_value())
    query = Query(literal(CHECK.replace("CYPHER 25", "CYPHER 25 PROFILE", 1)))
    asked = {"at": NOW, "known": OPEN_END, "fan": FAN, "kept": kept.name}
    hits: list[int] = []
    async with AsyncGraphDatabase.driver(login.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        for subject in subjects:
            told: Any = await driver.execute_query(
                query, {"lists": {"subjects": [subject]}, **asked}
            )
            hits.append(sum(_hits(told.summary.profile)))
    return statistics.median(hits)


async def _kept(settings: Settings) -> CommonFacts:
    async with open_hub(settings) as hub:
        [known] = await CheckReader(hub.door).read([SubjectId("NOBODY")], at=NOW, known_at=None)
    return CommonFacts(known.epoch, known.known_at, NOW)


def _hits(plan: Mapping[str, Any]) -> Iterator[int]:
    yield plan.get("dbHits", 0)
    for child in plan.get("children", ()):
        yield from _hits(child)
