"""Calls that make the service ask an EHR, and what their answers say is missing."""

from __future__ import annotations

from functools import cache

from tests.ehr.serving import CALL, access, prefetch_of, request, today
from tests.patients import build

BUDGET = 0.4
WHO = "recurrent-herniation-classic"


@cache
def chart(name=WHO):
    return build.chart(build.load(name), today())


def ask(service, ehr, prefetch=None, who=WHO, **more):
    return service.post(CALL, json=request(prefetch, who, **access(ehr, patient=who, **more)))


def diagnosis(answer):
    return answer.json()["issue"][0]["diagnostics"]


def kept(*keys):
    return {key: value for key, value in prefetch_of(chart()).items() if key not in keys}


def missing_on(answer):
    cards = answer.json()["cards"]
    assert cards
    return [card.get("detail", "").partition("Not available to this check:")[2].partition("\n")[0] for card in cards]
