"""Load on a server by `wrk`, whose own cost is the same whoever answers."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.race.contestants import Served

_SCRIPT = Path(__file__).with_name("requests.lua")
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Measured:
    requests: int
    seconds: float
    failed: int
    """Without an answer, or with another status than 2xx and 3xx."""
    p50_ms: float
    p99_ms: float

    server_cpu_ms: float
    """Of one request; and what Neo4j spent on it."""
    neo4j_cpu_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def measure(
    served: Served, neo4j: psutil.Process | None, bodies: Path, *, clients: int, seconds: int
) -> Measured:
    """`clients` connections, each with its next request as soon as it has its answer.

    What Neo4j spends is 0 where it is not a process of this machine.
    """
    wrk = shutil.which("wrk")
    assert wrk is not None, "the load comes from wrk: install it (Debian, Ubuntu: wrk)"
    amount = ["--threads=1", f"--connections={clients}", f"--duration={seconds}s"]
    limits = [f"--timeout={_TIMEOUT_SECONDS}s", f"--script={_SCRIPT}"]
    command = [wrk, *amount, *limits, served.url, "--", str(bodies)]
    server = psutil.Process(served.pid)
    before = _cpu_ms(server), _cpu_ms(neo4j)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    count = told["requests"]
    return Measured(
        **told,
        server_cpu_ms=(_cpu_ms(server) - before[0]) / count,
        neo4j_cpu_ms=(_cpu_ms(neo4j) - before[1]) / count,
    )


def _cpu_ms(process: psutil.Process | None) -> float:
    if process is None:
        return 0
    times = process.cpu_times()
    return (times.user + times.system) * 1_000
