"""Where a local Neo4j is reached, and as whom."""

from dataclasses import dataclass

from pydantic import SecretStr

from hub.local_neo4j.ports import LOOPBACK, Ports

_USER = "neo4j"


@dataclass(frozen=True, slots=True)
class Address:
    bolt_uri: str
    browser_url: str
    """Opens Neo4j Browser with server and user filled in."""
    user: str
    password: SecretStr


def address_of(ports: Ports, password: SecretStr) -> Address:
    return Address(
        bolt_uri=f"bolt://{LOOPBACK}:{ports.bolt}",
        browser_url=(
            f"http://{LOOPBACK}:{ports.http}/browser/?dbms=bolt://{_USER}@{LOOPBACK}:{ports.bolt}"
        ),
        user=_USER,
        password=password,
    )
