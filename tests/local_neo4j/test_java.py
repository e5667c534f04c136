import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from hub.local_neo4j.instance import Instance
from hub.local_neo4j.java import end, is_alive, running_server
from hub.local_neo4j.ports import Ports

_DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    made = Instance(tmp_path, "one")
    made.create(Ports(7001, 7002))
    return made


def test_a_pid_that_now_belongs_to_another_program_is_no_server(instance: Instance) -> None:
    with subprocess.Popen([sys.executable, "-c", _DEAF], stdout=subprocess.DEVNULL) as other:
        instance.pid_file.write_text(str(other.pid))

        assert running_server(instance) is None
        assert other.poll() is None
        other.kill()


def test_a_pid_that_nobody_has_is_no_server(instance: Instance) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    instance.pid_file.write_text(str(ended.pid))

    assert running_server(instance) is None


def test_a_server_is_known_by_its_home(instance: Instance) -> None:
    command = [sys.executable, "-c", _DEAF, f"--home-dir={instance.home}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        instance.pid_file.write_text(str(server.pid))

        assert running_server(instance) == psutil.Process(server.pid)
        server.kill()


def test_a_server_deaf_to_the_request_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", _DEAF], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        process = psutil.Process(server.pid)

        end(process, patience=0.2)

        assert not is_alive(process)


def test_ending_what_has_ended_is_no_error() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as server:
        process = psutil.Process(server.pid)
        server.kill()

    end(process)

    assert not is_alive(process)
