"""Log lines: everything that this process says, as one JSON object per line on standard output, without patient data.

Our own lines hold only what ``trace`` and its callers put into them. Lines of libraries are cut down: an HTTP client
logs addresses, and an exception quotes the value that it choked on. So a library's line says who spoke, and, unless
the speaker is known to be harmless, not what.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

import orjson

from service.lean_imports import hidden
from service.web.monitoring.lines import Lines

with hidden("rich"):
    import structlog

log: Any = structlog.get_logger("backstory")

HARMLESS = ("uvicorn.error",)
"""Libraries whose messages speak of the process and never of what a request holds (uvicorn.access logs addresses)."""


_lines: Lines | None = None
_on_drop: list[Callable[[], None]] = []
_SERVER = ("uvicorn", "uvicorn.error", "uvicorn.access")


def configure(level: str) -> None:
    """Log JSON lines to standard output from ``level`` on; libraries never below WARNING, the server never below INFO.

    Whatever the level, no line shows patient data: DEBUG adds lines of our own, never a body.
    """
    global _lines
    lowest = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    lines = _lines = Lines(sys.stdout.buffer, _count_dropped)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.BytesLoggerFactory(cast(BinaryIO, lines)),
        cache_logger_on_first_use=False,
    )
    handler = _Handler()
    handler.setFormatter(_Bare())
    logging.root.handlers = [handler]
    logging.root.setLevel(max(lowest, logging.WARNING))
    for name in _SERVER:
        # However the server was started, its own handlers would print tracebacks with the values that they quote.
        logger = logging.getLogger(name)
        # Each call has one line already, ours: the access log must find no handler, or it writes a second.
        logger.handlers, logger.propagate = [], name != "uvicorn.access"
    logging.getLogger("uvicorn.error").setLevel(max(lowest, logging.INFO))


def flush() -> None:
    """Write the lines that waited for the reader of the log, as far as it takes them now."""
    if _lines is not None:
        _lines.flush()


def when_dropped(count: Callable[[], None]) -> None:
    """Call this for each line that the reader of the log was too slow for."""
    _on_drop.append(count)


def _count_dropped() -> None:
    for count in _on_drop:
        count()


class _Handler(logging.Handler):
    """The lines of libraries go the same way as ours."""

    def emit(self, record: logging.LogRecord) -> None:
        if _lines is not None:
            _lines.write(self.format(record).encode() + b"\n")


def where(error: BaseException) -> str:
    """File, line and function of the innermost frame: enough to look it up, and nothing of the data."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return "unknown"
    code = place.tb_frame.f_code
    return f"{code.co_filename.rsplit('/', 1)[-1]}:{place.tb_lineno} {code.co_name}"


_FRAME = re.compile(r'^  File "[^"\n]*?([^"/\n]+)", line (\d+), in (\w+)$', re.MULTILINE)


class _Bare(logging.Formatter):
    """The line of a library: its name and level, the type and place of an exception, and a harmless message."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {"event": "library", "logger": record.name, "level": record.levelname.lower()}
        if record.name.startswith(HARMLESS):
            message = record.getMessage()
            told["message"] = message.partition("\n")[0]
            if frames := _FRAME.findall(message):
                told["where"] = "{}:{} {}".format(*frames[-1])
        if record.exc_info and record.exc_info[1] is not None:
            told |= {"error": type(record.exc_info[1]).__name__, "where": where(record.exc_info[1])}
        told["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return orjson.dumps(told).decode()
