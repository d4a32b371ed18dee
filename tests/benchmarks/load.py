"""A loader that costs little: kept-alive connections that share a number of requests; the time of each out."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import uvloop


@dataclass(frozen=True)
class Load:
    """How long all of it took, the times of the requests, sorted, and one of the answers. Seconds."""

    seconds: float
    times: tuple[float, ...]
    answer: bytes

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds


def quantile(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


def run(
    port: int, path: str, body: bytes, *, connections: int, requests: int, tokens: Sequence[str] = (), rate: float = 0
) -> Load:
    """Send so many requests: as fast as they are answered, or at ``rate`` per second whatever the answers do.

    With ``tokens`` each request carries its own.
    """
    gc.collect()
    gc.disable()  # the loader's own pauses would count as the server's
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_run(port, _heads(path, body, requests, tokens), body, connections, rate))
    except (RuntimeError, OSError) as error:
        error.add_note(f"asked: port {port}, {path}")
        raise
    finally:
        gc.enable()


def _heads(path: str, body: bytes, requests: int, tokens: Sequence[str]) -> list[bytes]:
    lines = ("Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(body)}")
    plain = "\r\n".join((f"POST {path} HTTP/1.1", *lines, "")).encode()
    if not tokens:
        return [plain + b"\r\n"] * requests
    return [plain + f"Authorization: Bearer {token}\r\n\r\n".encode() for token in tokens[:requests]]


async def _run(port: int, heads: list[bytes], body: bytes, connections: int, rate: float) -> Load:
    loop = asyncio.get_running_loop()
    lines = [(await loop.create_connection(_Line, "127.0.0.1", port))[1] for _ in range(connections)]
    began = time.perf_counter()
    turns = iter([(began + at / rate if rate else 0.0, head) for at, head in enumerate(heads)])
    taken = await asyncio.gather(*(_client(line, turns, body) for line in lines))
    seconds = time.perf_counter() - began
    answer = next(line.answer for line in lines if line.answer)
    for line in lines:
        line.transport.close()
    return Load(seconds, tuple(sorted(one for some in taken for one in some)), answer)


async def _client(line: _Line, turns: Iterator[tuple[float, bytes]], body: bytes) -> list[float]:
    """Take turns until there are none. A turn that was due while all were busy counts from when it was due."""
    times = []
    for due, head in turns:
        began = time.perf_counter()
        if due > began:
            await asyncio.sleep(due - began)
            began = time.perf_counter()
        elif due:
            began = due
        await line.ask(head, body)
        times.append(time.perf_counter() - began)
    return times


class _Line(asyncio.Protocol):
    """One connection: a request goes out, and the future it gave is done when the whole answer is in."""

    answer = b""

    def connection_made(self, transport) -> None:
        self.transport = transport

    def ask(self, head: bytes, body: bytes) -> asyncio.Future[None]:
        self._parts: list[bytes] = []
        self._left: int | None = None
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport.writelines((head, body))
        return self._done

    def data_received(self, data: bytes) -> None:
        if self._left is None:
            data = b"".join((*self._parts, data))
            head, end, rest = data.partition(b"\r\n\r\n")
            self._parts = [rest if end else data]
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self._done.set_exception(RuntimeError(f"the server answered {head.split(b' ', 2)[1].decode()}"))
                return
            self._left = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(rest)
        else:
            self._parts.append(data)
            self._left -= len(data)
        if self._left == 0:
            self.answer = b"".join(self._parts)
            self._done.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if hasattr(self, "_done") and not self._done.done():
            self._done.set_exception(error or ConnectionResetError("the server closed the connection"))
