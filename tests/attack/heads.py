"""Heads: megabytes of small headers, one endless header, too many, and connections that never finish theirs."""

from __future__ import annotations

import contextlib
import socket
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.attack.target import MOST_MS, Row, idle_ms, peak_mb, probing, told
from tests.operations.server import Server

_HEAD = b"POST /explain HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
_REFUSED = ("431", "408", "503", "closed")
MOST_MB = 50
"""Beyond what the server held before."""


def attack(server: Server) -> Iterator[Row]:
    most_ms = MOST_MS + idle_ms(server.port)
    small, large = b"x: " + b"a" * 1_000 + b"\r\n", b"x: " + b"a" * 1_000_000
    for name, parts in (
        ("64 MB of small headers", [small * 1_000] * 64),
        ("one header of 64 MB", [large] * 64),
        ("10,000 headers of one letter", [b"x: y\r\n" * 10_000]),
    ):
        before = peak_mb(server.process.pid)
        with probing(server.port) as seen:
            met = Counter([_sent(server.port, parts) for _ in range(4)])
        more = peak_mb(server.process.pid) - before
        held = set(met) <= set(_REFUSED) and more < MOST_MB and seen.at(0.99) <= most_ms
        yield Row(f"{name}, 4 times", f"refused, < {MOST_MB} MB", f"{told(met)}; {more:.0f} MB more; {seen}", held)
    yield _half(server, most_ms)


def _half(server: Server, most_ms: float) -> Row:
    """Heads that never end: given up in time, while others are answered."""
    with probing(server.port) as seen, contextlib.ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", server.port), 60)) for _ in range(64)]
        for line in lines:
            line.sendall(_HEAD)
        met: Counter[int | str] = Counter(_status(line) for line in lines)
    return Row("64 heads that never end", "408 in time, others answered", f"{told(met)}; {seen}",
               set(met) == {"408"} and seen.at(0.99) <= most_ms)  # fmt: skip


def _sent(port: int, parts: Iterable[bytes]) -> int | str:
    with socket.create_connection(("127.0.0.1", port), 60) as line:
        with contextlib.suppress(OSError):
            for part in (_HEAD, *parts):
                line.sendall(part)
        return _status(line)


def _status(line: socket.socket) -> int | str:
    try:
        answer = line.recv(4_096)
    except OSError:
        answer = b""
    return answer.split(b" ")[1].decode() if answer.startswith(b"HTTP") else "closed"
