"""One call, seen from outside: an id, the time of each stage, one log line, counts; never patient data in any of them.

The line of a call is gathered while it runs (``note``) and written once, when the answer is out.
"""

from __future__ import annotations

import time
import uuid

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import timing
from service.web.error_responses import of_exception
from service.web.monitoring import metrics, telemetry
from service.web.monitoring.logs import log
from service.web.request_context import Call, current, failed

METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")
GONE = 499
"""The status, in logs and counts only, of a call whose caller hung up before the answer."""


class Tracing:
    """ASGI middleware: gives each request an id, times and logs it, and turns an unforeseen error into a 500.

    A caller's X-Request-ID is taken over only if it is a UUID, because anything else could carry patient data
    into the logs. While the process drains, every answer asks the client to close its connection, so that none is
    idle, and none is cut off in mid-request, when the process stops.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        call = Call(_given_id(scope) or str(uuid.uuid4()))
        token, times = current.set(call), timing.begin()
        began = time.perf_counter_ns()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", call.id.encode())]
                if getattr(scope["app"].state, "draining", False):
                    headers.append((b"connection", b"close"))
                message["headers"] = headers
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except ClientDisconnect:
            status = status or GONE
        except Exception as error:  # the outermost place: whatever failed, the caller gets an answer and the log a line
            failed(error)
            if status:
                raise
            await of_exception(error)(scope, receive, send_with_id)
        finally:
            _finish(scope, call, status, began, timing.end(times))
            current.reset(token)


def _finish(scope: Scope, call: Call, status: int, began: int, times: timing.Times) -> None:
    ended = time.perf_counter_ns()
    route = getattr(scope.get("route"), "path", "unmatched")
    if route.startswith("/healthz") or route == "/metrics":
        return
    service = metrics.service_of(route, scope.get("path_params", {}))
    metrics.called(service, status, (ended - began) / 1e9, times)
    method = scope["method"] if scope["method"] in METHODS else "other"
    log.info(
        "call",
        request_id=call.id,
        method=method,
        route=route,
        service=service,
        status=status,
        ms=round((ended - began) / 1e6, 2),
        stages_ms=_by_stage(times),
        **call.told,
    )
    telemetry.trace(method, route, status, began, ended, times, call.told)


def _by_stage(times: timing.Times) -> dict[str, float]:
    took: dict[str, float] = {}
    for stage, began, ended in times:
        took[stage] = round(took.get(stage, 0.0) + (ended - began) / 1e6, 2)
    return took


def _given_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            try:
                return str(uuid.UUID(value.decode("ascii")))
            except (ValueError, UnicodeDecodeError):
                return ""
    return ""
