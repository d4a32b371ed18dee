"""`backstory try`: a verdict per requirement on any service, and an exit code that a pipeline can use."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner

from service.cli import app
from service.cli.try_service import _signer
from service.hook_tester.ehr_client import fill, prefetch
from tests.ehr.serving import serving


@pytest.fixture(scope="module")
def base():
    with serving(open=True) as client:
        yield str(client.base_url)


def run(*arguments):
    return CliRunner().invoke(app, ["try", *arguments])


def test_our_own_service_breaks_no_shall(base):
    done = run(base, "--open")
    assert 0 == done.exit_code, done.output
    assert "No SHALL is broken" in done.output


def test_all_lists_what_passed_too(base):
    assert "TR-02" in run(base, "--open", "--all").output


def test_a_service_that_is_open_fails_when_it_should_ask_for_tokens(base):
    done = run(base, "--token", "x")
    assert 1 == done.exit_code
    assert "SE-02" in done.output


def test_without_any_service_there_it_says_so():
    done = run("http://127.0.0.1:9", "--open")
    assert 2 == done.exit_code
    assert "Nothing answers" in done.output


def test_it_wants_to_know_how_to_come_in():
    done = run("http://127.0.0.1:9")
    assert 2 == done.exit_code
    assert "--open" in done.output


@pytest.mark.parametrize(
    ("key", "expected"),
    [(ec.generate_private_key(ec.SECP384R1()), "ES384"), (rsa.generate_private_key(65537, 2048), "RS384")],
)
def test_a_key_signs_a_token_of_its_own_for_each_address(tmp_path, key, expected):
    import jwt

    pem = tmp_path / "key.pem"
    pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    sign = _signer(pem, "https://ehr.example", "k1")
    first, second = sign("https://a.example/cds-services"), sign("https://a.example/cds-services/x")
    assert (expected, "k1") == (jwt.get_unverified_header(first)["alg"], jwt.get_unverified_header(first)["kid"])
    said = jwt.decode(second, key.public_key(), algorithms=[expected], audience="https://a.example/cds-services/x")
    assert "https://ehr.example" == said["iss"]
    assert said["jti"] != jwt.decode(first, options={"verify_signature": False})["jti"]


def test_templates_are_filled_as_an_ehr_would():
    about = {"userId": "Practitioner/9", "patientId": "p1"}
    assert "Patient/p1" == fill("Patient/{{context.patientId}}", about)
    assert "Practitioner?_id=9" == fill("Practitioner?_id={{ userPractitionerId }}", about)
    assert "Practitioner/9" == fill("{{context.userId}}", about)
    chart = [{"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p2"}}]
    filled = prefetch(
        {"a": "Condition?patient={{context.patientId}}", "b": "Patient/{{context.patientId}}"}, about, chart
    )
    assert (0, None) == (filled["a"]["total"], filled["b"])


def test_it_loads_no_service_code():
    """The trial is a stranger: it must not judge a service with that service's own code."""
    code = "import sys, service.hook_tester.checks; print(sorted(n for n in sys.modules if n.startswith('service.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(name.startswith("service.hook_tester") for name in eval(loaded))  # noqa: S307


def test_a_service_that_hangs_up_is_judged_and_not_feared():
    def hang_up(_):
        raise httpx.RemoteProtocolError("gone")

    from service.hook_tester.ehr_client import Ehr

    with httpx.Client(transport=httpx.MockTransport(hang_up)) as http:
        assert (0, "RemoteProtocolError") == ((answer := Ehr("http://x.example", http).discover()).status, answer.text)
