"""A server in a process of its own, on the cores it is given: start, wait until ready, measure its processes, stop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType

_LONGEST_START = 60.0


class Server:
    """``cpu_seconds`` counts the whole process tree; ``ready_after`` is the time from start to the first answer."""

    def __init__(self, command: list[str], cores: Collection[int], *, probe: str = "/healthz/ready", **more: str):
        """``{port}`` in the command is replaced; ``more`` are variables of its environment."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._command = [part.replace("{port}", str(self.port)) for part in command]
        self._cores, self._probe, self._more = cores, probe, more

    def __enter__(self) -> Server:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
        own = os.sched_getaffinity(0)
        began = time.perf_counter()
        os.sched_setaffinity(0, self._cores)  # inherited by the server and all its threads
        try:
            self._process = subprocess.Popen(
                self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings | self._more
            )
        finally:
            os.sched_setaffinity(0, own)
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > _LONGEST_START:
                self._process.kill()
                raise RuntimeError(f"it did not start: {' '.join(self._command)}")
        self.ready_after = time.perf_counter() - began
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"GET {self._probe} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
                return line.recv(12).endswith(b"200")
        except OSError:
            time.sleep(0.002)
            return False

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(process) for process in _tree(self._process.pid))

    def memory_mb(self) -> float:
        """Resident memory of the largest process: of one worker."""
        return max(_resident_mb(process) for process in _tree(self._process.pid))


def floor(cores: Collection[int]) -> Server:
    return _uvicorn("tests.benchmarks.floor:bare", cores)


def static(cores: Collection[int]) -> Server:
    return _uvicorn("tests.benchmarks.floor:static", cores)


def _uvicorn(app: str, cores: Collection[int]) -> Server:
    command = [sys.executable, "-m", "uvicorn", app, "--port", "{port}", "--log-level", "warning"]
    return Server([*command, "--no-access-log", "--loop", "uvloop", "--http", "httptools"], cores)


def backstory(cores: Collection[int], *, workers: int = 1, clients: Path | None = None) -> Server:
    """The service as it is deployed: log, counts and checks on; open, or with JWTs of the clients in the file."""
    command = [sys.executable, "-m", "service", "serve", "--port", "{port}", "--workers", str(workers)]
    trust = {"BACKSTORY_CLIENTS": str(clients)} if clients else {"BACKSTORY_OPEN": "true"}
    return Server(command, cores, BACKSTORY_MAX_BODY="50000000", **trust)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _tree(int(child))


def _cpu_seconds(pid: int) -> float:
    """From the process's own clock, whose number Linux makes from the pid: /proc counts in steps of 10 ms only."""
    return time.clock_gettime((~pid << 3) | 2)


def _resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
