"""A budget of bytes under way in one process: over it a call is told to come back, and nothing more of it is read.

What a chart takes in memory is many times its size, and calls that wait for a slow EHR hold theirs all the while.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.errors import Busy
from service.web.error_responses import RETRY, outcome

SENTENCE = "Too much is under way in this process; send the call again in a moment."


class InFlight:
    """ASGI middleware. One call alone is always admitted, whatever its size, for its own limit is another one."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app, self.limit, self.held = app, limit, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        charged = _declared(scope)
        if self._over(charged):
            await outcome(503, "throttled", SENTENCE, RETRY)(scope, receive, send)
            return
        self.held += charged
        received = 0

        async def counted() -> Message:
            nonlocal charged, received
            message = await receive()
            received += len(message.get("body", b""))
            if (more := received - charged) > 0:
                if self.held > charged and self._over(more):
                    raise Busy(SENTENCE)
                self.held += more
                charged += more
            return message

        try:
            await self.app(scope, counted, send)
        finally:
            self.held -= charged

    def _over(self, more: int) -> bool:
        return self.held > 0 and self.held + more > self.limit


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and len(value) < 12:
            return int(value)
    return 0
