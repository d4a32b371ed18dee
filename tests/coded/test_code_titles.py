"""A document, a section or an order that is named by its code alone is read as one that is named in words."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import pytest

from service import pipeline
from service.chart.study_types import sight
from service.coded import code_titles
from service.findings import case_sheet
from service.orders import draft_orders
from service.output.cards import under_way
from tests.rule_sets import shipped

DAY = date(2026, 3, 2)
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
SUBJECT = {"subject": {"reference": "Patient/p"}}
OPERATION = {"resourceType": "Procedure", "id": "op", "status": "completed", "performedDateTime": "2025-03-05",
             "code": {"text": "Lumbar discectomy L4-L5"}, **SUBJECT}  # fmt: skip
PAIN = {"resourceType": "Condition", "id": "c", "recordedDate": "2026-02-20", "onsetDateTime": "2026-02-01",
        "code": {"text": "Left sciatica"}, **SUBJECT}  # fmt: skip


def coded(code, system=LOINC, **more):
    return {"coding": [{"system": system, "code": code, **more}]}


def read(*resources):
    entries = [{"resource": each} for each in resources]
    return pipeline.read({"resourceType": "Bundle", "type": "collection", "entry": entries}, DAY)


def sheet(*resources):
    return case_sheet.read(read(*resources), shipped())


def statements(*resources):
    return case_sheet.say(code_titles.titled(read(*resources), shipped().codes), shipped())


def said(*resources):
    return {s.concept for s in statements(*resources)}


def report(code, text):
    return {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "effectiveDateTime": "2026-02-20",
            "conclusion": text, "code": code, **SUBJECT}  # fmt: skip


def document(code, text):
    attachment = {"contentType": "text/plain", "data": b64encode(text.encode()).decode()}
    return {"resourceType": "DocumentReference", "id": "d", "status": "current", "date": "2026-02-20T08:00:00Z",
            "content": [{"attachment": attachment}], "type": code, **SUBJECT}  # fmt: skip


def composition(code, words, **more):
    section = {"code": coded(code), "text": {"status": "generated", "div": f"<div>{words}</div>"}, **more}
    return {"resourceType": "Composition", "id": "d", "status": "final", "type": coded("11506-3"), "title": "Visit",
            "date": "2026-02-20T08:00:00Z", "section": [section], **SUBJECT}  # fmt: skip


@pytest.mark.parametrize("paper", [report, document])
@pytest.mark.parametrize(("code", "bases"), [("11504-8", {"report"}), ("34117-2", {"note"})])
def test_an_operative_note_by_its_code_alone_tells_what_was_done(paper, code, bases):
    told = statements(paper(coded(code), "Procedure: Microdiscectomy L4/5 left.\nUneventful."))

    assert bases == {s.basis.value for s in told if s.concept == "discectomy"}


def test_a_discharge_summary_by_its_code_alone_is_a_note_and_no_report_of_a_study():
    told = statements(report(coded("18842-5"), "He has left leg pain."))

    assert {"note"} == {s.basis.value for s in told if s.concept == "leg-pain"}


@pytest.mark.parametrize("code", ["10157-6", "18776-5", "8653-8"])
def test_what_a_section_of_family_plan_or_instructions_by_its_code_tells_is_not_the_patients(code):
    assert "urinary-retention" not in said(composition(code, "Saddle numbness and urinary retention."))


@pytest.mark.parametrize("code", ["10187-3", "10164-2", "10210-3"])
def test_what_a_section_of_history_or_examination_by_its_code_tells_is_the_patients(code):
    assert "urinary-retention" in said(composition(code, "Saddle numbness and urinary retention."))


def test_a_title_that_was_sent_stands_whatever_the_code_says():
    assert "urinary-retention" in said(composition("10157-6", "Now urinary retention.", title="Review of systems"))


@pytest.mark.parametrize(("code", "step"), [("306290009", "rheumatology-referral"), ("30088009", "blood-cultures")])
def test_an_order_by_its_code_alone_settles_the_step_it_stands_for(code, step):
    order = {"resourceType": "ServiceRequest", "id": "s", "status": "active", "intent": "order",
             "authoredOn": "2026-03-01", "code": coded(code, SNOMED), **SUBJECT}  # fmt: skip

    assert step in {each.step for each in sheet(OPERATION, PAIN, order).settled}


def test_an_open_referral_by_its_code_alone_is_under_way_by_its_words():
    order = {"resourceType": "ServiceRequest", "id": "s", "status": "active", "intent": "order",
             "authoredOn": "2026-03-01", "code": coded("308482002", SNOMED), **SUBJECT}  # fmt: skip
    record = code_titles.titled(read(order), shipped().codes)

    assert ("referral to neurosurgeon",) == tuple(w.strip() for w in under_way.read(record.service_requests, DAY).words)


def test_a_draft_by_its_code_alone_asks_for_the_study_it_stands_for():
    draft = {"resourceType": "ServiceRequest", "id": "s", "status": "draft", "intent": "order",
             "code": coded("183840006", SNOMED), **SUBJECT}  # fmt: skip
    (found,) = draft_orders.read([draft], "p", DAY, shipped())

    assert "nerve conduction study" == found.words
    assert found.kinds == sight(frozenset(), (), (found.words,), ()).kinds == {"emg"}


@pytest.mark.parametrize("code", [coded("11504-8", display="Letter"), {**coded("11504-8"), "text": "Letter"}])
def test_words_that_were_sent_are_never_replaced(code):
    record = read(report(code, "x"))

    assert record == code_titles.titled(record, shipped().codes)


@pytest.mark.parametrize("code", ["310464005", "243898001"])
def test_a_department_and_a_plane_of_reference_are_no_treatment_and_no_place(code):
    codes = shipped().codes

    assert ((), (), "") == (codes.hits(SNOMED, code), codes.place(SNOMED, code).segments, codes.title(SNOMED, code))
    assert "" == codes.place(SNOMED, code).region
