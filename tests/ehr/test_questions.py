"""Ask the patient before the visit: card, Task, portal, coded answers in the EHR, and the next opening knows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhir.resources.R4B.task import Task

from service.output.cards import ask_patient
from service.output.fhir.questionnaire import CALL_NOW, CALL_TODAY, NOT_WATCHED
from tests.ehr import ehr as ehrs
from tests.ehr.asking import ask
from tests.ehr.portal import fill, questionnaire, shown
from tests.ehr.serving import serving, today

WHO = "p1"
NO_EMERGENCY = {"1": ["none"]}


def ago(days):
    return (today() - timedelta(days=days)).isoformat()


def chart(*more):
    """Operated on and in pain again, and nobody wrote down how it went."""
    about = {"subject": {"reference": f"Patient/{WHO}"}}
    return [
        {"resourceType": "Patient", "id": WHO, "birthDate": "1970-02-03"},
        {"resourceType": "Procedure", "id": "op", "status": "completed", **about, "performedDateTime": ago(500),
         "code": {"text": "Lumbar discectomy L4-L5 left"}},
        {"resourceType": "Condition", "id": "pain", **about, "recordedDate": ago(10),
         "code": {"text": "Postlaminectomy syndrome",
                  "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M96.1"}]}},
        *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def service():
    with serving(open=True, fetch_budget_ms=5000) as client:
        yield client


def opened(service, held):
    with ehrs.running(held) as ehr:
        answer = ask(service, ehr, who=WHO)
    assert 200 == answer.status_code, answer.text
    return answer.json()["cards"]


def task_of(cards):
    (task,) = [a["resource"] for c in cards for s in c.get("suggestions", ()) if ask_patient.LABEL == s["label"]
               for a in s["actions"]]  # fmt: skip
    return task


def topics(cards):
    return [card["source"]["topic"]["code"] for card in cards]


def test_the_orientation_card_offers_a_valid_task_for_this_patient(service):
    cards = opened(service, chart())
    task = task_of(cards)

    assert ["orientation"] == topics(cards)
    assert ("draft", "proposal") == (Task.model_validate(task).status, task["intent"])
    assert {f"Patient/{WHO}"} == {task["for"]["reference"], task["owner"]["reference"]}


def test_coded_answers_come_back_and_the_next_opening_names_a_cause(service):
    form = questionnaire(service, task_of(opened(service, chart())))
    answers = {**NO_EMERGENCY, "2": "returned", "2-until": ago(30), "3": "leg", "3-side": "left", "4": "lifting",
               "function": ["stops-sitting", "stops-work"]}  # fmt: skip
    returned = fill(form, answers, WHO)

    assert "completed" == QuestionnaireResponse.model_validate(returned).status
    cards = opened(service, chart(returned))
    assert "recurrent-herniation" == topics(cards)[0]
    assert "orientation" not in topics(cards)


def test_how_far_the_patient_walks_comes_back_and_the_next_opening_names_a_stenosis(service):
    decompressed = chart()
    decompressed[1]["code"] = {"text": "Lumbar laminectomy L4-L5"}
    form = questionnaire(service, task_of(opened(service, decompressed)))
    answers = {**NO_EMERGENCY, "2": "returned", "2-until": ago(200), "3": "leg", "3-side": "bilateral",
               "walking": "under-500", "walking-eased": "sitting"}  # fmt: skip

    cards = opened(service, [*decompressed, fill(form, answers, WHO)])
    assert "orientation" not in topics(cards)
    assert "leg pain on walking that goes by sitting" in (cards[0]["summary"] + cards[0]["detail"]).lower()


def test_an_emergency_answer_tells_the_patient_whom_to_call_and_is_critical_at_the_next_opening(service):
    form = questionnaire(service, task_of(opened(service, chart())))
    answers = {"1": ["saddle", "retention"], "2": "never", "3": "both"}

    assert [NOT_WATCHED, CALL_NOW] == shown(form, answers)
    cards = opened(service, chart(fill(form, answers, WHO)))
    assert ("rf-cauda-equina", "critical") == (topics(cards)[0], cards[0]["indicator"])


def test_fever_or_a_wound_tells_the_patient_to_call_today(service):
    form = questionnaire(service, task_of(opened(service, chart())))

    assert [NOT_WATCHED, CALL_TODAY] == shown(form, {"1": ["fever"]})
    assert [NOT_WATCHED, CALL_NOW, CALL_TODAY] == shown(form, {"1": ["weakness", "wound"]})
    assert [NOT_WATCHED] == shown(form, {"1": ["none"]})


def test_an_ehr_that_does_not_keep_questionnaires_hears_nothing_of_it(service):
    with ehrs.running(chart(), fault="404", on=("QuestionnaireResponse",)) as ehr:
        cards = ask(service, ehr, who=WHO).json()["cards"]

    assert ["orientation"] == topics(cards)
    assert "uestionnaire" not in cards[0].get("detail", "")
