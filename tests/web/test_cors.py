"""Browser clients, as the public CDS Hooks sandbox is one: listed origins may read, all others may not."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from service.settings import Settings
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import with_token, written
from tests.ehr.serving import prefetch_of, request, serving, today
from tests.patients import build

ORIGIN = "https://sandbox.example"
WHO = "recurrent-herniation-classic"
SIGN = "/cds-services/fbss-order-sign"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with ehrs.running(jwks=signer.jwks()) as ehr:
        file = written(tmp_path_factory.mktemp("clients"), ehr)
        with serving(clients=file, cors_origins=f"{ORIGIN}, http://localhost:8080") as client:
            yield client


def preflight(service, path, origin, method="POST"):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return service.options(path, headers=asked)


@pytest.mark.parametrize(("path", "method"), [("/cds-services", "GET"), (SIGN, "POST"), (f"{SIGN}/feedback", "POST")])
@pytest.mark.parametrize("origin", [ORIGIN, "http://localhost:8080"])
def test_a_listed_origin_may_send_a_token_and_json(service, path, method, origin):
    answer = preflight(service, path, origin, method)
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()

    assert (200, origin) == (answer.status_code, answer.headers["Access-Control-Allow-Origin"])
    assert method in answer.headers["Access-Control-Allow-Methods"]
    assert all(name in allowed for name in ("authorization", "content-type"))
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://sandbox.example.evil.example", "http://sandbox.example", "null"]
)
def test_any_other_origin_is_told_nothing(service, origin):
    assert "Access-Control-Allow-Origin" not in preflight(service, SIGN, origin).headers
    assert "Access-Control-Allow-Origin" not in service.get("/healthz/live", headers={"Origin": origin}).headers


def test_a_refusal_can_be_read_by_a_listed_origin(service):
    answer = service.get("/cds-services", headers={"Origin": ORIGIN})

    assert (401, ORIGIN) == (answer.status_code, answer.headers["Access-Control-Allow-Origin"])


def test_without_a_list_no_origin_is_allowed():
    with serving(open=True) as client:
        assert 405 == preflight(client, SIGN, ORIGIN).status_code
        assert "Access-Control-Allow-Origin" not in client.get("/cds-services", headers={"Origin": ORIGIN}).headers


@pytest.mark.parametrize("origins", ["*", "https://*.example", "https://sandbox.example/", "sandbox.example", "null"])
def test_a_wildcard_or_half_an_origin_does_not_start(origins):
    with pytest.raises(ValidationError, match="must be"):
        Settings(cors_origins=origins)


def sandbox_orders():
    """Draft orders as the public sandbox sends them: a Bundle without type, empty codings, empty lists."""
    order = {
        "resourceType": "ServiceRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{WHO}"},
        "code": {"coding": [{}], "text": ""},
        "reasonCode": [],
    }
    drug = {
        "resourceType": "MedicationRequest",
        "id": "draft-2",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{WHO}"},
        "medicationCodeableConcept": {"coding": [{}]},
        "reasonCode": [],
        "dosageInstruction": [{}],
    }
    return {"resourceType": "Bundle", "entry": [{"resource": order}, {"resource": drug}]}


@pytest.mark.parametrize("hook", ["order-sign", "order-select"])
def test_the_shapes_of_the_sandbox_are_answered_from_discovery_to_feedback(service, hook):
    path = f"/cds-services/fbss-{hook}"
    body = request(prefetch_of(build.chart(build.load(WHO), today())), WHO, hook=hook)
    body["context"] |= {"draftOrders": sandbox_orders(), "selections": ["ServiceRequest/draft-1"]}
    report = {"feedback": [{"card": body["hookInstance"], "outcome": "overridden",
                            "overrideReason": {"reason": {"code": "disagree", "system": "https://x.example"}},
                            "outcomeTimestamp": "2026-01-01T00:00:00Z"}]}  # fmt: skip
    origin = {"Origin": ORIGIN}
    answers = [
        service.get("/cds-services", headers=origin | with_token(signer.token("/cds-services"))),
        service.post(path, json=body, headers=origin | with_token(signer.token(path))),
        service.post(f"{path}/feedback", json=report, headers=origin | with_token(signer.token(f"{path}/feedback"))),
    ]

    assert [(200, ORIGIN)] * 3 == [
        (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) for answer in answers
    ]
    assert [] == answers[1].json()["cards"]
