"""The jars a local Neo4j consists of, pinned by a lock with size and SHA-256 of every file."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

VERSION = "2026.09.0"

_LINE = re.compile(
    r"([\w.-]+):([\w.-]+):([\w.-]+)(?::([\w.-]+))?"
    r" sha256=([0-9a-f]{64}) size=([0-9]+)"
)


@dataclass(frozen=True, slots=True)
class Artifact:
    group: str
    name: str
    version: str
    classifier: str
    """Empty for the main jar."""
    sha256: str
    size: int

    @property
    def coordinate(self) -> str:
        parts = (self.group, self.name, self.version, self.classifier)
        return ":".join(part for part in parts if part)

    @property
    def file_name(self) -> str:
        parts = (self.name, self.version, self.classifier)
        return "-".join(part for part in parts if part) + ".jar"

    def is_intact(self, file: Path) -> bool:
        """Whether the file is there and is byte for byte the locked one."""
        try:
            if file.stat().st_size != self.size:
                return False
            with file.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest() == self.sha256
        except FileNotFoundError:
            return False


def parse_lock(text: str) -> tuple[Artifact, ...]:
    """One artifact a line: `group:name:version[:classifier] sha256=… size=…`.

    Raises `ValueError` with the number of the first line that has another form.
    """
    return tuple(_parse_line(number, line) for number, line in enumerate(text.splitlines(), 1))


def locked_artifacts() -> tuple[Artifact, ...]:
    """The jars of Neo4j `VERSION`, its web server and its Browser."""
    lock = Path(__file__).with_name(f"neo4j-{VERSION}.lock")
    return parse_lock(lock.read_text("utf-8"))


def _parse_line(number: int, line: str) -> Artifact:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"line {number} of the lock names no artifact: {line!r}")
    group, name, version, classifier, sha256, size = match.groups(default="")
    return Artifact(group, name, version, classifier, sha256, int(size))
