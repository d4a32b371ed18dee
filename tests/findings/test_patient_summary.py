"""The lines at the head of a card: operation, course, dated items, studies, implants, cautions."""

from __future__ import annotations

from msgspec.structs import replace

from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.spans import Interval
from service.fhir import datatypes, resources
from service.findings import patient_summary
from service.findings.pain import current_pain
from tests.findings.build import at, chart, operation, score, statement

DISC = operation("p1", "-400", "discectomy", place=at("L4-L5"), side=Side.LEFT)


def study(id_, started):
    return resources.ImagingStudy(
        resource_type="ImagingStudy",
        id=id_,
        status="available",
        started=started,
        modality=(datatypes.Coding(code="MR"),),
        description="MRI lumbar spine",
    )


def told(*parts, known=(), **more):
    read = chart(*parts, **more)
    suffered, found = current_pain.read(read)
    findings = {**read.known, **{f.name: f for f in found}, **{f.name: f for f in known}}
    return patient_summary.tell(replace(read, pain=suffered), findings)


def test_the_operation_line_names_date_kind_level_side_age_and_number():
    line = told(operation("p0", "-900", "fusion", place=at("L5-S1")), DISC)

    assert "2025-04-27 discectomy L4-L5, left · 13 months ago · operation 2 of 2" == line.operation
    assert ("2025-04-27", ("discectomy",), ("L4-L5",), "left") == (line.date, line.classes, line.levels, line.side)


def test_a_level_that_nobody_recorded_is_said_to_be_so():
    assert (
        "2025-04-27 discectomy, level not recorded · 13 months ago · operation 1 of 1"
        == told(operation("p1", "-400", "discectomy")).operation
    )


def test_an_undated_operation_says_so():
    line = told(operation("p1", None, "fusion", place=at("L4-L5")))

    assert "fusion L4-L5 · date unknown · operation 1 of 1" == line.operation


def test_an_operation_that_is_only_stated_asks_for_its_report():
    line = told(statement("postlaminectomy-syndrome", "-400"))

    assert (
        "lumbar surgery, level not recorded, stated in the chart only, on or before 2025-04-27 · operative report"
        in (line.operation)
    )
    assert "date unknown" == line.date


def test_the_course_says_whether_it_is_recorded():
    assert "probably relief, then return (inferred)" == told(DISC, statement("leg-pain", "-20", onset="-30")).course
    assert "course after the operation not recorded" == told(DISC, statement("leg-pain", "-20")).course


def test_a_measured_relief_stands_in_the_timeline_with_its_day():
    line = told(DISC, score("s1", "-300", 1), score("s2", "-350", 6), statement("leg-pain", "-20", onset="-30"))

    assert ("2025-08-05 pain score 1/10", "2026-05-02 leg pain, onset") == line.timeline[:2]


def test_relief_told_together_with_its_end_is_not_dated_by_that_entry():
    line = told(
        DISC,
        statement("pain-relief", "-20", source="Condition/c"),
        statement("leg-pain", "-20", onset="-30", source="Condition/c"),
    )

    assert ("2026-05-02 leg pain, onset", "2026-05-12 leg pain stated") == line.timeline


def test_a_score_of_the_same_day_does_not_hide_where_the_pain_is():
    line = told(DISC, statement("leg-pain", "-20", onset="-30", side=Side.RIGHT), score("s", "-20", 8))

    assert ("2026-05-02 right leg pain, onset", "2026-05-12 right leg pain stated") == line.timeline


def test_silence_about_pain_is_not_called_relief():
    assert "no pain stated since the operation" == told(DISC, statement("leg-pain", "-500")).course


def test_the_timeline_holds_at_most_four_dated_items_oldest_first():
    line = told(
        DISC,
        statement("leg-pain", "-500", side=Side.LEFT),
        statement("back-pain", "-700"),
        statement("pain-relief", "-380"),
        statement("leg-pain", "-20", onset="-30", side=Side.LEFT),
    )

    assert (
        "2025-01-17 left leg pain before the operation",
        "2025-05-17 relief stated",
        "2026-05-02 left leg pain, onset",
        "2026-05-12 left leg pain stated",
    ) == line.timeline


def test_lumbar_studies_since_surgery_say_whether_their_report_is_there():
    report = resources.DiagnosticReport(
        resource_type="DiagnosticReport",
        id="r",
        status="final",
        effective_date_time="2026-01-05",
        imaging_study=(datatypes.Reference(reference="ImagingStudy/b"),),
        code=datatypes.CodeableConcept(text="MRI lumbar spine"),
    )
    line = told(
        DISC,
        imaging_studies=(study("a", "2024-01-05"), study("b", "2026-01-05"), study("c", "2026-03-05")),
        reports=(report,),
    )

    assert (
        "2026-01-05 lumbar MR, report in the record",
        "2026-03-05 lumbar MR, no report in the record",
    ) == line.imaging


def test_implants_and_their_mark_and_cautions_are_named():
    line = told(
        operation("p1", "-400", "fusion", "instrumentation"),
        known=(Finding("device_check", "yes"), Finding("anticoagulant", "yes", words="apixaban")),
    )

    assert (
        "spinal implants in place since 2025-04-27",
        "a device without a recorded MR mark: check its MR safety",
    ) == line.implants
    assert ("takes an anticoagulant (apixaban)",) == line.cautions


def test_the_latest_kidney_value_is_shown_with_its_date():
    row = resources.Observation(
        resource_type="Observation",
        id="e",
        status="final",
        value_quantity=datatypes.Quantity(value=28.5, unit="mL/min"),
    )

    assert ("eGFR 28.5 (2026-05-22)",) == told(DISC, (row, (statement("egfr", "-10", source=row.ref),))).cautions


def test_days_are_said_as_people_say_them():
    assert "23 days ago" == patient_summary.ago_in_words(Interval(23, 23))
    assert "1 day ago" == patient_summary.ago_in_words(Interval(1, 1))
    assert "517 days" != patient_summary.ago_in_words(Interval(517, 882))
    assert "17–29 months ago" == patient_summary.ago_in_words(Interval(517, 882))
    assert "at least 39 months ago" == patient_summary.ago_in_words(Interval(1200, 36525))
    assert "date unknown" == patient_summary.ago_in_words(Interval(0, 36525))


def test_studies_come_in_the_order_of_their_days_whatever_the_names_of_their_months_or_years():
    line = told(DISC, imaging_studies=(study("a", "2025-10-05"), study("b", "2025-05-05"), study("c", "2026-02-05")))

    assert ["2025-05-05", "2025-10-05", "2026-02-05"] == [each[:10] for each in line.imaging]
