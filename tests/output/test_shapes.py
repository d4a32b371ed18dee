"""Bundles of every shape, and references as charts write them, lead to the same conclusions."""

from __future__ import annotations

import pytest

from service.domain.errors import BadRequest
from tests.output.charts import bundle, guide, left_out, resources, topics

KINDS = ["collection", "searchset", "batch", "transaction", "message", "document", "batch-response", "history"]
UUID = "urn:uuid:6a3f0e1e-6a53-4c5b-9b7e-0a1f3f5f7d10"


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_the_bundle_does_not_matter(kind, service):
    entry = {"request": {"method": "POST", "url": "Condition"}} if kind in ("batch", "transaction") else {}
    assert ["recurrent-herniation"] == topics(guide(bundle(kind=kind, **entry), service))


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p1",
        "https://ehr.example/fhir/Patient/p1",
        "https://ehr.example/fhir/Patient/p1/_history/3",
        UUID,
        "Patient?identifier=https://ehr.example/mrn|77",
    ],
)
def test_a_reference_may_be_relative_absolute_versioned_urn_or_conditional(reference, service):
    held = resources(subject=reference)
    held[0]["identifier"] = [{"system": "https://ehr.example/mrn", "value": "77"}]
    stranger = {**held[2], "id": "other", "subject": {"reference": "Patient/p2"}}
    chart = bundle([*held, stranger])
    chart["entry"][0]["fullUrl"] = UUID
    answer = guide(chart, service, patient="p1")
    assert ["recurrent-herniation"] == topics(answer)
    assert {"Bundle.entry[3].resource": "about another patient"} == left_out(answer)


def test_several_patients_are_refused_unless_one_is_asked_for(service):
    other = resources(subject="Patient/p2")
    other[0]["id"], other[1]["id"], other[2]["id"] = "p2", "op2", "pain2"
    chart = bundle([*resources(), other[0], other[2]])
    with pytest.raises(BadRequest, match="speaks of 2 patients"):
        guide(chart, service)
    assert ["recurrent-herniation"] == topics(guide(chart, service, patient="p1"))
    assert [] == topics(guide(chart, service, patient="p2"))


def test_the_searchsets_of_a_batch_response_are_read(service):
    queries = [bundle([each], kind="searchset") for each in resources()]
    assert ["recurrent-herniation"] == topics(guide(bundle(queries, kind="batch-response"), service))


@pytest.mark.parametrize(
    "entry",
    [
        {"response": {"status": "403 Forbidden"}},
        {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}]}},
    ],
)
def test_a_query_that_failed_at_the_sender_is_reported(entry, service):
    chart = bundle(kind="batch-response")
    chart["entry"].append(entry)
    answer = guide(chart, service)
    assert {"the EHR answered with an error"} == set(left_out(answer).values())
    assert ["recurrent-herniation"] == topics(answer)


def test_a_page_that_was_not_sent_is_reported(service):
    chart = {**bundle(kind="searchset"), "link": [{"relation": "next", "url": "https://ehr.example/?page=2"}]}
    assert {"Bundle.link": "first page only; the next page was not sent"} == left_out(guide(chart, service))


def test_results_contained_in_a_report_are_read(service):
    crp = {
        "resourceType": "Observation",
        "id": "crp",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
        "valueQuantity": {"value": 180, "unit": "mg/L", "system": "http://unitsofmeasure.org", "code": "mg/L"},
    }
    report = {
        "resourceType": "DiagnosticReport",
        "id": "lab",
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "code": {"text": "Laboratory"},
        "effectiveDateTime": "2025-03-30",
        "result": [{"reference": "#crp"}],
        "contained": [{**crp, "effectiveDateTime": "2025-03-30"}],
    }
    outside = {**crp, "effectiveDateTime": "2025-03-30", "subject": {"reference": "Patient/p1"}}
    expected = topics(guide(bundle([*resources(), outside]), service))
    assert ["recurrent-herniation"] != expected
    assert expected == topics(guide(bundle([*resources(), report]), service))
    never = {**report, "status": "entered-in-error"}
    assert ["recurrent-herniation"] == topics(guide(bundle([*resources(), never]), service))


def test_a_contained_diagnosis_is_named_as_left_out(service):
    held = resources()
    held[1]["contained"] = [{"resourceType": "Condition", "id": "why", "code": {"text": "Disc herniation"}}]
    reasons = left_out(guide(bundle(held), service))
    assert "a contained resource that is not read" == reasons["Bundle.entry[1].resource.contained[0]"]


def test_a_cds_hooks_request_may_be_posted_as_it_is(service):
    call = {
        "hook": "patient-view",
        "hookInstance": "1",
        "context": {"userId": "Practitioner/1", "patientId": "p1"},
        "prefetch": {"patient": resources()[0], "procedures": bundle(resources()[1:2]), "conditions": bundle()},
    }
    assert ["recurrent-herniation"] == topics(guide(call, service))
