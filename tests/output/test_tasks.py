"""What nobody can order is handed on with one button: a report that is not in the record, an examination today."""

from __future__ import annotations

from fhir.resources.R4B.task import Task

from service.output.cards import tasks
from tests.ehr.serving import serving
from tests.web.calls import VIEW, call

WHO = "operation-by-code-only"


def asked():
    with serving(open=True) as client:
        return client.post(VIEW, json=call(WHO)).json()["cards"]


def test_an_operation_known_by_statement_offers_to_request_its_report():
    cards = asked()
    (task,) = [a["resource"] for c in cards for s in c.get("suggestions", ()) if tasks.LABEL == s["label"]
               for a in s["actions"]]  # fmt: skip

    assert ("draft", "obtain-operative-report") == (Task.model_validate(task).status, task["code"]["coding"][0]["code"])
    assert f"Patient/{WHO}" == task["for"]["reference"]
    assert "implants" in task["description"]


def offered(who):
    with serving(open=True) as client:
        cards = client.post(VIEW, json=call(who)).json()["cards"]
    return cards[0], {s["label"]: [a["resource"] for a in s["actions"]] for s in cards[0].get("suggestions", ())}


def test_a_warning_that_asks_for_an_examination_hands_it_on_with_what_to_examine():
    card, buttons = offered("exam-verify-undated-foot-drop")
    (task,) = buttons["To do: examine, urgent"]

    assert "warning" == card["indicator"]
    assert ("urgent", "re-examination") == (Task.model_validate(task).priority, task["code"]["coding"][0]["code"])
    assert "anal tone" in task["description"]


def test_a_report_that_lies_unread_is_asked_for():
    (task,) = offered("pending-mri-order-20-days")[1]["To do: get and read the imaging report"]

    assert "obtain-imaging-report" == task["code"]["coding"][0]["code"]


def test_what_an_emergency_asks_for_by_hand_is_called_for_and_no_button():
    assert {} == offered("rf-pe-dyspnoea-day-20")[1]


def test_a_needle_waits_for_the_pictures_and_the_blood_that_its_card_asks_for():
    asked = offered("screw-loosening-halo-on-films")[1]

    assert "CRP + ESR, urgent" in asked
    assert "Disc biopsy, urgent" not in asked
    assert "Nerve root block, routine" in offered("epidural-fibrosis-mri")[1]


def test_a_needle_waits_too_where_the_pictures_are_asked_for_by_the_card_before():
    with serving(open=True) as client:
        first, second = client.post(VIEW, json=call("year-only-dates")).json()["cards"]

    assert "Lumbar MRI, without contrast, routine" in {each["label"] for each in first["suggestions"]}
    assert "Nerve root block, routine" not in {each["label"] for each in second["suggestions"]}
