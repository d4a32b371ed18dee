"""The same chart gives the same cards, byte for byte but for their ids: in any order, told twice, to any crowd."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from random import Random

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo import ehr
from tests.ehr.serving import serving
from tests.patients import build
from tests.robustness.inside import ask, ask_raw, sent_prefetch
from tests.web.calls import VIEW, today

UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ORDERED = frozenset({"note", "coding", "item", "answer", "given", "series", "presentedForm"})
"""Lists whose order FHIR gives a meaning; those of the chart's entries have none."""


def shuffled(value, dice, key=""):
    """The same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        items = list(value.items())
        dice.shuffle(items)
        return {name: shuffled(inner, dice, name) for name, inner in items}
    return [shuffled(inner, dice, key) for inner in value] if isinstance(value, list) else value


def retold(entries, dice):
    """Entries in another order, some of them twice, keys in another order."""
    told = [shuffled(entry, dice) for entry in entries]
    told += [shuffled(entry, dice) for entry in entries if dice.random() < 0.3]
    dice.shuffle(told)
    return told


def without_ids(body):
    return UUID.sub(b"an id", body)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(build.names()), st.integers(0, 2**32))
def test_a_hook_call_in_any_order_gives_the_same_bytes(name, number):
    patient, dice = build.load(name), Random(number)
    straight = ehr.request(patient.name, build.chart(patient, today()), sent_prefetch())
    other = shuffled(straight, dice)
    for answer in other["prefetch"].values():
        if answer and answer.get("entry"):
            answer["entry"] = retold(answer["entry"], dice)
    first, second = (ask_raw("POST", VIEW, orjson.dumps(each)) for each in (straight, other))

    assert (200, without_ids(first[2])) == (second[0], without_ids(second[2]))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(build.names()), st.integers(0, 2**32))
def test_a_bundle_in_any_order_is_explained_alike(name, number):
    patient, dice = build.load(name), Random(number)
    bundle = build.bundle(patient)
    address = f"/explain?asOf={patient.as_of}"
    first = ask_raw("POST", address, orjson.dumps(bundle))
    second = ask_raw("POST", address, orjson.dumps({**bundle, "entry": retold(bundle["entry"], dice)}))
    told, again = (orjson.loads(without_ids(each[2])) for each in (first, second))

    # What was left out is named by its place in the Bundle, and a repeated entry is left out.
    assert {**told, "skipped": None} == {**again, "skipped": None}


@pytest.mark.parametrize("name", ["recurrent-herniation-classic", "rf-cauda-equina-saddle", "quiet-old-codes"])
def test_sixteen_clients_at_once_get_the_same_cards(name):
    patient = build.load(name)
    body = orjson.dumps(ehr.request(patient.name, build.chart(patient, today()), sent_prefetch()))
    alone = without_ids(ask_raw("POST", VIEW, body)[2])

    def client(address):
        with httpx.Client(
            base_url=address, trust_env=False, timeout=30, headers={"Content-Type": "application/json"}
        ) as line:
            return [without_ids(line.post(VIEW, content=body).content) for _ in range(3)]

    with serving(open=True, log_level="ERROR") as server, ThreadPoolExecutor(16) as crowd:
        answers = list(crowd.map(client, [str(server.base_url)] * 16))

    assert {alone} == {each for told in answers for each in told}


def test_a_call_leaves_nothing_behind_for_the_next():
    quiet, loud = (build.load(name) for name in ("nothing-to-say-no-spine-surgery", "rf-cauda-equina-saddle"))
    bodies = [
        orjson.dumps(ehr.request(each.name, build.chart(each, today()), sent_prefetch())) for each in (quiet, loud)
    ]
    first = [without_ids(ask_raw("POST", VIEW, body)[2]) for body in bodies]
    later = [without_ids(ask_raw("POST", VIEW, body)[2]) for body in reversed(bodies)]

    assert first == later[::-1]
    assert ask("POST", VIEW, bodies[1])[2]["cards"]
