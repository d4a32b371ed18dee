"""An EHR's FHIR server on loopback: serves one chart, publishes keys, and plays every fault an EHR can have.

It speaks HTTP over plain sockets, because half of the faults are things that a proper HTTP server does not do.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlsplit

import orjson

FAULTS = ("slow", "401", "403", "404", "429", "500", "503", "truncated", "reset", "wrong type", "endless", "redirect",
          "not json", "list", "outcome", "silent", "huge", "gzip", "next elsewhere", "trickle")  # fmt: skip


@dataclass
class Ehr:
    """``fault`` is played for the resource types in ``on`` (all, if empty), from page ``after`` on."""

    chart: list
    fault: str = ""
    on: tuple = ()
    after: int = 0
    page: int = 0
    jwks: dict | None = None
    root: str = "/fhir"
    port: int = 0
    files: dict = field(default_factory=dict)  # path below the root -> media type and bytes, sent as they are
    asked: list = field(default_factory=list)

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def base(self):
        return self.origin + self.root

    @property
    def jwks_url(self):
        return f"{self.origin}/jwks.json"

    def types_asked(self):
        return sorted({urlsplit(path).path.removeprefix(f"{self.root}/").split("/")[0] for path, _ in self.asked})

    def times_asked(self, start):
        return sum(path.startswith(start) for path, _ in self.asked)


@contextmanager
def running(chart=(), tls=None, **how):
    ehr = Ehr(list(chart), **how)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        asyncio.start_server(lambda reader, writer: _connection(ehr, reader, writer), "127.0.0.1", 0, ssl=tls)
    )
    ehr.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield ehr
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(server):
    server.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _connection(ehr, reader, writer):
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = head.decode("latin-1").split("\r\n")
            path = first.split(" ")[1]
            ehr.asked.append((path, dict(line.split(": ", 1) for line in lines if line)))
            await _answer(ehr, path, reader, writer)
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


async def _answer(ehr, path, reader, writer):
    parts = urlsplit(path)
    kind = parts.path.removeprefix(ehr.root).strip("/").split("/")[0]
    at = int(parse_qs(parts.query).get("page", ["0"])[0])
    if parts.path == "/jwks.json" and ehr.fault != "no keys":
        return _send(writer, 200, orjson.dumps(ehr.jwks))
    if ehr.fault and (not ehr.on or kind in ehr.on) and at >= ehr.after:
        return await _fault(ehr, path, at, reader, writer)
    name = parts.path.removeprefix(f"{ehr.root}/")
    if name in ehr.files:
        return _send(writer, 200, ehr.files[name][1], kind=ehr.files[name][0])
    status, body = _resource(ehr, parts, at) if parts.path.startswith(f"{ehr.root}/") else (404, {})
    return _send(writer, status, orjson.dumps(body))


def _resource(ehr, parts, at):
    kind, _, ident = parts.path.removeprefix(f"{ehr.root}/").partition("/")
    held = [each for each in ehr.chart if each["resourceType"] == kind]
    if ident:
        found = [each for each in held if each.get("id") == ident]
        return (200, found[0]) if found else (404, _outcome())
    size = ehr.page or len(held) or 1
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": each} for each in held[at * size : (at + 1) * size]],
    }
    if (at + 1) * size < len(held):
        bundle["link"] = [{"relation": "next", "url": _next(ehr.base, kind, at)}]
    return 200, bundle


def _next(base, kind, at):
    return f"{base}/{quote(kind)}?page={at + 1}"


def _outcome():
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]}


async def _fault(ehr, path, at, reader, writer):
    kind = urlsplit(path).path.removeprefix(f"{ehr.root}/")
    empty = {"resourceType": "Bundle", "type": "searchset"}
    whole = orjson.dumps({**empty, "entry": [{"resource": each} for each in ehr.chart]})
    match ehr.fault:
        case "slow" | "no keys":
            await reader.read()  # answers only once the caller has given up
        case "silent":
            raise ConnectionError
        case "reset":
            writer.transport.abort()
            raise ConnectionError
        case "truncated":
            writer.write(_head(200, len(whole)) + whole[: len(whole) // 2])
            raise ConnectionError
        case "trickle":
            writer.write(_head(200, len(whole)) + whole[:10])
            await reader.read()
        case "wrong type":
            _send(writer, 200, orjson.dumps({"resourceType": "Basic", "id": "1"}))
        case "list":
            _send(writer, 200, b"[1, 2, 3]")
        case "not json":
            _send(writer, 200, b"<html>Please log in</html>")
        case "outcome":
            _send(writer, 200, orjson.dumps(_outcome()))
        case "huge":
            _send(writer, 200, b'{"resourceType": "Bundle", "x": "' + b"x" * 6_000_000 + b'"}')
        case "gzip":
            _send(writer, 200, whole, "Content-Encoding: gzip\r\n")
        case "redirect":
            _send(writer, 302, b"", f"Location: {ehr.origin}/elsewhere\r\n")
        case "endless":
            _send(
                writer, 200, orjson.dumps({**empty, "link": [{"relation": "next", "url": _next(ehr.base, kind, at)}]})
            )
        case "next elsewhere":
            link = {"relation": "next", "url": f"http://localhost:{ehr.port}{ehr.root}/{kind}?page=1"}
            _send(writer, 200, orjson.dumps({**empty, "link": [link]}))
        case status:
            _send(writer, int(status), orjson.dumps(_outcome()))


def _head(status, length, more="", kind="application/fhir+json"):
    return f"HTTP/1.1 {status} Played\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{more}\r\n".encode()


def _send(writer, status, body, more="", kind="application/fhir+json"):
    writer.write(_head(status, len(body), more, kind) + body)
