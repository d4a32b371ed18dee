"""Limits before and around a call, on a real server: heads too large or too slow, and too much under way at once."""

from __future__ import annotations

import contextlib
import json
import socket
import threading

import httpx
import pytest
import uvicorn

from service.settings import Settings
from service.web import app as application
from service.web import guarded_protocol
from tests.web.calls import VIEW, empty_call

SETTINGS = Settings(open=True, log_level="ERROR", header_seconds=0.5, max_connections=20, max_in_flight=50_000)
HEAD = b"POST /explain HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"


@pytest.fixture(scope="module")
def port():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guarded_protocol, "_settings", lambda: SETTINGS)
        config = uvicorn.Config(
            application.create(SETTINGS), host="127.0.0.1", port=0, http=guarded_protocol.GuardedProtocol, ws="none",
            log_level="error", access_log=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            thread.join(0.05)
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True
        thread.join(30)


def answered(port, *parts):
    """The status line to what was written; the other side may close before all of it is."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        with contextlib.suppress(ConnectionError):
            for part in parts:
                line.sendall(part)
        with contextlib.suppress(ConnectionError):
            return line.recv(4096).split(b"\r\n")[0].decode()
    return "closed"


@pytest.mark.parametrize(
    "head",
    [[b"x: " + b"a" * 70_000 + b"\r\n\r\n"], [b"x: " + b"a" * 1_000_000] * 20, [b"x: y\r\n" * 101 + b"\r\n"],
     [b"x: " + b"a" * 1000 + b"\r\n"] * 90],
    ids=["one large", "one without end", "too many", "together too large"],
)  # fmt: skip
def test_a_head_over_its_limit_is_refused(head, port):
    assert answered(port, HEAD, *head) in ("HTTP/1.1 431 Request Header Fields Too Large", "closed")


def test_a_head_that_never_ends_is_given_up_after_a_while(port):
    assert "HTTP/1.1 408 Request Timeout" == answered(port, HEAD)
    assert "HTTP/1.1 408 Request Timeout" == answered(port)


def test_a_head_of_ordinary_size_and_a_large_body_pass(port):
    body = json.dumps({**empty_call(), "extension": {"x": "y" * 300_000}})
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        found = [client.post(VIEW, content=body, headers={"x-long": "a" * 20_000, "content-type": "application/json"})
                 for _ in range(3)]  # fmt: skip

    assert [200] * 3 == [each.status_code for each in found]


def test_one_connection_too_many_is_turned_away(port):
    with contextlib.ExitStack() as held:
        lines = [held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _ in range(40)]
        told = [line.recv(64)[:12] for line in lines]

    assert {b"HTTP/1.1 408", b"HTTP/1.1 503"} == set(told)
    assert 20 <= told.count(b"HTTP/1.1 503")


def test_over_the_budget_a_call_is_asked_to_come_back_and_the_probe_still_answers(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        slow.sendall(HEAD + b"content-length: 45000\r\n\r\n{")
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
            json_ = {"content-type": "application/json"}
            turned_away = client.post("/explain", content=b" " * 10_000, headers=json_)
            while turned_away.status_code != 503:  # until the server has read the head of the slow call
                turned_away = client.post("/explain", content=b" " * 10_000, headers=json_)
            chunked = client.post("/explain", content=iter([b" " * 10_000]), headers=json_)
            alive = client.get("/healthz/live")

    assert ("1", "throttled") == (turned_away.headers["retry-after"], turned_away.json()["issue"][0]["code"])
    assert (503, "1") == (chunked.status_code, chunked.headers["retry-after"])
    assert 200 == alive.status_code


@pytest.mark.parametrize("length", ["content-length: 900000000", "transfer-encoding: chunked"])
def test_what_follows_a_refusal_is_taken_only_so_far(length, port):
    piece = b" " * 65_536
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(HEAD + f"{length}\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            while sent < 10 * SETTINGS.max_body:
                line.sendall(piece if "chunked" not in length else b"10000\r\n" + piece + b"\r\n")
                sent += len(piece)

    assert sent < 6 * SETTINGS.max_body


def test_a_refused_body_that_trickles_is_given_up_after_a_while(port):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(HEAD + b"content-length: 900000000\r\n\r\n ")
        assert b"413" in line.recv(4096)
        line.sendall(b" ")

        assert b"" == line.recv(4096)
