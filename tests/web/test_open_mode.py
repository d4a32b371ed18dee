"""Open mode answers this machine, and no web page that a browser on it happens to show."""

from __future__ import annotations

import json

import pytest

from tests.web.calls import VIEW, call, refusal


@pytest.mark.parametrize("path", ["/cds-services", "/fhir/metadata", "/about"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil", "[::2]:1"]
)
def test_a_name_that_is_not_of_this_machine_is_refused(path, host, client):
    assert (400, "invalid") == refusal(client.get(path, headers={"Host": host}))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"])
def test_every_name_of_this_machine_is_answered(host, client):
    assert 200 == client.get("/cds-services", headers={"Host": host}).status_code


@pytest.mark.parametrize("path", [VIEW, "/explain", "/fhir/$evaluate-fbss", f"{VIEW}/feedback"])
@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_does_not_say_that_it_is_json_is_refused(path, kind, client):
    body = json.dumps(call("recurrent-herniation-classic")).encode()
    headers = {} if kind is None else {"Content-Type": kind}

    assert (415, "not-supported") == refusal(client.post(path, content=body, headers=headers))


@pytest.mark.parametrize("probe", ["live", "ready", "startup"])
def test_probes_are_asked_by_any_name(probe, client):
    assert 200 == client.get(f"/healthz/{probe}", headers={"Host": "10.0.0.7:8080"}).status_code
