"""The judgement on one answer: status, body and time in; the broken promise out, or nothing."""

from __future__ import annotations

import orjson

from tests.robustness.inside import PATIENCE

LARGEST_ERROR = 600
"""Bytes of an error, whatever was sent: the envelope, an id and one sentence of ours."""

REFUSALS = frozenset({400, 404, 405, 406, 412, 413, 415})


def broken(status: int, headers: dict[str, str], body: bytes, seconds: float) -> str:
    if status >= 500:
        return f"status {status}"
    if seconds > PATIENCE:
        return f"{seconds:.2f} s"
    if status == 200:
        return "" if isinstance(orjson.loads(body), dict) else "an answer that is no object"
    if status not in REFUSALS:
        return f"status {status}"
    if len(body) > LARGEST_ERROR:
        return f"an error of {len(body)} bytes"
    told = orjson.loads(body)
    if told["resourceType"] != "OperationOutcome" or told["id"] != headers["x-request-id"]:
        return "an error that is no OperationOutcome with the request id"
    return ""
