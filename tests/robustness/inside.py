"""One app per process, called without a port: a request in; status, headers and parsed answer out."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import orjson

from service.settings import Settings
from service.web import app as apps

PATIENCE = 1.0
"""Seconds that no single call may take."""

JSON = ((b"content-type", b"application/json"), (b"host", b"localhost"))


@cache
def app():
    return apps.create(Settings(open=True, log_level="ERROR"))


@cache
def _loop():
    return asyncio.new_event_loop()


def ask(method: str, address: str, body: bytes = b"", headers=JSON) -> tuple[int, dict[str, str], Any]:
    status, told, raw = ask_raw(method, address, body, headers)
    return status, told, orjson.loads(raw) if "json" in told.get("content-type", "") else raw


def ask_raw(method: str, address: str, body: bytes = b"", headers=JSON) -> tuple[int, dict[str, str], bytes]:
    return _loop().run_until_complete(once(method, address, body, headers))


async def once(method: str, address: str, body: bytes = b"", headers=JSON) -> tuple[int, dict[str, str], bytes]:
    path, query = urlsplit(address).path, urlsplit(address).query
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [*headers, (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 1), "server": ("inside", 80),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app()(scope, receive, send)
    headers_out = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers_out, b"".join(message.get("body", b"") for message in sent[1:])


@cache
def sent_prefetch() -> dict[str, str]:
    """What discovery asks for."""
    services = ask("GET", "/cds-services")[2]["services"]
    found: dict[str, str] = next(s["prefetch"] for s in services if s["id"] == "fbss-patient-view")
    return found
