"""An emergency that the MRI of today shows asks for the surgeon and for no second MRI."""

from __future__ import annotations

from datetime import date

from service import pipeline

DAY = date(2026, 3, 2)


def steps(scanned, seen, found="Large epidural haematoma at L4-L5."):
    def entry(kind, id_, **more):
        return {"resource": {"resourceType": kind, "id": id_, "subject": {"reference": "Patient/p"}, **more}}

    chart = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            entry("Procedure", "op", status="completed", code={"text": "Laminectomy L4-L5"},
                  performedDateTime="2026-02-27"),
            entry("DiagnosticReport", "r", status="final", code={"text": "MRI lumbar spine"}, effectiveDateTime=scanned,
                  conclusion=found),
            entry("Observation", "o", status="final", code={"text": "Visit"}, effectiveDateTime=seen,
                  valueString="New saddle numbness, foot drop on the left since this morning."),
        ],
    }  # fmt: skip
    service = pipeline.start()
    told = pipeline.explain(chart, DAY, service, "", pipeline.writing(service))
    assert "critical" == told["cards"][0]["indicator"]
    return {step["id"] for step in told["nextSteps"]}


def test_a_haematoma_on_the_mri_of_today_asks_for_the_surgeon_alone():
    told = steps("2026-03-02", "2026-03-02")

    assert "surgeon-review" in told
    assert "mri-lumbar" not in told


def test_signs_since_the_mri_ask_for_another():
    assert "mri-lumbar" in steps("2026-03-01", "2026-03-02")


def test_an_mri_without_a_haematoma_answers_nothing():
    assert "mri-lumbar" in steps("2026-03-02", "2026-03-02", "Small disc protrusion at L5-S1.")
