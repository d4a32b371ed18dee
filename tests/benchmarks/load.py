"""A loader that costs little: raw keep-alive connections, a fixed number of requests, the time of each."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """Requests per second, and the times of all requests in seconds, sorted."""

    per_second: float
    times: tuple[float, ...]

    def quantile(self, share: float) -> float:
        return self.times[min(len(self.times) - 1, int(len(self.times) * share))]


def run(port: int, path: str, body: bytes, *, connections: int, requests: int) -> Load:
    return asyncio.run(_run(port, path, body, connections, requests))


async def _run(port: int, path: str, body: bytes, connections: int, requests: int) -> Load:
    lines = ("Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(body)}")
    request = "\r\n".join((f"POST {path} HTTP/1.1", *lines, "", "")).encode() + body
    each = requests // connections
    began = time.perf_counter()
    taken = await asyncio.gather(*(_connection(port, request, each) for _ in range(connections)))
    seconds = time.perf_counter() - began
    times = sorted(one for some in taken for one in some)
    return Load(len(times) / seconds, tuple(times))


async def _connection(port: int, request: bytes, count: int) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    times = []
    for _ in range(count):
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server answered {head.split(b' ', 2)[1].decode()}")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
    writer.close()
    await writer.wait_closed()
    return times
