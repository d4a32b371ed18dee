"""Whoever is not a registered client with a fresh, sound JWT for this very endpoint gets one and the same bare 401."""

from __future__ import annotations

import asyncio
import base64
import time
from contextlib import suppress
from pathlib import Path

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from service import clients, fetch, trust
from service.errors import Unauthorised
from service.knowledge import RuleError
from service.web import keyring
from service.web.catalogue import SERVICES
from tests.hooks import ehr as ehrs
from tests.hooks import signer
from tests.hooks.serving import CALL, SERVICE, access, prefetch_of, request, serving, today, told
from tests.patients import build

WHO = "recurrent-herniation-classic"
DISCOVERY = "/cds-services"
FEEDBACK = f"{CALL}/feedback"
EXAMPLE = Path(__file__).parent / "clients.example.toml"


def chart(name=WHO):
    return build.chart(build.load(name), today())


def written(folder, ehr, **changes):
    """A clients file for the EHR at this loopback address."""
    told = {
        "name": "ehr",
        "iss": signer.ISS,
        "jwks_url": ehr.jwks_url,
        "audiences": [signer.PUBLIC],
        "fhir_servers": [ehr.base],
        "allow_http": True,
        "allow_private": True,
        **changes,
    }
    return several(folder, told)


def several(folder, *tables):
    file = folder / "clients.toml"
    rows = [
        "\n".join(["[[client]]", *(f"{key} = {_toml(value)}" for key, value in each.items() if value is not None)])
        for each in tables
    ]
    file.write_text("\n".join(rows))
    return file


def _toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return orjson.dumps(value).decode()


@pytest.fixture(scope="module")
def ehr():
    with ehrs.running(chart(), jwks=signer.jwks()) as running:
        yield running


@pytest.fixture(scope="module")
def service(ehr, tmp_path_factory):
    with serving(clients=written(tmp_path_factory.mktemp("clients"), ehr)) as client:
        yield client


def with_token(token):
    return {"Authorization": f"Bearer {token}"}


def call(service, token, body=None):
    return service.post(CALL, json=body or request(prefetch_of(chart()), WHO), headers=with_token(token))


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
    with serving(open=True) as client:
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


BARE = (401, "Bearer", [{"severity": "error", "code": "login", "diagnostics": "Authentication is required."}])


def bare(answer):
    return answer.status_code, answer.headers["WWW-Authenticate"], answer.json()["issue"]


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
    assert 200 == call(service, signer.token(CALL, **change)).status_code


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


def test_two_authorization_headers_are_none(service):
    headers = [("Authorization", f"Bearer {signer.token(CALL)}"), ("Authorization", f"Bearer {signer.token(CALL)}")]

    assert BARE == bare(service.post(CALL, json=request(), headers=headers))


def test_without_clients_and_without_open_mode_nobody_is_answered():
    with serving() as client:
        assert BARE == bare(client.get(DISCOVERY))


def test_open_mode_beside_a_clients_file_does_not_start(tmp_path, ehr):
    with pytest.raises(RuleError, match="choose one"), serving(open=True, clients=written(tmp_path, ehr)):
        pass


def test_a_client_sees_and_calls_only_its_services(tmp_path, ehr):
    with serving(clients=written(tmp_path, ehr, services=["fbss-order-sign"])) as client:
        listed = client.get(DISCOVERY, headers=with_token(signer.token(DISCOVERY))).json()["services"]

        assert ["fbss-order-sign"] == [each["id"] for each in listed]
        assert 404 == call(client, signer.token(CALL)).status_code


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


def test_keys_are_fetched_once_and_again_for_a_new_kid_but_not_at_will(tmp_path):
    with (
        ehrs.running(jwks=signer.jwks("RS384")) as ehr,
        serving(clients=written(tmp_path, ehr)) as client,
    ):
        for _ in range(5):
            assert 200 == call(client, signer.token(CALL, "RS384")).status_code
        assert 1 == ehr.times_asked("/jwks.json")
        for _ in range(5):
            assert BARE == bare(call(client, signer.token(CALL, "ES384")))
        assert 1 == ehr.times_asked("/jwks.json")


async def _rotated(ring, client, ehr):
    found = [await keyring.find(ring, client, "ES384")]
    ehr.jwks = signer.jwks()
    found.append(await keyring.find(ring, client, "ES384"))
    ring.clock.now += keyring.PAUSE + 1
    found.append(await keyring.find(ring, client, "ES384"))
    return found


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def run_with_ring(work, tmp_path, ehr, **changes):
    async def whole():
        pool = fetch.open_pool()
        try:
            ring = keyring.Keyring(pool, fetch.Limits(2, 100_000, orjson.loads), Clock())
            return await work(ring, clients.load(written(tmp_path, ehr, **changes), SERVICES)[0], ehr)
        finally:
            await fetch.close(pool)

    return asyncio.run(whole())


def test_a_rotated_key_is_found_after_the_pause(tmp_path):
    with ehrs.running(jwks=signer.jwks("RS384")) as ehr:
        found = run_with_ring(_rotated, tmp_path, ehr)

    assert [False, False, True] == [key is not None for key in found]


async def _outage(ring, client, ehr):
    first = await keyring.find(ring, client, "ES384")
    ehr.jwks = "down"
    ring.clock.now += keyring.FRESH + 1
    later = await keyring.find(ring, client, "ES384")
    ring.clock.now += keyring.KEEP
    return first, later, await keyring.find(ring, client, "ES384")


def test_keys_outlive_a_failing_address_for_a_day_and_no_longer(tmp_path):
    with ehrs.running(jwks=signer.jwks()) as ehr:
        first, later, last = run_with_ring(_outage, tmp_path, ehr)

    assert first is later
    assert (True, None) == (first is not None, last)


@pytest.mark.parametrize("fault", ["no keys"])
def test_keys_that_do_not_come_are_a_401_and_no_failure(tmp_path, fault):
    with ehrs.running(fault=fault) as ehr, serving(clients=written(tmp_path, ehr)) as client:
        assert BARE == bare(call(client, signer.token(CALL)))


def test_typed_keys_are_never_fetched(tmp_path, ehr):
    before = ehr.times_asked("/jwks.json")
    with serving(clients=written(tmp_path, ehr, jwks_url=None, jwks=signer.jwks()["keys"])) as client:
        assert 200 == call(client, signer.token(CALL)).status_code
        assert BARE == bare(call(client, signer.token(CALL, headers={"jku": ehr.jwks_url})))

    assert before == ehr.times_asked("/jwks.json")


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "x"},
        {"kty": "EC", "crv": "P-521", "kid": "x"},
        {"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA", "kid": "x"},
        {"kty": ["RSA"], "kid": "x"},
        {"kid": "x"},
        {"kid": 7},
        signer.jwk("ES384", use="enc"),
        signer.jwk("ES384", alg="RS384"),
        signer.jwk("ES384", key_ops=["sign"]),
        signer.jwk("ES384", key_ops=7),
        signer.jwk("RS384", alg="PS384"),
        "not an object",
    ],
)
def test_a_key_that_does_not_fit_is_left_out_and_spoils_no_other(jwk):
    assert ["RS384"] == list(trust.keys({"keys": [jwk, signer.jwk("RS384")]}))


def test_a_small_rsa_key_is_no_key():
    small = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - the weakness is the point

    assert {} == trust.keys({"keys": [orjson.loads(RSAAlgorithm.to_jwk(small)) | {"kid": "small"}]})


def test_the_replay_window_is_bounded_and_forgets_what_has_expired(monkeypatch):
    monkeypatch.setattr(trust, "MAX_SEEN", 100)
    seen = trust.Seen()
    for at in range(110):
        trust.once(trust.Proven("iss", str(at), 1000.0 + at * 30), seen, 1000.0, 30)
    assert 0 < seen.count <= 100
    trust.once(trust.Proven("iss", "late", 9900.0), seen, 9000.0, 30)

    assert 1 == seen.count


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200) | st.lists(st.binary(max_size=60), min_size=3, max_size=3))
def test_no_text_whatever_is_more_than_a_refusal(text):
    token = text if isinstance(text, str) else ".".join(base64.urlsafe_b64encode(part).decode() for part in text)
    with pytest.raises(Unauthorised):
        trust.client_of(trust.read(trust.bearer([f"Bearer {token}"])), ())


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
        unproven = trust.read(signer.token(CALL, **changes))
        key = trust.keys(signer.jwks())[unproven.kid]
        trust.verify(unproven, trust.client_of(unproven, [client]), key, CALL, time.time(), 30)


def test_the_example_of_a_clients_file_is_sound():
    first, second = clients.load(EXAMPLE, SERVICES)

    assert ("hospital-production", frozenset({SERVICE}), True) == (first.name, first.services, first.allow_private)
    assert (["2026-a"], frozenset()) == (list(trust.keys(list(second.jwks))), second.bare)


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
