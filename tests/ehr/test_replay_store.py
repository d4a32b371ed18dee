"""With a shared store a token counts once for all processes; without it, or where it fails, once in each."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import pytest

from service.domain.errors import Unauthorised
from service.ehr.tokens import Proven
from service.knowledge import RuleError
from service.settings import Settings
from service.web import replay_store
from tests.ehr import registered, signer
from tests.ehr.ehr import running
from tests.ehr.registered import BARE, call
from tests.ehr.serving import CALL, serving
from tests.ehr.test_tokens import bare
from tests.ehr.token_store import storing

pytest.importorskip("redis")


@pytest.fixture
def two(tmp_path):
    """Two services that know one EHR and share one store."""
    with storing() as store, running(jwks=signer.jwks()) as ehr, contextlib.ExitStack() as held:
        file = registered.written(tmp_path, ehr)
        settings = {"clients": file, "replay_store": store.url, "log_level": "ERROR"}
        yield store, *(held.enter_context(serving(**settings)) for _ in range(2))


def test_a_token_counts_once_for_all_processes(two):
    _, one, other = two
    token = signer.token(CALL)

    assert 200 == call(one, token).status_code
    assert BARE == bare(call(other, token))
    assert 200 == call(other, signer.token(CALL)).status_code


def test_the_store_holds_a_hash_until_the_token_expires_and_nothing_else(two):
    store, one, _ = two
    call(one, signer.token(CALL, jti="mark"))
    ((key, seconds),) = store.held.items()
    said = b" ".join(word for command in store.heard for word in command)

    assert key.startswith(b"backstory:jti:")
    assert 46 == len(key)
    assert 0 < seconds <= 3_700
    assert b"mark" not in said
    assert signer.ISS.encode() not in said


def test_an_outage_of_the_store_stops_no_card_and_each_process_still_remembers(two):
    store, one, other = two
    store.broken = True
    token = signer.token(CALL)

    assert [200, 200] == [call(one, token).status_code, call(other, token).status_code]
    assert BARE == bare(call(one, token))


def test_a_store_that_failed_is_asked_again_after_a_pause():
    async def run(store):
        now = [0.0]
        shared = replay_store.ReplayStore(store.url, lambda: now[0])
        token, counted = Proven("iss", "jti", 1_000.0), []
        for at, broken in ((0, False), (0, True), (replay_store.PAUSE - 1, False), (replay_store.PAUSE + 1, False)):
            now[0], store.broken = at, broken
            try:
                await shared.once(token, 900.0, 30.0)
                counted.append("passed")
            except Unauthorised:
                counted.append("refused")
        await shared.close()
        return counted

    with storing() as store:
        assert ["passed", "passed", "passed", "refused"] == asyncio.run(run(store))


def test_a_store_that_is_not_there_is_no_refusal():
    async def run():
        shared = replay_store.ReplayStore("redis://127.0.0.1:9/0")
        await shared.once(Proven("iss", "jti", 1_000.0), 900.0, 30.0)
        await shared.close()

    asyncio.run(run())


def test_without_the_extra_the_start_is_refused_with_its_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "redis.asyncio", None)

    with pytest.raises(RuleError, match=r"needs the extra 'shared'"):
        replay_store.ReplayStore("redis://127.0.0.1:9/0")


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="redis://"):
        Settings(replay_store="http://store.example")
