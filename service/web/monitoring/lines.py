"""Lines to standard output that never wait for whoever reads them: kept for a while, then dropped and counted.

A pipe whose reader stands still takes 64 kB and then holds whoever writes to it, and with the event loop the service.
"""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import BinaryIO

import orjson

MOST_KEPT = 5_000
"""Lines that wait for the reader, of half a kilobyte each; what is older is dropped for what is new."""

PIECE = 4_096
"""Bytes that a pipe takes whole and at once when it says that it takes any."""


class Lines:
    """A stream as structlog and logging want one. ``dropped`` is told of each line that was given up."""

    def __init__(self, stream: BinaryIO, dropped: Callable[[], None] = lambda: None) -> None:
        self._stream, self._dropped = stream, dropped
        self._kept: deque[bytes] = deque()
        self._lost = 0
        self._lock = Lock()
        self._ready = select.poll()
        try:
            self._ready.register(stream.fileno(), select.POLLOUT)
            self._is_pipe = True
        except OSError:  # a stream inside of this process, as in tests: it never waits
            self._is_pipe = False

    def write(self, line: bytes) -> None:
        """Write one whole line, or keep it until the reader has taken others."""
        with self._lock:
            self._kept.append(line)
            if len(self._kept) > MOST_KEPT:
                self._kept.popleft()
                self._lost += 1
                self._dropped()
            self._write_kept()

    def flush(self) -> None:
        """Write what was kept, as far as the reader takes it now."""
        if self._kept:
            with self._lock:
                self._write_kept()

    def _write_kept(self) -> None:
        while self._kept and self._takes_more():
            if self._lost:
                told, self._lost = {"event": "log lines dropped", "level": "warning", "number": self._lost}, 0
                self._put(orjson.dumps(told) + b"\n")
                continue
            self._put(self._kept.popleft())

    def _put(self, line: bytes) -> None:
        # One write per line: several workers share this pipe, and two writes would let their lines run together.
        self._stream.write(line)
        self._stream.flush()

    def _takes_more(self) -> bool:
        return not self._is_pipe or bool(self._ready.poll(0))
