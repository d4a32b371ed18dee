"""The property that time travel stands on: adding anything recorded after a day changes nothing of that day."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import pipeline
from service.replay import outcomes
from service.replay.course import Plan, Rows, replay
from service.replay.reading_sample import Drawn
from tests.replay.charts import (
    OPERATION,
    PATIENT,
    RELIEF,
    SCIATICA,
    UTC,
    coded,
    lines,
    looked,
    made,
    status,
    updated,
    visit,
)

DAY = "2024-06-01T09:00:00"
KEY = bytes(32)
CHART = (
    PATIENT, OPERATION, RELIEF, SCIATICA, visit("first", "2024-02-01T09:00:00Z", "2024-02-01T09:40:00Z"),
    made("ImagingStudy", "mr", started="2024-05-20T10:00:00Z", modality=[{"code": "MR"}], description="MRI lumbar"),
    made("ServiceRequest", "order", status="active", intent="order", authoredOn="2024-05-01", code={"text": "MRI"}),
    visit("now", "2024-06-01T09:00:00Z", "2024-06-01T09:40:00Z"),
)  # fmt: skip
later = st.dates(min_value=date(2024, 6, 2), max_value=date(2024, 12, 31))
SADDLE = b64encode(b"Numb saddle since today, cannot pass urine.").decode()
codes = st.sampled_from(["G83.4", "M51.26", "M96.0", "T81.42XA", "I10", "M54.32", "G97.61"])
old = st.sampled_from(["2023-05-01", "2024-05-30", "2024-06-01T08:00:00Z"])


@st.composite
def additions(draw):
    """An entry that was recorded after the day, whatever day it speaks of."""
    day, code, ident = draw(later).isoformat(), draw(codes), f"x{draw(st.integers(0, 5))}"
    kind = draw(
        st.sampled_from(["condition", "report", "observation", "operation", "order", "visit", "study", "death",
                         "document", "drug", "allergy", "answers"])
    )  # fmt: skip
    if kind == "document":
        return made("DocumentReference", ident, status="current", date=f"{day}T10:00:00Z",
                    content=[{"attachment": {"contentType": "text/plain", "data": SADDLE}}])  # fmt: skip
    if kind == "drug":
        return made("MedicationRequest", ident, status="stopped", intent="order", authoredOn=day,
                    medicationCodeableConcept={"text": "Apixaban 5 mg"})  # fmt: skip
    if kind == "allergy":
        return made("AllergyIntolerance", ident, recordedDate=day, onsetDateTime=draw(old), code={"text": "Gadolinium"})
    if kind == "answers":
        return made("QuestionnaireResponse", ident, status="completed", authored=f"{day}T10:00:00Z", item=[])
    if kind == "condition":
        return made("Condition", ident, code=coded(code), onsetDateTime=draw(old), recordedDate=day)
    if kind == "report":
        return made("DiagnosticReport", ident, status=draw(st.sampled_from(["final", "amended"])),
                    issued=f"{day}T10:00:00Z", effectiveDateTime=day, imagingStudy=[{"reference": "ImagingStudy/mr"}],
                    conclusion="Recurrent disc herniation at L4/5 left.")  # fmt: skip
    if kind == "observation":
        return made("Observation", ident, status="final", effectiveDateTime=draw(old), issued=f"{day}T10:00:00Z",
                    code=coded("72514-3", "http://loinc.org"), valueQuantity={"value": 9})  # fmt: skip
    if kind == "operation":
        return {**OPERATION, "id": ident, "performedDateTime": day}
    if kind == "order":
        return made(
            "ServiceRequest", ident, status="completed", intent="order", authoredOn=day, code={"text": "MRI lumbar"}
        )
    if kind == "visit":
        return visit(ident, f"{day}T09:00:00Z", diagnosis=[{"condition": {"reference": "Condition/sciatica"}}])
    if kind == "study":
        return made("ImagingStudy", ident, started=day, modality=[{"code": "CT"}], description="CT lumbar spine")
    return {"resourceType": "Patient", "id": "p-double", "deceasedDateTime": day,
            "link": [{"other": {"reference": "Patient/p"}, "type": "replaced-by"}]}  # fmt: skip


@pytest.mark.parametrize("lenient", [False, True])
@settings(max_examples=200, deadline=None)
@given(more=st.lists(additions(), max_size=4, unique_by=lambda r: (r["resourceType"], r["id"])))
def test_no_entry_of_that_day_changes(lenient, more):
    before = looked(DAY, *CHART, lenient=lenient)
    after = looked(DAY, *CHART, *more, lenient=lenient)
    assert before == {ref: after[ref] for ref in after if ref != "Patient/p-double"}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(more=st.lists(additions(), min_size=1, max_size=3, unique_by=lambda r: (r["resourceType"], r["id"])))
def test_no_card_of_that_day_changes(more):
    assert cards(*CHART) == cards(*CHART, *more)
    assert cards(*CHART)  # there is something that could change


@pytest.mark.parametrize(
    "ending",
    [
        {"clinicalStatus": status("resolved"), "abatementDateTime": "2024-07-01"},
        {"verificationStatus": status("refuted"), "meta": updated("2024-07-01T00:00:00Z")},
        {"clinicalStatus": status("resolved"), "meta": updated("2024-07-01T00:00:00Z")},
    ],
)
def test_what_ends_later_had_the_card_that_it_had(ending):
    ended = [{**each, **ending} if each is SCIATICA else each for each in CHART]
    assert cards(*CHART) == cards(*ended)


def test_an_untimed_note_fires_no_emergency_in_the_strict_reading():
    noted = {**SCIATICA, "note": [{"text": "Saddle numbness since this morning and cannot pass urine."}]}
    chart = [noted if each is SCIATICA else each for each in CHART]
    told = rows(*chart, visit("soon", "2024-02-02T08:00:00Z")).fired
    emergency = [row for row in told if row["indicator"] == "critical" and row["at"] == "2024-02-02T08:00:00Z"]
    assert emergency
    assert {(False, True, "undated")} == {(row["strict"], row["lenient"], row["grade"]) for row in emergency}


def cards(*chart):
    return [row for row in rows(*chart).fired if row["at"] <= "2024-06-01T09:00:00Z"]


def rows(*chart):
    service = started()
    made_rows = Rows(Drawn(KEY))
    plan = Plan(KEY, UTC, outcomes.load(outcomes.SHIPPED, 365, service))
    replay(lines(*chart), Empty(), plan, service, made_rows)
    return made_rows


class Empty:
    def of(self, entries):
        return []


@cache
def started():
    return pipeline.start()
