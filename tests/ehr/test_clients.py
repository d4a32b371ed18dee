"""The clients file: what each client may see and reach, and a sentence for each mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.ehr import clients, tokens
from service.knowledge import RuleError
from service.web.discovery import SERVICES
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import DISCOVERY, WHO, call, chart, several, with_token, written
from tests.ehr.serving import CALL, SERVICE, access, request, serving

EXAMPLE = Path(__file__).parent / "clients.example.toml"


@pytest.fixture(scope="module")
def ehr():
    with ehrs.running(chart(), jwks=signer.jwks()) as running:
        yield running


def test_open_mode_beside_a_clients_file_does_not_start(tmp_path, ehr):
    with pytest.raises(RuleError, match="choose one"), serving(open=True, clients=written(tmp_path, ehr)):
        pass


def test_a_client_sees_and_calls_only_its_services(tmp_path, ehr):
    with serving(clients=written(tmp_path, ehr, services=["fbss-order-sign"])) as client:
        listed = client.get(DISCOVERY, headers=with_token(signer.token(DISCOVERY))).json()["services"]

        assert ["fbss-order-sign"] == [each["id"] for each in listed]
        assert 404 == call(client, signer.token(CALL)).status_code


@pytest.mark.parametrize("door", ["/explain", "/fhir/$evaluate-fbss", "/fhir/PlanDefinition/backstory-fbss/$apply"])
def test_a_client_that_is_limited_to_a_hook_gets_no_chart_evaluated_at_another_door(door, tmp_path, ehr):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in chart()]}
    asked = {"resourceType": "Parameters", "parameter": [
        {"name": "subject", "valueString": WHO}, {"name": "data", "resource": bundle}]}  # fmt: skip
    body = bundle if door == "/explain" else asked
    opened = "explain" if door == "/explain" else "evaluate"
    with serving(clients=written(tmp_path, ehr, services=["fbss-order-sign"])) as client:
        assert 404 == client.post(door, json=body, headers=with_token(signer.token(door))).status_code
    with serving(clients=written(tmp_path, ehr, services=["fbss-order-sign", opened])) as client:
        assert 200 == client.post(door, json=body, headers=with_token(signer.token(door))).status_code


def test_a_silent_client_is_shown_no_card_and_no_proposal_at_any_door(tmp_path, ehr):
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": each} for each in chart("rf-cauda-equina-saddle")],
    }
    with serving(clients=written(tmp_path, ehr, silent=True)) as client:
        told = client.post("/explain", json=bundle, headers=with_token(signer.token("/explain"))).json()
        door = "/fhir/$evaluate-fbss"
        found = client.post(door, json=bundle, headers=with_token(signer.token(door))).json()["entry"]

    assert [] == told["cards"]
    assert told["redFlags"]
    assert {"DetectedIssue", "RequestGroup", "ServiceRequest", "Task"}.isdisjoint(
        entry["resource"]["resourceType"] for entry in found
    )


@pytest.mark.parametrize("silent", [True, False])
def test_a_silent_client_is_concluded_nothing_aloud_on_the_page(silent, tmp_path, ehr):
    entries = [{"resource": each} for each in chart("rf-cauda-equina-saddle")]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    page = written(tmp_path, ehr, silent=silent, page={"client_id": "page"}, fhir_servers=[signer.ISS])
    with serving(clients=page) as client:
        answer = client.post("/app/story", json=bundle, headers=with_token(signer.token("", aud="page")))
    told = answer.json()
    aloud = ("alarms", "causes", "notices", "steps", "then", "questions", "patientWords", "withheld", "sources")

    assert (200, silent) == (answer.status_code, told["heldBack"])
    assert silent is not bool(told["alarms"])
    assert not silent or [] == [name for name in aloud if told[name]]


def test_a_client_reaches_its_own_fhir_server_only(tmp_path, ehr):
    with serving(clients=written(tmp_path, ehr, fhir_servers=["https://ehr.example/fhir"])) as client:
        answer = call(client, signer.token(CALL), request(None, WHO, **access(ehr, patient=WHO)))

    assert 412 == answer.status_code
    assert "not one that this client may name" in answer.text


def test_a_private_address_needs_leave(tmp_path, ehr):
    keys = signer.jwks()["keys"]
    with serving(clients=written(tmp_path, ehr, jwks_url=None, jwks=keys, allow_private=False)) as client:
        answer = call(client, signer.token(CALL), request(None, WHO, **access(ehr, patient=WHO)))

    assert 412 == answer.status_code
    assert "private" in answer.text


def test_tenants_are_told_apart(tmp_path, ehr):
    one = {"name": "one", "iss": signer.ISS, "jwks_url": ehr.jwks_url, "audiences": [signer.PUBLIC], "tenants": ["a"],
           "allow_http": True, "allow_private": True}  # fmt: skip
    with serving(clients=several(tmp_path, one, one | {"name": "two", "tenants": ["b"], "services": []})) as client:
        answers = [call(client, signer.token(CALL, tenant=tenant)).status_code for tenant in ("a", "b", "c", None)]

    assert [200, 200, 401, 401] == answers


def test_the_example_of_a_clients_file_is_sound():
    first, second = clients.load(EXAMPLE, SERVICES)

    assert ("hospital-production", frozenset({SERVICE}), True) == (first.name, first.services, first.allow_private)
    assert (["2026-a"], frozenset()) == (list(tokens.keys(list(second.jwks))), second.bare)


GOOD = {"name": "a", "iss": "i", "jwks_url": "https://e.example/jwks", "audiences": ["https://c.example"]}


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ([GOOD | {"fhir_server": ["x"]}], "client 1 (a): key 'fhir_server' is not known. Did you mean 'fhir_servers'?"),
        ([GOOD | {"name": ""}], "client 1: name (text) is missing."),
        ([GOOD | {"iss": None}], "client 1 (a): iss (text) is missing."),
        ([GOOD | {"jwks_url": None}], "jwks_url (or the public keys themselves as jwks) is missing."),
        ([GOOD | {"jwks_url": "http://e.example/jwks"}], "must be https (or say allow_http = true, for tests)."),
        ([GOOD | {"audiences": []}], "audiences (the public addresses of this service) is missing."),
        ([GOOD | {"audiences": "https://c.example"}], "audiences must be a list of texts."),
        ([GOOD | {"fhir_servers": ["ehr.example"]}], "fhir_servers 'ehr.example' must be an absolute address"),
        ([GOOD | {"fhir_servers": ["https://ehr.example/fhir?x=1"]}], "must not hold a query."),
        ([GOOD | {"services": ["fbss-patient-vew"]}], "Did you mean 'fbss-patient-view'?"),
        ([GOOD | {"allow_http": "yes"}], "allow_http must be true or false."),
        ([GOOD | {"jwks": [{"kid": "k", "kty": "oct"}]}], "jwks key 'k' must be of kty EC or RSA."),
        ([GOOD | {"jwks": [{"kid": "k", "kty": "EC", "d": "x"}]}], "jwks key 'k' holds private parts"),
        (
            [GOOD | {"jwks": [{"kid": "k", "kty": "RSA", "n": "A" * 170, "e": "AQAB"}]}],
            "is weak: RSA keys need 2048 bits.",
        ),
        ([GOOD | {"jwks": [{"kid": "k", "kty": "RSA", "n": "é", "e": "AQAB"}]}], "is weak"),
        ([GOOD | {"jwks": [{"kid": "k", "kty": "EC", "crv": "P-256", "x": "1"}]}], "jwks key 'k' lacks y, so no token"),
        ([GOOD | {"jwks": [{"kid": "k", "kty": "RSA"}]}], "jwks key 'k' lacks n and e"),
        (
            [
                GOOD | {"jwks": [{"kid": "k", "kty": "EC", "x": "1"}]},
                GOOD | {"name": "b", "iss": "j", "jwks": [{"kid": "l", "kty": "EC", "x": "1"}]},
            ],
            "one key is pasted for two EHRs, a and b.",
        ),
        ([GOOD, GOOD | {"name": "b"}], "iss 'i' without tenants belongs to two clients, a and b."),
        ([GOOD | {"tenants": ["t"]}, GOOD | {"name": "b", "tenants": ["t"]}], "iss 'i' with tenant 't' belongs to two"),
        ([GOOD, GOOD | {"iss": "j"}], "the name 'a' is used by two clients."),
        ([], "a [[client]] table is missing."),
    ],
)
def test_a_mistake_in_the_clients_file_is_a_sentence_and_stops_the_start(tmp_path, tables, sentence):
    with pytest.raises(RuleError) as problem:
        clients.load(several(tmp_path, *tables), SERVICES)

    assert sentence in str(problem.value)


def test_a_clients_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(RuleError, match=r"nowhere\.toml: the file cannot be read"):
        clients.load(tmp_path / "nowhere.toml", SERVICES)


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        ("page client_id", {}),
        ("page key 'client' is not known", {"client": "x", "client_id": "x"}),
        ("must be an origin", {"client_id": "x", "frames": ["https://ehr.example/portal"]}),
        ("must be https", {"client_id": "x", "connect": ["http://login.example"]}),
        ("must be a list", {"client_id": "x", "frames": "https://ehr.example"}),
        ("must be a table", "backstory-page"),
    ],
)
def test_a_mistake_in_the_registration_of_the_page_is_told(tmp_path, expected, page):
    table = {
        "name": "a",
        "iss": "https://a.example",
        "jwks_url": "https://a.example/jwks",
        "audiences": ["https://c.example"],
    }
    with pytest.raises(RuleError, match=expected):
        clients.load(several(tmp_path, {**table, "page": page}), SERVICES)
