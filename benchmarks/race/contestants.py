"""The two servers on one database, each as it is meant to be run."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from hub.settings import Settings
from hub.wiring import login_of


@dataclass(frozen=True, slots=True)
class Served:
    """Where GraphQL answers, and the id of the process that does."""

    url: str
    pid: int


_PEER = Path(__file__).parent.parent / "peer"
_NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_ADDRESS = re.compile(r"http://[\w.:]+/graphql")
_READY_SECONDS = 60
_ROOT = Path(__file__).parent.parent.parent


@contextmanager
def hub_served() -> Generator[Served]:
    """`hub serve` with the settings of this process, ready."""
    command = [sys.executable, "-m", "hub", "serve", "--port", "0", "--json"]
    with _running(command, _ROOT, {}) as served:
        _wait_until_ready(served.url.replace("/graphql", "/ready"))
        yield served


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not (answer := httpx2.get(url, timeout=30)).is_success:
        if time.monotonic() >= deadline:
            raise RuntimeError(f"the hub does not become ready: {answer.text}")
        time.sleep(0.2)


@contextmanager
def peer_served(settings: Settings) -> Generator[Served]:
    """graphql-yoga with @neo4j/graphql, given as many connections as the hub has."""
    login = login_of(settings)
    told = {
        "PEER_NEO4J_URI": login.uri,
        "PEER_NEO4J_USER": login.user,
        "PEER_NEO4J_PASSWORD": login.password.get_secret_value(),
        "PEER_NEO4J_DATABASE": settings.neo4j_database,
        "PEER_POOL_SIZE": str(settings.pool_size),
        "NODE_ENV": "production",
    }
    with _running(["node", "server.js"], _installed(settings), told) as served:
        yield served


def _installed(settings: Settings) -> Path:
    """The peer with its packages, in the cache: nothing is installed into the repository."""
    home = settings.cache_dir / "benchmark-peer"
    home.mkdir(parents=True, exist_ok=True)
    lock = home / "package-lock.json"
    wanted = (_PEER / lock.name).read_bytes()
    is_installed = (home / "node_modules" / ".package-lock.json").is_file()
    up_to_date = is_installed and lock.is_file() and lock.read_bytes() == wanted
    for file in _PEER.iterdir():
        shutil.copy(file, home)
    if not up_to_date:
        npm = shutil.which("npm")
        assert npm is not None, "the peer needs Node: install node and npm"
        subprocess.run([npm, *_NPM_CI], cwd=home, check=True)
    return home


@contextmanager
def _running(command: Sequence[str], folder: Path, told: Mapping[str, str]) -> Generator[Served]:
    """The process, once it has printed its address; it ends with the block."""
    environment = {**os.environ, **told}  # noqa: TID251  # what a child inherits, not a setting
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Served(_address(process.stdout), process.pid)
        finally:
            process.terminate()


def _address(output: Iterable[str]) -> str:
    for line in output:
        if found := _ADDRESS.search(line):
            return found[0]
    raise RuntimeError("a server ended before it served")
