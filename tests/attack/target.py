"""The server under attack, and two eyes on it: a probe in a process of its own, and what the kernel says of memory."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import orjson

PATIENCE = 300
MOST_MS = 100
"""That a live probe may take while others are at work."""

JSON = {"Content-Type": "application/json"}


class Row(NamedTuple):
    """One line of the table: what was sent, what was promised, what was seen, and whether that is it."""

    attack: str
    promise: str
    seen: str
    held: bool


class Probed:
    """Milliseconds of the probes that were answered meanwhile."""

    def __init__(self) -> None:
        self.took: list[float] = []

    def at(self, share: float) -> float:
        return self.took[min(len(self.took) - 1, int(share * len(self.took)))] if self.took else float("inf")

    def __str__(self) -> str:
        return (
            f"{len(self.took)} probes, median {self.at(0.5):.0f} ms, p99 {self.at(0.99):.0f}, slowest {self.at(1):.0f}"
        )


def idle_ms(port: int) -> float:
    """What one probe in a hundred takes when nothing else is asked: the part of this machine's other work."""
    with probing(port) as seen:
        for _ in range(200):
            answered(port, "GET", "/healthz/ready")
    return seen.at(0.99)


@contextmanager
def probing(port: int) -> Iterator[Probed]:
    """Ask for the live probe all the while, each time on a new connection, from a process that does nothing else."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROBE, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    seen = Probed()
    try:
        yield seen
    finally:
        told, _ = process.communicate(b"enough\n", PATIENCE)
        seen.took = sorted(orjson.loads(told))


_PROBE = """
import json, select, socket, sys, time
port, took = int(sys.argv[1]), []
print("begun", flush=True)
while True:
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=300) as line:
        line.sendall(b"GET /healthz/live HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n")
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 200"), answer
    took.append((time.perf_counter() - began) * 1e3)
    if select.select([sys.stdin], [], [], 0.02)[0]:
        break
print(json.dumps(took))
"""


def peak_mb(pid: int) -> float:
    """The most memory that a process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def all_at_once(port: int, path: str, bodies: list[bytes], **headers: str) -> tuple[Counter[int | str], float]:
    """Send each body on a connection of its own: how often each status came, and the seconds of the slowest."""
    met: Counter[int | str] = Counter()
    took: list[float] = []

    def one(body: bytes) -> None:
        began = time.perf_counter()
        try:
            status: int | str = answered(port, "POST", path, body, **headers)[0]
        except (OSError, http.client.HTTPException) as problem:
            status = type(problem).__name__
        met[status] += 1
        took.append(time.perf_counter() - began)

    threads = [Thread(target=one, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met, max(took)


def answered(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body, {**JSON, **headers})
        answer = line.getresponse()
        told = answer.read()
        return answer.status, orjson.loads(told) if told else None
    finally:
        line.close()


def told(met: Counter[int | str]) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(met.items(), key=str))
