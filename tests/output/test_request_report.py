"""A report that is not in the record can be asked for with one button: a complete Task."""

from __future__ import annotations

from fhir.resources.R4B.task import Task

from service.output.cards import request_report
from tests.ehr.serving import serving
from tests.web.calls import VIEW, call

WHO = "operation-by-code-only"


def asked():
    with serving(open=True) as client:
        return client.post(VIEW, json=call(WHO)).json()["cards"]


def test_an_operation_known_by_statement_offers_to_request_its_report():
    cards = asked()
    (task,) = [a["resource"] for c in cards for s in c.get("suggestions", ()) if request_report.LABEL == s["label"]
               for a in s["actions"]]  # fmt: skip

    assert ("draft", "obtain-operative-report") == (Task.model_validate(task).status, task["code"]["coding"][0]["code"])
    assert f"Patient/{WHO}" == task["for"]["reference"]
    assert "implants" in task["description"]
