"""The call under way: its id, and what its log line will say of it; never patient data."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from service.web.monitoring.logs import log, where


@dataclass(slots=True)
class Call:
    """The id of a call, and what was noted of it so far."""

    id: str
    told: dict[str, Any] = field(default_factory=dict)


current: ContextVar[Call | None] = ContextVar("call", default=None)


def request_id() -> str:
    call = current.get()
    return call.id if call else "none"


def note(**told: Any) -> None:
    """Add to the log line of the call under way. Never pass anything that came with the request, except through a
    closed list: record ids, a client's name from the clients file, a UUID that was parsed as one, counts."""
    call = current.get()
    if call is not None:
        call.told.update(told)


def failed(error: BaseException) -> None:
    """Log a failure of our own: its type and place, never its text, which may quote the chart."""
    log.error("failed", request_id=request_id(), error=type(error).__name__, where=where(error))
