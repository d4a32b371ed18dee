"""Whoever is not a registered client with a fresh, sound JWT for this very endpoint gets one and the same bare 401."""

from __future__ import annotations

import base64
import time
from contextlib import suppress

import jwt
import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.errors import Unauthorised
from service.ehr import clients, tokens
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import BARE, DISCOVERY, FEEDBACK, WHO, bare, call, chart, with_token, written
from tests.ehr.serving import CALL, access, prefetch_of, request, serving, told, until_logged
from tests.patients import build


@pytest.fixture(scope="module")
def ehr():
    with ehrs.running(chart(), jwks=signer.jwks()) as running:
        yield running


@pytest.fixture(scope="module")
def service(ehr, tmp_path_factory):
    with serving(clients=written(tmp_path_factory.mktemp("clients"), ehr), fetch_budget_ms=5_000) as client:
        yield client


@pytest.mark.parametrize("alg", signer.ALGORITHMS)
def test_a_sound_token_opens_discovery_call_and_feedback(service, alg):
    listed = service.get(DISCOVERY, headers=with_token(signer.token(DISCOVERY, alg)))
    answer = call(service, signer.token(CALL, alg))
    report = {"feedback": [{"card": answer.json()["cards"][0]["uuid"], "outcome": "accepted"}]}
    heard = service.post(FEEDBACK, json=report, headers=with_token(signer.token(FEEDBACK, alg)))

    assert [200, 200, 200] == [listed.status_code, answer.status_code, heard.status_code]
    assert answer.json()["cards"]


@pytest.mark.parametrize("name", build.names()[::3])
def test_cards_are_the_same_with_and_without_jwt_sent_or_fetched(service, ehr, open_service, name):
    ehr.chart = chart(name)
    sent, fetched = request(prefetch_of(ehr.chart), name), request(None, name, **access(ehr, patient=name))
    answers = [
        open_service.post(CALL, json=sent),
        open_service.post(CALL, json=fetched),
        call(service, signer.token(CALL), sent),
        call(service, signer.token(CALL), fetched),
    ]

    assert [200] * 4 == [answer.status_code for answer in answers]
    assert [told(answers[0].json())] * 4 == [told(answer.json()) for answer in answers]


ORDERED = {
    "resourceType": "ServiceRequest",
    "id": "draft-mri",
    "status": "draft",
    "intent": "order",
    "code": {"coding": [{"system": "http://loinc.org", "code": "24967-2"}]},
}


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
@pytest.mark.parametrize("name", ["repeat-mri-suppressed", "pacemaker-mr-safety-first", "rf-cauda-equina-saddle"])
def test_order_cards_are_the_same_with_and_without_jwt_sent_or_fetched(service, ehr, open_service, hook, name):
    ehr.chart = chart(name)
    context = {
        "userId": "Practitioner/d1",
        "patientId": name,
        "selections": ["ServiceRequest/draft-mri"],
        "draftOrders": {"entry": [{"resource": ORDERED | {"subject": {"reference": f"Patient/{name}"}}}]},
    }
    path = f"/cds-services/fbss-{hook}"
    sent = request(prefetch_of(ehr.chart), name, hook=hook, context=context)
    fetched = request(None, name, hook=hook, context=context, **access(ehr, patient=name))
    answers = [client.post(path, json=body, headers=headers)
               for body in (sent, fetched)
               for client, headers in ((open_service, {}), (service, with_token(signer.token(path))))]  # fmt: skip

    assert [200] * 4 == [answer.status_code for answer in answers]
    assert answers[0].json()["cards"]
    assert [told(answers[0].json())] * 4 == [told(answer.json()) for answer in answers]


@pytest.fixture(scope="module")
def open_service():
    with serving(open=True, fetch_budget_ms=5_000) as client:
        yield client


NOW = int(time.time())
BAD = {
    "no token": lambda: None,
    "not a token": lambda: "abc",
    "three empty parts": lambda: "..",
    "alg none": lambda: signer.forged(CALL, {"alg": "none", "kid": "ES384", "typ": "JWT"}),
    "alg None, unsigned": lambda: jwt.encode(signer.claims(signer.PUBLIC + CALL), None, "none", {"kid": "ES384"}),
    "HS256 with the public key": lambda: signer.signed_with_the_public_key(CALL),
    "HS256": lambda: jwt.encode(signer.claims(signer.PUBLIC + CALL), "x" * 40, "HS256", {"kid": "ES384"}),
    "PS256": lambda: jwt.encode(signer.claims(signer.PUBLIC + CALL), signer.key("RS256"), "PS256", {"kid": "RS256"}),
    "no alg": lambda: signer.forged(CALL, {"kid": "ES384", "typ": "JWT"}, b"x"),
    "another algorithm than the key's": lambda: signer.token(CALL, "RS256", headers={"kid": "RS384"}),
    "another kind of key": lambda: signer.token(CALL, "ES384", headers={"kid": "RS384"}),
    "no kid": lambda: signer.token(CALL, headers={"kid": None}),
    "unknown kid": lambda: signer.token(CALL, headers={"kid": "nobody"}),
    "signed by somebody else": lambda: signer.token(CALL, name="thief", headers={"kid": "ES384"}),
    "signature cut": lambda: signer.token(CALL)[:-6],
    "claims of another token": lambda: ".".join(signer.token(CALL, jti=str(at)).split(".")[at] for at in range(3)),
    "unknown iss": lambda: signer.token(CALL, iss="https://other.example"),
    "iss that looks alike": lambda: signer.token(CALL, iss="https://ehr.example.evil.example"),
    "iss with a slash": lambda: signer.token(CALL, iss=signer.ISS + "/"),
    "wrong aud": lambda: signer.token(CALL, aud="https://other.example" + CALL),
    "aud of discovery": lambda: signer.token(DISCOVERY),
    "aud of feedback": lambda: signer.token(FEEDBACK),
    "aud that begins alike": lambda: signer.token(CALL, aud=signer.PUBLIC + CALL + "x"),
    "aud on a host that looks alike": lambda: signer.token(
        CALL, aud="https://cds.example.evil.example/backstory" + CALL
    ),
    "aud of the host header": lambda: signer.token(CALL, aud="http://127.0.0.1" + CALL),
    "aud is an object": lambda: signer.token(CALL, aud={"url": signer.PUBLIC}),
    "empty aud": lambda: signer.token(CALL, aud=[]),
    "expired": lambda: signer.token(CALL, iat=NOW - 900, exp=NOW - 600),
    "not yet valid": lambda: signer.token(CALL, nbf=NOW + 600),
    "issued tomorrow": lambda: signer.token(CALL, iat=NOW + 86_400),
    "lives for a year": lambda: signer.token(CALL, exp=NOW + 31_536_000),
    "exp is infinite": lambda: signer.token(CALL, exp=float("inf")),
    "exp is a list": lambda: signer.token(CALL, exp=[1]),
    "no aud": lambda: signer.token(CALL, aud=None),
    "no iss": lambda: signer.token(CALL, iss=None),
    "exp is in quotes": lambda: signer.token(CALL, exp=str(int(time.time()) + 300)),
    "exp is beyond all numbers": lambda: signer.token(CALL, exp=10**400),
    "issued two days ago": lambda: signer.token(CALL, iat=NOW - 172_800),
    "no exp": lambda: signer.token(CALL, exp=None),
    "no iat": lambda: signer.token(CALL, iat=None),
    "no jti": lambda: signer.token(CALL, jti=None),
    "empty jti": lambda: signer.token(CALL, jti=""),
    "jti is a number": lambda: signer.token(CALL, jti=7),
    "jku of somebody else": lambda: signer.token(CALL, headers={"jku": "https://evil.example/jwks.json"}),
    "jku that begins alike": lambda: signer.token(CALL, headers={"jku": "{jwks}.evil.example"}),
    "jku with a user name": lambda: signer.token(CALL, headers={"jku": "http://127.0.0.1@evil.example/jwks.json"}),
    "jku is a list": lambda: signer.token(CALL, headers={"jku": ["https://evil.example"]}),
    "own key in the header": lambda: signer.token(CALL, name="thief", headers={"jwk": signer.jwk("ES384", "thief")}),
    "crit": lambda: signer.token(CALL, headers={"crit": ["exp"]}),
    "another typ": lambda: signer.token(CALL, headers={"typ": "at+jwt"}),
    "tenant is a number": lambda: signer.token(CALL, tenant=7),
    "deep header": lambda: f"{'W1tb' * 700}.e30.e30",  # [[[...
    "very long": lambda: signer.token(CALL, sub="x" * 9_000),
}


@pytest.mark.parametrize("why", BAD)
def test_every_bad_token_is_the_same_bare_401(service, ehr, why):
    token = BAD[why]()
    before = ehr.times_asked("/elsewhere")
    headers = {} if token is None else with_token(token)
    answer = service.post(CALL, json=request(prefetch_of(chart()), WHO), headers=headers)

    assert BARE == bare(answer)
    assert before == ehr.times_asked("/elsewhere")


LOGGED = {
    "no token": "bearer token", "not a token": "form", "HS256": "alg", "another kind of key": "alg",
    "unknown kid": "kid", "signed by somebody else": "signature", "unknown iss": "iss", "wrong aud": "aud",
    "expired": "exp", "no exp": "claims", "not yet valid": "iat or nbf", "lives for a year": "lifetime",
    "jku of somebody else": "jku",
}  # fmt: skip


@pytest.mark.parametrize(("why", "check"), LOGGED.items())
def test_the_log_names_the_check_that_failed_and_nothing_of_the_token(service, why, check):
    token = BAD[why]()
    with structlog.testing.capture_logs() as lines:
        service.post(CALL, json=request(None, WHO), headers={} if token is None else with_token(token))
        until_logged(service)

    assert [check] == [line["refused"] for line in lines if line["event"] == "call"]
    assert token is None or not any(part in str(lines) for part in token.split(".") if len(part) > 3)


def test_the_log_names_a_replay(service):
    headers = with_token(signer.token(DISCOVERY))
    with structlog.testing.capture_logs() as lines:
        service.get(DISCOVERY, headers=headers)
        service.get(DISCOVERY, headers=headers)
        until_logged(service)

    assert [None, "jti used before"] == [line.get("refused") for line in lines if line["event"] == "call"]


def test_a_token_counts_once(service):
    token = signer.token(CALL)

    assert 200 == call(service, token).status_code
    assert BARE == bare(call(service, token))


def test_the_same_jti_in_another_token_is_a_replay_too(service):
    assert 200 == call(service, signer.token(CALL, jti="twice")).status_code
    assert BARE == bare(call(service, signer.token(CALL, jti="twice", exp=int(time.time()) + 900)))


def test_a_refused_token_does_not_use_up_its_jti(service):
    assert BARE == bare(call(service, signer.token(DISCOVERY, jti="kept")))
    assert 200 == call(service, signer.token(CALL, jti="kept")).status_code


@pytest.mark.parametrize(
    "change",
    [
        {"nbf": NOW - 300, "sub": "client-id"},  # Epic
        {"exp": NOW + 900, "sub": 7},
        {"aud": [signer.PUBLIC + CALL, "https://other.example"]},
        {"aud": signer.PUBLIC + CALL + "/"},
        {"aud": signer.PUBLIC},
        {"aud": signer.PUBLIC + "/"},
        {"iat": NOW + 10, "exp": NOW + 310},  # a clock that is a little ahead
        {"exp": NOW - 10 + 300, "iat": NOW - 10},
        {"tenant": "any"},
    ],
)
def test_what_real_clients_send_is_tolerated(service, change):
    late = int(time.time()) - NOW  # these were written down when the tests were gathered, minutes ago
    sent = {name: told + late if name in {"nbf", "iat", "exp"} else told for name, told in change.items()}

    assert 200 == call(service, signer.token(CALL, **sent)).status_code


def test_a_jku_that_is_the_registered_one_is_fine(service, ehr):
    assert 200 == call(service, signer.token(CALL, headers={"jku": ehr.jwks_url})).status_code


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", DISCOVERY), ("POST", CALL), ("POST", FEEDBACK), ("GET", "/about"), ("POST", "/explain"),
     ("GET", "/fhir/metadata"), ("POST", "/fhir/$evaluate-fbss"), ("POST", "/cds-services/nobody")],
)  # fmt: skip
def test_every_endpoint_but_the_probes_asks_for_a_token_of_its_own(service, method, path):
    assert BARE == bare(service.request(method, path, json={}))
    assert BARE == bare(service.request(method, path, json={}, headers=with_token(signer.token("/other"))))
    assert 401 != service.request(method, path, json={}, headers=with_token(signer.token(path))).status_code


@pytest.mark.parametrize("path", ["/healthz/live", "/healthz/ready", "/healthz/startup"])
def test_the_probes_are_free(service, path):
    assert 200 == service.get(path).status_code


def test_whatever_is_published_and_is_no_probe_asks_for_a_token(service):
    published = service.get("/openapi.json").json()["paths"]
    doors = [(method, path) for path, methods in published.items() for method in methods]
    open_doors = {path for method, path in doors if service.request(method, path, json={}).status_code != 401}

    assert len(doors) > 10
    assert {"/healthz/live", "/healthz/ready", "/healthz/startup", "/metrics"} == open_doors


def test_two_authorization_headers_are_none(service):
    headers = [("Authorization", f"Bearer {signer.token(CALL)}"), ("Authorization", f"Bearer {signer.token(CALL)}")]

    assert BARE == bare(service.post(CALL, json=request(), headers=headers))


def test_without_clients_and_without_open_mode_nobody_is_answered():
    with serving() as client:
        assert BARE == bare(client.get(DISCOVERY))


def test_the_replay_window_is_bounded_and_forgets_what_has_expired(monkeypatch):
    monkeypatch.setattr(tokens, "MAX_SEEN", 100)
    seen = tokens.Seen()
    for at in range(110):
        tokens.once(tokens.Proven("iss", str(at), 1000.0 + at * 30), seen, 1000.0, 30)
    assert 0 < seen.count <= 100
    tokens.once(tokens.Proven("iss", "late", 9900.0), seen, 9000.0, 30)

    assert 1 == seen.count


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200) | st.lists(st.binary(max_size=60), min_size=3, max_size=3))
def test_no_text_whatever_is_more_than_a_refusal(text):
    token = text if isinstance(text, str) else ".".join(base64.urlsafe_b64encode(part).decode() for part in text)
    with pytest.raises(Unauthorised):
        tokens.client_of(tokens.read(tokens.bearer([f"Bearer {token}"])), ())


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "exp", "iat", "nbf", "jti", "tenant", "sub"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
    )
)
def test_no_claim_whatever_is_more_than_a_refusal(changes):
    client = clients.Client("ehr", signer.ISS, bases=frozenset({signer.PUBLIC}))
    with suppress(Unauthorised):
        unproven = tokens.read(signer.token(CALL, **changes))
        key = tokens.keys(signer.jwks())[unproven.kid]
        tokens.verify(unproven, tokens.client_of(unproven, [client]), key, CALL, time.time(), 30)
