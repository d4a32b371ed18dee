"""The public keys of a client: fetched once, again for a new one, kept through an outage; unfit ones are left out."""

from __future__ import annotations

import asyncio

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from service.ehr import clients, fetch, tokens
from service.web import jwks
from service.web.discovery import SERVICES
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import BARE, bare, call, chart, written
from tests.ehr.serving import CALL, serving


@pytest.fixture(scope="module")
def ehr():
    with ehrs.running(chart(), jwks=signer.jwks()) as running:
        yield running


def test_keys_are_fetched_once_and_once_more_for_each_new_kid_but_not_at_will(tmp_path):
    with (
        ehrs.running(jwks=signer.jwks("RS384")) as ehr,
        serving(clients=written(tmp_path, ehr)) as client,
    ):
        for _ in range(5):
            assert 200 == call(client, signer.token(CALL, "RS384")).status_code
        assert 1 == ehr.times_asked("/jwks.json")
        for _ in range(5):
            assert BARE == bare(call(client, signer.token(CALL, "ES384")))
        assert 2 == ehr.times_asked("/jwks.json")
        for number in range(3 * jwks.MOST_ASKED):
            assert BARE == bare(call(client, signer.token(CALL, "ES384", headers={"kid": f"invented-{number}"})))
        assert jwks.MOST_ASKED == ehr.times_asked("/jwks.json")


async def _rotated(ring, client, ehr):
    found = [await jwks.find(ring, client, "ES384")]
    ehr.jwks = signer.jwks()
    found.append(await jwks.find(ring, client, "ES384"))
    ring.clock.now += jwks.PAUSE + 1
    found.append(await jwks.find(ring, client, "ES384"))
    return found


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def run_with_ring(work, tmp_path, ehr, **changes):
    async def whole():
        pool = fetch.open_pool()
        try:
            ring = jwks.Keyring(pool, fetch.Limits(2, 100_000, orjson.loads), Clock())
            return await work(ring, clients.load(written(tmp_path, ehr, **changes), SERVICES)[0], ehr)
        finally:
            await fetch.close(pool)

    return asyncio.run(whole())


def test_a_rotated_key_is_found_after_the_pause(tmp_path):
    with ehrs.running(jwks=signer.jwks("RS384")) as ehr:
        found = run_with_ring(_rotated, tmp_path, ehr)

    assert [False, False, True] == [key is not None for key in found]


async def _other_kid_first(ring, client, ehr):
    other = await jwks.find(ring, client, "nobody's")
    ehr.jwks = signer.jwks()
    return other, await jwks.find(ring, client, "ES384")


def test_a_key_id_that_nobody_has_keeps_no_new_key_waiting(tmp_path):
    with ehrs.running(jwks=signer.jwks("RS384")) as ehr:
        other, found = run_with_ring(_other_kid_first, tmp_path, ehr)

    assert (None, True) == (other, found is not None)


async def _failed_first(ring, client, ehr):
    ehr.jwks = "down"
    first = await jwks.find(ring, client, "ES384")
    ehr.jwks = signer.jwks()
    return first, await jwks.find(ring, client, "ES384")


def test_keys_that_could_not_be_read_are_asked_for_again_at_the_next_call(tmp_path):
    with ehrs.running(jwks=signer.jwks()) as ehr:
        first, found = run_with_ring(_failed_first, tmp_path, ehr)

    assert (None, True) == (first, found is not None)


async def _old_while_new_is_awaited(ring, client, ehr):
    first = await jwks.find(ring, client, "ES384")
    ring.clock.now += jwks.FRESH + 1
    await ring.held[client.name].lock.acquire()  # as if another call were asking just now
    return first, await asyncio.wait_for(jwks.find(ring, client, "ES384"), 5)


def test_a_key_that_is_held_serves_while_another_call_asks_for_new_ones(tmp_path):
    with ehrs.running(jwks=signer.jwks()) as ehr:
        first, later = run_with_ring(_old_while_new_is_awaited, tmp_path, ehr)

    assert first is later


async def _crowd(ring, client, ehr):
    return await asyncio.gather(*(jwks.find(ring, client, "ES384") for _ in range(20)))


def test_a_crowd_of_calls_asks_once(tmp_path):
    with ehrs.running(jwks=signer.jwks()) as ehr:
        found = run_with_ring(_crowd, tmp_path, ehr)
        asked = ehr.times_asked("/jwks.json")

    assert (1, 1, True) == (asked, len(set(map(id, found))), found[0] is not None)


async def _outage(ring, client, ehr):
    first = await jwks.find(ring, client, "ES384")
    ehr.jwks = "down"
    ring.clock.now += jwks.FRESH + 1
    later = await jwks.find(ring, client, "ES384")
    ring.clock.now += jwks.KEEP
    return first, later, await jwks.find(ring, client, "ES384")


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
    assert ["RS384"] == list(tokens.keys({"keys": [jwk, signer.jwk("RS384")]}))


def test_a_small_rsa_key_is_no_key():
    small = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - the weakness is the point

    assert {} == tokens.keys({"keys": [orjson.loads(RSAAlgorithm.to_jwk(small)) | {"kid": "small"}]})
