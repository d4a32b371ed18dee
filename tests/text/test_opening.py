"""A chart opens its documents once, newest first, and names each that it did not open or could not read."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import pytest

from service import pipeline
from service.domain.statements import Unread
from service.fhir import datatypes, resources
from service.fhir.record import File, Record
from service.text.documents import opening
from service.text.documents.reading_budget import MOST_CHARACTERS
from service.text.pipeline import read as read_texts
from tests.ehr.serving import rules
from tests.text.papers import FORMS, WORDS, attachment, document, html, pdf, rtf
from tests.text.reading import AS_OF, language, report


def record(*documents, **more):
    return Record(as_of=AS_OF, documents=documents, **more)


def texts(record):
    return [form.text for carrier in opening.carriers_of(record) for form in opening.forms_of(carrier)]


def test_a_record_without_attachments_stays_what_it_is():
    plain = record(resources.Composition(resource_type="Composition"), reports=(report("No abscess."),))

    assert plain is opening.opened(plain)


def test_documents_are_opened_once():
    once = opening.opened(record(document(attachment(pdf(WORDS), "application/pdf"))))

    assert "\n".join(WORDS) == texts(once)[0].strip()
    assert once == opening.opened(once)


def test_the_newest_are_opened_and_the_rest_is_named(monkeypatch):
    monkeypatch.setattr(opening, "MOST_WORK", 500)
    days = ["2024-05-01", "2025-05-01", "2023-05-01"]
    held = [document(attachment(rtf(*WORDS), "text/rtf"), ident=day[:4], day=day) for day in days]
    paper = report("", presented_form=(attachment(html("pain"), "text/html"),), effective_date_time="2022-01-01")
    found = opening.opened(record(*held, reports=(paper,)))
    left = "not opened: newer documents filled what one call may open"

    assert [bool(text) for text in texts(found)] == [True, False, False, False]
    assert [
        Unread("DocumentReference/2024", left),
        Unread("DocumentReference/2023", left),
        Unread(paper.ref, left),
    ] == list(opening.unread(found))


def test_of_several_forms_of_one_document_the_easiest_that_can_be_read_is_enough():
    scan, page, note = (
        attachment(pdf(scans=1), "application/pdf"),
        attachment(html(*WORDS), "text/html"),
        attachment(b"", "text/plain"),
    )
    found = opening.opened(record(document(scan, page, note)))

    assert ["\n\n".join(WORDS)] == texts(found)
    assert () == opening.unread(found)


def test_two_parts_of_one_form_are_both_read():
    parts = attachment(b"Part one", "text/plain"), attachment(b"Part two", "text/plain")

    assert ["Part one", "Part two"] == texts(opening.opened(record(document(*parts))))


def test_what_was_fetched_stands_for_what_was_pointed_to():
    at = [datatypes.Attachment(content_type="application/pdf", url=f"Binary/{n}") for n in range(3)]
    files = {"Binary/0": File(pdf(WORDS)), "Binary/1": File(problem="it lies on another server, which is not asked")}
    found = opening.opened(record(*(document(form, ident=str(n)) for n, form in enumerate(at)), files=files))

    assert [
        Unread("DocumentReference/2", "its text was not sent"),
        Unread("DocumentReference/1", "it lies on another server, which is not asked"),
    ] == list(opening.unread(found))


def test_over_the_budget_of_words_the_oldest_texts_are_searched_only():
    long = b"Walks the dog. " * (MOST_CHARACTERS // 20)
    old = document(attachment(long + b"Numb between the legs since Monday.", "text/plain"), ident="a", day="2020-06-01")
    newer = attachment(long, "text/plain")
    held = document(newer, ident="b", day="2025-05-01"), document(newer, ident="c", day="2024-01-01")
    told = read_texts(record(old, *held), language())

    assert ["DocumentReference/a", "DocumentReference/c"] == sorted(each.source for each in told.unread)
    assert ["saddle-numbness"] == [s.concept for s in told.statements if s.source == "DocumentReference/a"]


def test_a_text_beyond_all_bounds_takes_no_room_from_the_others():
    huge = document(attachment(b"Walks the dog. " * (MOST_CHARACTERS // 10), "text/plain"), ident="a", day="2025-06-01")
    note = document(attachment(b"Numb between the legs since Monday.", "text/plain"), ident="b", day="2025-05-01")
    told = read_texts(record(huge, note), language())

    assert ["DocumentReference/a"] == [each.source for each in told.unread]


# --- what /explain says of it -----------------------------------------------------------------------------------------

SUBJECT = {"subject": {"reference": "Patient/p"}}


def explained(*documents):
    told = "Status post lumbar microdiscectomy L4-L5 left in March 2024. Left leg pain is back since January."
    chart = [
        {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01"},
        {"resourceType": "Condition", "id": "c", **SUBJECT, "code": {"text": told}, "recordedDate": "2026-02-01"},
        *documents,
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in chart]}
    return pipeline.explain(bundle, date(2026, 3, 2), rules(), "", pipeline.writing(rules(), ""))


def sent(data, kind, ident="d", **more):
    form = {"contentType": kind, **({"data": b64encode(data).decode()} if data else {"url": "Binary/1"})}
    return {"resourceType": "DocumentReference", "id": ident, "status": "current", **SUBJECT,
            "date": "2026-02-20T10:00:00Z", "type": {"text": "Progress note"},
            "content": [{"attachment": form}], **more}  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_an_emergency_that_a_document_tells_is_raised(kind):
    words = "Unable to pass urine and numb in the saddle area since Monday."

    assert "rf-cauda-equina" == explained(sent(FORMS[kind](words), kind))["redFlags"][0]["id"]


def test_what_was_not_read_stands_in_skipped_with_its_place_and_its_reason():
    answer = explained(sent(pdf(scans=1), "application/pdf"), sent(b"", "application/pdf", "e"))

    assert [
        ("Bundle.entry[2].resource", "text not read: a PDF without text in it, perhaps a scan"),
        ("Bundle.entry[3].resource", "text not read: its text was not sent"),
    ] == sorted((each["path"], each["reason"]) for each in answer["skipped"])


SCAN = {"contentType": "application/pdf", "data": b64encode(pdf(scans=1)).decode()}
HALF = {"contentType": "application/pdf", "data": b64encode(pdf(["No recurrent disc herniation."], scans=1)).decode()}
WHOLE = {"contentType": "application/pdf", "data": b64encode(pdf(["Normal study."])).decode()}


@pytest.mark.parametrize(("form", "word"), [(SCAN, "unread"), (HALF, "read"), (WHOLE, "negative")])
def test_a_report_counts_as_read_only_as_far_as_it_was_read(form, word):
    study = {"resourceType": "ImagingStudy", "id": "s", "status": "available", **SUBJECT, "started": "2026-02-10",
             "modality": [{"code": "MR"}], "description": "MRI lumbar spine"}  # fmt: skip
    paper = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", **SUBJECT, "presentedForm": [form],
             "code": {"text": "MRI lumbar spine"}, "effectiveDateTime": "2026-02-10",
             "imagingStudy": [{"reference": "ImagingStudy/s"}]}  # fmt: skip

    assert word == {f["name"]: f["value"] for f in explained(study, paper)["caseSheet"]}["mri"]


def test_what_was_not_understood_is_told_most_clinical_first_and_bounded():
    odd = [f"Bowels erratic in a way number {'x' * n} since the weekend." for n in range(1, 40)]
    told = explained(sent("\n".join(odd).encode(), "text/plain"))["notUnderstood"]

    assert len(told) <= 20
    assert all({"source", "words", "stated"} == each.keys() for each in told)
