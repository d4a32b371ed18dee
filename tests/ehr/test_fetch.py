"""What was not sent is fetched, within the time and the rights that the EHR gave, and never costs an error of ours."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from unittest.mock import patch

import pytest

from service.web import lane
from tests.ehr import ehr as ehrs
from tests.ehr.asking import BUDGET, WHO, ask, chart, diagnosis, kept, missing_on
from tests.ehr.serving import CALL, prefetch_of, request, serving, told
from tests.patients import build

SLACK = 1.0  # for a busy machine; a fault would otherwise last for ever
NEEDED = ("Procedure", "Condition")


@pytest.fixture(scope="module")
def service():
    with serving(open=True, fetch_budget_ms=int(BUDGET * 1000)) as client:
        yield client


@pytest.fixture(scope="module")
def patient_service():
    """The same with as much time as may be set, for what does not ask how long it takes."""
    with serving(open=True, fetch_budget_ms=5_000) as client:
        yield client


def test_without_any_prefetch_the_whole_chart_is_fetched(patient_service):
    with ehrs.running(chart()) as ehr:
        answer = ask(patient_service, ehr)

    assert 200 == answer.status_code
    assert told(patient_service.post(CALL, json=request(prefetch_of(chart()), WHO)).json()) == told(answer.json())
    assert answer.json()["cards"]


@pytest.mark.parametrize("name", build.names())
def test_a_fetched_chart_gives_the_same_cards_as_a_sent_one(patient_service, shared_ehr, name):
    shared_ehr.chart = chart(name)
    sent = patient_service.post(CALL, json=request(prefetch_of(chart(name)), name))
    fetched = ask(patient_service, shared_ehr, who=name)

    assert (200, told(sent.json())) == (fetched.status_code, told(fetched.json()))


@pytest.fixture(scope="module")
def shared_ehr():
    with ehrs.running() as ehr:
        yield ehr


def test_only_the_keys_that_are_missing_are_fetched(service):
    with ehrs.running(chart()) as ehr:
        ask(service, ehr, kept("conditions", "devices"))

        assert ["Condition", "Device"] == ehr.types_asked()


def test_null_means_none_on_record_and_is_not_fetched(service):
    with ehrs.running(chart()) as ehr:
        answer = ask(service, ehr, dict.fromkeys(prefetch_of(chart())))

        assert (200, []) == (answer.status_code, answer.json()["cards"])
        assert [] == ehr.asked


def test_a_query_that_the_ehr_failed_is_not_repeated(service):
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    with ehrs.running(chart()) as ehr:
        answer = ask(service, ehr, kept() | {"procedures": failed})

        assert (412, []) == (answer.status_code, ehr.asked)


def test_every_query_carries_the_token_and_names_the_patient(service):
    with ehrs.running(chart()) as ehr:
        ask(service, ehr)

        assert {"Bearer a-token"} == {
            headers.get("Authorization", headers.get("authorization")) for _, headers in ehr.asked
        }
        assert all(WHO in path for path, _ in ehr.asked)


def test_pages_are_followed_to_the_last(service):
    with ehrs.running(chart(), page=1) as ehr:
        answer = ask(service, ehr)

    assert told(service.post(CALL, json=request(prefetch_of(chart()), WHO)).json()) == told(answer.json())


def test_the_next_page_of_a_prefetch_is_fetched(service):
    with ehrs.running(chart(), page=1) as ehr:
        first = {
            "resourceType": "Bundle",
            "entry": [{"resource": next(each for each in chart() if each["resourceType"] == "Condition")}],
            "link": [{"relation": "next", "url": f"{ehr.base}/Condition?page=1"}],
        }
        answer = ask(service, ehr, kept() | {"conditions": first})

        assert (200, 0) == (answer.status_code, ehr.times_asked("/fhir/Condition?patient"))
        assert ehr.times_asked("/fhir/Condition?page=1") == 1


@pytest.mark.parametrize("fault", ehrs.FAULTS)
def test_a_fault_on_required_data_is_a_412_in_time(service, fault):
    with ehrs.running(chart(), fault=fault, on=NEEDED) as ehr:
        began = time.perf_counter()
        answer = ask(service, ehr)

    assert (412, "incomplete") == (answer.status_code, answer.json()["issue"][0]["code"])
    assert "The patient's procedures" in diagnosis(answer)
    assert time.perf_counter() - began < BUDGET + SLACK


@pytest.mark.parametrize("fault", ehrs.FAULTS)
def test_a_fault_on_optional_data_is_said_on_the_cards_in_time(service, fault):
    with ehrs.running(chart(), fault=fault, on=("Device",)) as ehr:
        began = time.perf_counter()
        answer = ask(service, ehr, kept("devices"))

    assert 200 == answer.status_code
    assert all("devices" in each for each in missing_on(answer))
    assert time.perf_counter() - began < BUDGET + SLACK


def test_a_later_page_that_fails_leaves_a_part_and_says_so(service):
    with ehrs.running(chart(), page=1, fault="500", on=("Condition",), after=1) as ehr:
        answer = ask(service, ehr)

    assert 200 == answer.status_code
    assert all("conditions" in each for each in missing_on(answer))


def test_nothing_is_asked_where_a_redirect_points(service):
    with ehrs.running(chart(), fault="redirect") as ehr:
        assert 412 == ask(service, ehr).status_code
        assert 0 == ehr.times_asked("/elsewhere")


def test_other_patients_that_a_server_returns_are_left_out_and_with_nothing_else_the_call_is_refused(service):
    strange = [{**each, "subject": {"reference": "Patient/other"}} for each in chart() if "subject" in each]
    with ehrs.running([chart()[0], *strange]) as ehr:
        answer = ask(service, ehr)

    assert (412, "incomplete") == (answer.status_code, answer.json()["issue"][0]["code"])


def test_the_token_and_the_patient_are_in_no_log_and_no_error(service, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    with ehrs.running(chart(), fault="500") as ehr:
        answer = ask(service, ehr, access_token="secret-canary")

    written = caplog.text + "".join(capfd.readouterr()) + answer.text
    assert "secret-canary" not in written
    assert WHO not in written


FULL = (503, "1", "throttled")


def refusal(answer):
    return answer.status_code, answer.headers.get("retry-after"), answer.json()["issue"][0]["code"]


@contextmanager
def room_for(fetched):
    """A process that may hold that many bytes of what it fetches, for all its calls together."""
    with patch.object(lane, "PARSED", 1), patch.object(lane, "FETCHED", fetched):
        yield


def test_a_call_whose_fetched_chart_does_not_fit_beside_the_others_is_asked_to_come_back(patient_service):
    with ehrs.running(chart()) as ehr:
        with room_for(2_000):
            refused = ask(patient_service, ehr)
        after = ask(patient_service, ehr)

    assert FULL == refusal(refused)
    assert 200 == after.status_code  # and holds nothing any more


def test_a_call_whose_fetched_document_does_not_fit_beside_the_others_is_asked_to_come_back(patient_service):
    note = {
        "resourceType": "DocumentReference",
        "id": "note",
        "status": "current",
        "subject": {"reference": f"Patient/{WHO}"},
        "content": [{"attachment": {"contentType": "text/plain", "url": "Binary/1"}}],
    }
    sent = prefetch_of([*chart(), note])
    with ehrs.running([*chart(), note]) as ehr:
        ehr.files["Binary/1"] = ("text/plain", b"No complaint. " * 20_000)
        with room_for(200_000):
            refused = ask(patient_service, ehr, sent)
        after = ask(patient_service, ehr, sent)

    assert FULL == refusal(refused)
    assert 200 == after.status_code
