"""Where a chart keeps its words: every resource that holds a text is read, dated and placed, or named as unread."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Unread
from service.fhir import datatypes, resources
from service.text.documents import reading_budget
from service.text.documents.attachments import MOST_BYTES
from service.text.pipeline import Told
from tests.text.charts import (
    attached,
    coded,
    composition,
    condition,
    document,
    named,
    procedure,
    read_chart,
    section,
    spoken,
    study,
)
from tests.text.reading import WRITTEN, report

DAY = Span(date(2025, 6, 1), date(2025, 6, 1))


def only(concept, told):
    (one,) = [s for s in told.statements if s.concept == concept]
    return one


def said(told):
    """What is said at all, denied or doubted left out."""
    return {s.concept for s in told.statements if s.polarity is Polarity.YES}


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_document_speaks_as_a_note_of_its_day():
    found = only("foot-drop", read_chart(documents=[document("Left foot drop.")]))

    assert (Basis.NOTE, "DocumentReference/d", DAY, Side.LEFT) == (found.basis, found.source, found.stated, found.side)


def test_a_document_titled_as_imaging_speaks_as_a_report():
    found = only(
        "disc-herniation", read_chart(documents=[document("Disc herniation L4-5.", "MRI lumbar spine report")])
    )

    assert (Basis.REPORT, "MR") == (found.basis, found.modality)


@pytest.mark.parametrize("title", ["Letter about MRI", "Progress note after CT", "Consultation: MRI review"])
def test_a_letter_about_imaging_is_a_note(title):
    assert Basis.NOTE is only("foot-drop", read_chart(documents=[document("Foot drop.", title)])).basis


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
def test_a_document_that_is_void_is_not_read(status):
    assert () == read_chart(documents=[document("Foot drop.", status=status)]).statements
    assert () == read_chart(documents=[composition(section("Exam", "Foot drop."), status=status)]).statements


def test_a_document_about_another_part_of_the_body_is_not_read():
    assert () == read_chart(documents=[document("Compression fracture of L1.", "Chest X-ray report")]).statements


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("text/plain", "No fever. Left foot drop."),
        ("text/plain; charset=utf-8", "No fever. Left foot drop."),
        ("TEXT/PLAIN", "No fever. Left foot drop."),
        ("text/html", "<html><body><p>No fever.</p><p>Left foot&nbsp;drop.</p></body></html>"),
        ("application/xhtml+xml", '<div xmlns="http://www.w3.org/1999/xhtml"><b>No</b> fever. Left foot drop.</div>'),
        ("text/markdown", "**No fever.**\n\n- Left foot drop."),
        (None, "No fever. Left foot drop."),
    ],
)
def test_a_document_is_read_in_any_form_of_text(content_type, text):
    told = read_chart(documents=[document("", "Progress note", attached(text, content_type))])

    assert ({"foot-drop"}, ()) == (said(told), told.unread)


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (attached("%PDF-1.4 foot drop", "application/pdf"), "a damaged PDF"),
        (attached(b"\x89PNG", "image/png"), "an image, which is not read"),
        (datatypes.Attachment(content_type="text/plain", url="Binary/1"), "its text was not sent"),
        (datatypes.Attachment(content_type="text/plain"), "it is empty"),
    ],
)
def test_what_cannot_be_read_says_nothing_and_is_named(form, why):
    for told in (
        read_chart(documents=[document("", "Progress note", form)]),
        read_chart(reports=[report("", presented_form=(form,))]),
    ):
        assert () == told.statements
        assert [why] == [unread.reason for unread in told.unread]


def test_one_form_that_can_be_read_is_enough_for_a_document():
    forms = attached("%PDF", "application/pdf"), attached("Foot drop.")
    told = read_chart(documents=[document("", "Progress note", *forms)])

    assert ({"foot-drop"}, ()) == (said(told), told.unread)


@pytest.mark.parametrize("data", ["", "=", "!!!", "AAAAA", "wä", "A" * 900_001, "/" * 5])
def test_a_broken_attachment_breaks_nothing(data):
    form = datatypes.Attachment(content_type="text/plain; charset=utf-8", data=data)

    assert () == read_chart(documents=[document("", "Note", form)]).statements


def test_what_lies_beyond_the_longest_attachment_is_named():
    told = read_chart(documents=[document("\n" * MOST_BYTES + "Foot drop.")])

    assert ["DocumentReference/d"] == [unread.source for unread in told.unread]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["text/plain", "text/html", "application/pdf", "", ";"]))
def test_any_attachment_is_read_without_an_error(data, content_type):
    form = datatypes.Attachment(content_type=content_type, data=data)

    assert isinstance(read_chart(documents=[document("", "Note", form)]), Told)


def test_documents_are_read_newest_first():
    notes = [
        document("Leg pain.", id=f"d{at}", date=day)
        for at, day in enumerate(["2024-01-01", "2025-03-01", "2023-01-01"])
    ]

    assert ["DocumentReference/d1", "DocumentReference/d0", "DocumentReference/d2"] == [
        s.source for s in read_chart(documents=notes).statements
    ]


def test_beyond_the_budget_of_characters_the_oldest_are_searched_for_emergencies_only_and_named(monkeypatch):
    monkeypatch.setattr(reading_budget, "MOST_CHARACTERS", 60)
    notes = [
        document("Diabetes mellitus type 2. Foot drop.", id=f"d{at}", date=f"2025-01-0{9 - at}") for at in range(3)
    ]
    told = read_chart(documents=notes)

    assert ["DocumentReference/d1", "DocumentReference/d2"] == [unread.source for unread in told.unread]
    assert {"foot-drop", "diabetes"} == {s.concept for s in told.statements if s.source == "DocumentReference/d0"}
    assert {"foot-drop"} == {s.concept for s in told.statements if s.source == "DocumentReference/d2"}


def test_a_bare_word_of_an_emergency_is_not_enough_beyond_the_budget(monkeypatch):
    monkeypatch.setattr(reading_budget, "MOST_CHARACTERS", 0)
    told = read_chart(documents=[document("No foot drop. Return if foot drop.\nDISCHARGE ADVICE\nFoot drop.")])

    assert ["DocumentReference/d"] == [unread.source for unread in told.unread]
    assert set() == said(told)


# --- compositions --------------------------------------------------------------------------------------------------


def test_the_sections_of_a_composition_are_read_under_their_titles():
    told = read_chart(
        documents=[
            composition(
                section("Examination", "<div>Left foot drop.</div>"),
                section("Family history", "<div>Mother had sciatica.</div>"),
                section("Plan", "<div>Watch for fever.</div>"),
                section("Course", "<div>No fever.</div>", section("Wound", "<div>The wound is draining.</div>")),
            )
        ]
    )

    assert {"foot-drop", "wound-drainage"} == said(told)
    assert {DAY} == {s.stated for s in told.statements}


def test_a_composition_however_deep_is_read_without_an_error():
    inner = section("Deep", "Fever.")
    for _ in range(50):
        inner = section("Level", "Leg pain.", inner)

    assert {"leg-pain"} == said(read_chart(documents=[composition(inner)]))


# --- operations ----------------------------------------------------------------------------------------------------

OPERATIVE = """\
OPERATIVE REPORT
Date of surgery: 12 March 2021
Preoperative diagnosis: Recurrent disc herniation L4-5 left.
Procedure performed:
1. Revision microdiscectomy L4-5 left.
2. Foraminotomy.

Description: The old scar was opened. A laminotomy was enlarged and the disc was removed. There was no dural tear.
"""


@pytest.mark.parametrize("made", ["document", "report"])
def test_an_operative_report_makes_an_operation_of_its_day_level_and_side(made):
    told = (
        read_chart(documents=[document(OPERATIVE, "Operative report")])
        if made == "document"
        else read_chart(reports=[report(OPERATIVE, "Operative report")])
    )
    found = only("discectomy", told)

    assert (Basis.REPORT, "D", Span(date(2021, 3, 12), date(2021, 3, 12))) == (found.basis, found.code, found.onset)
    assert (Place(segments=("L4-L5",)), Side.LEFT) == (found.place, found.side)
    assert "history-of-spine-surgery" not in said(told)
    assert {"discectomy"} <= said(told)


def test_the_steps_of_an_operation_are_no_operations_of_their_own():
    text = (
        "Operation: TLIF L5-S1\n\nNarrative: Laminectomy and complete disc removal were performed. The cage was placed."
    )
    told = read_chart(documents=[document(text, "Op note")])

    assert {"fusion"} == {s.concept for s in told.statements if s.code in {"D", "L", "F", "R"}}


def test_an_operative_report_without_such_lines_is_what_its_title_says():
    told = read_chart(
        documents=[document("The patient was positioned prone.", "Operative note: lumbar laminectomy L3-4")]
    )

    assert "L" == only("decompression", told).code


@pytest.mark.parametrize(
    "title", ["Postoperative visit note", "Surgical pathology", "Preoperative assessment", "Operation consent"]
)
def test_what_only_names_an_operation_in_its_title_makes_none(title):
    told = read_chart(documents=[document("Procedure: L4-5 microdiscectomy.", title)])

    assert {"history-of-spine-surgery"} >= {s.concept for s in told.statements if not s.about_surgery}


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "about 2019"),
        (date(2019, 3, 1), date(2019, 3, 31), "March 2019"),
        (date(2019, 3, 4), date(2019, 3, 4), "2019-03-04"),
    ],
)
def test_a_procedure_dated_in_words_has_that_date(first, last, told):
    found = only("fusion", read_chart(procedures=[procedure(name="TLIF L5-S1", performed_string=told)]))

    assert Span(first, last) == found.onset


def test_a_procedure_dated_in_words_that_name_no_day_is_undated():
    assert (
        only("fusion", read_chart(procedures=[procedure(name="TLIF L5-S1", performed_string="in childhood")])).onset
        is None
    )


@pytest.mark.parametrize("status", ["not-done", "entered-in-error"])
def test_a_procedure_that_was_not_done_is_not_read(status):
    assert () == read_chart(procedures=[procedure(name="TLIF L5-S1", status=status)]).statements


# --- codes and names -----------------------------------------------------------------------------------------------


def test_the_display_of_a_code_nobody_knows_is_read_as_its_name():
    told = read_chart(conditions=[condition(code=coded("FD1", "Foot drop, left"))])

    assert ("foot-drop", Side.LEFT) == (only("foot-drop", told).concept, only("foot-drop", told).side)


def test_the_display_of_a_known_code_is_not_read_again():
    told = read_chart(conditions=[condition(code=coded("FD1", "Foot drop"))], knows=lambda system, code: code == "FD1")

    assert () == told.statements


def test_the_text_of_a_concept_comes_before_its_displays():
    both = datatypes.CodeableConcept(text="Leg pain", coding=(datatypes.Coding(code="x", display="Foot drop"),))

    assert {"leg-pain"} == said(read_chart(conditions=[condition(code=both)]))


def test_a_display_that_is_repeated_is_read_once():
    twice = datatypes.CodeableConcept(coding=(datatypes.Coding(code="x", display="Foot drop"), datatypes.Coding(code="y", display="Foot drop")))  # fmt: skip  # noqa: E501

    assert only("foot-drop", read_chart(conditions=[condition(code=twice)]))


# --- studies, notes, observations ----------------------------------------------------------------------------------


def test_the_note_of_a_study_is_told_of_that_study_with_the_weight_of_a_note():
    told = read_chart(imaging_studies=[study(note=(datatypes.Annotation(text="Recurrent disc herniation L4-5."),))])
    found = only("disc-herniation", told)

    assert (Basis.NOTE, "ImagingStudy/s", "MR", DAY) == (found.basis, found.study, found.modality, found.stated)


def test_the_description_of_a_study_is_read_and_a_void_study_is_not():
    words = {"description": "Recurrent disc herniation L4-5."}

    assert {"disc-herniation", "herniation-again"} == said(read_chart(imaging_studies=[study(**words)]))
    assert () == read_chart(imaging_studies=[study(**words, status="entered-in-error")]).statements


def test_a_study_whose_description_only_names_it_says_nothing():
    assert () == read_chart(imaging_studies=[study(description="MRI lumbar spine without contrast")]).statements


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("conditions", condition("Left foot drop.")),
        ("observations", spoken("Left foot drop.")),
        ("observations", spoken("", note=(datatypes.Annotation(text="Left foot drop."),))),
    ],
)
def test_words_of_any_resource_are_read(kind, made):
    found = only("foot-drop", read_chart(**{kind: [made]}))

    assert (made.ref, Basis.NOTE, Side.LEFT, DAY) == (found.source, found.basis, found.side, found.stated)


def test_a_note_has_its_own_day():
    note = datatypes.Annotation(text="Foot drop.", time="2025-09-09T10:00:00Z")
    found = only("foot-drop", read_chart(conditions=[condition(note=(note,))]))

    assert Span(date(2025, 9, 9), date(2025, 9, 9)) == found.stated


def test_a_condition_without_a_day_has_that_of_its_encounter():
    visit = resources.Encounter(resource_type="Encounter", id="e", period=datatypes.Period(start="2025-02-02"))
    one = condition("Foot drop.", recorded_date=None, encounter=datatypes.Reference(reference="Encounter/e"))
    found = only("foot-drop", read_chart(conditions=[one], encounters=[visit]))

    assert (Span(date(2025, 2, 2), date(2025, 2, 2)), "Encounter/e") == (found.stated, found.encounter)


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_refuted_condition_is_not_read(status):
    assert () == read_chart(conditions=[condition("Foot drop.", verification_status=coded(status))]).statements


def test_a_resolved_condition_is_closed_and_a_differential_one_in_doubt():
    closed = read_chart(conditions=[condition("Leg pain.", clinical_status=coded("resolved"))])
    doubtful = read_chart(conditions=[condition("Leg pain.", verification_status=coded("differential"))])

    assert only("leg-pain", closed).closed
    assert Polarity.UNCERTAIN is only("leg-pain", doubtful).polarity


def test_reports_are_read_before_conditions_and_conditions_before_documents():
    told = read_chart(
        documents=[document("Leg pain.")],
        conditions=[condition("Leg pain.")],
        reports=[report("Leg pain.", "Progress note")],
        observations=[spoken("Leg pain.")],
    )

    assert ["DiagnosticReport/r", "Condition/c", "Observation/o", "DocumentReference/d"] == [
        s.source for s in told.statements
    ]


def test_a_chart_without_words_says_nothing():
    empty = {"conditions": [condition()], "procedures": [procedure()], "documents": [document(""), composition()]}
    told = read_chart(**empty, observations=[spoken("")], imaging_studies=[study()], reports=[report("")])

    assert ((), ()) == (told.statements, told.not_understood)


def test_an_undated_document_is_read():
    assert {"foot-drop"} == said(read_chart(documents=[document("Foot drop.", date=None)]))


def test_a_document_of_the_future_is_not_read():
    assert () == read_chart(documents=[document("Foot drop.", date="2031-01-01")]).statements


def test_unread_documents_are_named_with_their_reference():
    forms = product(["d1", "d2"], [attached("x", "application/pdf")])

    assert {
        Unread("DocumentReference/d1", "a damaged PDF"),
        Unread("DocumentReference/d2", "a damaged PDF"),
    } == set(read_chart(documents=[document("", "Note", form, id=id_, date=WRITTEN) for id_, form in forms]).unread)


def test_a_title_alone_is_no_finding():
    assert () == read_chart(reports=[report("See images.", "MRI for recurrent disc herniation")]).statements
    assert () == read_chart(documents=[document("", type=named("Foot drop"), content=None)]).statements
