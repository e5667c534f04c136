"""A real Neo4j on this machine, without Docker, Java or Maven: provisioned, started, stopped."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from hub.errors import InstanceBusy, NotEnoughMemory, ServerDidNotStart
from hub.exclusion import exclusively
from hub.local_neo4j.address import Address, address_of
from hub.local_neo4j.artifacts import VERSION
from hub.local_neo4j.instance import Instance
from hub.local_neo4j.java import Java, end, running_server
from hub.local_neo4j.ports import Ports, Wish, choose_ports
from hub.local_neo4j.progress import SILENT, Progress
from hub.local_neo4j.provision import provision
from hub.local_neo4j.readiness import wait_until_ready
from hub.local_neo4j.reasons import PASSWORD_LOST, RESET
from hub.settings import Settings
from hub.text import Text

_MIB = 2**20
_MEMORY_BESIDE_MIB = 60
_READY_SECONDS = 180
_BUSY_SECONDS = _READY_SECONDS + 60


def available_memory_mib() -> int:
    """What programs can still get without swapping."""
    return psutil.virtual_memory().available // _MIB


@dataclass(frozen=True, slots=True)
class Status:
    instance: str
    version: str
    home: Path
    password_file: Path
    pid: int | None
    """None when stopped."""
    address: Address | None
    """None when stopped."""


class LocalNeo4j:
    """The server of `settings.instance`; safe to be handled by several processes at once."""

    def __init__(
        self,
        settings: Settings,
        *,
        progress: Progress = SILENT,
        dies_with_parent: bool = False,
        java_flags: Sequence[str] = (),
        options: Sequence[str] = (),
        available_mib: Callable[[], int] = available_memory_mib,
    ) -> None:
        """`dies_with_parent`, `java_flags` and `options` (of the server) are for tests.

        The parent is the *thread* that calls `start`: with it the kernel ends the server.
        """
        self._settings = settings
        self._progress = progress
        self._dies_with_parent = dies_with_parent
        self._java_flags = java_flags
        self._options = options
        self._available_mib = available_mib
        self._instance = Instance(settings.state_dir, settings.instance)

    def start(self) -> Address:
        """Start the server unless it runs, and return when it serves Bolt and Browser.

        Whatever an interrupted start has left behind is completed.

        Raises `LocalServerProblem`.
        """
        class_path = provision(self._settings.cache_dir, progress=self._progress)
        with self._exclusively(), self._explaining():
            process = running_server(self._instance)
            if process is None:
                self.require_memory()
                return self._start(class_path)
            address = self._required_address()
            self._wait(process, address)
            return address

    def address(self) -> Address | None:
        """Of the server if its process runs, ready or not."""
        return None if running_server(self._instance) is None else self._address()

    def stop(self) -> bool:
        """Whether there was a server to stop. Raises `InstanceBusy`."""
        with self._exclusively():
            return self._stop()

    def status(self) -> Status:
        process = running_server(self._instance)
        return Status(
            instance=self._instance.name,
            version=VERSION,
            home=self._instance.home,
            password_file=self._instance.password_file,
            pid=None if process is None else process.pid,
            address=None if process is None else self._address(),
        )

    def require_memory(self) -> None:
        """Raises `NotEnoughMemory` where a server could not be started now."""
        asked = self._settings
        needed = asked.neo4j_heap_mb + asked.neo4j_pagecache_mb + _MEMORY_BESIDE_MIB
        available = self._available_mib()
        if available < needed:
            raise NotEnoughMemory(available, needed)

    def replace_data(self, arguments: Sequence[str]) -> None:
        """Fill the database from files, by the import tool; the server is stopped, and stays so.

        What the database held is gone, and it has no constraints and no migrations.
        Raises `ImportToolFailed`, `LocalServerProblem`.
        """
        class_path = provision(self._settings.cache_dir, progress=self._progress)
        with self._exclusively(), self._explaining():
            self._stop()
            java = self._java(class_path)
            with self._port_choice():
                self._prepare(java)
            java.import_files(arguments)

    def _java(self, class_path: Sequence[Path]) -> Java:
        heap_mb, flags, options = self._settings.neo4j_heap_mb, self._java_flags, self._options
        return Java(self._instance, class_path, heap_mb, server_flags=flags, server_options=options)

    def _start(self, class_path: Sequence[Path]) -> Address:
        java = self._java(class_path)
        with self._port_choice():
            self._prepare(java)
            return self._launch(java)

    @contextmanager
    def _port_choice(self) -> Generator[None]:
        """One start that chooses at a time, until it listens, or two would choose the same."""
        asked = self._settings.neo4j_bolt_port, self._settings.neo4j_http_port
        if None not in asked or self._instance.ports() is not None:
            yield
            return
        with exclusively(self._settings.cache_dir / "ports.lock"):
            yield

    def log(self, lines: int) -> list[str]:
        """The last lines the server wrote since its last start, oldest first."""
        try:
            with self._instance.console_log.open(encoding="utf-8", errors="replace") as log:
                return [line.rstrip("\n") for line in deque(log, maxlen=lines)]
        except FileNotFoundError:
            return []

    def reset(self) -> None:
        """Stop the server and delete its data and password; the ports stay its own.

        Raises `InstanceBusy`.
        """
        with self._exclusively():
            self._stop()
            self._instance.discard()

    @contextmanager
    def _exclusively(self) -> Generator[None]:
        try:
            with exclusively(self._instance.lock, within=_BUSY_SECONDS):
                yield
        except TimeoutError as error:
            raise InstanceBusy(self._instance.name) from error

    @contextmanager
    def _explaining(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            place, cause = error.filename or self._instance.home, error.strerror or str(error)
            reason = Text(f"{place} 无法使用（{cause}）", f"{place} cannot be used ({cause})")
            raise ServerDidNotStart(reason, str(self._instance.console_log)) from error

    def _prepare(self, java: Java) -> None:
        ports = self._choose_ports()
        self._instance.keep_ports(ports)
        self._instance.create(
            ports,
            pagecache_mb=self._settings.neo4j_pagecache_mb,
            hub_url=_hub_url(self._settings),
        )
        if not self._instance.has_store:
            self._progress.stage(Text("设置密码", "Setting the password"))
            self._instance.ensure_password()
            java.set_initial_password()

    def _choose_ports(self) -> Ports:
        asked, kept = self._settings, self._instance.ports()
        others = [sibling.ports() for sibling in self._instance.siblings()]
        return choose_ports(
            Wish("HUB_NEO4J_BOLT_PORT", asked.neo4j_bolt_port, kept and kept.bolt, 7687),
            Wish("HUB_NEO4J_HTTP_PORT", asked.neo4j_http_port, kept and kept.http, 7474),
            reserved={port for ports in others if ports is not None for port in ports},
        )

    def _launch(self, java: Java) -> Address:
        address = self._required_address()
        self._progress.stage(Text("启动 Neo4j", "Starting Neo4j"))
        process = java.launch(dies_with_parent=self._dies_with_parent)
        try:
            self._wait(process, address)
        except ServerDidNotStart:
            end(process)
            raise
        return address

    def _wait(self, process: psutil.Process, address: Address) -> None:
        log = self._instance.console_log
        wait_until_ready(process, address, log=log, within=_READY_SECONDS)

    def _required_address(self) -> Address:
        address = self._address()
        if address is None:
            raise ServerDidNotStart(PASSWORD_LOST, str(self._instance.password_file), mend=RESET)
        return address

    def _address(self) -> Address | None:
        ports, password = self._instance.ports(), self._instance.password()
        return None if ports is None or password is None else address_of(ports, password)

    def _stop(self) -> bool:
        process = running_server(self._instance)
        if process is None:
            return False
        end(process)
        return True


def _hub_url(settings: Settings) -> str | None:
    """Where the hub will serve; None when only its start decides."""
    return f"http://{settings.host}:{settings.port}" if settings.port else None
