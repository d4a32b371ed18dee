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


@pytest.fixture(scope="module", autouse=True)
def warm():
    """What is loaded with the first sound call is loaded."""
    ask("POST", "/explain", b'{"a": 1}')


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", BODIES)
def test_an_unsound_body_is_refused_in_time_and_in_few_bytes(name, door):
    ask("GET", "/healthz/live")
    began = time.process_time()
    status, _, told = ask_raw("POST", door, BODIES[name])
    took = time.process_time() - began

    assert (413 if name in ("six megabytes", "a million deep") else 400) == status
    assert len(told) < LARGEST_ERROR
    assert took < 0.1, f"{took * 1e3:.0f} ms"


def test_a_repeated_key_is_refused_and_never_half_of_each_counts():
    body = b'{"resourceType": "Bundle", "entry": [7, 7, 7], "entry": []}'
    status, _, told = ask("POST", "/explain?asOf=2026-03-02", body)

    assert (400, "An object in the body names the same key twice.") == (status, told["issue"][0]["diagnostics"])


@pytest.mark.parametrize("levels", [100, 300, 900])
@pytest.mark.parametrize("ident", [b"", b'"id": "a",'])
def test_depth_that_hides_behind_brackets_in_strings_breaks_nothing(ident, levels):
    inner = b"1"
    for _ in range(levels):
        inner = b'{"}":' + inner + b',"{":1}'
    resource = b'{"resourceType": "Condition",' + ident + b'"x":' + inner + b"}"
    body = b'{"resourceType":"Bundle","entry":[{"resource":' + resource + b'},{"resource":' + resource + b"}]}"
    call = b'{"hook":"patient-view","hookInstance":"x","context":{"userId":"u","patientId":"p"},'
    hook = call + b'"prefetch":{"procedures":null,"conditions":' + body + b"}}"

    expected = 200 if levels == 100 else 400
    assert expected == ask_raw("POST", "/explain", body)[0]
    assert expected == ask_raw("POST", "/cds-services/fbss-patient-view", hook)[0]
