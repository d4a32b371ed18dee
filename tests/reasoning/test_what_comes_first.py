"""What was proven leads, what follows from it comes after, and a step that was done has a next one: whole charts in."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from service import pipeline

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def service():
    return pipeline.start()


@pytest.fixture(scope="module")
def writing(service):
    return pipeline.writing(service)


def of(kind, **fields):
    return {"resourceType": kind, "subject": {"reference": "Patient/p"}, **fields}


def chart(operation, day, note, *reports, side="Left", level="L4-L5", problem="Low back pain"):
    rows = [
        {"resourceType": "Patient", "id": "p", "birthDate": "1966-02-03"},
        of("Procedure", id="op", status="completed", code={"text": operation}, performedDateTime=day,
           bodySite=[{"text": level}, {"text": side}]),
        of("Condition", id="old", code={"text": problem}, onsetDateTime="2012-01-01", recordedDate="2012-01-01",
           clinicalStatus={"coding": [{"code": "active",
                                       "system": "http://terminology.hl7.org/CodeSystem/condition-clinical"}]}),
        of("DocumentReference", id="note", status="current", date="2026-09-10T10:00:00Z",
           type={"text": "Progress note"},
           content=[{"attachment": {"contentType": "text/plain", "data": base64.b64encode(note.encode()).decode()}}]),
    ]  # fmt: skip
    for number, (when, name, conclusion) in enumerate(reports):
        rows.append(of("DiagnosticReport", id=f"r{number}", status="final", code={"text": name}, conclusion=conclusion,
                       effectiveDateTime=when))  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection",
            "entry": [{"fullUrl": f"{row['resourceType']}/{row['id']}", "resource": row} for row in rows]}  # fmt: skip


@pytest.fixture(scope="module")
def told(service, writing):
    def explain(bundle):
        answer = pipeline.explain(bundle, TODAY, service, "", writing)
        speaking = [each["id"] for key in ("redFlags", "causes") for each in answer.get(key, ())]
        return speaking, [step["id"] for step in answer.get("nextSteps", ())]

    return explain


FUSION = "Posterior lumbar fusion with pedicle screws"


def test_a_broken_rod_comes_before_the_nonunion_it_makes_likelier(told):
    speaking, _ = told(
        chart(FUSION, "2021-10-01", "Back pain again since June, 7/10. Legs fine.",
              ("2026-09-01", "CT lumbar spine", "The left rod is broken."), level="L3-L4, L4-L5, L5-S1")
    )  # fmt: skip
    assert "hardware-breakage" == speaking[0]


def test_a_reported_fracture_comes_before_a_cancer_of_long_ago(told):
    speaking, _ = told(
        chart(FUSION, "2026-05-15", "Sudden buttock pain since 1 September, 8/10, no fall. Power 5/5.",
              ("2026-09-08", "CT pelvis and lumbar spine", "Sacral insufficiency fracture."),
              problem="Breast cancer")
    )  # fmt: skip
    assert "rf-fracture" == speaking[0]


def test_a_returned_pain_with_a_new_mild_weakness_is_one_event_and_not_milder_for_it(told):
    note = (
        "Two years without leg pain. Since 20 August 2026 the same left leg pain again after moving a sofa, 7/10. "
        "Left big toe extension 4/5, new."
    )
    speaking, steps = told(chart("Lumbar discectomy", "2024-06-03", note))
    assert "recurrent-herniation" == speaking[0]
    assert {"mri-lumbar", "surgeon-review"} <= set(steps)


def test_after_a_positive_sacroiliac_block_radiofrequency_is_talked_about(told):
    note = (
        "Left buttock pain below L5, 6/10, since last year. Three of five provocation tests positive. "
        "Sacroiliac joint block with 80 % relief."
    )
    speaking, steps = told(chart(FUSION, "2024-01-15", note, level="L5-S1"))
    assert "si-joint" == speaking[0]
    assert "radiofrequency-review" in steps
    assert "si-joint-block" not in steps


def test_pain_since_waking_from_a_fusion_is_new_and_asks_for_a_ct(told):
    note = "Right leg pain 8/10 since waking from the fusion. Left leg pain gone."
    speaking, steps = told(chart(FUSION, "2026-08-01", note))
    assert "implant-malposition" == speaking[0]
    assert "ct-lumbar" in steps


def test_back_pain_at_night_with_a_cancer_and_a_weak_leg_is_an_emergency_of_its_own(told):
    note = "Prostate cancer on treatment. New back pain at night for four weeks. Left leg weak since Friday, hip 3/5."
    assert "rf-malignancy" in told(chart("Laminectomy", "2015-08-10", note))[0]


def test_normal_power_behind_a_denied_pain_is_no_weakness(told):
    assert [] == told(chart("Lumbar discectomy", "2020-06-03", "No leg pain, power normal. Blood pressure 128/76."))[0]


@pytest.mark.parametrize("words", ["No leg pain, power 3/5 in the left foot.", "Denies leg pain, left foot power 3/5."])
def test_a_low_grade_behind_a_denied_pain_is_a_weakness(told, words):
    speaking, _ = told(chart("Lumbar discectomy", "2020-06-03", f"Seen today. {words} New since Monday."))
    assert "rf-deficit" in speaking


def test_a_back_of_nought_to_one_in_ten_is_no_complaint(told):
    assert [] == told(chart(FUSION, "2025-06-15", "Annual check. Back 0-1/10 after a long day. No leg pain."))[0]


COLD = "Left leg cold and numb since this morning, no pulses felt, foot dorsiflexion 2/5, was 5/5 last night."


WARM = "Left leg numb since this morning, foot dorsiflexion 2/5, was 5/5 last night."


@pytest.mark.parametrize(("words", "scanned"), [(COLD, False), (WARM, True)])
def test_a_leg_that_is_cold_and_weak_asks_for_the_vessels_and_for_no_mri(told, words, scanned):
    speaking, steps = told(chart("Anterior lumbar interbody fusion", "2026-09-09", words))

    assert ("rf-vascular" not in speaking) is scanned
    assert ("mri-lumbar" in steps) is scanned


SACRUM = "Both buttocks hurt 8/10 since 20 August when standing, no fall. Power 5/5."


@pytest.mark.parametrize(
    ("name", "left"), [("CT pelvis", {"xray-lumbar", "ct-lumbar"}), ("MRI sacrum", {"xray-lumbar"})]
)
def test_a_fracture_that_is_pictured_asks_for_no_lesser_picture(told, name, left):
    report = ("2026-09-08", name, "Sacral insufficiency fracture with transverse S2 component.")
    speaking, steps = told(chart(FUSION, "2026-05-15", SACRUM, report, problem="Osteoporosis", level="L2-S1"))

    assert "rf-fracture" == speaking[0]
    assert not left & set(steps)


def test_no_pattern_of_metastases_is_no_tumour(told):
    report = ("2026-09-08", "SPECT CT", "Uptake in the right L4/5 facet. No pattern suggesting metastases or fracture.")

    assert "rf-malignancy" not in told(chart(FUSION, "2024-05-15", "Back pain 6/10 on leaning back.", report))[0]
