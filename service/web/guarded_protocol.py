"""The HTTP protocol of the server, with limits before any application sees a request: header size, count and time.

A parser that collects whatever it is sent can be filled with headers, or held open with half of them, long before
the limits of the body apply. What is refused here is answered in one line and the connection is closed.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.settings import Settings

_TOO_LARGE = b"431 Request Header Fields Too Large"
_LATE = b"408 Request Timeout"
_FULL = b"503 Service Unavailable"


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return Settings()


class GuardedProtocol(HttpToolsProtocol):
    """``max_header_bytes``, ``max_headers``, ``header_seconds`` and ``max_connections`` of the settings hold."""

    _reading_head = True
    _refused = False
    _fed = 0
    _size = 0
    _drained = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # narrowed as in uvicorn
        super().connection_made(transport)
        if len(self.connections) > _settings().max_connections:
            self._refuse(_FULL)
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        limit = _settings().max_header_bytes
        for at in range(0, len(data), limit):  # so that one large read of a head is not parsed beyond its limit
            super().data_received(data[at : at + limit])
            if self._reading_head:
                self._fed += len(data) - at if len(data) - at < limit else limit
                if self._fed > limit:
                    self._refuse(_TOO_LARGE)
            if self._refused or self.transport.is_closing():
                return

    def on_message_begin(self) -> None:
        self._fed = self._size = self._drained = 0
        self._await_head()
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value)
        if len(self.headers) >= _settings().max_headers or self._size > _settings().max_header_bytes:
            self._refuse(_TOO_LARGE)
            return
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._reading_head = False
        self._stop_timer()
        if not self._refused:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._refused:
            return
        if self.cycle.response_complete:
            self._drain(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._refused:
            self._stop_timer()
            super().on_message_complete()

    def _drain(self, size: int) -> None:
        """Let a client that was answered send the rest, for some read only then; but not for long, nor without end."""
        if not self._drained:
            self._timer = self.loop.call_later(_settings().header_seconds, self._close)
        self._drained += size
        if self._drained > 2 * _settings().max_body:
            self._close()

    def _close(self) -> None:
        self._refused = True
        self._stop_timer()
        self.transport.close()

    def _await_head(self) -> None:
        self._reading_head = True
        self._stop_timer()
        self._timer = self.loop.call_later(_settings().header_seconds, self._refuse, _LATE)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: bytes) -> None:
        self._refused = True
        self._stop_timer()
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()
