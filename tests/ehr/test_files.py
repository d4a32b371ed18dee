"""Documents that a chart only points to are fetched from the EHR's own server, newest first, within the one budget."""

from __future__ import annotations

import time
from base64 import b64encode
from datetime import timedelta

import pytest

from tests.ehr import ehr as ehrs
from tests.ehr.serving import CALL, access, prefetch_of, request, serving, today
from tests.text.papers import FORMS, pdf

BUDGET = 0.4
SLACK = 1.0  # for a busy machine
WHO = "p1"
SUBJECT = {"subject": {"reference": f"Patient/{WHO}"}}
TOLD = (
    "Status post lumbar microdiscectomy L4-L5 left in March 2024.",
    "Unable to pass urine and numb in the saddle area since Monday.",
)
"""Nothing else in the chart tells of the operation or of the emergency."""


@pytest.fixture(scope="module")
def service():
    with serving(open=True, fetch_budget_ms=int(BUDGET * 1000)) as client:
        yield client


def ago(days):
    return (today() - timedelta(days=days)).isoformat()


def document(*forms, ident="note", days=3, **more):
    return {"resourceType": "DocumentReference", "id": ident, "status": "current", **SUBJECT,
            "type": {"text": "Progress note"}, "date": f"{ago(days)}T08:00:00Z",
            "content": [{"attachment": form} for form in forms], **more}  # fmt: skip


def pointing(url, kind="application/pdf"):
    return {"contentType": kind, "url": url}


def binary(data, ident="1", kind="application/pdf"):
    return {"resourceType": "Binary", "id": ident, "contentType": kind, "data": b64encode(data).decode()}


def chart(*more):
    pain = {
        "resourceType": "Condition",
        "id": "c",
        **SUBJECT,
        "code": {"text": "Low back pain"},
        "recordedDate": ago(9),
    }
    return [{"resourceType": "Patient", "id": WHO, "birthDate": "1970-01-01"}, pain, *more]


def ask(service, ehr, scope="patient/*.read", sent=None):
    held = [each for each in ehr.chart if each["resourceType"] != "Binary"]
    return service.post(CALL, json=request(prefetch_of(held) if sent is None else sent, WHO, **access(ehr, scope)))


def topics(answer):
    assert 200 == answer.status_code
    return [card["source"]["topic"]["code"] for card in answer.json()["cards"]]


def binaries_asked(ehr):
    return [path.rpartition("/")[2] for path, _ in ehr.asked if "/Binary/" in path]


@pytest.mark.parametrize("kind", FORMS)
def test_a_document_that_is_pointed_to_is_fetched_and_read(service, kind):
    held = chart(document(pointing("Binary/1", kind)), binary(FORMS[kind](*TOLD), kind=kind))
    with ehrs.running(held) as ehr:
        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]


def test_a_binary_that_the_server_sends_as_it_is_is_read_too(service):
    with ehrs.running(chart(document(pointing("Binary/1")))) as ehr:
        ehr.files["Binary/1"] = ("application/pdf", pdf(TOLD))

        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]


def test_the_documents_themselves_are_fetched_when_they_were_not_sent(service):
    with ehrs.running(chart(document(pointing("Binary/1")), binary(pdf(TOLD)))) as ehr:
        answer = ask(service, ehr, sent={})

        assert "rf-cauda-equina" == topics(answer)[0]
        assert 1 == ehr.times_asked("/fhir/DocumentReference?patient=p1")


def test_a_document_that_was_sent_whole_is_not_fetched(service):
    whole = {"contentType": "application/pdf", "data": b64encode(pdf(TOLD)).decode(), "url": "Binary/1"}
    with ehrs.running(chart(document(whole))) as ehr:
        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]
        assert [] == ehr.asked


def test_the_attachment_of_a_report_is_fetched(service):
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", **SUBJECT, "effectiveDateTime": ago(4),
              "code": {"text": "Clinic note"}, "presentedForm": [pointing("Binary/1")]}  # fmt: skip
    with ehrs.running(chart(report, binary(pdf(TOLD)))) as ehr:
        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]


def test_of_two_forms_of_one_document_the_easier_is_fetched(service):
    forms = pointing("Binary/1"), pointing("Binary/2", "text/html")
    with ehrs.running(chart(document(*forms), binary(FORMS["text/html"](*TOLD), "2", "text/html"))) as ehr:
        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]
        assert ["2"] == binaries_asked(ehr)


def test_an_absolute_address_on_the_same_server_is_asked_with_the_token(service):
    with ehrs.running(chart(), page=1) as ehr:
        ehr.chart += [document(pointing(f"{ehr.base}/Binary/1")), binary(pdf(TOLD))]

        assert "rf-cauda-equina" == topics(ask(service, ehr))[0]
        assert {"Bearer a-token"} == {headers["Authorization"] for _, headers in ehr.asked}


@pytest.mark.parametrize(
    "url",
    ["http://localhost:{port}/fhir/Binary/1", "https://127.0.0.1:{port}/fhir/Binary/1", "http://127.0.0.1:{port}/Binary/1",
     "//localhost:{port}/fhir/Binary/1", "../Binary/1", "http://127.0.0.1:{port}/fhir/../Binary/1", "file:///etc/passwd",
     "urn:uuid:1", "http://user@127.0.0.1:{port}/fhir/Binary/1", "\\\\localhost\\x", "Binary/1#x"],
)  # fmt: skip
def test_an_address_on_another_server_is_never_asked_and_is_named(service, url):
    operated = document({"contentType": "text/plain", "data": b64encode(TOLD[0].encode()).decode()}, ident="op", days=9)
    back = {
        "resourceType": "Condition",
        "id": "b",
        **SUBJECT,
        "code": {"text": "Left leg pain"},
        "recordedDate": ago(5),
    }
    with ehrs.running(chart(operated, back, binary(pdf(TOLD)))) as ehr, ehrs.running(chart()) as other:
        ehr.chart.append(document(pointing(url.format(port=other.port))))
        answer = ask(service, ehr)

        assert ([], []) == (ehr.asked, other.asked)
        assert "rf-cauda-equina" not in topics(answer)
        assert "documents" in answer.json()["cards"][0]["detail"].partition("Not available to this check:")[2]


@pytest.mark.parametrize(
    ("scope", "asked"),
    [
        ("patient/DocumentReference.rs patient/Binary.r", ["1"]),
        ("patient/DocumentReference.read patient/Binary.read", ["1"]),
        ("", ["1"]),
        ("patient/DocumentReference.rs", []),
        ("patient/Binary.s", []),
        ("patient/Binary.r?x=1", []),
    ],
)
def test_a_document_is_asked_for_only_where_the_scope_allows(service, scope, asked):
    with ehrs.running(chart(document(pointing("Binary/1")), binary(pdf(TOLD)))) as ehr:
        ask(service, ehr, scope)

        assert asked == binaries_asked(ehr)


@pytest.mark.parametrize("fault", ehrs.FAULTS)
def test_a_fault_on_a_document_costs_neither_the_answer_nor_more_time_than_there_is(service, fault):
    operated = document({"contentType": "text/plain", "data": b64encode(TOLD[0].encode()).decode()}, ident="op", days=9)
    with ehrs.running(chart(operated, document(pointing("Binary/1"))), fault=fault, on=("Binary",)) as ehr:
        began = time.perf_counter()
        answer = ask(service, ehr)

    assert 200 == answer.status_code
    assert time.perf_counter() - began < BUDGET + SLACK
    assert "rf-cauda-equina" not in topics(answer)


def test_the_newest_documents_are_fetched_and_the_number_is_a_setting():
    notes = [document(pointing(f"Binary/{days}"), ident=f"n{days}", days=days) for days in range(1, 10)]
    superseded = document(pointing("Binary/99"), ident="old", days=0, status="superseded")
    strange = document(pointing("Binary/98"), ident="not", days=0, subject={"reference": "Patient/other"})
    for most, expected in ((3, ["1", "2", "3"]), (0, [])):
        with (
            serving(open=True, fetch_documents=most) as client,
            ehrs.running(chart(*notes, superseded, strange)) as ehr,
        ):
            ask(client, ehr)

            assert expected == sorted(binaries_asked(ehr))


def test_no_server_or_no_token_leaves_documents_unread_without_an_error(service):
    call = request(prefetch_of(chart(document(pointing("Binary/1")))), WHO)

    assert [] == topics(service.post(CALL, json=call))
