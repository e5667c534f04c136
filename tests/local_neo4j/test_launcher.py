import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from hub.local_neo4j import launcher

_LAUNCHER = str(launcher.__file__)
_SLEEP = ("/bin/sleep", "60")


def _wait_for(pid_file: Path) -> psutil.Process:
    deadline = time.monotonic() + 10
    while not pid_file.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    return psutil.Process(int(pid_file.read_text()))


def _wait_for_end(process: psutil.Process) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def test_the_command_keeps_process_id_and_gets_a_session_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, _LAUNCHER, str(tmp_path / "pid"), "0", *_SLEEP]
    with subprocess.Popen(command) as started:
        process = _wait_for(tmp_path / "pid")

        assert process.pid == started.pid == os.getsid(started.pid)
        started.kill()


def test_the_command_survives_whoever_started_it(tmp_path: Path) -> None:
    launch = [sys.executable, _LAUNCHER, str(tmp_path / "pid"), "0", *_SLEEP]
    code = f"import subprocess; subprocess.Popen({launch!r})"
    subprocess.run([sys.executable, "-c", code], check=True)
    process = _wait_for(tmp_path / "pid")

    assert process.is_running()
    process.kill()


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_command_dies_with_its_parent_if_told_to(tmp_path: Path, when: str) -> None:
    launch = f"{[sys.executable, _LAUNCHER, str(tmp_path / 'pid')]!r}"
    code = (
        "import os, subprocess, time\n"
        f"subprocess.Popen([*{launch}, str(os.getpid() if {when == 'after'} else 1 << 22),"
        f" *{_SLEEP!r}]).poll()\n"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        if when == "before":
            time.sleep(0.5)
            assert not (tmp_path / "pid").exists()
            parent.kill()
        else:
            process = _wait_for(tmp_path / "pid")
            parent.kill()
            assert _wait_for_end(process)
