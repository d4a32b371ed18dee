"""Bodies that are no sound JSON, at every door: refused in time, in few bytes, whatever their size."""

from __future__ import annotations

import time

import pytest

from tests.robustness.inside import ask, ask_raw
from tests.robustness.verdict import LARGEST_ERROR

DOORS = (
    "/cds-services/fbss-patient-view",
    "/cds-services/fbss-order-sign",
    "/cds-services/fbss-patient-view/feedback",
    "/explain",
    "/fhir/$evaluate-fbss",
    "/fhir/PlanDefinition/backstory-fbss/$apply",
)
BODIES = {
    "nothing": b"",
    "NaN": b'{"a": NaN}',
    "minus infinity": b'{"a": -Infinity}',
    "a number beyond doubles": b'{"a": 1e400}',
    "a lone surrogate": b'{"a": "\\udfff"}',
    "a surrogate as key": b'{"\\ud800": 1}',
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "65 deep": b'{"a":' * 65 + b"1" + b"}" * 65,
    "a million deep": b"[" * 1_000_000 + b"]" * 1_000_000,
    "65 deep, with brackets in a string": b'{"b": "[[[", "a":' + b"[" * 65 + b"]" * 65 + b"}",
    "a million digits": b'{"a": ' + b"9" * 1_000_000 + b"}",
    "a key that never ends": b'{"' + b"a" * 4_000_000,
    "six megabytes": b'{"a": "' + b"x" * 6_000_000 + b'"}',
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", BODIES)
def test_an_unsound_body_is_refused_in_time_and_in_few_bytes(name, door):
    ask("GET", "/healthz/live")
    began = time.process_time()
    status, _, told = ask_raw("POST", door, BODIES[name])
    took = time.process_time() - began

    assert (413 if name == "six megabytes" else 400) == status
    assert len(told) < LARGEST_ERROR
    assert took < 0.1, f"{took * 1e3:.0f} ms"


def test_of_a_repeated_key_the_last_value_counts():
    """JSON leaves open what a repeated key means. What is overwritten never counts, and never half of each."""
    body = b'{"resourceType": "Bundle", "entry": [7, 7, 7], "entry": []}'
    status, _, told = ask("POST", "/explain?asOf=2026-03-02", body)

    assert (200, []) == (status, told["skipped"])
