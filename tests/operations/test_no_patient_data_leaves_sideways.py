"""Marks in every string that a caller can send never appear in logs, counts or error bodies, at the DEBUG level."""

from __future__ import annotations

import logging

import orjson
import pytest

from service.settings import Settings
from service.web import app as apps
from service.web import request_context
from service.web.monitoring import logs
from tests.operations import canaries, inside
from tests.operations.canaries import MARK, canary
from tests.operations.server import serving

DOORS = [
    ("GET", "/"),
    ("GET", "/{mark}"),
    ("GET", "/about?{mark}={mark}"),
    ("GET", "/cds-services?patient={mark}"),
    ("GET", "/healthz/ready?{mark}"),
    ("GET", "/metrics?{mark}"),
    ("GET", "/app/rules?q={mark}"),
    ("GET", "/app/rules/{mark}"),
    ("GET", "/openapi.json?{mark}"),
    ("DELETE", "/cds-services/{mark}"),
    ("POST", "/cds-services/fbss-patient-view?patient={mark}"),
    ("POST", "/cds-services/fbss-order-select?patient={mark}"),
    ("POST", "/cds-services/fbss-order-sign"),
    ("POST", "/cds-services/{mark}"),
    ("POST", "/cds-services/fbss-patient-view/feedback?{mark}"),
    ("POST", "/cds-services/{mark}/feedback"),
    ("POST", "/explain?asOf={mark}"),
    ("POST", "/explain?patient={mark}&asOf=2026-11-20"),
    ("POST", "/explain"),
    ("GET", "/app?{mark}={mark}"),
    ("GET", "/app/launch?iss={mark}&launch={mark}"),
    ("GET", "/app/static/{mark}"),
    ("GET", "/app/examples/{mark}"),
    ("POST", "/app/story?{mark}"),
    ("POST", "/fhir/$evaluate?subject={mark}"),
    ("GET", "/fhir/{mark}/{mark}"),
    ("GET", "/fhir/metadata?{mark}"),
]


def bodies():
    yield orjson.dumps(canaries.request())
    yield orjson.dumps(canaries.request(canaries.everywhere))
    yield orjson.dumps(canaries.everywhere(canaries.request()))
    yield orjson.dumps(canaries.wrong_types(canaries.request()))
    yield orjson.dumps({**canaries.request(), "hookInstance": canary()})
    yield orjson.dumps({**canaries.request(), "hook": canary()})
    yield orjson.dumps({**canaries.request(), "prefetch": {canary(): canary()}})
    yield orjson.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries(canaries.beside)})
    yield orjson.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries(canaries.everywhere)})
    yield orjson.dumps({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": MARK, "id": canary()}}]})
    yield orjson.dumps({"resourceType": MARK, canary(): canary()})
    yield orjson.dumps([canary()])
    yield orjson.dumps(canary())
    yield b'{"hook": "' + canary().encode()
    yield b"\xff" + canary().encode()
    yield b'{"' + canary().encode() + b'": NaN}'


def entries(planted):
    found = [canaries.CHART["patient"]]
    for each in canaries.CHART.values():
        found += [entry["resource"] for entry in each.get("entry", ())]
    return [{"fullUrl": f"https://{canary()}.example/{at}", "resource": planted(each)} for at, each in enumerate(found)]


def marked(text):
    return [line for line in text.splitlines() if MARK in line.lower()]


def test_marks_in_every_string_appear_in_no_log_count_or_error():
    statuses = set()
    with serving(log_level="DEBUG") as server:
        for body in bodies():
            for method, path in DOORS:
                given = body if method == "POST" else None
                status, headers, told = server.ask(method, path.format(mark=canary()), given, canaries.headers())
                statuses.add(status)
                if status != 200:
                    assert [] == marked(told.decode()), (method, path, status)
                assert [] == marked(str(headers))
        media = {"Content-Type": f"text/{MARK}"}
        assert 415 == server.ask("POST", "/explain", b"{}", media)[0]
        counts = server.ask("GET", "/metrics")[2].decode()
    everything = "".join(server.lines)

    assert {200, 400, 404, 405} <= statuses
    assert 500 not in statuses
    assert [] == marked(counts)
    assert [] == marked(everything)
    assert [] == server.events("not JSON")
    assert any("rf-" in str(told.get("rules")) or told.get("cards") for told in server.events("call"))


def test_a_failure_of_our_own_is_a_500_that_quotes_nothing(monkeypatch, capsys):
    def fail(*_):
        raise ValueError(f"could not read {MARK}")

    app = apps.create(Settings(open=True, log_level="DEBUG"))
    monkeypatch.setattr("service.pipeline.answer", fail)
    answer = inside.ask(app, "POST", "/cds-services/fbss-patient-view", json=canaries.request())
    lines = [orjson.loads(line) for line in capsys.readouterr().out.splitlines()]
    failed = next(line for line in lines if line["event"] == "failed")

    assert 500 == answer.status_code
    assert [] == marked(answer.text)
    assert ("ValueError", answer.headers["x-request-id"]) == (failed["error"], failed["request_id"])
    assert failed["where"].startswith("test_no_patient_data_leaves_sideways.py:")
    assert [] == marked(str(lines))


@pytest.mark.parametrize("library", ["asyncio", "uvicorn", "jwt", "some.other"])
def test_a_library_says_that_it_spoke_but_not_what(library, capsys):
    logs.configure("DEBUG")
    logging.getLogger(library).info("GET https://ehr.example/Patient?name=%s", MARK)
    logging.getLogger(library).error("cannot read %s", MARK)
    told = [orjson.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [("library", library, "error")] == [(line["event"], line["logger"], line["level"]) for line in told]
    assert [] == marked(str(told))


@pytest.mark.parametrize("library", ["httpx", "httpcore.http11", "uvicorn.access"])
def test_neither_an_http_client_nor_the_access_log_writes_an_address(library, capsys):
    logs.configure("DEBUG")
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        logging.getLogger(library).log(level, "GET https://ehr.example/Patient?name=%s", MARK)

    assert [] == marked(capsys.readouterr().out)


def test_an_exception_is_logged_by_type_and_place(capsys):
    logs.configure("INFO")
    try:
        raise KeyError(MARK)
    except KeyError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    told = orjson.loads(capsys.readouterr().out)

    assert ("KeyError", "Exception in ASGI application") == (told["error"], told["message"])
    assert [] == marked(str(told))


def test_only_a_uuid_is_taken_over_as_a_request_id(capsys):
    app = apps.create(Settings(open=True))
    own = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
    taken = inside.ask(app, "GET", "/about", headers={"X-Request-ID": own}).headers["x-request-id"]
    made = inside.ask(app, "GET", "/about", headers={"X-Request-ID": canary()}).headers["x-request-id"]
    capsys.readouterr()

    assert own == taken
    assert MARK not in made
    assert "none" == request_context.request_id()
