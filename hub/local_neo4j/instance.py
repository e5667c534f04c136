"""The folder of one local Neo4j: its configuration, data, password, ports and process id."""

import contextlib
import json
import os
import secrets
import shutil
from pathlib import Path

from pydantic import SecretStr

from hub.local_neo4j.ports import Ports

_FOLDERS = ("conf", "data", "logs", "plugins", "import", "run", "lib")

_CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=127.0.0.1:{http}
server.https.enabled=false
server.memory.pagecache.size={pagecache}m
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
internal.server.bolt.thread_pool_shutdown_wait_time=0s
dbms.usage_report.enabled=false
dbms.fleet_manager.enabled=false
server.fleet_discovery.enabled=false
client.allow_telemetry=false
browser.remote_content_hostname_whitelist=127.0.0.1,localhost
"""
_BROWSER_KIT = """\
browser.post_connect_cmd=style {hub}/browser-kit/style.grass; guide {hub}/browser-kit/guide.html
"""


class Instance:
    """Files only; `LocalNeo4j` decides when to touch them, under `lock`."""

    def __init__(self, state_dir: Path, name: str) -> None:
        self.name = name
        self.home = state_dir.absolute() / name
        self.conf = self.home / "conf"
        self.console_log = self.home / "logs" / "console.log"
        self.pid_file = self.home / "run" / "neo4j.pid"
        self.password_file = self.home / "password"
        self.lock = self.home / "instance.lock"
        self._ports_file = self.home / "ports.json"
        self._data = self.home / "data"
        self._discarded = self.home / "discarded"

    def create(self, ports: Ports, *, pagecache_mb: int = 128, hub_url: str | None = None) -> None:
        """Complete the folder and write the configuration anew; nobody else may look in.

        Neo4j Browser loads guide and style from the hub, whenever one serves at `hub_url`.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.home.chmod(0o700)
        for folder in _FOLDERS:
            (self.home / folder).mkdir(exist_ok=True)
        configuration = _CONFIGURATION.format(
            bolt=ports.bolt, http=ports.http, pagecache=pagecache_mb
        )
        if hub_url is not None:
            configuration += _BROWSER_KIT.format(hub=hub_url)
        (self.conf / "neo4j.conf").write_text(configuration, "utf-8")
        self._remove_discarded()

    @property
    def has_store(self) -> bool:
        """Whether a server has ever run on the data, and so has taken over its first password."""
        return (self._data / "databases").exists()

    def password(self) -> SecretStr | None:
        try:
            return SecretStr(self.password_file.read_text("ascii").strip())
        except FileNotFoundError:
            return None

    def ensure_password(self) -> None:
        """Keep a random password, in hexadecimal: it must never look like an option."""
        if not self.password_file.exists():
            _write_private(self.password_file, secrets.token_hex(16))

    def ports(self) -> Ports | None:
        """The ports of the last start."""
        try:
            kept = json.loads(self._ports_file.read_text("ascii"))
            return Ports(int(kept["bolt"]), int(kept["http"]))
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def keep_ports(self, ports: Ports) -> None:
        _write_private(self._ports_file, json.dumps(ports._asdict()))

    def siblings(self) -> list["Instance"]:
        """The other instances beside this one."""
        folders = [folder for folder in self.home.parent.glob("*/") if folder != self.home]
        return [Instance(folder.parent, folder.name) for folder in folders]

    def pid(self) -> int | None:
        """What the pid file says; the process may be gone, or the number another's by now."""
        try:
            return int(self.pid_file.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def discard(self) -> None:
        """Delete data, logs and password; an interruption leaves either all data or none."""
        self._remove_discarded()
        with contextlib.suppress(FileNotFoundError):
            self._data.replace(self._discarded)
        self.password_file.unlink(missing_ok=True)
        self._remove_discarded()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.home / "logs")

    def _remove_discarded(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._discarded)


def _write_private(file: Path, text: str) -> None:
    """Replace `file` in one step by one that only its owner may read."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as content:
        content.write(text)
    fresh.replace(file)
