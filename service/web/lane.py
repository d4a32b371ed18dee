"""Where a chart is evaluated: a small one at once, a large one in a thread beside the event loop, when it is its turn.

An event loop that evaluates a large chart answers nobody meanwhile, not even a probe. So whatever takes more than a
moment is done by one thread: Python runs one at a time, and the rules engine takes one case at a time, so that a second
thread would bring memory and no speed. What is to be held in memory at once is bounded by weight, what waits by number;
the lightest goes first, so that a call of ordinary size never waits for one that is a hundred times larger.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import count
from typing import TypeVar

from service.domain.errors import Busy
from service.web.request_context import note

T = TypeVar("T")

SMALL = 64_000
"""Weight up to which a chart is evaluated on the loop: two ways to a thread and back would cost it more."""

PARSED = 6_400_000
"""Weight of all calls that are taken apart at once; a heavier one comes in when it is alone."""

FETCHED = 16_000_000
"""Weight beyond that for what is fetched for calls that are in already, and cannot wait: more than one of them may."""

_MOMENT = 0.02
"""Seconds that the loop may spend on small charts before it looks for what else there is."""

_WAITS = "Too many large charts wait in this process; send the call again in a moment."
_FULL = "Too much is being fetched in this process; send the call again in a moment."


class Lane:
    """One for each process. All of it but the work itself happens on the event loop, so that nothing needs a lock."""

    def __init__(self, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._held = 0
        self._numbers = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._turns: list[tuple[int, int, asyncio.Future[None]]] = []
        self._busy = False
        self._spent = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="evaluation")

    async def enter(self, weight: int, *, aside: bool = False) -> Turn:
        """Wait until a chart of this weight may be held in memory. Raises Busy when too many wait already.

        ``aside``: whatever its size, it is evaluated beside the loop. Whoever enters must leave: use ``with``.
        """
        if self._waiting or not self._fits(weight):
            await self._wait(weight)
        else:
            self._held += weight
        return Turn(self, weight, aside)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _fits(self, weight: int) -> bool:
        return self._held == 0 or self._held + weight <= PARSED

    async def _wait(self, weight: int) -> None:
        if len(self._waiting) >= self._most_waiting:
            raise Busy(_WAITS)
        began = time.monotonic()
        let_in = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (weight, next(self._numbers), let_in))
        try:
            await let_in
        except asyncio.CancelledError:
            if let_in.done() and not let_in.cancelled():
                self._release(weight)
            raise
        note(waited_ms=round((time.monotonic() - began) * 1e3, 1))

    def _release(self, weight: int) -> None:
        self._held -= weight
        while self._waiting and (self._waiting[0][2].done() or self._fits(self._waiting[0][0])):
            lightest, _, let_in = heapq.heappop(self._waiting)
            if not let_in.done():
                self._held += lightest
                let_in.set_result(None)

    def _grow(self, more: int) -> None:
        if self._held + more > PARSED + FETCHED:
            raise Busy(_FULL)
        self._held += more

    def _here(self, work: Callable[[], T]) -> T:
        """Do it on the loop, and note how long that took."""
        began = time.monotonic()
        try:
            return work()
        finally:
            self._spent += time.monotonic() - began

    def _is_tired(self) -> bool:
        """Whether the loop has done a moment's work since it last looked at its connections."""
        asyncio.get_running_loop().call_soon(self._looked)
        return self._spent > _MOMENT

    def _looked(self) -> None:
        self._spent = 0.0

    async def _aside(self, weight: int, work: Callable[[], T]) -> T:
        """Do it in the thread; of several that wait for it the lightest first."""
        loop = asyncio.get_running_loop()
        if self._busy:
            next_ = loop.create_future()
            heapq.heappush(self._turns, (weight, next(self._numbers), next_))
            try:
                await next_
            except asyncio.CancelledError:
                if next_.done() and not next_.cancelled():
                    self._next()
                raise
        self._busy = True
        done = loop.run_in_executor(self._thread, copy_context().run, work)
        # Whoever hangs up, the thread goes on with what it has begun, and is free only then.
        done.add_done_callback(lambda _: self._next())
        return await asyncio.shield(done)

    def _next(self) -> None:
        while self._turns:
            _, _, next_ = heapq.heappop(self._turns)
            if not next_.done():
                next_.set_result(None)  # the thread stays busy, for the one that was woken
                return
        self._busy = False


class Turn:
    """What one call holds while it is evaluated."""

    __slots__ = ("_aside", "_lane", "weight")

    def __init__(self, lane: Lane, weight: int, aside: bool) -> None:
        self._lane, self.weight, self._aside = lane, weight, aside

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        self._lane._release(self.weight)

    async def run(self, work: Callable[[], T], *, aside: bool = False) -> T:
        """Do a part of the evaluation: on the loop if it is small, and the loop has done no more than a moment of such
        work since it last looked at its connections; else in the thread."""
        if aside or self._aside or self.weight > SMALL or self._lane._is_tired():
            return await self._lane._aside(self.weight, work)
        return self._lane._here(work)

    def more(self, weight: int) -> None:
        """Hold what was fetched too. Raises Busy when calls of this process hold too much together."""
        self._lane._grow(weight)
        self.weight += weight

    def settle(self, weight: int) -> None:
        """Hold what a body weighs, now that it is unpacked or taken apart."""
        freed, self.weight = self.weight - weight, weight
        self._lane._release(freed)
