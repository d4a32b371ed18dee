"""One uvicorn worker in a process of its own, pinned to the first core: start, wait until ready, measure, stop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

_TICKS = os.sysconf("SC_CLK_TCK")
_LONGEST_START = 60.0


class Server:
    """``cpu_seconds`` counts the whole process tree; ``ready_after`` is the time from start to the first answer."""

    def __init__(self, app: str, *, factory: bool = False) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        command = [sys.executable, "-m", "uvicorn", app, "--port", str(self.port), "--log-level", "warning"]
        command += ["--no-access-log", "--loop", "uvloop", "--http", "httptools", *(["--factory"] if factory else [])]
        self._command = command

    def __enter__(self) -> Server:
        began = time.perf_counter()
        settings = {**os.environ, "BACKSTORY_OPEN": "true", "BACKSTORY_MAX_BODY": "50000000"}
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, env=settings)
        os.sched_setaffinity(self._process.pid, {min(os.sched_getaffinity(0))})
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > _LONGEST_START:
                raise RuntimeError("the server did not start")
        self.ready_after = time.perf_counter() - began
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"GET /healthz/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return line.recv(12).endswith(b"200")
        except OSError:
            return False

    def cpu_seconds(self) -> float:
        told = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(told[11]) + int(told[12])) / _TICKS

    def memory_mb(self) -> float:
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
