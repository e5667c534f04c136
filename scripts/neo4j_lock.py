"""Regenerates the lock of the local Neo4j's jars; for maintainers, needs Maven on the PATH.

    python scripts/neo4j_lock.py VERSION [BROWSER_VERSION]

Writes hub/local_neo4j/neo4j-VERSION.lock; then set `VERSION` in hub/local_neo4j/artifacts.py.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_BROWSER_VERSION = "5.24.0"
_FOLDER = Path(__file__).resolve().parents[1] / "hub" / "local_neo4j"

_PROJECT = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>lock</groupId><artifactId>lock</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{neo4j}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId>
      <version>{neo4j}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId>
      <version>{browser}</version>
    </dependency>
  </dependencies>
</project>
"""

_RESOLVED = re.compile(
    r"\s*(?P<group>[\w.-]+):(?P<name>[\w.-]+):jar(?::(?P<classifier>[\w.-]+))?"
    r":(?P<version>[\w.-]+):(?:compile|runtime):(?P<file>.+?\.jar)(?: -- module .*)?"
)


def main(neo4j: str, browser: str = _BROWSER_VERSION) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = [_lock_line(match) for match in _resolve(Path(folder), neo4j, browser)]
    lock = _FOLDER / f"neo4j-{neo4j}.lock"
    lock.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    sys.stdout.write(f"{lock}: {len(lines)} jars\n")


def _resolve(folder: Path, neo4j: str, browser: str) -> list[re.Match[str]]:
    """What Maven resolves at run time, by file name."""
    project, listed = folder / "pom.xml", folder / "resolved.txt"
    project.write_text(_PROJECT.format(neo4j=neo4j, browser=browser), "utf-8")
    subprocess.run(
        [
            *("mvn", "--batch-mode", "--quiet", "--file", project, "dependency:list"),
            *("-DincludeScope=runtime", "-DoutputAbsoluteArtifactFilename=true"),
            f"-DoutputFile={listed}",
        ],
        check=True,
    )
    found = (_RESOLVED.fullmatch(line) for line in listed.read_text("utf-8").splitlines())
    return sorted((match for match in found if match), key=lambda match: Path(match["file"]).name)


def _lock_line(resolved: re.Match[str]) -> str:
    content = Path(resolved["file"]).read_bytes()
    parts = (resolved["group"], resolved["name"], resolved["version"], resolved["classifier"])
    coordinate = ":".join(part for part in parts if part)
    return f"{coordinate} sha256={hashlib.sha256(content).hexdigest()} size={len(content)}"


if __name__ == "__main__":
    main(*sys.argv[1:])
