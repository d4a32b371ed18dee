"""A hook call is read from its text as far as that goes; whatever is sent, the record is that of its whole parse."""

from __future__ import annotations

import dataclasses

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import ServiceError
from service.fhir import resources
from service.intake import envelope, from_prefetch, hook_request, read
from service.web.discovery import PREFETCH
from tests.patients import build
from tests.robustness.inside import ask, sent_prefetch
from tests.robustness.mutations import SELECT, SIGN, VIEW, case
from tests.web.calls import call as calling
from tests.web.calls import empty_call, searchset, today


def record(payload):
    """What is read of a call, and what is said of its prefetch; else the words in which it is refused."""
    try:
        call = hook_request.read(payload)
        gathered = from_prefetch(call.prefetch, PREFETCH)
        gathered.entries += hook_request.told_by_context(call)
        told = read(gathered, today(), patient=call.patient)
    except ServiceError as refusal:
        return type(refusal), str(refusal)
    return values(told), gathered.unavailable, gathered.pages, gathered.partial, gathered.seen


def values(told):
    """The record with views as they are published; those read from text hold some marks more."""
    held = {field.name: getattr(told, field.name) for field in dataclasses.fields(told)}
    return {name: tuple(map(bare, value)) if isinstance(value, tuple) else bare(value) for name, value in held.items()}


def bare(value):
    if not isinstance(value, resources.Resource):
        return value
    published = resources.BY_TYPE[value.resource_type]
    return published(**{name: getattr(value, name) for name in published.__struct_fields__})


ENDLESS = "a number beyond all bounds"
"""In an element that nobody reads it refuses the whole parse, and not the call."""


def whole(body):
    try:
        return record(orjson.loads(body))
    except orjson.JSONDecodeError as problem:
        return ENDLESS if "infinity" in str(problem) else "not JSON"


@pytest.mark.parametrize("name", build.names())
def test_an_invented_patient_is_read_from_text_as_from_its_parse(name):
    body = orjson.dumps(calling(name))

    assert record(orjson.loads(body)) == record(envelope.read(body))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**40))
def test_a_bent_call_is_read_from_text_as_from_its_parse(number):
    address, body = case(number, sent_prefetch())
    text = envelope.read(body) if address in (VIEW, SELECT, SIGN) else None
    if text is not None:
        assert whole(body) in (record(text), ENDLESS), f"case {number}"


def test_most_calls_are_read_from_their_text():
    bodies = [orjson.dumps(calling(name)) for name in build.names()]
    read_as_text = [
        entry.view is not None
        for body in bodies
        for entry in from_prefetch(envelope.read(body)["prefetch"], PREFETCH).entries
        if entry.path != "prefetch.patient"
    ]

    assert 0.9 < sum(read_as_text) / len(read_as_text)


@pytest.mark.parametrize(
    "body",
    [
        b'{"hook":"patient-view","prefetch":{"patient":{"text":"\xff"}}}',
        b'{"hook":"patient-view","prefetch":{"patient":{"text":"\\ud800"}}}',
        b'{"hook":"patient-view","prefetch":{"patient":{"text":NaN}}}',
        b'{"hook":"patient-view","prefetch":{"patient":' + b"[" * 2_000 + b"]" * 2_000 + b"}}",
        b'{"hook":"patient-view","prefetch":[]}',
        b'{"hook":"patient-view"}x',
        b"[]",
        b"",
    ],
)
def test_what_is_not_sound_is_left_to_the_whole_parse(body):
    assert envelope.read(body) is None


def measured(number):
    """A call about one CRP whose value is written so."""
    crp = {"resourceType": "Observation", "id": "crp", "status": "final", "effectiveDateTime": today().isoformat(),
           "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
           "valueQuantity": {"value": "?", "unit": "mg/L"}}  # fmt: skip
    operation = {"resourceType": "Procedure", "id": "op", "status": "completed", "performedDateTime": "2024-05-01",
                 "code": {"text": "Lumbar discectomy L4-L5"}}  # fmt: skip
    made = empty_call(observations=searchset(crp), procedures=searchset(operation))
    return orjson.dumps(made).replace(b'"?"', number)


@pytest.mark.parametrize(
    "number", [b"1" + b"0" * 25, b"-" + b"9" * 30, b"9" * 20, b"9223372036854775808", b"-0", b"1e308"]
)
def test_a_number_of_any_length_is_read_from_text_as_from_its_parse(number):
    body = measured(number)

    assert record(orjson.loads(body)) == record(envelope.read(body))
    assert 200 == ask("POST", VIEW, body)[0]


@pytest.mark.parametrize("digits", [320, 4_000, 5_000])
@pytest.mark.parametrize("sign", [b"", b"-"])
def test_a_number_beyond_all_bounds_that_is_read_refuses_the_call(digits, sign):
    assert 400 == ask("POST", VIEW, measured(sign + b"1" + b"0" * digits))[0]


@pytest.mark.parametrize("relation", [b"next", b"ne\\u0078t", b"\\u006e\\u0065\\u0078\\u0074"])
def test_a_further_page_is_seen_however_its_link_is_written(relation):
    link = [{"relation": "self", "url": "http://ehr.example/1"}, {"relation": "?", "url": "http://ehr.example/2"}]
    body = orjson.dumps(empty_call(conditions={**searchset(), "link": link})).replace(b'"?"', b'"%b"' % relation)
    gathered = from_prefetch(envelope.read(body)["prefetch"], PREFETCH)

    assert {"conditions": "http://ehr.example/2"} == gathered.pages


@pytest.mark.parametrize("number", [b"1" + b"0" * 25, b"1e999", b"1" + b"0" * 400])
def test_the_context_is_that_of_the_whole_parse(number):
    body = orjson.dumps({**empty_call(), "context": {"patientId": "p", "draftOrders": "?"}}).replace(b'"?"', number)
    text = envelope.read(body)

    if whole(body) == ENDLESS:
        assert text is None
    else:
        assert repr(orjson.loads(body)["context"]) == repr(text["context"])
