"""What many entries of a chart share: each reads no more of it than it must, so that no chart is quadratic."""

from __future__ import annotations

import time

import orjson
import pytest

from service import pipeline
from tests.robustness.inside import PATIENCE, ask
from tests.robustness.test_long_charts import DAY, EXPLAIN, MANY, SUBJECT, bundle, days_back, operation, pain


def medicine(number):
    return {"resourceType": "MedicationRequest", "id": f"m{number}", "status": "active", **SUBJECT,
            "medicationReference": {"reference": "Medication/drug"}}  # fmt: skip


def drug(**code):
    return {"resourceType": "Medication", "id": "drug", "code": code}


def report_with_contained(subject, many):
    return {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": subject,
            "contained": [{"resourceType": "Observation", "status": "final"}] * many}  # fmt: skip


def result(phrases):
    words = ". ".join(f"Disc herniation L{1 + n % 4}-L{2 + n % 4}, stenosis" for n in range(phrases))
    return {"resourceType": "Observation", "id": "o", "status": "final", **SUBJECT, "valueString": words}


def naming_the_result(number):
    return {"resourceType": "DiagnosticReport", "id": f"r{number}", "status": "final", **SUBJECT,
            "code": {"text": "MRI lumbar spine"}, "effectiveDateTime": days_back(number % 300),
            "result": [{"reference": "Observation/o"}]}  # fmt: skip


ENDLESS = {str(number): 0 for number in range(100_000)}
SHARED = {
    "a drug with endless codes": [drug(coding=[{}] * 100_000), *map(medicine, range(MANY))],
    "a drug with an endless name": [drug(text="prednisolone " * 80_000), *map(medicine, range(MANY))],
    "a drug with endless elements": [drug(text="x", **ENDLESS), *map(medicine, range(MANY))],
    "a subject with endless elements": [report_with_contained({"reference": "Patient/p", **ENDLESS}, 10_000)],
    "small copies of one long resource": [
        pain(0, note=[{"text": "y"}] * 100_000, meta={"lastUpdated": "2026"}), *[pain(0)] * MANY
    ],
    "many short notes on one resource": [pain(0, note=[{"text": f"n{number}"} for number in range(100_000)])],
    "one result of very many reports": [result(300), *map(naming_the_result, range(MANY))],
    "answers without end": [{"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", **SUBJECT,
                             "item": [{}] * 150_000}],
}  # fmt: skip


@pytest.mark.parametrize("name", SHARED)
def test_what_thousands_share_is_not_read_whole_by_each(name):
    body = orjson.dumps(bundle(operation(1), *SHARED[name]))
    ask("POST", EXPLAIN, orjson.dumps(bundle(operation(1))))
    began = time.process_time()
    status, _, _ = ask("POST", EXPLAIN, body)
    took = time.process_time() - began

    assert 200 == status
    assert took < 2 * PATIENCE, f"{took:.1f} s"  # machines differ by two; what is quadratic takes many times more


def test_a_drug_that_another_resource_names_keeps_its_codes_and_its_name():
    named = drug(
        coding=[{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "8638"}], text="Prednisolone"
    )
    (read,) = pipeline.read(bundle(named, medicine(1)), DAY).medications

    assert ("8638", "Prednisolone") == (
        read.medication_codeable_concept.coding[0].code, read.medication_codeable_concept.text
    )  # fmt: skip


def test_of_many_versions_the_latest_leads_wherever_it_stands_and_no_word_is_lost():
    versions = [pain(0, meta={"lastUpdated": f"2026-01-{day:02d}"}, note=[{"text": str(day)}]) for day in range(1, 6)]
    for first in range(5):
        record = pipeline.read(bundle(*versions[first:], *versions[:first]), DAY)

        assert ["5", "4", "3", "2", "1"] == [note.text for condition in record.conditions for note in condition.note]
        assert 4 == len(record.skipped)
