"""What is fetched stays within the scopes, the patient, the addresses and the certificates that were given."""

from __future__ import annotations

import asyncio
import ssl

import orjson
import pytest
import trustme

from service.domain import addresses
from service.ehr import fetch, scopes
from tests.ehr import ehr as ehrs
from tests.ehr.asking import BUDGET, WHO, ask, chart, kept, missing_on
from tests.ehr.serving import CALL, access, request, serving


@pytest.fixture(scope="module")
def service():
    with serving(open=True, fetch_budget_ms=int(BUDGET * 1000)) as client:
        yield client


def test_a_query_outside_the_scope_is_not_sent_but_named(service):
    with ehrs.running(chart()) as ehr:
        answer = ask(service, ehr, kept("devices", "allergies"), scope="patient/Device.rs openid")

        assert ["Device"] == ehr.types_asked()
        assert all("allergies" in each and "devices" not in each for each in missing_on(answer))


def test_a_narrow_scope_is_asked_for_in_its_bounds_and_called_a_part(service):
    with ehrs.running(chart()) as ehr:
        answer = ask(service, ehr, kept("devices"), scope="patient/Device.rs?type=pump")

        assert [f"/fhir/Device?patient={WHO}&_count=200&type=pump"] == [path for path, _ in ehr.asked]
        assert all("devices" in each for each in missing_on(answer))


@pytest.mark.parametrize(
    ("scope", "kind", "search", "open_"),
    [
        ("patient/Condition.read", "Condition", True, True),
        ("patient/Condition.rs", "Condition", True, True),
        ("patient/Condition.cruds", "Condition", True, True),
        ("patient/*.*", "Condition", True, True),
        ("user/*.read", "Condition", False, True),
        ("system/Condition.s", "Condition", True, True),
        ("", "Condition", True, True),
        ("patient/Condition.write", "Condition", True, False),
        ("patient/Condition.r", "Condition", True, False),
        ("patient/Condition.s", "Condition", False, False),
        ("patient/Procedure.read", "Condition", True, False),
        ("launch openid fhirUser", "Condition", True, False),
        ("patient/Condition.rs?category=x", "Condition", True, False),
        ("patient/Conditions.read patient/Condition", "Condition", True, False),
    ],
)
def test_both_grammars_of_scopes_are_understood(scope, kind, search, open_):
    assert open_ == scopes.grant(scope, kind, search).open


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": ""},
        {"access_token": "two words"},
        {"access_token": "line\r\nX-Evil: 1"},
        {"access_token": None},
        {"token_type": "MAC"},
        {"expires_in": 0},
        {"scope": ["patient/*.read"]},
        {"scope": "launch"},
    ],
)
def test_an_authorization_that_does_not_serve_is_not_used(service, change):
    with ehrs.running(chart()) as ehr:
        assert (412, []) == (ask(service, ehr, **change).status_code, ehr.asked)


def test_a_token_for_another_patient_is_refused(service):
    with ehrs.running(chart()) as ehr:
        granted = access(ehr, patient="somebody-else")
        answer = service.post(CALL, json=request(None, WHO, **granted))

        assert (400, []) == (answer.status_code, ehr.asked)
    assert "somebody-else" not in answer.text


@pytest.mark.parametrize("patient", ["..", "a/b", "a?b=c", "a b", "x" * 65, "é"])
def test_a_patient_id_that_is_none_is_never_put_into_an_address(service, patient):
    with ehrs.running(chart()) as ehr:
        assert (412, []) == (ask(service, ehr, who=patient).status_code, ehr.asked)


@pytest.mark.parametrize(
    "server",
    ["https://ehr.example/fhir", "http://127.0.0.1.evil.example/fhir", "http://127.0.0.1@evil.example", "file:///etc",
     "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "//127.0.0.1", "http://127.0.0.1\\@x", 7],
)  # fmt: skip
def test_open_mode_asks_no_server_but_this_machines_own(service, server):
    with ehrs.running(chart()) as ehr:
        answer = service.post(CALL, json=request(None, WHO, **(access(ehr, patient=WHO) | {"fhirServer": server})))

    assert 412 == answer.status_code


def test_open_mode_asks_the_servers_of_the_setting_beyond_loopback():
    typed = (addresses.parse("https://ehr.example/fhir"),)

    assert fetch.Reach(typed).covers(addresses.parse("https://ehr.example/fhir/R4"))
    assert not fetch.Reach(typed).covers(addresses.parse("http://127.0.0.1/fhir"))


@pytest.mark.parametrize(
    "near",
    ["https://ehr.example/fhir2", "https://ehr.example.evil.example/fhir", "http://ehr.example/fhir",
     "https://ehr.example:8443/fhir", "https://sub.ehr.example/fhir", "https://ehr.example/", "https://ehr.example/FHIR"],
)  # fmt: skip
def test_an_address_that_only_begins_alike_is_another_address(near):
    assert not addresses.within(addresses.parse(near), addresses.parse("https://ehr.example/fhir"))


@pytest.mark.parametrize(
    "text",
    ["https://ehr.example/fhir/../admin", "https://ehr.example/fhir/%2e%2e/admin", "https://ehr.example/fhir/a%2fb",
     "https://ehr.example/fhir/%252e%252e/admin", "https://ehr.example/fhir/..;x/admin", "https://ehr.example/fhir/;/x",
     "https://ehr.example/fhir/a%25252fb", "https://ehr.example/fhir/%2e%2e;v=1/admin",
     "https://user@ehr.example/fhir", "https://ehr.example/fhir#x", "https://ehr.example\t/fhir", "ftp://ehr.example",
     "https://ehr.example:0/", "https://ehr.example:99999/", "https:///fhir", "https://ehr.exämple/", "", None],
)  # fmt: skip
def test_an_address_in_doubt_is_no_address(text):
    with pytest.raises(ValueError, match="must"):
        addresses.parse(text)


@pytest.mark.parametrize(
    ("ip", "private", "allowed"),
    [
        ("93.184.216.34", False, True),
        ("10.0.0.7", False, False),
        ("10.0.0.7", True, True),
        ("127.0.0.1", False, False),
        ("::1", True, True),
        ("169.254.169.254", True, False),
        ("fe80::1%eth0", True, False),
        ("::ffff:169.254.169.254", True, False),
        ("0.0.0.0", True, False),
        ("64:ff9b::a9fe:a9fe", True, False),
        ("64:ff9b:1::a9fe:a9fe", True, False),
        ("64:ff9b::10.0.0.7", False, False),
        ("64:ff9b::10.0.0.7", True, True),
        ("64:ff9b::93.184.216.34", False, True),
        ("2002:a9fe:a9fe::1", True, False),
        ("2002:a00:7::1", False, False),
        ("224.0.0.1", True, False),
    ],
)
def test_private_addresses_need_leave_and_link_local_never_gets_it(ip, private, allowed):
    assert allowed == addresses.may_connect(ip, private)


def test_a_hospital_certificate_is_trusted_when_it_is_given_and_only_then(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    limits = fetch.Limits(5, 100_000, orjson.loads)

    async def read(ca_file, host):
        pool = fetch.open_pool(ca_file)
        try:
            address = addresses.parse(f"https://{host}:{ehr.port}/jwks.json")
            return await fetch.get_json(pool, address, True, limits)
        finally:
            await fetch.close(pool)

    with ehrs.running(jwks={"keys": []}, tls=tls) as ehr:
        assert {"keys": []} == asyncio.run(read(tmp_path / "ca.pem", "localhost"))
        for ca_file, host in ((None, "localhost"), (tmp_path / "ca.pem", "127.0.0.1")):
            with pytest.raises(fetch.Unreachable, match="the connection failed"):
                asyncio.run(read(ca_file, host))
