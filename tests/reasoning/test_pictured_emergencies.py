"""An emergency that the MRI of today shows asks for the surgeon and for no second MRI."""

from __future__ import annotations

from datetime import date

import pytest

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


def told_of(report, operated="2026-02-25"):
    def entry(kind, id_, **more):
        return {"resource": {"resourceType": kind, "id": id_, "subject": {"reference": "Patient/p"}, **more}}

    chart = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            entry("Procedure", "op", status="completed", code={"text": "Laminectomy L3-L5"},
                  performedDateTime=operated),
            entry("DiagnosticReport", "r", status="final", code={"text": "MRI lumbar spine"},
                  effectiveDateTime="2026-03-02", conclusion=report),
            entry("Condition", "c", code={"text": "Low back pain"}, onsetDateTime=operated, recordedDate="2026-03-02"),
        ],
    }  # fmt: skip
    service = pipeline.start()
    return pipeline.explain(chart, DAY, service, "", pipeline.writing(service))


@pytest.mark.parametrize(
    "report",
    [
        "Large dorsal epidural collection L2-L5 with signal of blood products and critical compression of the sac.",
        "Epidural haematoma L3-L5 compressing the thecal sac.",
        "Extensive posterior epidural hematoma with severe canal stenosis.",
        "Dorsal fluid collection, T1 hyperintense, likely haematoma, effacing the thecal sac completely.",
        "Acute extradural haematoma at L4, cauda equina crowded, CSF effaced.",
        "Posterior epidural collection consistent with blood, sac flattened to 3 mm.",
        "Subfascial haematoma extending into the canal with high-grade compression of the dural sac.",
        "Epidural clot displaces and compresses the cauda equina.",
    ],
)
def test_a_compressing_haematoma_on_a_report_is_an_emergency_that_asks_for_no_second_mri(report):
    told = told_of(report)
    steps = {step["id"] for step in told["nextSteps"]}

    assert "critical" == told["cards"][0]["indicator"]
    assert "surgeon-review" in steps
    assert "mri-lumbar" not in steps


@pytest.mark.parametrize(
    "report",
    [
        "Small dorsal epidural haematoma without mass effect, as expected.",
        "Small epidural haematoma. Mild foraminal narrowing L5-S1, unchanged.",
        "Expected postoperative fluid collection, thecal sac not compressed.",
        "No epidural haematoma. Thecal sac well decompressed.",
    ],
)
def test_blood_that_presses_on_nothing_is_no_emergency(report):
    assert "critical" not in {card["indicator"] for card in told_of(report)["cards"]}
