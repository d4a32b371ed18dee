"""Conclusions written as FHIR: valid, connected, the same as the cards, and silent when there is nothing to say."""

from __future__ import annotations

import pytest

from service import pipeline
from service.fhir.canonical import CANONICAL
from service.fhir.validation import problems
from tests.output.charts import AS_OF, bundle, guide, left_out, of, references, resources, text, topics
from tests.patients import build

PATIENTS = build.names()


def both(name, service):
    patient = build.load(name)
    chart = build.bundle(patient)
    own = pipeline.writing(service)
    return chart, guide(chart, service, as_of=patient.as_of), pipeline.explain(chart, patient.as_of, service, "", own)


@pytest.mark.parametrize("name", PATIENTS)
def test_every_answer_is_valid_connected_and_the_same_as_the_explanation(name, service):
    chart, answer, explained = both(name, service)
    assert () == problems(answer)
    assert [()] * len(answer["entry"]) == [problems(entry["resource"]) for entry in answer["entry"]]

    own = {entry["fullUrl"] for entry in answer["entry"]}
    sent = {f"{each['resource']['resourceType']}/{each['resource']['id']}" for each in chart["entry"]}
    assert set() == set(references(answer)) - own - sent

    alarms = explained["redFlags"] + explained["bedsideWarnings"]
    shown = {card["source"]["topic"]["code"] for card in explained["cards"]} - {"orientation"}
    concluded = {each["id"] for each in alarms} | {c["id"] for c in explained["causes"] if c["certainty"] != "fits"}
    assert shown | concluded == set(topics(answer))
    assert len(topics(answer)) == len(set(topics(answer)))

    proposed = [{k: v for k, v in each.items() if k not in ("id", "meta")} for each in of(answer, "ServiceRequest")]
    for card in explained["cards"]:
        for suggestion in card.get("suggestions", ()):
            orders = [action["resource"] for action in suggestion["actions"]]
            assert [] == [o for o in orders if o["resourceType"] == "ServiceRequest" and o not in proposed]

    # A step of two orders, CRP and ESR, stands twice.
    steps = dict.fromkeys(action["title"] for group in of(answer, "RequestGroup") for action in group["action"])
    assert [step["title"] for step in explained["nextSteps"] if explained["cards"]] == list(steps)


@pytest.mark.parametrize("name", [name for name in PATIENTS if name.startswith("nothing-to-say")])
def test_nothing_is_said_when_the_cards_say_nothing(name, service):
    _, answer, explained = both(name, service)
    assert [] == explained["cards"]
    assert [] == of(answer, "DetectedIssue") + of(answer, "RequestGroup") + of(answer, "ServiceRequest")
    (guidance,) = of(answer, "GuidanceResponse")
    assert "success" == guidance["status"]
    assert not {"result", "dataRequirement", "note", "reasonCode"} & set(guidance)


def test_a_thin_chart_asks_for_the_data_that_would_tell_the_causes_apart(service):
    answer = both("orientation-thin-chart", service)[1]
    (guidance,) = of(answer, "GuidanceResponse")
    assert "data-required" == guidance["status"]
    asked = {code["code"] for need in guidance["dataRequirement"] for code in need["codeFilter"][0]["code"]}
    assert set() == asked - set(service.knowledge.vocabulary.findings)
    assert "course" in asked


def test_guidance_leads_to_the_group_and_the_group_to_draft_proposals(service):
    answer = guide(bundle(), service)
    by_url = {entry["fullUrl"]: entry["resource"] for entry in answer["entry"]}
    (guidance,) = of(answer, "GuidanceResponse")
    group = by_url[guidance["result"]["reference"]]
    proposed = [by_url[action["resource"]["reference"]] for action in group["action"]]
    assert {("draft", "proposal")} == {(each["status"], each["intent"]) for each in (group, *proposed)}
    assert {"ServiceRequest"} <= {each["resourceType"] for each in proposed}
    assert f"{CANONICAL}/PlanDefinition/backstory-fbss|{service.knowledge.version}" == guidance["moduleUri"]


def test_an_issue_is_preliminary_cites_its_evidence_and_names_its_rule_and_version(service):
    answer = guide(bundle(), service)
    (issue,) = [each for each in of(answer, "DetectedIssue") if "recurrent-herniation" in text(each["code"])]
    assert "preliminary" == issue["status"]
    assert f"recurrent-herniation|{service.knowledge.version}" == issue["identifier"][0]["value"]
    assert {"Procedure/op", "Condition/pain"} & {each["reference"] for each in issue["implicated"]}
    assert all(reason["code"][0]["text"] for reason in issue["evidence"])


def test_no_diagnosis_is_written(service):
    written = {entry["resource"]["resourceType"] for entry in guide(bundle(), service)["entry"]}
    assert set() == written & {"Condition", "ClinicalImpression", "RiskAssessment"}


def test_the_order_of_the_entries_changes_nothing_not_even_an_id(service):
    assert guide(bundle(), service) == guide(bundle(resources()[::-1]), service)


def test_another_chart_has_other_ids(service):
    other = resources()
    other[2]["onsetDateTime"] = "2025-02-01"
    first, second = guide(bundle(), service), guide(bundle(other), service)
    assert set() == {e["fullUrl"] for e in first["entry"]} & {e["fullUrl"] for e in second["entry"]}


def test_the_provenance_names_the_rule_set_and_every_entry_that_was_used(service):
    answer = guide(bundle(), service)
    (provenance,) = of(answer, "Provenance")
    assert service.knowledge.version == provenance["agent"][0]["who"]["identifier"]["value"]
    assert {"Procedure/op", "Condition/pain"} <= {each["what"]["reference"] for each in provenance["entity"]}
    targets = {each["reference"] for each in provenance["target"]}
    assert {e["fullUrl"] for e in answer["entry"]} - targets == {
        e["fullUrl"] for e in answer["entry"] if e["resource"]["resourceType"] in ("OperationOutcome", "Provenance")
    }


def test_a_skipped_entry_is_named_by_its_place_and_never_by_its_content(service):
    wrong = {"resourceType": "Condition", "id": "x", "subject": {"reference": "Patient/p1"}, "code": "SECRET"}
    future = {**resources()[2], "id": "later", "onsetDateTime": "2031-01-01", "recordedDate": "2031-01-01"}
    answer = guide(bundle([*resources(), wrong, future]), service)
    assert "expected an object, got a string" == left_out(answer)["Bundle.entry[3].resource.code"].lower()
    assert "dated after the day of evaluation" == left_out(answer)["Bundle.entry[4].resource"]
    assert "SECRET" not in text(answer)


def test_an_r5_resource_is_named_as_such(service):
    r5 = {"resourceType": "Procedure", "id": "r5", "status": "completed", "subject": {"reference": "Patient/p1"}}
    answer = guide(bundle([*resources(), {**r5, "occurrenceDateTime": "2024-01-01"}]), service)
    assert left_out(answer)["Bundle.entry[3].resource.occurrenceDateTime"].startswith("R5 shape (Procedure.")


def test_an_entry_that_is_used_though_invalid_is_said_to_be_so(service):
    odd = resources()
    odd[2]["severity"] = "SECRET"
    del odd[2]["severity"]
    odd[2]["stage"] = "SECRET"
    answer = guide(bundle(odd), service)
    assert "recurrent-herniation" in topics(answer)
    assert "used, though not valid FHIR R4: Condition.stage" == left_out(answer)["Bundle.entry[2].resource"]
    assert "SECRET" not in text(answer)
    explained = pipeline.explain(bundle(odd), AS_OF, service, "", pipeline.writing(service))
    assert "used, though not valid FHIR R4: Condition.stage" in {each["reason"] for each in explained["skipped"]}


def test_without_a_patient_nothing_is_ordered_and_the_steps_are_tasks(service):
    nobody = [{k: v for k, v in each.items() if k != "subject"} for each in resources()[1:]]
    answer = guide(bundle(nobody), service)
    assert [] == of(answer, "ServiceRequest")
    assert of(answer, "Task")
    assert [()] * len(answer["entry"]) == [problems(entry["resource"]) for entry in answer["entry"]]


def test_the_patient_is_known_from_the_entries_when_no_patient_resource_was_sent(service):
    answer = guide(bundle(resources()[1:]), service)
    assert {"Patient/p1"} == {each["subject"]["reference"] for each in of(answer, "ServiceRequest")}


def test_an_entry_without_an_id_is_cited_by_its_full_url(service):
    held = resources()
    del held[2]["id"]
    chart = bundle(held)
    chart["entry"][2]["fullUrl"] = "urn:uuid:0b5b7a9c-2a9b-4a55-9d32-9f3f6a9c1f11"
    answer = guide(chart, service)
    assert "urn:uuid:0b5b7a9c-2a9b-4a55-9d32-9f3f6a9c1f11" in references(of(answer, "DetectedIssue"))
