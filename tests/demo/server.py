"""The service as a process of its own on a free loopback port, from start to readiness to stop."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
_START_SECONDS = 30.0


class NotReadyError(Exception):
    """The service did not come up; the message holds the end of its log."""


@contextmanager
def serving(options: Sequence[str] = ()) -> Iterator[str]:
    """Run `backstory serve --open` and give its address once it is ready."""
    port = free_port()
    command = [sys.executable, "-m", "service", "serve", "--open", "--port", str(port), *options]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "BACKSTORY_TIME_ZONE": "UTC"}
        )
        try:
            address = f"http://127.0.0.1:{port}"
            if not _ready(process, address):
                log.seek(0)
                raise NotReadyError(log.read().decode(errors="replace")[-2000:])
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(process: subprocess.Popen[bytes], address: str) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    with httpx.Client(base_url=address, trust_env=False, timeout=2) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get("/healthz/ready").status_code == 200:
                    return True
            except httpx.TransportError:
                time.sleep(0.05)
    return False
