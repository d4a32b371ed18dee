"""Large charts wait for their turn beside the event loop: meanwhile probes and small charts are answered at once."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from service import pipeline
from service.domain.errors import Busy
from service.web import lane
from tests.ehr.serving import serving
from tests.web.calls import VIEW, call, empty_call, topics

CHART = "recurrent-herniation-classic"
LOUD = "rf-cauda-equina-saddle"


def large(name=CHART, times=3_000):
    """The same chart with appointments, which are read over, so that it is far from small."""
    made = call(name)
    made["prefetch"]["conditions"]["entry"].extend(
        {"resource": {"resourceType": "Slot", "id": f"s{n}"}} for n in range(times)
    )
    return made


@contextmanager
def held_evaluation():
    """Yields (entered, go on): whatever is evaluated in another thread than the event loop's waits for the second."""
    entered, go_on, answer = threading.Event(), threading.Event(), pipeline.answer

    def waiting(*given):
        if threading.current_thread().name.startswith("evaluation"):
            entered.set()
            assert go_on.wait(60)
        return answer(*given)

    with patch("service.web.cds_hooks.pipeline.answer", waiting):
        try:
            yield entered, go_on
        finally:
            go_on.set()


def test_probes_and_small_charts_are_answered_while_large_charts_wait():
    with serving(open=True, log_level="ERROR") as client, ThreadPoolExecutor(4) as callers:
        alone = topics(client.post(VIEW, json=call(LOUD)))
        with held_evaluation() as (entered, go_on):
            waiting = [callers.submit(client.post, VIEW, json=large()) for _ in range(4)]
            assert entered.wait(60)
            alive = [client.get(f"/healthz/{probe}").status_code for probe in ("live", "ready", "startup")]
            meanwhile = topics(client.post(VIEW, json=call(LOUD)))
            done = [each.done() for each in waiting]
            go_on.set()
            answers = [topics(each.result(60)) for each in waiting]
        expected = topics(client.post(VIEW, json=call(CHART)))

    assert ([200] * 3, alone, [False] * 4) == (alive, meanwhile, done)
    assert [expected] * 4 == answers


@pytest.mark.parametrize("path", ["/explain", "/fhir/$evaluate-fbss", VIEW])
def test_one_that_is_too_many_is_asked_to_come_back(path):
    with (
        patch.object(lane, "PARSED", 100_000),
        serving(open=True, log_level="ERROR", max_waiting=1) as client,
        ThreadPoolExecutor(3) as callers,
    ):
        with held_evaluation() as (entered, go_on):
            first = callers.submit(client.post, VIEW, json=large())
            assert entered.wait(60)
            two = [callers.submit(client.post, path, json=large(), timeout=60) for _ in range(2)]
            (early,), (late,) = wait(two, 60, FIRST_COMPLETED)  # whichever came second
            refused, alive = early.result(), client.get("/healthz/live")
            go_on.set()
            answers = [first.result(60).status_code, late.result(60).status_code]
        after = client.post(VIEW, json=large())

    assert (503, "1", "throttled") == (
        refused.status_code, refused.headers["retry-after"], refused.json()["issue"][0]["code"]
    )  # fmt: skip
    assert (200, [200, 200], 200) == (alive.status_code, answers, after.status_code)


def test_a_small_body_that_unpacks_to_a_large_chart_is_not_evaluated_on_the_loop():
    with serving(open=True, log_level="ERROR") as client, ThreadPoolExecutor(1) as callers:
        packed = gzip.compress(json.dumps(large()).encode())
        headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        with held_evaluation() as (entered, go_on):
            waiting = callers.submit(client.post, VIEW, content=packed, headers=headers)
            assert entered.wait(60)
            assert 200 == client.get("/healthz/live").status_code
            go_on.set()
            assert 200 == waiting.result(60).status_code
    assert len(packed) < lane.SMALL


@pytest.mark.parametrize(
    "dense",
    [b"[" + b"[]," * 400_000 + b"0]", b"[" + b'{"":0},' * 250_000 + b"0]", b"[" + b'"a",' * 400_001 + b"0]"],
    ids=["lists", "objects", "texts"],
)
@pytest.mark.parametrize("path", ["/explain", VIEW])
def test_a_body_of_more_values_than_any_chart_has_is_refused_unread(dense, path, client):
    answer = client.post(path, content=dense, headers={"Content-Type": "application/json"})

    assert (413, "too-long") == (answer.status_code, answer.json()["issue"][0]["code"])


def test_the_lightest_goes_first_and_nobody_who_hung_up_holds_a_place():
    async def run():
        way, order = lane.Lane(10), []

        async def one(weight):
            with await way.enter(weight):
                await asyncio.sleep(0)
                order.append(weight)

        first = await way.enter(lane.PARSED)
        waiting = [asyncio.create_task(one(weight)) for weight in (5_000_000, 6_000_000, 70_000, 4_000_000)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        first.leave()
        await asyncio.gather(*waiting, return_exceptions=True)
        return order, way._held

    assert ([70_000, 4_000_000, 5_000_000], 0) == asyncio.run(run())


def test_one_heavier_than_all_that_may_be_held_comes_in_when_it_is_alone():
    async def run():
        way = lane.Lane(10)
        with await way.enter(lane.PARSED * 2):
            return way._held

    assert lane.PARSED * 2 == asyncio.run(run())


def test_what_is_fetched_counts_until_the_call_ends():
    async def run():
        way = lane.Lane(10)
        turn = await way.enter(lane.PARSED)
        turn.more(lane.FETCHED)
        held = way._held
        with pytest.raises(Busy):
            turn.more(1)
        turn.leave()
        return held, way._held

    assert (lane.PARSED + lane.FETCHED, 0) == asyncio.run(run())


def test_a_failure_in_the_thread_is_the_failure_of_its_call_and_the_next_goes_on():
    async def run():
        way = lane.Lane(10)
        turn = await way.enter(0, aside=True)
        with pytest.raises(ZeroDivisionError):
            await turn.run(lambda: 1 // 0)
        return await turn.run(lambda: threading.current_thread().name[:10])

    assert "evaluation" == asyncio.run(run())


def test_small_charts_do_not_hold_the_loop_for_longer_than_a_moment():
    async def run():
        way, where = lane.Lane(10), []
        turn = await way.enter(1)
        for spent in (0, lane._MOMENT * 2):
            way._spent = spent
            where.append(await turn.run(lambda: threading.current_thread().name.startswith("evaluation")))
        return where

    assert [False, True] == asyncio.run(run())


def test_a_chart_with_nothing_in_it_is_still_no_chart_when_it_is_large():
    with serving(open=True, log_level="ERROR") as client:
        made = empty_call()
        made["extension"] = "x" * 100_000
        del made["prefetch"]["procedures"]

        assert 412 == client.post(VIEW, json=made).status_code
