"""The whole case sheet: the families in their order, one finding per name, one finding without an operation."""

from __future__ import annotations

from datetime import date

import pytest

from service import intake, knowledge
from service.findings import case_sheet

TODAY = date(2026, 6, 1)
SNOMED, ICD = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.fixture(scope="module")
def known():
    return knowledge.load()


def sheet_of(known, *resources):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
    return case_sheet.read(intake.read(intake.from_bundle(bundle), TODAY), known)


def entry(kind, id_, **more):
    return {"resourceType": kind, "id": id_, "subject": {"reference": "Patient/p"}, **more}


def coded(system, code, text=""):
    return {"coding": [{"system": system, "code": code}], "text": text}


OPERATION = entry(
    "Procedure",
    "op",
    status="completed",
    code=coded(SNOMED, "178625001", "Primary lumbar microdiscectomy L4-L5 left"),
    performedDateTime="2025-04-27",
)
SCIATICA = entry(
    "Condition",
    "c",
    code=coded(ICD, "M54.16", "Lumbar radiculopathy left"),
    onsetDateTime="2026-05-02",
    recordedDate="2026-05-12",
    note=[{"text": "Leg pain gone for eight months after surgery, then sudden return on lifting."}],
)


def test_a_patient_never_operated_on_has_one_finding(known):
    sheet = sheet_of(known, SCIATICA | {"note": []})

    assert {"lumbar_surgery": "no"} == {name: f.value for name, f in sheet.findings.items()}


@pytest.mark.xfail(strict=True, reason="the reader does not say a sudden onset of a sudden return")
def test_the_story_of_a_return_after_relief_is_read_from_code_and_words(known):
    found = {name: f.value for name, f in sheet_of(known, OPERATION, SCIATICA).findings.items()}

    assert ("yes", "yes", "leg", "left") == (
        found["ever_discectomy"],
        found["fbss_context"],
        found["pain_dominance"],
        found["pain_side"],
    )
    assert ("honeymoon", "sudden", "none") == (found["course"], found["onset_speed"], found["mri"])
    assert "improving" not in found


def test_the_order_of_the_bundle_changes_nothing(known):
    assert sheet_of(known, OPERATION, SCIATICA) == sheet_of(known, SCIATICA, OPERATION)


def test_what_is_dated_tomorrow_is_of_today_and_what_is_dated_later_changes_nothing(known):
    def labelled(day):
        return sheet_of(known, OPERATION, entry("Condition", "x", code=coded(ICD, "M96.1"), recordedDate=day))

    assert labelled("2026-06-01").findings == labelled("2026-06-02").findings
    assert sheet_of(known, OPERATION).findings == labelled("2026-06-03").findings


def test_every_finding_is_a_word_of_the_vocabulary(known):
    sheet = sheet_of(known, OPERATION, SCIATICA)

    assert set(sheet.findings) <= set(known.vocabulary.findings)


def test_a_new_deficit_makes_the_patient_worse(known):
    drop = entry("Condition", "d", code=coded(ICD, "M21.372", "Foot drop, left"), recordedDate="2026-05-30")

    assert "yes" == sheet_of(known, OPERATION, drop).findings["worse"].value
    assert "no" == sheet_of(known, OPERATION).findings["worse"].value
