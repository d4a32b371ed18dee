"""What is wrong with a request is said, with a request id; what is wrong with one entry costs that entry only."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

from tests.patients import build
from tests.web.calls import VIEW, call, empty_call, refusal, searchset, topics

EXPLAIN = "/explain?asOf=2026-03-02"
JSON = {"content-type": "application/json"}
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}

BODIES = {
    "an empty body": b"",
    "white space": b"  \n",
    "malformed JSON": b'{"hook": "patient-view", ',
    "two documents": b"{} {}",
    "NaN": b'{"resourceType": "Bundle", "total": NaN}',
    "infinity": b'{"resourceType": "Bundle", "total": Infinity}',
    "a lone surrogate": b'{"resourceType": "Bundle", "id": "\\ud800"}',
    "bytes that are not UTF-8": b'{"resourceType": "B\xff\xfe"}',
    "100-deep nesting": b'{"a":' * 100 + b"1" + b"}" * 100,
    "100,000-deep nesting": b"[" * 100_000 + b"]" * 100_000,
}


@pytest.mark.parametrize("path", [VIEW, EXPLAIN])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_sound_json_is_refused(name, path, client):
    assert (400, "invalid") == refusal(client.post(path, content=BODIES[name], headers=JSON))


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"7", b"true", b"{}"])
def test_json_that_is_no_hook_call_is_refused(body, client):
    assert (400, "invalid") == refusal(client.post(VIEW, content=body, headers=JSON))


@pytest.mark.parametrize("path", [VIEW, EXPLAIN])
def test_a_body_of_sixty_megabytes_is_refused_by_its_length(path, address):
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    link.putrequest("POST", path)
    link.putheader("content-type", "application/json")
    link.putheader("content-length", str(60_000_000))
    link.endheaders()
    answer = link.getresponse()

    assert (413, True) == (answer.status, b"OperationOutcome" in answer.read())
    link.close()


def test_a_body_that_does_not_tell_its_length_is_still_bounded(client):
    def stream():
        yield b'{"a": "'
        for _ in range(12):
            yield b"x" * 500_000
        yield b'"}'

    assert (413, "too-long") == refusal(client.post(VIEW, content=stream(), headers=JSON))


@pytest.mark.parametrize("path", [VIEW, EXPLAIN, f"{VIEW}/feedback", "/fhir/$evaluate-fbss"])
@pytest.mark.parametrize("media", ["text/plain", "application/fhir+xml", "json", "", "application/json, text/plain"])
def test_another_content_type_is_refused_wherever_a_body_is_read(media, path, client):
    answer = client.post(path, content=b"{}", headers={"content-type": media})
    assert (415, "not-supported") == refusal(answer)


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "Text/JSON", 'application/fhir+json; x="a,b;c"'])
def test_json_by_any_of_its_names_is_read(media, client):
    answer = client.post(
        EXPLAIN, json=build.bundle(build.load("nothing-to-say-free-of-pain")), headers={"content-type": media}
    )
    assert 200 == answer.status_code


def test_a_body_that_says_nothing_of_its_type_is_refused_in_open_mode_for_any_page_could_send_it(address):
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    link.putrequest("POST", VIEW)
    link.putheader("content-length", "2")
    link.endheaders(b"{}")

    answer = link.getresponse()

    assert 415 == answer.status
    answer.read()
    link.close()


def test_an_unknown_service_is_not_found(client):
    assert (404, "not-found") == refusal(client.post("/cds-services/nothing-here", json={}))


@pytest.mark.parametrize(("method", "path"), [("GET", VIEW), ("DELETE", "/explain"), ("PUT", "/cds-services")])
def test_a_wrong_method_is_not_supported(method, path, client):
    assert (405, "not-supported") == refusal(client.request(method, path))


@pytest.mark.parametrize("path", ["/", "/docs", "/cds-services/", "/fhir/Patient"])
def test_an_unknown_address_is_not_found(path, client):
    assert (404, "not-found") == refusal(client.get(path))


@pytest.mark.parametrize("day", ["tomorrow", "2026", "2026-13-01", "2026-02-30", "02/03/2026"])
def test_a_day_of_evaluation_that_is_no_day_is_refused(day, client):
    assert 400 == refusal(client.post("/explain", params={"asOf": day}, json=searchset()))[0]


# Prefetch: what is required must be there, in whole; the rest may be missing.


@pytest.mark.parametrize("key", ["procedures", "conditions"])
@pytest.mark.parametrize(
    "given",
    [OUTCOME, "a string", 7, {"no": "type"}, {**searchset(), "entry": "x"}, {"resourceType": "Patient", "id": "p1"}],
)
def test_required_data_that_cannot_be_had_is_a_failed_precondition(key, given, client):
    assert (412, "incomplete") == refusal(client.post(VIEW, json=empty_call(**{key: given})))


def test_a_lone_resource_of_the_type_that_was_asked_for_is_an_answer(client):
    lone = {"resourceType": "Condition", "id": "c1"}
    assert [] == topics(client.post(VIEW, json=empty_call(conditions=lone)))


@pytest.mark.parametrize("given", [None, searchset(), {"resourceType": "Bundle", "type": "searchset"}])
def test_a_prefetch_answer_without_entries_is_an_answer(given, client):
    assert [] == topics(client.post(VIEW, json=empty_call(procedures=given, conditions=given)))


@pytest.mark.parametrize("given", [OUTCOME, None, "a string"])
def test_optional_data_that_is_missing_leaves_the_alarm(given, client):
    asked = call("rf-cauda-equina-saddle")
    asked["prefetch"] |= {"observations": given, "imagingStudies": given}

    assert "rf-cauda-equina" == topics(client.post(VIEW, json=asked))[0]


# One bad entry: it is left out and reported, and the rest is evaluated.

BAD = {
    "an R5 Procedure": (
        {"resourceType": "Procedure", "id": "bad", "status": "completed", "occurrenceDateTime": "2020-01-01"},
        "R5 shape (Procedure.occurrenceDateTime); this service reads FHIR R4",
    ),
    "a number as onset": (
        {"resourceType": "Condition", "id": "bad", "onsetDateTime": 2022},
        "expected a string, got a number",
    ),
    "a string where an object belongs": (
        {"resourceType": "Condition", "id": "bad", "code": "M54.16"},
        "expected an object, got a string",
    ),
    "an object where a list belongs": (
        {"resourceType": "Condition", "id": "bad", "code": {"coding": {"code": "M54.16"}}},
        "expected a list, got an object",
    ),
    "a resource without type": ({"id": "bad"}, "resourceType is missing or not a name"),
    "no object at all": ("text", "not a JSON object"),
    "an unread type": ({"resourceType": "Slot", "id": "bad"}, "a resource type that these rules do not read"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_entry_is_reported_and_the_rest_evaluated(name, client):
    entry, reason = BAD[name]
    bundle = build.bundle(build.load("rf-cauda-equina-saddle"))
    bundle["entry"].insert(1, {"resource": entry})
    answer = client.post(EXPLAIN, json=bundle)
    told = answer.json()

    assert ["rf-cauda-equina"] == [alarm["id"] for alarm in told["redFlags"]]
    assert reason in [left["reason"] for left in told["skipped"]]


@pytest.mark.parametrize("name", BAD)
def test_one_bad_entry_in_a_hook_call_leaves_the_cards(name, client):
    asked = call("rf-cauda-equina-saddle")
    asked["prefetch"]["conditions"]["entry"].insert(0, {"resource": BAD[name][0]})

    assert "rf-cauda-equina" == topics(client.post(VIEW, json=asked))[0]


def test_what_is_left_out_is_told_without_its_content(client):
    bundle = build.bundle(build.load("rf-cauda-equina-saddle"))
    bundle["entry"].append({"resource": {"resourceType": "Condition", "id": "x", "code": "secret words"}})

    assert "secret words" not in client.post(EXPLAIN, json=bundle).text


def test_two_patients_in_one_bundle_are_refused(client):
    bundle = build.bundle(build.load("rf-cauda-equina-saddle"))
    bundle["entry"] += build.bundle(build.load("rf-hematoma-codes"))["entry"]

    assert (400, "invalid") == refusal(client.post(EXPLAIN, json=bundle))


@pytest.mark.parametrize("named", [{"id": "o"}, {}])
def test_an_answer_that_says_nothing_is_told_with_or_without_an_id(named, client):
    coding = {"system": "https://backstory.example/fhir/CodeSystem/findings", "code": "nonsense"}
    answer = {"resourceType": "Observation", **named, "status": "final", "code": {"coding": [coding]}}
    told = client.post("/explain", json={**answer, "valueBoolean": True}).json()["skipped"]

    assert ["coded as a finding that this rule set does not have"] == [each["reason"] for each in told]
