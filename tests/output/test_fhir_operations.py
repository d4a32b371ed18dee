"""The FHIR endpoint over HTTP: what /metadata promises is there, operations answer, every error is an outcome."""

from __future__ import annotations

import pytest

from service.fhir.validation import problems
from tests.output.charts import AS_OF, bundle, of, resources, topics

APPLY = "/fhir/PlanDefinition/backstory-fbss/$apply"
EVALUATE = "/fhir/$evaluate-fbss"
FHIR = "application/fhir+json"


def parameters(*held):
    return {"resourceType": "Parameters", "parameter": list(held)}


CHART = {"name": "data", "resource": bundle()}
SUBJECT = {"name": "subject", "valueString": "Patient/p1"}
DAY = {"name": "asOf", "valueDate": AS_OF.isoformat()}


def read(server, path, **params):
    answer = server.get(f"/fhir/{path}", params=params)
    assert (200, FHIR) == (answer.status_code, answer.headers["content-type"])
    return answer.json()


def refused(answer, status, code):
    assert (status, FHIR) == (answer.status_code, answer.headers["content-type"])
    outcome = answer.json()
    assert () == problems(outcome)
    assert [code] == [issue["code"] for issue in outcome["issue"]]
    return outcome["issue"][0]["diagnostics"]


def test_everything_is_found_from_the_capability_statement(server):
    told = read(server, "metadata")
    assert () == problems(told)
    assert "4.0.1" == told["fhirVersion"]
    (rest,) = told["rest"]
    plans = next(each for each in rest["resource"] if each["type"] == "PlanDefinition")
    operations = {each["name"]: each["definition"] for each in (*rest["operation"], *plans["operation"])}
    assert {"evaluate-fbss", "apply"} == set(operations)
    for definition in operations.values():
        (entry,) = read(server, "OperationDefinition", url=definition)["entry"]
        assert () == problems(entry["resource"])


def test_every_type_of_the_capability_statement_can_be_searched_and_read(server):
    for told in read(server, "metadata")["rest"][0]["resource"]:
        found = read(server, told["type"])
        assert found["total"] == len(found["entry"]) > 0
        first = found["entry"][0]
        assert first["resource"] == read(server, f"{told['type']}/{first['resource']['id']}")
        assert 1 == read(server, told["type"], _id=first["resource"]["id"])["total"]


def test_the_plan_is_a_versioned_event_condition_action_rule(server):
    plan = read(server, "PlanDefinition/backstory-fbss")
    assert "eca-rule" == plan["type"]["coding"][0]["code"]
    assert plan["version"] == server.get("/about").json()["version"]


@pytest.mark.parametrize("body", [bundle(), parameters({"name": "chart", "resource": bundle()}, DAY)])
def test_a_bundle_alone_and_in_parameters_get_the_same_answer(server, body):
    answer = server.post(EVALUATE, params={"asOf": AS_OF.isoformat()}, json=body)
    assert (200, FHIR) == (answer.status_code, answer.headers["content-type"])
    assert ["recurrent-herniation"] == topics(answer.json())
    assert () == problems(answer.json())


def test_apply_takes_subject_and_data_and_answers_the_same_conclusions(server):
    answer = server.post(APPLY, json=parameters(SUBJECT, CHART, DAY))
    assert 200 == answer.status_code
    assert ["recurrent-herniation"] == topics(answer.json())
    by_query = server.post(APPLY, params={"subject": "Patient/p1", "asOf": AS_OF.isoformat()}, json=bundle())
    assert ["recurrent-herniation"] == topics(by_query.json())


def test_the_subject_may_be_a_reference_and_the_chart_several_resources(server):
    about = {"name": "subject", "valueReference": {"reference": "https://ehr.example/fhir/Patient/p1"}}
    loose = [{"name": "data", "resource": each} for each in resources()]
    assert ["recurrent-herniation"] == topics(server.post(APPLY, json=parameters(about, DAY, *loose)).json())


def test_the_encounter_goes_into_the_proposals(server):
    encounter = {"name": "encounter", "valueString": "Encounter/e1"}
    answer = server.post(APPLY, json=parameters(SUBJECT, CHART, DAY, encounter)).json()
    assert {"Encounter/e1"} == {each["encounter"]["reference"] for each in of(answer, "ServiceRequest")}


def test_the_subject_decides_of_whom_the_answer_speaks(server):
    about = {"name": "subject", "valueString": "Patient/somebody-else"}
    assert [] == topics(server.post(APPLY, json=parameters(about, CHART, DAY)).json())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (parameters(CHART), "needs the parameter 'subject'"),
        (parameters(SUBJECT), "hold no chart"),
        ({"resourceType": "Parameters", "parameter": {}}, "must be a list"),
        (parameters(SUBJECT, {"name": "subject", "valueString": "Patient/p2"}, CHART), "2 different Patients"),
        (parameters({"name": "subject", "valueInteger": 4}, CHART), "must be a string"),
        (parameters(SUBJECT, CHART, {"name": "asOf", "valueDate": "spring"}), "asOf must be a day"),
        (parameters(SUBJECT, {"name": "data", "resource": 3}), "must be a FHIR Bundle"),
    ],
)
def test_a_wrong_request_is_refused_with_a_sentence(server, body, said):
    assert said in refused(server.post(APPLY, json=body), 400, "invalid")


def test_several_patients_are_refused_with_a_hint(server):
    other = {**resources()[0], "id": "p2"}
    assert "?patient=" in refused(server.post(EVALUATE, json=bundle([*resources(), other])), 400, "invalid")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/*",
        "application/json",
        f"{FHIR}; fhirVersion=4.0",
        f'{FHIR}; fhirVersion="4.0.1"',
        f"application/fhir+xml, {FHIR};q=0.5",
        f"{FHIR};q=0.001",
        f"{FHIR};q=often",
        f"*/*;q=0, {FHIR}",
        "application/*;q=0, application/json",
        f'application/fhir+xml; note="a, b;q=0", {FHIR}',
        "application/json;q=0, application/*, */*;q=0.5",
        ",",
    ],
)
def test_json_is_given_to_who_accepts_it(server, accept):
    assert 200 == server.get("/fhir/metadata", headers={"accept": accept}).status_code


@pytest.mark.parametrize(
    "accept",
    [
        "application/fhir+xml",
        "text/html",
        f"{FHIR};q=0",
        f"{FHIR};q=0.",
        f"{FHIR};Q=0.0000",
        f"{FHIR};q=0, */*",
        "application/*;q=0, */*",
        "*/*;q=0",
        f"{FHIR}; fhirVersion=5.0",
        "application/xml",
        f'text/html; note="{FHIR}, {FHIR}"',
    ],
)
def test_another_format_is_refused(server, accept):
    refused(server.get("/fhir/metadata", headers={"accept": accept}), 406, "not-supported")


def test_the_format_parameter_outweighs_the_accept_header(server):
    xml = {"accept": "application/fhir+xml"}
    assert 200 == server.get("/fhir/metadata?_format=application/fhir+json", headers=xml).status_code
    refused(server.get("/fhir/metadata", params={"_format": "xml"}), 406, "not-supported")


def test_a_body_that_is_not_json_is_refused(server):
    xml = server.post(EVALUATE, content=b"<Bundle/>", headers={"content-type": "application/fhir+xml"})
    refused(xml, 415, "not-supported")
    refused(server.post(EVALUATE, content=b"{", headers={"content-type": FHIR}), 400, "invalid")


@pytest.mark.parametrize("path", ["ValueSet/no-such", "Patient", "Patient/p1", "ValueSet/a/b"])
def test_what_is_not_there_is_not_found(server, path):
    refused(server.get(f"/fhir/{path}"), 404, "not-found")


def test_resources_cannot_be_changed(server):
    refused(server.delete("/fhir/ValueSet/fusion"), 405, "not-supported")
