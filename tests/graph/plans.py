"""How Neo4j means to run a statement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from neo4j import GraphDatabase, Query

from hub.graph.door import literal
from hub.settings import Settings
from hub.wiring import login_of


def operators(settings: Settings, statement: str, parameters: Mapping[str, Any]) -> Sequence[str]:
    """Names of all operators of the statement's plan; it is not run."""
    login = login_of(settings)
    auth = (login.user, login.password.get_secret_value())
    text = literal(f"EXPLAIN {statement.lstrip().removeprefix('CYPHER 25')}")
    with GraphDatabase.driver(login.uri, auth=auth) as driver:  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        told: Any = driver.execute_query(Query(text), dict(parameters))
    return list(_names(told.summary.plan))


def _names(plan: Mapping[str, Any]) -> Iterator[str]:
    yield str(plan["operatorType"]).partition("@")[0]
    for child in plan.get("children", ()):
        yield from _names(child)
