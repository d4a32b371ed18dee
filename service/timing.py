"""How long each stage of one call took: ``with timed("facts")`` around a stage in, a list of times out."""

from __future__ import annotations

import time
from contextvars import ContextVar, Token

STAGES = ("intake", "fetch", "facts", "inference", "cards")

Times = list[tuple[str, int, int]]
"""Stage, begin and end in nanoseconds of ``time.perf_counter_ns``, in the order in which the stages ended."""

_times: ContextVar[Times | None] = ContextVar("times", default=None)


def begin() -> Token[Times | None]:
    """Start a list for the call under way; outside of a call, stages are not timed."""
    return _times.set([])


def end(token: Token[Times | None]) -> Times:
    """Take the list and stop timing."""
    found = _times.get() or []
    _times.reset(token)
    return found


class timed:  # noqa: N801 - it reads as a verb where it stands, and a generator would cost three times as much
    """Times one stage; the only state is when it began."""

    __slots__ = ("_began", "_stage")

    def __init__(self, stage: str) -> None:
        self._stage = stage

    def __enter__(self) -> None:
        self._began = time.perf_counter_ns()

    def __exit__(self, *_: object) -> None:
        found = _times.get()
        if found is not None:
            found.append((self._stage, self._began, time.perf_counter_ns()))
