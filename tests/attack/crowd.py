"""Crowds: 64 large charts at once, eight hostile bodies of the largest size, and an EHR whose pages do not end."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from tests.attack.target import MOST_MS, Row, all_at_once, idle_ms, peak_mb, probing, told
from tests.benchmarks import payloads
from tests.operations.server import Server
from tests.web.calls import VIEW, today

LARGE, MANY = 265, 64
MOST_MB = 400
_SIZE = 4_800_000


def charts(server: Server) -> Iterator[Row]:
    """Charts after surgery of a third of a megabyte, all at once, while a probe asks."""
    idle = idle_ms(server.port)
    body = payloads.call(fbss=True, resources=LARGE, today=today())
    with probing(server.port) as seen:
        met, slowest = all_at_once(server.port, VIEW, [body] * MANY)
    yield Row(
        f"{MANY} charts of {len(body) // 1000} kB at once",
        f"probe ≤ {MOST_MS} ms beyond the idle {idle:.0f}, 200 or 503",
        f"{told(met)}, slowest {slowest:.1f} s; {seen}", seen.at(0.99) <= MOST_MS + idle and set(met) <= {200, 503},
    )  # fmt: skip


def _bodies() -> dict[str, bytes]:
    lists, objects = (b"[" + part * (_SIZE // len(part)) + b"0]" for part in (b"[0],", b'{"":{"":0}},'))
    wide = orjson.dumps(
        [{"resourceType": "Condition", "id": "c", "code": {"text": "low back pain \U0001f9b4 " * 200_000}}]
    )
    pains = b",".join(
        b'{"resource":{"resourceType":"Condition","id":"%d","subject":{"reference":"Patient/p"},"code":{"text":"pain"}}}'
        % number for number in range(19_000)
    )  # fmt: skip
    entries = b'{"resourceType":"Bundle","type":"collection","entry":[' + pains + b"]}"
    padded = entries[:-1] + b',"x":"' + b"x" * (_SIZE - len(entries)) + b'"}'
    return {"lists": lists, "objects": objects, "one wide text": wide[:-1] + b"]", "19,000 entries": padded}


def hostile(server: Server) -> Iterator[Row]:
    """Eight bodies of almost five megabytes at once, of each kind; then packed ones, a thousandth as long."""
    for name, body in _bodies().items():
        for packed in (False, True):
            sent = gzip.compress(body) if packed else body
            coded = {"Content-Encoding": "gzip"} if packed else {}
            with probing(server.port) as seen:
                met, slowest = all_at_once(server.port, "/explain", [sent] * 8, **coded)
            peak = peak_mb(server.process.pid)
            yield Row(
                f"8 × {len(sent) / 1e6:.1f} MB of {name}{', packed' if packed else ''}",
                f"peak ≤ {MOST_MB} MB, no failure",
                f"{told(met)}, slowest {slowest:.1f} s; peak {peak:.0f} MB; {seen}",
                peak <= MOST_MB and set(met) <= {200, 400, 413, 503},
            )


@contextmanager
def _endless() -> Iterator[str]:
    """A FHIR server whose every answer is a page of almost five megabytes that names another."""
    entry = b'{"resource":{"resourceType":"Condition","id":"%d","code":{"text":"' + b"pain " * 40 + b'"}}}'
    entries = b",".join(entry % number for number in range(15_000))

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there = f"http://127.0.0.1:{self.server.server_port}{self.path}0"
            link = orjson.dumps([{"relation": "next", "url": there}])
            body = b'{"resourceType":"Bundle","type":"searchset","link":' + link + b',"entry":[' + entries + b"]}"
            self.send_response(200)
            self.send_header("Content-Type", "application/fhir+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A caller that hangs up is what is hoped for."""

    server = Quiet(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/fhir"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def endless_pages(server: Server) -> Iterator[Row]:
    """Eight calls without prefetch whose EHR never stops: a 412 or cards that say so, or a 503; never the memory."""
    with _endless() as base:
        granted = {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs"}
        call = {
            "hook": "patient-view", "hookInstance": "7a3d0c1e-5b1f-4a52-9a53-0d3c8f1b6a10",
            "context": {"userId": "Practitioner/1", "patientId": "p"}, "fhirServer": base,
            "fhirAuthorization": {**granted, "subject": "cds"},
        }  # fmt: skip
        with probing(server.port) as seen:
            met, slowest = all_at_once(server.port, VIEW, [orjson.dumps(call)] * 8)
    peak = peak_mb(server.process.pid)
    yield Row(
        "8 calls to an EHR of endless pages of 4 MB", f"peak ≤ {MOST_MB} MB, no failure",
        f"{told(met)}, slowest {slowest:.1f} s; peak {peak:.0f} MB; {seen}",
        peak <= MOST_MB and set(met) <= {200, 412, 503},
    )  # fmt: skip
