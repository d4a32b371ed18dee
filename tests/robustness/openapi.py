"""Schemathesis against our own OpenAPI: generated calls of every operation, sound and unsound; what was broken out."""

from __future__ import annotations

import time
from contextlib import suppress

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from tests.robustness.inside import ask, ask_raw
from tests.robustness.verdict import broken

SERVICES = ("fbss-patient-view", "fbss-order-select", "fbss-order-sign")


def run(examples: int) -> tuple[int, list[str]]:
    """So many sound and so many unsound calls of each operation, all at once judged."""
    schema = schemathesis.openapi.from_dict(ask("GET", "/openapi.json")[2])
    tried, wrong = 0, []
    for each in schema.get_all_operations():
        operation = each.ok()
        for mode in schemathesis.GenerationMode:
            try:
                strategy = operation.as_strategy(generation_mode=mode)
            except schemathesis.errors.SchemathesisError:
                continue

            @settings(max_examples=examples, deadline=None, database=None, derandomize=True,
                      suppress_health_check=list(HealthCheck))  # fmt: skip
            @given(strategy)
            def call(case):
                nonlocal tried
                tried += 1
                if tried % 4 and "service_id" in case.path_parameters:
                    case.path_parameters["service_id"] = SERVICES[tried % len(SERVICES)]
                found = _judged(case)
                if found:
                    wrong.append(f"{case.method} {case.path}: {found}")

            with suppress(Unsatisfiable):  # an operation that takes nothing cannot be called wrongly
                call()
    return tried, wrong


def _judged(case) -> str:
    made = case.as_transport_kwargs(base_url="http://localhost")
    sent = httpx.Request(
        made["method"],
        made["url"],
        params=made.get("params") or None,
        headers=made.get("headers"),
        json=made.get("json"),
        content=made.get("data"),
    )
    headers = tuple((name.lower(), value) for name, value in sent.headers.raw if name.lower() != b"content-length")
    began = time.process_time()
    status, told, body = ask_raw(sent.method, str(sent.url), sent.read(), headers)
    if case.path.startswith(("/healthz", "/metrics", "/openapi")) and status == 200:
        return ""
    return broken(status, told, body, time.process_time() - began)
