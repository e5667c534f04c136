"""Run as a program: leaves the caller's session, keeps its own process id, becomes the server.

    launcher.py PID_FILE PARENT COMMAND…

As the server keeps the process id, no crash of the caller can part it from its pid file.
PARENT is the id of the process to die with (Linux only), or 0.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def main(pid_file: str, parent: str, *command: str) -> None:
    os.setsid()
    if int(parent):
        _die_with(int(parent))
    fresh = Path(f"{pid_file}.new")
    fresh.write_text(str(os.getpid()), "ascii")
    fresh.replace(pid_file)
    os.execv(command[0], command)  # noqa: S606  # no shell is the point


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the caller is gone")


if __name__ == "__main__":
    main(*sys.argv[1:])
