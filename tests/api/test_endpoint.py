"""The HTTP side: bounds, errors in our words, readiness, and nothing left running."""

import contextlib
import time
from functools import partial
from typing import LiteralString

import anyio
import httpx2
import pytest

from hub.graph import check_reader
from hub.settings import Settings
from hub.wiring import Hub
from tests.serving import Served, serving

_ENDLESS: LiteralString = """
UNWIND range(1, 3000000000) AS endless_test WITH endless_test WHERE endless_test < 0
RETURN endless_test AS known
"""
_RUNNING: LiteralString = """
SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'endless_test'
AND NOT currentQuery CONTAINS 'SHOW TRANSACTIONS' RETURN currentQuery
"""
_QUERY = '{ check(subject: "12159900990000260C", scenario: "FUNDING_SUPPORT") { outcome } }'


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_reader, "CHECK", _ENDLESS)


async def _running(hub: Hub) -> int:
    return len(await hub.door.read(_RUNNING))


@pytest.mark.usefixtures("endless")
async def test_the_statement_ends_when_the_client_goes_away(demo: Hub, settings: Settings) -> None:
    patient = settings.model_copy(update={"statement_timeout_ms": 60_000})
    with _serving_cold(patient) as served:
        async with httpx2.AsyncClient(timeout=60) as client, anyio.create_task_group() as group:
            group.start_soon(partial(client.post, f"{served.url}/graphql", json={"query": _QUERY}))
            with anyio.fail_after(50):
                while not await _running(demo):
                    await anyio.sleep(0.02)
            group.cancel_scope.cancel()
        with anyio.fail_after(10):
            while await _running(demo):
                await anyio.sleep(0.02)


@pytest.mark.usefixtures("endless")
async def test_a_statement_over_its_time_is_stopped_and_told(demo: Hub, settings: Settings) -> None:
    hasty = settings.model_copy(update={"statement_timeout_ms": 200})
    with _serving_cold(hasty) as served:
        begun = time.monotonic()
        [error] = (await anyio.to_thread.run_sync(served.ask, _QUERY))["errors"]

    assert error["extensions"]["code"] == "STATEMENT_TIMED_OUT"
    assert time.monotonic() - begun < 20
    assert await _running(demo) == 0


@contextlib.contextmanager
def _serving_cold(settings: Settings):  # noqa: ANN202
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hub.api.app._WARM_UP_CHECKS", 0)
        with serving(settings) as served:
            yield served


def test_without_neo4j_it_lives_is_not_ready_and_says_so(settings: Settings) -> None:
    nowhere = {"neo4j_uri": "bolt://127.0.0.1:1", "neo4j_password": "x"}
    broken = Settings.model_validate({**settings.model_dump(), **nowhere})
    with serving(broken) as served:
        health = httpx2.get(f"{served.url}/health")
        ready = httpx2.get(f"{served.url}/ready", timeout=30)
        [error] = served.ask(_QUERY)["errors"]

    assert health.json() == {"status": "live"}
    assert ready.status_code == 503
    assert ready.json()["errors"][0]["extensions"]["code"] == "GRAPH_UNAVAILABLE"
    assert error["extensions"]["code"] == "GRAPH_UNAVAILABLE"


def test_it_is_ready_once_it_has_answered_checks(
    demo: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.api.app._WARM_UP_CHECKS", 500)
    with serving(settings) as served:
        answer = httpx2.get(f"{served.url}/ready", timeout=30)
        before = answer.json()
        while answer.status_code != 200:
            answer = httpx2.get(f"{served.url}/ready", timeout=30)

    assert before["errors"][0]["extensions"]["code"] == "STILL_WARMING_UP"
    assert answer.json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"5", 400, "BAD_REQUEST"),
        (b"{", 400, "BAD_REQUEST"),
        (b"[" * 100_000, 413, "BODY_TOO_LARGE"),
        (b"[" * 10_000, 400, "BAD_REQUEST"),
        (b'{"query": "{ nope }"}', 200, "GRAPHQL_INVALID"),
        (b'{"query": "{ "}', 200, "GRAPHQL_SYNTAX"),
    ],
)
def test_a_body_that_is_no_query_is_told_by_code(
    served: Served, body: bytes, status: int, code: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = httpx2.post(f"{served.url}/graphql", content=body, headers=headers)

    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert "data" not in answer.json()


_GRAPHQL = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "query", "status", "media_type"),
    [
        (_GRAPHQL, "{ __typename }", 200, _GRAPHQL),
        (f"{_GRAPHQL}; charset=utf-8, application/json;q=0.9", "{ __typename }", 200, _GRAPHQL),
        (_GRAPHQL, "{ nope }", 400, _GRAPHQL),
        (_GRAPHQL, "{ ", 400, _GRAPHQL),
        (_GRAPHQL, '{ unit(code: "x") { id } }', 200, _GRAPHQL),
        ("application/json", "{ nope }", 200, "application/json"),
        ("*/*", "{ __typename }", 200, "application/json"),
    ],
)
def test_the_media_type_and_the_status_are_those_of_graphql_over_http(
    served: Served, accept: str, query: str, status: int, media_type: str
) -> None:
    answer = httpx2.post(f"{served.url}/graphql", json={"query": query}, headers={"accept": accept})

    assert answer.status_code == status
    assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ a " * 100 + "}" * 100, "QUERY_TOO_LARGE"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }", "QUERY_TOO_LARGE"),
    ],
)
def test_a_query_over_its_limits_is_told_by_code(served: Served, query: str, code: str) -> None:
    answer = served.ask(query)

    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert "data" not in answer


def test_a_bug_is_masked_and_logged(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret: bolt://10.0.0.1")

    monkeypatch.setattr(check_reader.CheckReader, "read", fail)
    [error] = served.ask(_QUERY)["errors"]

    assert error["extensions"] == {
        "code": "INTERNAL",
        "messageEn": "An internal error, noted in the log",
    }
    assert "secret" not in str(error)
    assert "secret: bolt://10.0.0.1" in caplog.text


def test_a_request_by_another_name_is_refused(served: Served) -> None:
    answer = httpx2.post(
        f"{served.url}/graphql", json={"query": _QUERY}, headers={"host": "evil.example"}
    )

    assert answer.status_code == 400
    assert "outcome" not in answer.text
