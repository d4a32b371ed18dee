"""What is beside the point changes nothing: an unrelated entry, a duplicate, another order, a benign note."""

from __future__ import annotations

import copy
import random
from functools import cache

import pytest

from service import pipeline
from tests.patients import build

RUNS = 8
"""Per patient: with all patients more than a thousand runs."""

UNRELATED = (
    {
        "resourceType": "Observation", "id": "unrelated", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2093-3", "display": "Cholesterol"}]},
        "effectiveDateTime": "2026-01-05", "valueQuantity": {"value": 190, "unit": "mg/dL"},
    },
    {
        "resourceType": "Condition", "id": "unrelated",
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "H52.4", "display": "Presbyopia"}]},
        "recordedDate": "2020-05-05",
    },
    {
        "resourceType": "DiagnosticReport", "id": "unrelated", "status": "final", "code": {"text": "Progress note"},
        "effectiveDateTime": "2026-01-05", "conclusion": "Influenza vaccine given today.",
    },
)  # fmt: skip


@cache
def service():
    return pipeline.start()


def cards(bundle, day):
    told = pipeline.explain(bundle, day, service(), "", pipeline.writing(service()))["cards"]
    return [(card["source"]["topic"]["code"], card["indicator"], card["summary"]) for card in told]


def changed(bundle, chance):
    """The same chart with its entries in another order, one of them twice, and one that has nothing to do with it."""
    other = copy.deepcopy(bundle)
    entries = other["entry"]
    entries.append(copy.deepcopy(chance.choice(entries)))
    more = {**chance.choice(UNRELATED), "subject": _subject(entries)}
    entries.append({"resource": more})
    chance.shuffle(entries)
    return other


def _subject(entries):
    person = next((e["resource"] for e in entries if e["resource"]["resourceType"] == "Patient"), {"id": "p"})
    return {"reference": f"Patient/{person['id']}"}


@pytest.mark.parametrize("name", build.names())
def test_what_is_beside_the_point_never_changes_the_cards(name):
    patient = build.load(name)
    bundle = build.bundle(patient)
    before = cards(bundle, patient.as_of)
    chance = random.Random(name)

    for _ in range(RUNS):
        assert before == cards(changed(bundle, chance), patient.as_of)
