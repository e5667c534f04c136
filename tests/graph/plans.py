"""How Neo4j means to run a statement, and how it ran."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from neo4j import GraphDatabase, Query

from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import login_of


@dataclass(frozen=True, slots=True)
class Profile:
    operators: Sequence[str]
    db_hits: int


def operators(settings: Settings, statement: str, parameters: Mapping[str, Any]) -> Sequence[str]:
    """Names of all operators of the statement's plan; it is not run."""
    return [_name(each) for each in _walk(_told(settings, "EXPLAIN", statement, parameters).plan)]


def profile(settings: Settings, statement: str, parameters: Mapping[str, Any]) -> Profile:
    """Of the statement as it ran."""
    plan = [*_walk(_told(settings, "PROFILE", statement, parameters).profile)]
    return Profile([_name(each) for each in plan], sum(each.get("dbHits", 0) for each in plan))


def _told(settings: Settings, how: str, statement: str, parameters: Mapping[str, Any]) -> Any:
    login = login_of(settings)
    auth = (login.user, login.password.get_secret_value())
    text = literal(f"{how} {statement.lstrip().removeprefix('CYPHER 25')}")
    with GraphDatabase.driver(login.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        told: Any = driver.execute_query(Query(text), dict(parameters))
    return told.summary


def _walk(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _walk(child)


def _name(operator: Mapping[str, Any]) -> str:
    return str(operator["operatorType"]).partition("@")[0]
