"""The event loop looks at its connections all the while, whatever is evaluated beside it.

Measured in processor time of the whole process, for how long a machine with other work takes is not ours.
"""

from __future__ import annotations

import asyncio
import time

import orjson
import pytest

from tests.benchmarks import payloads
from tests.robustness.inside import ask, once
from tests.web.calls import VIEW, today

MOST_SECONDS = 0.25
"""Of processor time between two looks, while sixteen charts are evaluated that take more together."""


async def _looks(done):
    """Seconds of processor time of the whole process between any two turns of the loop."""
    gaps = []
    while not done.is_set():
        before = time.process_time()
        await asyncio.sleep(0.001)
        gaps.append(time.process_time() - before)
    return gaps


@pytest.mark.parametrize("path", [VIEW, "/explain"])
def test_the_loop_is_never_long_away_while_large_charts_are_evaluated(path):
    body = payloads.call(fbss=True, resources=265, today=today())
    statuses, took, gaps = _met(path, [body] * 16)

    assert [200] * 16 == statuses
    assert max(gaps) < MOST_SECONDS < took


def test_one_huge_text_in_odd_letters_lets_the_loop_look_too():
    text = "low back pain \U0001f9b4 " * 200_000
    entry = {"resourceType": "Condition", "id": "c", "code": {"text": text}}
    statuses, took, gaps = _met("/explain", [orjson.dumps([entry])])

    assert [200] == statuses
    assert max(gaps) < MOST_SECONDS < took


def _met(path, bodies):
    """Statuses of calls made at once, the processor time of all, and the gaps in which the loop did not look."""

    async def run():
        done = asyncio.Event()
        looking = asyncio.create_task(_looks(done))
        began = time.process_time()
        answers = await asyncio.gather(*(once("POST", path, body) for body in bodies))
        took = time.process_time() - began
        done.set()
        return [status for status, _, _ in answers], took, await looking

    ask("POST", path, payloads.call(fbss=True, resources=31, today=today()))
    return asyncio.run(run())
