"""Nothing later may be seen, and the past must look as it looked: each way in which the future leaked is a test."""

from __future__ import annotations

import pytest

from service.replay.rewind import Grade
from tests.replay.charts import coded, looked, made, seen, status, updated, visit

BEFORE, DAY, LATER = "2024-03-01", "2024-06-01T09:00:00", "2025-02-01"
CONDITION = made("Condition", "c", code=coded("M54.32"), recordedDate=BEFORE)


def test_a_condition_is_known_from_the_day_of_its_recording_and_not_of_its_onset():
    pain = {**CONDITION, "onsetDateTime": "2024-01-01", "recordedDate": "2024-06-02"}
    assert {} == seen(DAY, pain)


def test_a_day_without_an_hour_is_known_when_it_is_over():
    assert {} == seen("2024-03-01T23:00:00", CONDITION)
    assert ["Condition/c"] == list(seen("2024-03-02T00:00:00", CONDITION))


def test_a_month_is_known_when_it_is_over():
    assert {} == seen("2024-03-31T12:00:00", {**CONDITION, "recordedDate": "2024-03"})


def test_an_afternoon_study_is_not_seen_in_the_morning():
    study = made("ImagingStudy", "mr", started="2024-06-01T15:00:00Z")
    assert ({}, ["ImagingStudy/mr"]) == (seen(DAY, study), list(seen("2024-06-01T15:00:00", study)))


def test_a_condition_that_was_resolved_later_is_active_again():
    resolved = {**CONDITION, "clinicalStatus": status("resolved"), "abatementDateTime": LATER}
    shown = seen(DAY, resolved)["Condition/c"]
    assert "active" == shown["clinicalStatus"]["coding"][0]["code"]
    assert "abatementDateTime" not in shown


def test_a_condition_that_had_ended_stays_ended():
    ended = {**CONDITION, "clinicalStatus": status("resolved"), "abatementDateTime": "2024-04-01"}
    assert ended == seen(DAY, ended)["Condition/c"]


def test_an_end_in_a_period_is_taken_back_too():
    ended = {**CONDITION, "clinicalStatus": status("resolved"), "abatementPeriod": {"start": LATER}}
    assert "abatementPeriod" not in seen(DAY, ended)["Condition/c"]


def test_what_was_refuted_later_had_been_believed():
    refuted = {**CONDITION, "verificationStatus": status("refuted"), "meta": updated("2025-02-01T00:00:00Z")}
    assert "verificationStatus" not in seen(DAY, refuted)["Condition/c"]


def test_what_had_been_refuted_stays_refuted():
    refuted = {**CONDITION, "verificationStatus": status("refuted"), "meta": updated("2024-04-01T00:00:00Z")}
    assert refuted == seen(DAY, refuted)["Condition/c"]


def test_refuted_at_an_unknown_time_is_left_out_strictly_and_believed_leniently():
    refuted = {**CONDITION, "verificationStatus": status("refuted")}
    assert {} == seen(DAY, refuted)
    assert Grade.UNDATED == looked(DAY, refuted, lenient=True)["Condition/c"][1]


def test_without_a_day_of_recording_the_visit_counts_but_not_its_opening():
    undated = made("Condition", "c", code=coded("M54.32"), encounter={"reference": "Encounter/v"})
    now = visit("v", "2024-06-01T09:00:00Z", "2024-06-01T09:40:00Z")
    assert "Condition/c" not in seen(DAY, undated, now, lenient=True)
    assert "Condition/c" in seen("2024-06-01T09:30:00", undated, now)


def test_a_diagnosis_of_a_visit_is_known_when_the_visit_ends():
    stay = visit("v", "2024-05-30T08:00:00Z", "2024-06-03T12:00:00Z")
    diagnosis = {**CONDITION, "recordedDate": "2024-05-30", "encounter": {"reference": "Encounter/v"},
                 "category": [status("encounter-diagnosis")]}  # fmt: skip
    assert "Condition/c" not in seen(DAY, diagnosis, stay)
    assert "Condition/c" in seen("2024-06-04T00:00:00", diagnosis, stay)


def test_a_condition_that_its_visit_lists_is_a_diagnosis_of_that_visit():
    stay = visit("v", "2024-05-30T08:00:00Z", "2024-06-03T12:00:00Z",
                 diagnosis=[{"condition": {"reference": "Condition/c"}}])  # fmt: skip
    listed = {**CONDITION, "recordedDate": "2024-05-30", "encounter": {"reference": "Encounter/v"}}
    assert "Condition/c" not in seen(DAY, listed, stay)


def test_an_entry_without_any_date_is_strictly_unseen_and_leniently_marked():
    nothing = made("Condition", "c", code=coded("G83.4"))
    assert {} == seen(DAY, nothing)
    assert Grade.UNDATED == looked(DAY, nothing, lenient=True)["Condition/c"][1]


def test_a_note_without_a_time_is_strictly_unseen():
    noted = {**CONDITION, "note": [{"text": "Numb saddle since today, cannot pass urine"}]}
    assert [] == seen(DAY, noted)["Condition/c"]["note"]
    shown, grade = looked(DAY, noted, lenient=True)["Condition/c"]
    assert (noted["note"], Grade.UNDATED) == (shown["note"], grade)


def test_a_note_is_known_from_its_own_time():
    noted = {**CONDITION, "note": [{"text": "early", "time": "2024-04-01"}, {"text": "late", "time": LATER}]}
    assert ["early"] == [note["text"] for note in seen(DAY, noted)["Condition/c"]["note"]]


def test_a_result_waits_for_its_issue_and_not_for_the_sample():
    drawn = made("Observation", "crp", status="final", effectiveDateTime="2024-06-01T07:00:00Z",
                 issued="2024-06-01T11:00:00Z")  # fmt: skip
    assert ({}, ["Observation/crp"]) == (seen(DAY, drawn), list(seen("2024-06-01T11:00:00", drawn)))


def test_a_report_that_was_amended_later_is_there_without_its_words():
    report = made("DiagnosticReport", "r", status="amended", effectiveDateTime="2024-05-01",
                  issued="2025-01-01T00:00:00Z", code=coded("24967-2", "http://loinc.org"),
                  conclusion="Now a herniation is described.")  # fmt: skip
    shown = seen(DAY, report)["DiagnosticReport/r"]
    assert (report["code"], None) == (shown["code"], shown.get("conclusion"))


def test_a_value_that_was_corrected_later_is_unknown():
    value = made("Observation", "o", status="corrected", effectiveDateTime="2024-05-01", issued="2025-01-01T00:00:00Z")
    assert {} == seen(DAY, value)


def test_an_operation_is_known_when_it_ends():
    operation = made("Procedure", "op", status="completed",
                     performedPeriod={"start": "2024-06-01T08:00:00Z", "end": "2024-06-01T10:00:00Z"})  # fmt: skip
    assert ({}, ["Procedure/op"]) == (seen(DAY, operation), list(seen("2024-06-01T10:00:00", operation)))


def test_how_an_operation_turned_out_is_strictly_unseen():
    operation = made("Procedure", "op", status="completed", performedDateTime=BEFORE, complication=[coded("G97.61")])
    assert "complication" not in seen(DAY, operation)["Procedure/op"]
    assert Grade.UNDATED == looked(DAY, operation, lenient=True)["Procedure/op"][1]


@pytest.mark.parametrize("kind", ["ServiceRequest", "MedicationRequest"])
@pytest.mark.parametrize("final", ["completed", "revoked", "stopped", "cancelled"])
def test_an_order_was_active_before_it_was_done_or_revoked(kind, final):
    assert "active" == seen(DAY, made(kind, "o", status=final, authoredOn=BEFORE))[f"{kind}/o"]["status"]


@pytest.mark.parametrize(
    ("kind", "dated"),
    [
        ("DocumentReference", {"date": LATER}),
        ("DocumentReference", {"context": {"period": {"start": "2024-05-01", "end": LATER}}}),
        ("DiagnosticReport", {"effectiveDateTime": LATER}),
        ("DiagnosticReport", {"effectiveDateTime": BEFORE, "issued": "2025-02-01T10:00:00Z"}),
        ("ServiceRequest", {"authoredOn": LATER}),
        ("MedicationRequest", {"authoredOn": LATER}),
        ("MedicationStatement", {"dateAsserted": LATER, "effectiveDateTime": BEFORE}),
        ("Encounter", {"period": {"start": "2024-06-01T09:00:01Z"}}),
        ("AllergyIntolerance", {"recordedDate": LATER, "onsetDateTime": BEFORE}),
        ("QuestionnaireResponse", {"authored": LATER}),
        ("Procedure", {"performedDateTime": "2024-06-01"}),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_nothing_is_seen_before_its_own_date(kind, dated, lenient):
    assert {} == seen(DAY, made(kind, "x", status="final", **dated), lenient=lenient)


def test_a_draft_stays_a_draft():
    assert (
        "draft"
        == seen(DAY, made("ServiceRequest", "o", status="draft", authoredOn=BEFORE))["ServiceRequest/o"]["status"]
    )


def test_a_drug_was_taken_until_the_day_it_was_stopped():
    taken = made("MedicationStatement", "m", status="completed", effectivePeriod={"start": BEFORE, "end": LATER})
    shown = seen(DAY, taken)["MedicationStatement/m"]
    assert ("active", {"start": BEFORE}) == (shown["status"], shown["effectivePeriod"])


def test_the_words_of_a_study_wait_for_its_report():
    study = made("ImagingStudy", "mr", started="2024-05-31T08:00:00Z", description="Recurrent herniation",
                 modality=[{"code": "MR"}], series=[{"description": "sag T2, herniation"}])  # fmt: skip
    report = made("DiagnosticReport", "r", status="final", effectiveDateTime="2024-05-31T08:00:00Z",
                  issued="2024-06-02T12:00:00Z", imagingStudy=[{"reference": "ImagingStudy/mr"}])  # fmt: skip
    early = seen(DAY, study, report)["ImagingStudy/mr"]
    assert ("MR", {}, None) == (early["modality"][0]["code"], early["series"][0], early.get("description"))
    assert study == seen("2024-06-02T12:00:00", study, report)["ImagingStudy/mr"]


def test_a_report_finds_its_study_by_the_order_of_both():
    order = [{"reference": "ServiceRequest/o"}]
    study = made("ImagingStudy", "mr", started="2024-05-01", description="MRI", basedOn=order)
    report = made("DiagnosticReport", "r", status="final", issued="2024-05-02T12:00:00Z", basedOn=order)
    assert "MRI" == seen(DAY, study, report)["ImagingStudy/mr"]["description"]


def test_while_a_visit_lasts_its_end_and_discharge_lie_ahead():
    stay = visit("v", "2024-05-30", "2024-06-03", hospitalization={"dischargeDisposition": coded("x")},
                 diagnosis=[{"condition": {"reference": "Condition/c"}}])  # fmt: skip
    shown = seen(DAY, stay)["Encounter/v"]
    assert ("in-progress", {"start": "2024-05-30"}) == (shown["status"], shown["period"])
    assert {"hospitalization", "diagnosis"}.isdisjoint(shown)


def test_nobody_is_known_to_die():
    person = {"resourceType": "Patient", "id": "p", "deceasedDateTime": LATER}
    assert {"resourceType": "Patient", "id": "p"} == seen(DAY, person)["Patient/p"]


def test_the_day_of_loading_is_no_day_of_recording():
    loaded = {**CONDITION, "meta": updated("2025-01-15T00:00:00Z")}
    assert Grade.REWOUND == looked(DAY, loaded)["Condition/c"][1]


def test_what_was_not_touched_since_is_sure():
    old = made("Condition", "c", code=coded("M54.32"), meta=updated("2024-05-01T00:00:00Z"))
    assert (old, Grade.SURE) == looked(DAY, old)["Condition/c"]


def test_what_was_touched_before_but_is_dated_later_is_still_ahead():
    assert {} == seen(DAY, {**CONDITION, "recordedDate": LATER, "meta": updated("2024-05-01T00:00:00Z")})


@pytest.mark.parametrize("bad", [None, 7, "x", {}, [], [None], [7], {"coding": 3}, {"coding": [None]}])
def test_odd_shapes_are_no_reason_to_fail(bad):
    names = ("meta", "period", "note", "clinicalStatus", "verificationStatus", "abatementPeriod", "category", "series",
             "basedOn", "imagingStudy", "encounter", "diagnosis", "effectivePeriod", "performedPeriod", "status",
             "issued", "recordedDate", "context")  # fmt: skip
    for kind in ("Condition", "Encounter", "ImagingStudy", "DiagnosticReport", "MedicationStatement", "Procedure",
                 "DocumentReference", "AllergyIntolerance", "Observation"):  # fmt: skip
        seen(DAY, made(kind, "x", **dict.fromkeys(names, bad)), lenient=True)
