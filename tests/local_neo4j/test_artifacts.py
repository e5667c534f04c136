import hashlib
from pathlib import Path

import pytest

from hub.local_neo4j.artifacts import Artifact, locked_artifacts, parse_lock

_NONE = hashlib.sha256(b"").hexdigest()


def test_a_line_of_the_lock_is_an_artifact() -> None:
    [artifact] = parse_lock(f"org.ow2.asm:asm:9.10.1 sha256={_NONE} size=126151\n")

    assert artifact == Artifact("org.ow2.asm", "asm", "9.10.1", "", _NONE, 126151)
    assert artifact.coordinate == "org.ow2.asm:asm:9.10.1"
    assert artifact.file_name == "asm-9.10.1.jar"


def test_a_classifier_is_part_of_coordinate_and_file_name() -> None:
    [artifact] = parse_lock(f"io.netty:epoll:4.2.18.Final:linux-x86_64 sha256={_NONE} size=1")

    assert artifact.coordinate == "io.netty:epoll:4.2.18.Final:linux-x86_64"
    assert artifact.file_name == "epoll-4.2.18.Final-linux-x86_64.jar"


def test_a_line_of_another_form_is_named_by_its_number() -> None:
    good = f"a:b:1 sha256={_NONE} size=1"

    with pytest.raises(ValueError, match="line 2 of the lock names no artifact: 'a:c:1'"):
        parse_lock(f"{good}\na:c:1\n")


def test_the_lock_holds_every_jar_of_the_server_once() -> None:
    artifacts = locked_artifacts()

    assert len({artifact.file_name for artifact in artifacts}) == len(artifacts) == 231
    assert sum(artifact.size for artifact in artifacts) == 176_061_082


@pytest.mark.parametrize(
    ("content", "intact"), [(b"jar", True), (b"rat", False), (b"ja", False), (None, False)]
)
def test_only_the_very_same_bytes_are_intact(
    tmp_path: Path, content: bytes | None, *, intact: bool
) -> None:
    file = tmp_path / "a-1.jar"
    if content is not None:
        file.write_bytes(content)
    artifact = Artifact("g", "a", "1", "", hashlib.sha256(b"jar").hexdigest(), 3)

    assert artifact.is_intact(file) is intact
