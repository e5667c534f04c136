"""Waits until a starting server serves Bolt, its database and Browser."""

import http.client
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from neo4j import Driver, GraphDatabase, RoutingControl
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from hub.errors import ServerDidNotStart
from hub.local_neo4j.address import Address
from hub.local_neo4j.java import is_alive
from hub.local_neo4j.ports import LOOPBACK
from hub.local_neo4j.reasons import PASSWORD_REFUSED, RESET, why_it_ended
from hub.text import Text

_POLL_SECONDS = 0.05
_TIMEOUT_SECONDS = 5


def wait_until_ready(
    process: psutil.Process, address: Address, *, log: Path, within: float
) -> None:
    """Raises `ServerDidNotStart` when the process ends, refuses the password or takes too long."""
    deadline = time.monotonic() + within
    with _driver(address) as driver:
        while not (_serves_bolt(process, driver, address, log) and _serves_http(address)):
            if not is_alive(process):
                raise ServerDidNotStart(why_it_ended(log.read_text("utf-8", "replace")), str(log))
            if time.monotonic() >= deadline:
                slow = Text(f"{within:g} 秒内没有就绪", f"it was not ready within {within:g} s")
                raise ServerDidNotStart(slow, str(log))
            time.sleep(_POLL_SECONDS)


def _driver(address: Address) -> Driver:
    return GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]  # untyped **config
        address.bolt_uri,
        auth=(address.user, address.password.get_secret_value()),
        connection_timeout=_TIMEOUT_SECONDS,
        connection_acquisition_timeout=_TIMEOUT_SECONDS,
        max_transaction_retry_time=0,
        telemetry_disabled=True,
    )


def _serves_bolt(process: psutil.Process, driver: Driver, address: Address, log: Path) -> bool:
    if not _listens(process, _port(address.bolt_uri)):
        return False
    try:
        driver.execute_query("RETURN 1", database_="neo4j", routing_=RoutingControl.READ)
    except AuthError as error:
        raise ServerDidNotStart(PASSWORD_REFUSED, str(log), mend=RESET) from error
    except (DriverError, Neo4jError):
        return False
    return True


def _listens(process: psutil.Process, port: int) -> bool:
    """This very process, not another server that took the port before it."""
    try:
        connections = process.net_connections("tcp")
    except psutil.Error:
        return False
    return any(c.status == psutil.CONN_LISTEN and c.laddr.port == port for c in connections)


def _serves_http(address: Address) -> bool:
    port = _port(address.browser_url)
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _port(uri: str) -> int:
    return urlsplit(uri).port or 0
