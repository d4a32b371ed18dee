"""What holds for every card of every patient, whatever it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.servicerequest import ServiceRequest

from service.web.openapi import Explanation
from tests.patients import build
from tests.web.calls import VIEW, call

HTML = re.compile(r"<[a-zA-Z/!]")


def answers(client, name) -> dict[str, Any]:
    patient = build.load(name)
    answer = client.post(f"/explain?asOf={patient.as_of}", json=build.bundle(patient))
    assert 200 == answer.status_code, answer.text
    told: dict[str, Any] = answer.json()
    return told


def broken_laws(card: dict[str, Any], patient: str) -> Iterator[str]:
    if not 0 < len(card["summary"]) <= 139 or "\n" in card["summary"]:
        yield f"summary: {card['summary']}"
    if card["indicator"] not in ("info", "warning", "critical"):
        yield f"indicator: {card['indicator']}"
    if {"system", "code", "display"} != set(card["source"]["topic"]) or not card["source"]["label"]:
        yield f"source: {card['source']}"
    if HTML.search(card.get("detail", "")):
        yield f"HTML: {card['detail']}"
    if hollow := [path for path, value in leaves(card) if value in (None, "", [], {})]:
        yield f"empty: {hollow}"
    if any(f"{{{name}}}" in card["summary"] for name in ("level", "side")):
        yield f"placeholder: {card['summary']}"
    UUID(card["uuid"])
    suggestions = card.get("suggestions", ())
    if bool(suggestions) != ("selectionBehavior" in card):
        yield "suggestions and selectionBehavior go together"
    for suggestion in suggestions:
        UUID(suggestion["uuid"])
        for action in suggestion["actions"]:
            if action["resource"]["resourceType"] != "ServiceRequest":
                continue
            order = ServiceRequest.model_validate(action["resource"])
            if (order.status, order.intent) != ("draft", "proposal"):
                yield f"order: {order.status}, {order.intent}"
            if order.subject.reference != f"Patient/{patient}":
                yield f"order about {order.subject.reference}"


def proposed(card: dict[str, Any]) -> list[dict[str, Any]]:
    actions = (action for suggestion in card.get("suggestions", ()) for action in suggestion["actions"])
    return [a["resource"] for a in actions if a["resource"]["resourceType"] == "ServiceRequest"]


def leaves(value: Any, path: str = "card") -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{at}]")


@pytest.mark.parametrize("name", build.names())
def test_every_answer_keeps_the_published_shape_and_the_laws_of_cards(name, client):
    told = answers(client, name)
    Explanation.model_validate(told)
    ids = [card["uuid"] for card in told["cards"]]
    orders = [order["code"]["text"] for card in told["cards"] for order in proposed(card)]

    assert [] == [law for card in told["cards"] for law in broken_laws(card, name)]
    assert len(set(ids)) == len(ids)
    assert len(set(orders)) == len(orders), "a step is suggested on one card only"
    assert told["cards"] == sorted(told["cards"], key=lambda card: card["indicator"] != "critical")


@pytest.mark.parametrize("name", ["recurrent-herniation-classic", "rf-cauda-equina-saddle"])
def test_markup_in_the_chart_does_not_reach_the_card(name, client):
    asked = call(name)
    nasty = "<script>alert(1)</script> [click](javascript:x) **bold** <img src=x onerror=y> | a | b |\n# Title\n"
    for answer in asked["prefetch"].values():
        for row in answer.get("entry", ()):
            code = row["resource"].get("code")
            if isinstance(code, dict):
                code["text"] = nasty + code.get("text", "")
            if "conclusion" in row["resource"]:
                row["resource"]["conclusion"] = nasty + row["resource"]["conclusion"]
    cards = client.post(VIEW, json=asked).json()["cards"]
    text = "\n".join(card.get("detail", "") + card["summary"] for card in cards)

    assert cards
    assert [] == re.findall(r"<[a-zA-Z/!]|\]\(javascript|^# Title|(?<!\\)\|", text, re.MULTILINE)
