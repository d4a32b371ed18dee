"""Request ids and log lines: one id per request, one JSON line per call, and never patient data in either."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from contextvars import ContextVar
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_request_id: ContextVar[str] = ContextVar("request_id", default="")

log: Any = structlog.get_logger("backstory")


def request_id() -> str:
    return _request_id.get() or "none"


def configure(level: str) -> None:
    """Log JSON lines to standard output from ``level`` on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )


class Tracing:
    """ASGI middleware: gives each request an id, logs its outcome, and turns an unforeseen error into a 500.

    A caller's X-Request-ID is taken over only if it is a UUID, because anything else could carry patient data
    into the logs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ident = _given_id(scope) or str(uuid.uuid4())
        token = _request_id.set(ident)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=ident)
        began = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", ident.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as error:  # the last line of defence: a failure must not look like "nothing found"
            log.error("failed", error=type(error).__name__, where=_where(error))
            if status:
                raise
            from service.web.failures import of_exception

            await of_exception(error)(scope, receive, send_with_id)
        finally:
            _finish(scope, status, time.perf_counter() - began)
            _request_id.reset(token)


def _finish(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("route")
    path = getattr(route, "path", "unmatched")
    if not path.startswith("/healthz"):
        log.info("request", method=scope["method"], route=path, status=status, ms=round(seconds * 1000, 2))


def _given_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            try:
                return str(uuid.UUID(value.decode("ascii")))
            except (ValueError, UnicodeDecodeError):
                return ""
    return ""


def _where(error: BaseException) -> str:
    """File, line and function of the innermost frame: enough to look it up, and nothing of the data."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return "unknown"
    code = place.tb_frame.f_code
    return f"{code.co_filename.rsplit('/', 1)[-1]}:{place.tb_lineno} {code.co_name}"
