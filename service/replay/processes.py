"""Several processes at one task, watched: they end when the one that started them ends, however that happens."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any

_GLANCE = 0.2
"""Seconds between two looks at how far they are."""


class Stopped(Exception):
    """A process ended before its work was done; the message says how."""


class Counter:
    """A number that processes add to and that their parent reads."""

    def __init__(self, context: Any) -> None:
        self._value = context.Value("q", 0)

    def add(self, more: int) -> int:
        """Add, and return what it was before."""
        with self._value.get_lock():
            before = int(self._value.value)
            self._value.value = before + more
            return before

    def count(self, more: int) -> None:
        self.add(more)

    @property
    def now(self) -> int:
        return int(self._value.value)


def counter() -> Counter:
    return Counter(_context())


def run(task: Callable[..., None], each: Sequence[tuple[Any, ...]], glance: Callable[[], None]) -> None:
    """Call ``task`` once for each tuple of arguments, each in a process of its own; ``glance`` is called meanwhile.

    One alone is done here. Raises Stopped when a process fails; the others are ended then, as on Ctrl-C.
    """
    if len(each) == 1:
        with _glancing(glance):
            task(*each[0])
        return
    started = [_context().Process(target=_watched, args=(task, arguments), daemon=True) for arguments in each]
    try:
        for process in started:
            process.start()
        left = list(started)
        while left:
            wait([process.sentinel for process in left], timeout=_GLANCE)
            glance()
            for process in [each for each in left if not each.is_alive()]:
                left.remove(process)
                if process.exitcode:
                    raise Stopped(_how(process.exitcode))
    finally:
        for process in started:
            if process.is_alive():
                process.terminate()
        for process in started:
            process.join()


@contextmanager
def _glancing(glance: Callable[[], None]) -> Iterator[None]:
    """Look while this process itself is busy, and once when it is done."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(_GLANCE):
            glance()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
    glance()


def _how(code: int) -> str:
    if code == -signal.SIGKILL:
        return "a process was killed, most likely for want of memory: try fewer with --workers"
    return f"a process ended with code {code}"


def _watched(task: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told, and ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    task(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _context() -> Any:
    """New interpreters: the engine of the rules must not be shared by a fork."""
    return multiprocessing.get_context("spawn")
