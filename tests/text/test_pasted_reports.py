"""Papers that lie in a chart as notes: operative notes under a letterhead, reports of pictures, lists of results."""

from __future__ import annotations

import pytest

from service.domain.statements import Basis
from service.text.documents.entries import Entry, Text
from service.text.documents.operative_reports import operative
from service.text.statements.pasted_reports import study_of


def performed(text: str) -> str:
    entry = operative(
        "DocumentReference/1", "Surgical operation note", [Text(text, None)], None, "", "DocumentReference"
    )
    return " | ".join(told.words for told in entry.texts if told.own_name)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            "L3-L5 lumbar laminectomy for stenosis",
            "ST BRENDAN'S HOSPITAL - THEATRE NOTE\nL3-L5 lumbar laminectomy for stenosis. Surgeon: A.",
        ),
        ("L4/5 microdiscectomy left", "Theatre record\nPatient: A. B.\nDate: 3/2/26\nL4/5 microdiscectomy left. GA."),
        ("L4/5 TLIF", "City General, Department of Spinal Surgery\n\nSurgeon: Mr A\nL4/5 TLIF. Prone."),
        ("L5/S1 left microdiscectomy, day case", "City General. L5/S1 left microdiscectomy, day case"),
        ("left L4/5 microdiscectomy", "OPERATION: left L4/5 microdiscectomy\nLevel by fluoroscopy."),
    ],
)
def test_an_operative_note_under_a_letterhead_tells_its_operation_in_the_line_below(expected, text):
    assert expected in performed(text)


@pytest.mark.parametrize(
    "text", ["OPERATION NOTE\nIndication: failed fusion L4/5\nHistory: discectomy 2019", "THEATRE NOTE"]
)
def test_a_reason_or_a_history_under_a_letterhead_is_no_operation(text):
    assert "fusion" not in performed(text)
    assert "discectomy" not in performed(text)


def of(text: str, kind: str = "note"):
    return study_of(text, Entry(ref="DocumentReference/1", kind=kind, basis=Basis.NOTE, texts=()), None)


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("MR", "RADIOLOGY - exam date 20/05/2026 17:55\nMRI WHOLE SPINE (metal artefact)\nFindings: cord flattened."),
        ("MR", "MRI lumbar spine 3 May 2026\nTechnique: sagittal T1.\nImpression: no stenosis."),
        ("CT", "CT L-SPINE\nConclusion: solid fusion."),
        ("DX", "XR lumbar spine AP and lateral\nFindings: no slip."),
    ],
)
def test_a_note_with_the_name_and_the_headings_of_a_report_is_that_report(modality, text):
    assert modality == of(text)[0].modality


@pytest.mark.parametrize(
    "text",
    [
        "MRI lumbar spine requested.\nPlan: review with result.",
        "MRI brain\nFindings: normal.",
        "Clinic.\nPlan:\nMRI lumbar spine\nBloods",
        "Findings: weak left leg.\nHe asks for an MRI",
    ],
)
def test_a_plan_a_wish_or_another_region_is_no_report_of_the_spine(text):
    assert "" == of(text)[0].modality
