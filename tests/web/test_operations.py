"""Discovery, health, the rule set and the published schema, over HTTP."""

from __future__ import annotations

import pytest

from service.web.discovery import PREFETCH
from tests.web.calls import VIEW, call


def test_discovery_offers_the_service_with_its_twelve_prefetch_keys(client):
    offered = {each["id"]: each for each in client.get("/cds-services").json()["services"]}

    assert "patient-view" == offered["fbss-patient-view"]["hook"]
    assert PREFETCH == offered["fbss-patient-view"]["prefetch"]
    assert 13 == len(PREFETCH)


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz/live", "live"), ("/healthz/ready", "ready"), ("/healthz/startup", "started")]
)
def test_the_probes_answer(path, status, client):
    assert {"status": status} == client.get(path).json()


def test_about_names_the_rules_and_their_status(client):
    told = client.get("/about").json()
    ids = {record["id"] for record in told["records"]}

    assert {"recurrent-herniation", "rf-cauda-equina", "mri-lumbar"} <= ids
    assert "not approved" in told["status"]
    assert [] == told["overrides"]


def test_openapi_holds_the_schema_of_every_answer(client):
    told = client.get("/openapi.json").json()
    shape = told["paths"]["/explain"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]

    assert {"$ref": "#/components/schemas/Explanation"} == shape
    assert {"Explanation", "CardsAnswer", "Services", "Cause", "Alarm"} <= set(told["components"]["schemas"])


def test_a_request_id_that_is_a_uuid_is_taken_over(client):
    given = "0b8f0c54-8a70-4a11-9f0c-2d1f1d2c9a01"

    assert given == client.get("/about", headers={"x-request-id": given}).headers["x-request-id"]


def test_a_request_id_that_may_name_a_patient_is_not(client):
    assert "Smith" not in client.get("/about", headers={"x-request-id": "John Smith"}).headers["x-request-id"]


def test_an_attribute_that_nobody_knows_does_no_harm(client):
    assert 200 == client.post(VIEW, json={**call("nothing-to-say-free-of-pain"), "extension": {"x": [1]}}).status_code
