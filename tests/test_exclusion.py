import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hub.exclusion import exclusively

_HOLD = """
import sys, time
from pathlib import Path
from hub.exclusion import exclusively
with exclusively(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with exclusively(tmp_path / "lock", within=10):
            order.append("second")

    with exclusively(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]


def test_waiting_ends_when_the_time_is_up(tmp_path: Path) -> None:
    with (
        exclusively(tmp_path / "lock"),
        pytest.raises(TimeoutError),
        exclusively(tmp_path / "lock", within=0.1),
    ):
        pass


def test_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        holder.kill()

    with exclusively(tmp_path / "lock", within=0):
        pass
