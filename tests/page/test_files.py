"""The files of the page: their weight, where the one of others comes from, and the headers they are sent with."""

from __future__ import annotations

import hashlib
from importlib.resources import files

import httpx
import pytest

from service.knowledge import RuleError
from service.settings import Settings
from service.web.page import examples, headers
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import written
from tests.ehr.serving import serving
from tests.page.browser import SECONDS

FOLDER = files("service.web.page").joinpath("static")
FHIRCLIENT = "658dec434e308a6ba682158f1e94bfaa0f600bb500e78443369bfe7818133d90"
"""Of build/fhir-client.pure.min.js in the npm package fhirclient 2.6.3."""


def test_the_page_weighs_at_most_120_kilobytes():
    assert sum(len(each.read_bytes()) for each in FOLDER.iterdir()) <= 120_000


def test_fhirclient_is_the_published_one():
    data = FOLDER.joinpath("fhir-client.pure.min.js").read_bytes()

    assert FHIRCLIENT == hashlib.sha256(data).hexdigest()


def test_no_file_of_ours_holds_script_or_style_inside_markup():
    for name in ("index.html", "launch.html"):
        text = FOLDER.joinpath(name).read_text()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count("<script src=") + text.count('<script type="module" src=')


@pytest.mark.parametrize("path", ["/app", "/app/launch", "/app/static/app.js", "/app/about.json"])
def test_every_file_is_sent_with_the_policy(address, path):
    sent = httpx.get(f"{address}{path}", timeout=SECONDS).headers

    assert (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ances"
        in (sent["content-security-policy"])
    )
    assert ("no-referrer", "nosniff") == (sent["referrer-policy"], sent["x-content-type-options"])


def test_the_ehrs_of_the_clients_file_may_be_asked_and_nobody_else(registered, ehr):
    policy = httpx.get(f"{registered}/app", timeout=SECONDS).headers["content-security-policy"]

    assert f"connect-src 'self' {ehr.origin};" in policy


def test_an_unchanged_file_is_not_sent_again(address):
    first = httpx.get(f"{address}/app/static/app.css", timeout=SECONDS)

    assert (
        304
        == httpx.get(
            f"{address}/app/static/app.css", timeout=SECONDS, headers={"If-None-Match": first.headers["etag"]}
        ).status_code
    )
    assert 404 == httpx.get(f"{address}/app/static/..%2Froutes.py", timeout=SECONDS).status_code


def test_without_a_registration_there_is_no_page(tmp_path):
    with (
        ehrs.running([], jwks=signer.jwks()) as hospital,
        serving(clients=written(tmp_path, hospital), log_level="ERROR") as client,
    ):
        asked = [client.get(path).status_code for path in ("/app", "/app/", "/app/about.json", "/app/examples/0")]

        assert [404, 404, 404, 404] == asked
        assert 404 == client.post("/app/story", json={}).status_code


def test_examples_are_for_open_mode(tmp_path):
    with pytest.raises(RuleError, match="open mode only"):
        examples.load(Settings(app_examples=tmp_path, clients=tmp_path / "clients.toml"))


def test_open_mode_may_ask_the_fhir_servers_that_were_typed():
    assert ["https://fhir.example"] == headers.connect(Settings(open=True, fhir_servers="https://fhir.example/r4"), ())
