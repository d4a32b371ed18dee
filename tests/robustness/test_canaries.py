"""Marks planted in FHIR operations, explanations, feedback and orders stay out of logs, counts and errors."""

from __future__ import annotations

import orjson

from tests.operations import canaries
from tests.operations.canaries import canary
from tests.operations.server import serving
from tests.operations.test_no_patient_data_leaves_sideways import entries, marked

UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
DAY = "asOf=2026-11-20"
APPLY = "/fhir/PlanDefinition/backstory-fbss/$apply"


def chart(planted=canaries.beside):
    return {"resourceType": "Bundle", "type": "collection", "entry": entries(planted)}


def parameters(*more, planted=canaries.beside):
    return {"resourceType": "Parameters", "parameter": [{"name": "data", "resource": chart(planted)}, *more]}


def report(**changes):
    reason = {"reason": {"code": canary(), "system": canary(), "display": canary()}, "userComment": canary()}
    accepted = {"id": canary(), canary(): canary()}
    whole = {"card": UUID, "outcome": "overridden", "overrideReason": reason, "acceptedSuggestions": [accepted]}
    return {"feedback": [{**whole, "outcomeTimestamp": canary(), canary(): canary(), **changes}]}


def orders(hook):
    call = canaries.request()
    draft = {"resourceType": "ServiceRequest", "id": canary(), "status": canary(), "code": {"text": canary()}}
    call["hook"] = hook
    call["context"] |= {
        "selections": [f"ServiceRequest/{draft['id']}", canary()],
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": draft}, {"resource": {"id": canary()}}]},
    }
    return call


def asked():
    feedback = "/cds-services/fbss-patient-view/feedback"
    yield f"/explain?{DAY}", chart()
    yield f"/explain?{DAY}&patient={canary()}", chart()
    yield f"/explain?{DAY}", chart(canaries.everywhere)
    yield f"/fhir/$evaluate-fbss?{DAY}", chart()
    yield f"/fhir/$evaluate-fbss?asOf={canary()}", chart()
    yield f"/fhir/$evaluate-fbss?{DAY}&_format={canary()}", chart()
    yield f"/fhir/$evaluate-fbss?{DAY}", parameters({"name": "patient", "valueString": {canary(): canary()}})
    yield f"/fhir/$evaluate-fbss?{DAY}", parameters({"name": canary(), "valueString": canary()})
    yield f"{APPLY}?{DAY}", parameters({"name": "subject", "valueString": f"Patient/{canary()}"})
    yield f"{APPLY}?subject=Patient/{canary()}", parameters(planted=canaries.everywhere)
    yield f"{APPLY}?{DAY}", parameters({"name": "subject", "valueInteger": canary()})
    yield f"{APPLY}?{DAY}", {"resourceType": "Parameters", "parameter": canary()}
    yield feedback, report()
    yield feedback, report(card=canary())
    yield feedback, report(outcome=canary())
    yield feedback, report(overrideReason=canary())
    yield feedback, {"feedback": canary()}
    yield "/cds-services/fbss-order-select", orders("order-select")
    yield "/cds-services/fbss-order-sign", orders("order-sign")
    yield "/cds-services/fbss-order-sign", {**orders("order-sign"), "context": {canary(): canary()}}


def test_marks_in_operations_explanations_feedback_and_orders_stay_inside():
    statuses = set()
    with serving(log_level="DEBUG") as server:
        for address, body in asked():
            for accept in ("application/json", f"text/{canary()}"):
                status, headers, told = server.ask(
                    "POST", address, orjson.dumps(body), {**canaries.headers(), "Accept": accept}
                )
                statuses.add(status)
                assert [] == marked(str(headers))
                if status != 200:
                    assert [] == marked(told.decode()), (address, status)
        counts = server.ask("GET", "/metrics")[2].decode()

    assert {200, 400} <= statuses
    assert not {status for status in statuses if status >= 500}
    assert [] == marked(counts)
    assert [] == marked("".join(server.lines))
    assert server.events("feedback")
