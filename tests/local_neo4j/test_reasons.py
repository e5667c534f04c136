import pytest

from hub.local_neo4j.reasons import why_it_ended


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("org.neo4j.helpers.PortBindException: Address localhost:7687", "a port is taken"),
        (
            "org.neo4j.io.locker.FileLockException: Unable to obtain lock on store lock file",
            "another Neo4j is using the data",
        ),
        (
            "java.lang.UnsupportedClassVersionError: org/neo4j/server/Neo4jCommunity (version 65)",
            "the Java is too old",
        ),
        ("java.lang.OutOfMemoryError: Java heap space", "memory ran out"),
        ("java.io.IOException: No space left on device", "the disk is full"),
        (
            "Error reading config: Unrecognized setting. No declared setting with name: x.y",
            "the configuration holds a setting it does not know",
        ),
    ],
)
def test_a_known_reason_is_one_clause(log: str, reason: str) -> None:
    assert why_it_ended(f"2026-11-23 06:38:08.191+0000 INFO  Starting...\n{log}\n").en == reason


def test_an_unknown_reason_is_the_first_error_without_its_time() -> None:
    log = (
        "2026-11-23 06:38:08.191+0000 INFO  Starting...\n"
        "2026-11-23 06:38:08.191+0000 ERROR Moon in the wrong house\n"
        "java.lang.IllegalStateException: moon\n"
    )

    assert why_it_ended(log) == ("Moon in the wrong house", "Moon in the wrong house")


def test_without_an_error_the_last_line_must_do() -> None:
    assert why_it_ended("Starting...\nStopped.\n").en == "Stopped."


def test_silence_is_called_silence() -> None:
    assert why_it_ended("\n").en == "it ended without a word"
