"""Brings the jars of Neo4j onto the machine: fetched from Maven Central, each checked by SHA-256.

`jgo` serves as downloader only; what to download is decided by the lock, never by a resolver.
"""

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from jgo.maven import MavenContext, PythonResolver
from requests import exceptions as http

from hub.errors import DownloadFailed
from hub.exclusion import exclusively
from hub.local_neo4j.artifacts import VERSION, Artifact, locked_artifacts
from hub.local_neo4j.progress import SILENT, Progress
from hub.text import Text

logging.getLogger("jgo").addHandler(logging.NullHandler())

_THREADS = 8
_TIMEOUT_SECONDS = 20
_PAUSES = (0.5, 1.0, 2.0)
_STAGING = "staging-"


class Fetch(Protocol):
    def __call__(self, artifact: Artifact, folder: Path, arrived: Callable[[int], None], /) -> Path:
        """Download into the empty `folder`, calling `arrived` with the size of each piece.

        Raises `OSError` or `RuntimeError`, and lets pass what `arrived` raises.
        """
        ...


class _OtherContent(Exception):
    """What arrived is not the locked file."""


class _Abandoned(Exception):
    """Another download has failed or the user has given up."""


def fetch_from_maven(
    artifact: Artifact,
    folder: Path,
    arrived: Callable[[int], None],
    *,
    repository: str | None = None,
) -> Path:
    """A `Fetch` from `repository`, or from Maven Central; reads no POM."""

    @contextmanager
    def counting(_name: str, _size: int) -> Generator[Callable[[int], None]]:
        yield arrived

    context = MavenContext(
        repo_cache=folder,
        remote_repos=None if repository is None else {"repository": repository},
        timeout=_TIMEOUT_SECONDS,
        resolver=PythonResolver(progress_callback=counting),
    )
    component = context.project(artifact.group, artifact.name).at_version(artifact.version)
    return component.artifact(classifier=artifact.classifier, packaging="jar").resolve()


def provision(
    cache_dir: Path,
    *,
    progress: Progress = SILENT,
    artifacts: Sequence[Artifact] | None = None,
    fetch: Fetch = fetch_from_maven,
    pauses: Sequence[float] = _PAUSES,
) -> list[Path]:
    """The class path of Neo4j, sorted, every file checked; downloads what is missing or damaged.

    A file that has arrived is kept whatever happens to the others, and a second process waits
    for the first. A file is tried once more after each of the `pauses` (seconds).

    Raises `DownloadFailed`.
    """
    home = cache_dir / f"neo4j-{VERSION}"
    wanted = locked_artifacts() if artifacts is None else artifacts
    progress.stage(Text("核对 Neo4j 程序文件", "Checking the files of Neo4j"))
    try:
        if _absent(wanted, home / "lib"):
            with exclusively(home / "provision.lock"), _staging(home) as staging:
                run = _Downloads(home / "lib", staging, progress, fetch, pauses)
                run.complete(wanted)
    except OSError as error:
        raise DownloadFailed(f"Neo4j {VERSION}", _reason(error)) from error
    return sorted(home / "lib" / artifact.file_name for artifact in wanted)


class _Downloads:
    """One run under the lock: eight at a time, the largest first."""

    def __init__(
        self,
        lib: Path,
        staging: Path,
        progress: Progress,
        fetch: Fetch,
        pauses: Sequence[float],
    ) -> None:
        self._lib = lib
        self._staging = staging
        self._progress = progress
        self._fetch = fetch
        self._pauses = pauses
        self._abandoned = threading.Event()

    def complete(self, wanted: Sequence[Artifact]) -> None:
        self._lib.mkdir(exist_ok=True)
        absent = sorted(_absent(wanted, self._lib), key=lambda artifact: -artifact.size)
        self._progress.stage(Text("下载 Neo4j", "Downloading Neo4j"))
        self._progress.expect(sum(artifact.size for artifact in absent))
        with ThreadPoolExecutor(_THREADS) as pool:
            try:
                for done in as_completed([pool.submit(self._one, each) for each in absent]):
                    done.result()
            except BaseException:
                self._abandoned.set()
                pool.shutdown(cancel_futures=True)
                raise

    def _one(self, artifact: Artifact) -> None:
        for pause in (*self._pauses, None):
            try:
                self._attempt(artifact)
            except (OSError, RuntimeError, _OtherContent) as error:
                if pause is None or self._abandoned.wait(pause):
                    raise DownloadFailed(artifact.coordinate, _reason(error)) from error
            else:
                return

    def _attempt(self, artifact: Artifact) -> None:
        received = 0

        def arrived(byte_count: int) -> None:
            nonlocal received
            if self._abandoned.is_set():
                raise _Abandoned
            received += byte_count
            self._progress.advance(byte_count)

        try:
            with tempfile.TemporaryDirectory(dir=self._staging) as folder:
                file = self._fetch(artifact, Path(folder), arrived)
                _check(artifact, file)
                file.replace(self._lib / artifact.file_name)
        except BaseException:
            self._progress.advance(-received)
            raise


def _check(artifact: Artifact, file: Path) -> None:
    if not artifact.is_intact(file):
        raise _OtherContent


def _absent(wanted: Sequence[Artifact], lib: Path) -> list[Artifact]:
    def is_intact(artifact: Artifact) -> bool:
        return artifact.is_intact(lib / artifact.file_name)

    with ThreadPoolExecutor(_THREADS) as pool:
        present = pool.map(is_intact, wanted)
        return [each for each, intact in zip(wanted, present, strict=True) if not intact]


@contextmanager
def _staging(home: Path) -> Generator[Path]:
    """A folder for this run; those of killed runs are removed."""
    for stale in home.glob(f"{_STAGING}*"):
        shutil.rmtree(stale)
    with tempfile.TemporaryDirectory(prefix=_STAGING, dir=home) as folder:
        yield Path(folder)


_REASONS: tuple[tuple[type[Exception], Text], ...] = (
    (_OtherContent, Text("收到的内容与锁定的校验和不符", "what arrived is not the locked file")),
    (http.ProxyError, Text("代理服务器无法连接", "the proxy cannot be reached")),
    (http.SSLError, Text("服务器证书未通过校验", "the server's certificate was not accepted")),
    (http.Timeout, Text("连接超时", "the connection timed out")),
    (http.ConnectionError, Text("无法连接软件仓库", "the repository cannot be reached")),
    (http.RequestException, Text("传输中断", "the transfer broke off")),
    (RuntimeError, Text("软件仓库没有提供该文件", "the repository did not serve the file")),
)


def _reason(error: Exception) -> Text:
    """One clause on why a download failed; the error itself stays the cause."""
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    cause = getattr(error, "strerror", None) or str(error)
    return Text(f"文件无法写入（{cause}）", f"the file cannot be written ({cause})")
