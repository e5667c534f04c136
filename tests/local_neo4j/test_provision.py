"""A repository on loopback serves invented jars to the downloader that fetches the real ones."""

import contextlib
import functools
import hashlib
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hub.errors import DownloadFailed
from hub.exclusion import exclusively
from hub.local_neo4j.artifacts import VERSION, Artifact
from hub.local_neo4j.progress import SILENT
from hub.local_neo4j.provision import Fetch, fetch_from_maven, provision
from hub.text import Text

_CONTENTS = {"large": b"L" * 300_000, "middle": b"M" * 20_000, "small": b"S" * 10}


def _artifact(name: str) -> Artifact:
    content = _CONTENTS[name]
    return Artifact("org.x", name, "1", "", hashlib.sha256(content).hexdigest(), len(content))


_ARTIFACTS = tuple(_artifact(name) for name in _CONTENTS)


@dataclass
class _Repository:
    served: dict[str, bytes] = field(default_factory=lambda: dict(_CONTENTS))
    failures: dict[str, int] = field(default_factory=dict[str, int])
    """How often a name is refused before it is served."""
    asked: list[str] = field(default_factory=list[str])
    url: str = ""

    def answer(self, name: str) -> bytes | None:
        self.asked.append(name)
        if self.failures.get(name, 0):
            self.failures[name] -= 1
            return None
        return self.served.get(name)


@pytest.fixture
def repository() -> Generator[_Repository]:
    kept = _Repository()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, _, extension = self.path.rpartition("/")[2].partition("-1.")
            content = kept.answer(name) if extension == "jar" else None
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        kept.url = f"http://127.0.0.1:{server.server_port}"
        yield kept
        server.shutdown()
        thread.join()


class _Bar:
    """A `Progress` that adds up."""

    def __init__(self) -> None:
        self.expected = 0
        self.arrived = 0
        self._lock = threading.Lock()

    def stage(self, what: Text) -> None:
        pass

    def expect(self, total_bytes: int) -> None:
        self.expected = total_bytes

    def advance(self, byte_count: int) -> None:
        with self._lock:
            self.arrived += byte_count


def _fetch_from(url: str) -> Fetch:
    return functools.partial(fetch_from_maven, repository=url)


def _provision(cache_dir: Path, fetch: Fetch, bar: _Bar | None = None) -> list[Path]:
    return provision(
        cache_dir, progress=bar or SILENT, artifacts=_ARTIFACTS, fetch=fetch, pauses=(0.01, 0.01)
    )


def _lib(cache_dir: Path) -> Path:
    return cache_dir / f"neo4j-{VERSION}" / "lib"


def _provisioned(cache_dir: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in _lib(cache_dir).iterdir()}


_ALL = {f"{name}-1.jar": content for name, content in _CONTENTS.items()}


def test_everything_locked_arrives_and_the_class_path_is_sorted(
    tmp_path: Path, repository: _Repository
) -> None:
    bar = _Bar()

    class_path = _provision(tmp_path, _fetch_from(repository.url), bar)

    assert class_path == sorted(_lib(tmp_path) / name for name in _ALL)
    assert _provisioned(tmp_path) == _ALL
    assert bar.arrived == bar.expected == 320_010


def test_with_everything_there_nothing_is_asked_for(
    tmp_path: Path, repository: _Repository
) -> None:
    _provision(tmp_path, _fetch_from(repository.url))
    repository.asked.clear()

    _provision(tmp_path, _fetch_from(repository.url))

    assert repository.asked == []


@pytest.mark.parametrize("damaged", [b"X" * 300_000, b"L" * 299_999, b""])
def test_a_corrupted_or_truncated_jar_and_no_other_is_fetched_again(
    tmp_path: Path, repository: _Repository, damaged: bytes
) -> None:
    _provision(tmp_path, _fetch_from(repository.url))
    (_lib(tmp_path) / "large-1.jar").write_bytes(damaged)
    repository.asked.clear()

    _provision(tmp_path, _fetch_from(repository.url))

    assert repository.asked == ["large"]
    assert _provisioned(tmp_path) == _ALL


def test_a_refused_jar_is_tried_again(tmp_path: Path, repository: _Repository) -> None:
    repository.failures["middle"] = 2

    _provision(tmp_path, _fetch_from(repository.url))

    assert repository.asked.count("middle") == 3
    assert _provisioned(tmp_path) == _ALL


def test_a_jar_other_than_the_locked_one_is_refused_and_the_rest_kept(
    tmp_path: Path, repository: _Repository
) -> None:
    repository.served["small"] = b"s" * 10
    bar = _Bar()

    with pytest.raises(DownloadFailed) as raised:
        _provision(tmp_path, _fetch_from(repository.url), bar)

    assert raised.value.what == (
        "下载 org.x:small:1 失败：收到的内容与锁定的校验和不符",
        "Downloading org.x:small:1 failed: what arrived is not the locked file",
    )
    assert "small-1.jar" not in _provisioned(tmp_path)
    assert bar.arrived == sum(len(content) for content in _provisioned(tmp_path).values())


def test_a_jar_the_repository_lacks_is_named(tmp_path: Path, repository: _Repository) -> None:
    del repository.served["large"]

    with pytest.raises(DownloadFailed) as raised:
        _provision(tmp_path, _fetch_from(repository.url))

    assert raised.value.where == "org.x:large:1"
    assert repository.asked.count("large") == 3


def test_without_a_network_one_sentence_says_so(tmp_path: Path, repository: _Repository) -> None:
    unreachable = repository.url.rpartition(":")[0] + ":9"

    with pytest.raises(DownloadFailed) as raised:
        _provision(tmp_path, _fetch_from(unreachable))

    assert raised.value.what.en.endswith("failed: the repository cannot be reached")


def test_a_proxy_out_of_reach_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with pytest.raises(DownloadFailed) as raised:
        _provision(tmp_path, _fetch_from("http://127.0.0.1:8"))

    assert raised.value.what.en.endswith("failed: the proxy cannot be reached")


def test_a_cache_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DownloadFailed) as raised:
        _provision(tmp_path / "file", fetch_from_maven)

    assert raised.value.what.en == (
        f"Downloading Neo4j {VERSION} failed: the file cannot be written (Not a directory)"
    )


def test_an_interrupted_run_keeps_what_arrived_and_the_next_one_completes_it(
    tmp_path: Path, repository: _Repository
) -> None:
    small_arrived = threading.Event()

    def interrupted(artifact: Artifact, folder: Path, arrived: Callable[[int], None]) -> Path:
        if artifact.name == "large":
            small_arrived.wait()
            raise KeyboardInterrupt
        file = fetch_from_maven(artifact, folder, arrived, repository=repository.url)
        if artifact.name == "small":
            threading.Timer(0.2, small_arrived.set).start()
        return file

    with pytest.raises(KeyboardInterrupt):
        _provision(tmp_path, interrupted)
    repository.asked.clear()
    _provision(tmp_path, _fetch_from(repository.url))

    assert repository.asked == ["large"]


def test_an_abandoned_run_stops_downloads_under_way(tmp_path: Path) -> None:
    ended: list[str] = []

    def endless(artifact: Artifact, _: Path, arrived: Callable[[int], None]) -> Path:
        if artifact.name == "small":
            raise KeyboardInterrupt
        try:
            while True:
                arrived(1)
        finally:
            ended.append(artifact.name)

    bar = _Bar()
    with pytest.raises(KeyboardInterrupt):
        _provision(tmp_path, endless, bar)

    assert sorted(ended) == ["large", "middle"]
    assert bar.arrived == 0


def test_what_a_killed_run_left_in_staging_is_removed(
    tmp_path: Path, repository: _Repository
) -> None:
    stale = tmp_path / f"neo4j-{VERSION}" / "staging-old"
    stale.mkdir(parents=True)
    (stale / "half.jar").write_bytes(b"half")

    _provision(tmp_path, _fetch_from(repository.url))

    assert sorted(path.name for path in stale.parent.iterdir()) == ["lib", "provision.lock"]


def test_a_second_process_waits_and_then_downloads_nothing(
    tmp_path: Path, repository: _Repository
) -> None:
    with contextlib.ExitStack() as first:
        first.enter_context(exclusively(tmp_path / f"neo4j-{VERSION}" / "provision.lock"))
        second = threading.Thread(target=_provision, args=(tmp_path, _fetch_from(repository.url)))
        second.start()
        second.join(0.3)
        assert repository.asked == []
        _lib(tmp_path).mkdir()
        for name, content in _ALL.items():
            (_lib(tmp_path) / name).write_bytes(content)
    second.join()

    assert repository.asked == []
