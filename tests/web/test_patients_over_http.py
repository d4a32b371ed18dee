"""The patients of the demo over HTTP: the right first card, in any order of entries, from any kind of Bundle."""

from __future__ import annotations

from random import Random

import pytest

from tests.demo.__main__ import SCENES, request
from tests.demo.__main__ import topics as shown
from tests.patients import build
from tests.web.calls import VIEW, call, searchset, today, topics

BY_NAME = {scene.patient: scene for scene in SCENES}


def without_uuids(told):
    if isinstance(told, dict):
        return {key: without_uuids(value) for key, value in told.items() if key != "uuid"}
    return [without_uuids(value) for value in told] if isinstance(told, list) else told


@pytest.mark.parametrize("name", BY_NAME)
def test_the_first_card_is_the_one_a_surgeon_expects(name, client):
    asked = {each["id"]: each for each in client.get("/cds-services").json()["services"]}
    answer = client.post(VIEW, json=request(BY_NAME[name], today(), asked["fbss-patient-view"]["prefetch"]))
    first = BY_NAME[name].first

    assert ([first] if first else []) == topics(answer)[:1]


@pytest.mark.parametrize("name", BY_NAME)
def test_shuffled_entries_give_the_same_cards(name, client):
    straight = call(name)
    shuffled = call(name)
    dice = Random(3)
    for answer in shuffled["prefetch"].values():
        dice.shuffle(answer.get("entry", []))

    assert without_uuids(client.post(VIEW, json=straight).json()) == without_uuids(
        client.post(VIEW, json=shuffled).json()
    )


@pytest.mark.parametrize("kind", ["collection", "searchset", "document", "transaction", "batch", "history"])
def test_explain_reads_every_kind_of_bundle(kind, client):
    patient = build.load("rf-cauda-equina-saddle")
    answer = client.post("/explain?asOf=2026-03-02", json=build.bundle(patient, kind=kind)).json()

    assert ["rf-cauda-equina"] == [alarm["id"] for alarm in answer["redFlags"]]


def test_the_hook_and_explain_say_the_same(client):
    patient = build.load("pseudarthrosis-smoker")
    hooked = client.post(VIEW, json=call(patient.name)).json()["cards"]
    explained = client.post("/explain", json=build.bundle(patient, as_of=today())).json()["cards"]

    assert shown(hooked) == shown(explained)


def test_somebody_elses_entries_are_not_read_and_a_call_with_nothing_else_is_refused(client):
    asked = call("rf-cauda-equina-saddle")
    stranger = [
        {**row["resource"], "subject": {"reference": "Patient/another"}}
        for row in asked["prefetch"]["conditions"]["entry"]
    ]
    asked["prefetch"]["conditions"] = searchset(*stranger)

    refused = client.post(VIEW, json=asked)

    assert (412, "incomplete") == (refused.status_code, refused.json()["issue"][0]["code"])
    assert "saddle" not in refused.text
