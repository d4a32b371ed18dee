"""An operation that is only spoken of: the day of a picture or of a visit is none of the operation."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from service import pipeline
from service.findings import case_sheet
from tests.rule_sets import shipped

OF = {"reference": "Patient/p"}


def read(note: str, *more: dict[str, object]):
    data = base64.b64encode(note.encode()).decode()
    document = {
        "resourceType": "DocumentReference",
        "id": "d",
        "status": "current",
        "subject": OF,
        "date": "2026-01-29T10:00:00Z",
        "content": [{"attachment": {"contentType": "text/plain", "data": data}}],
    }
    rows = [{"resourceType": "Patient", "id": "p"}, document, *more]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": row} for row in rows]}
    return case_sheet.read_with_chart(pipeline.read(bundle, date(2026, 3, 12)), shipped())


def year_of(note: str) -> int:
    surgery = read(note)[1].surgery
    assert surgery is not None
    index = surgery.index
    assert index is not None
    assert index.when is not None
    return index.when.last.year


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("CT 3/2025: solid L4-S1 fusion.", 2024),
        ("Had back surgery. CT of 3 June 2025 shows L4-S1 solidly fused.", 2024),
        ("Surgeon 9/2025: well fused. L4-S1 fusion 2021.", 2021),
        ("Consultant (Dr X) 9/2025: 'fused, decompressed, nothing to do'. L4-S1 TLIF 3/2021.", 2021),
        ("Fusion L4-S1 2017, CT 3/2025 solid.", 2017),
        ("Redo fusion L4-5 2024, solid on CT 3/2025. Discectomy 2015.", 2024),
        ("L4-5 fused in 2019.", 2019),
        ("OP 12/2021: fusion L4-S1.", 2021),
    ],
)
def test_a_look_at_a_solid_fusion_dates_no_operation(note, year):
    assert year == year_of(note)


def test_pain_of_the_months_before_a_solid_fusion_was_seen_is_pain_since_the_operation():
    pain = {
        "resourceType": "Condition",
        "id": "c",
        "subject": OF,
        "code": {"text": "Low back pain"},
        "onsetDateTime": "2025-11-10",
        "recordedDate": "2025-12-01",
    }

    sheet, _ = read("CT lumbar spine 28/1/26: L4-S1 solid fusion, no halo.", pain)

    assert "yes" == sheet.findings["fbss_context"].value
