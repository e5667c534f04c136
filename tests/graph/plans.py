"""How Neo4j means to run a statement, and how it ran."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from neo4j import Driver, GraphDatabase, Query

from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import login_of

_WASTEFUL = re.compile(r".*Scan|CartesianProduct|Eager")
"""A scan of a label, of a type of relationship or of an index; `EagerAggregation` is none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Names of all operators; `db_hits` is 0 where the statement was not run."""

    operators: Sequence[str]
    db_hits: int

    @property
    def wasteful(self) -> set[str]:
        """What grows with the graph, multiplies or holds all rows back."""
        return {name for name in self.operators if _WASTEFUL.fullmatch(name)}


class Planner:
    """Asks over one connection."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def plan(self, statement: str, parameters: Mapping[str, Any]) -> Plan:
        """As the server means to run it."""
        return _plan(self._told("EXPLAIN", statement, parameters).plan)

    def profile(self, statement: str, parameters: Mapping[str, Any]) -> Plan:
        """As it ran."""
        return _plan(self._told("PROFILE", statement, parameters).profile)

    def _told(self, how: str, statement: str, parameters: Mapping[str, Any]) -> Any:
        text = literal(f"{how} {statement}")
        told: Any = self._driver.execute_query(Query(text), dict(parameters))
        return told.summary


@contextmanager
def opened_planner(settings: Settings) -> Generator[Planner]:
    login = login_of(settings)
    auth = (login.user, login.password.get_secret_value())
    with GraphDatabase.driver(login.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        yield Planner(driver)


def _plan(told: Mapping[str, Any]) -> Plan:
    steps = [*_walk(told)]
    return Plan([_name(each) for each in steps], sum(each.get("dbHits", 0) for each in steps))


def _walk(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _walk(child)


def _name(operator: Mapping[str, Any]) -> str:
    return str(operator["operatorType"]).partition("@")[0]
