"""A failure of the service is a 500 with a request id; it never looks like nothing found."""

from __future__ import annotations

import pytest

from service.domain.errors import EngineError
from service.reasoning import engine
from tests.patients import build
from tests.web.calls import VIEW, call, refusal


@pytest.mark.parametrize("error", [EngineError("the chain broke"), ZeroDivisionError("patient name"), KeyError("x")])
def test_a_failing_engine_is_a_500_and_not_an_empty_answer(error, client, monkeypatch):
    def fail(*_):
        raise error

    monkeypatch.setattr(engine.Engine, "match", fail)
    answer = client.post(VIEW, json=call("rf-cauda-equina-saddle"))

    assert (500, "exception") == refusal(answer)
    assert str(error) not in answer.text


def test_explain_fails_as_loudly(client, monkeypatch):
    def fail(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr(engine.Engine, "match", fail)

    assert (500, "exception") == refusal(client.post("/explain", json=build.bundle(build.load("rf-hematoma-codes"))))


def test_the_next_call_after_a_failure_is_answered(client):
    assert 200 == client.post(VIEW, json=call("rf-cauda-equina-saddle")).status_code
