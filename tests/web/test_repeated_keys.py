"""A key named twice in one object is noticed: anywhere in a chart, in attributes and prefetch keys of a hook call."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from service.cli import app
from service.intake import duplicate_keys, envelope
from tests.web.calls import VIEW, call, refusal, topics

JSON = {"content-type": "application/json"}
CHART = b'{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Condition", %b}}]}'
TWICE = CHART % b'"id": "a", "id": "b"'
WORDS = st.text(st.sampled_from('a":,{}[]\\/ \n\té\u2028'), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(WORDS, inner), max_size=3).map(tuple),
    max_leaves=12,
)
"""An object is a tuple of its pairs, so that it may hold a key twice."""


class Twice(Exception):
    pass


def once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise Twice
    return dict(pairs)


def by_the_book(text):
    """The standard library shows every pair."""
    try:
        json.loads(text, object_pairs_hook=once)
    except Twice:
        return True
    return False


def written(value, quote, space):
    """JSON as one of many senders writes it: quotation marks as two characters or as a number, blanks where allowed."""
    if isinstance(value, tuple):
        pairs = [f"{written(k, quote, space)}{space}:{space}{written(v, quote, space)}" for k, v in value]
        return "{" + f"{space},{space}".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + f",{space}".join(written(each, quote, space) for each in value) + "]"
    if isinstance(value, str):
        inside = "".join(quote if c == '"' else json.dumps(c)[1:-1] for c in value)
        return f'"{inside}"'
    return json.dumps(value)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.sampled_from(['\\"', "\\u0022"]), st.sampled_from(["", " ", "\n\t"]))
def test_a_repeated_key_is_told_exactly_however_the_text_is_written(value, quote, space):
    text = written(value, quote, space).encode()

    assert by_the_book(text) == duplicate_keys.any_key(text, orjson.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 1}',
        b'{"a": 1, "\\u0061": 2}',
        b'{"a": {"b": 1, "c": [{"d": 1, "d": null}]}}',
        b'{"": 1, "": 2}',
        b'{"a": "\\\\u0022", "a": 2}',
    ],
)
def test_a_key_named_twice_is_noticed_at_any_depth(text):
    assert duplicate_keys.any_key(text, orjson.loads(text))


@pytest.mark.parametrize(
    "text", [b'{"a": "\\\\u0022"}', b'{"a": "\\u0022\\\\"}', b'[{"a": 1}, {"a": 1}]', b'"\\"a\\":"', b"7"]
)
def test_what_only_looks_so_is_no_repeated_key(text):
    assert not duplicate_keys.any_key(text, orjson.loads(text))


@pytest.mark.parametrize("path", ["/explain", "/fhir/$evaluate-fbss", "/fhir/PlanDefinition/backstory-fbss/$apply"])
def test_a_chart_with_a_repeated_key_is_refused(path, client):
    assert (400, "invalid") == refusal(client.post(path, content=TWICE, headers=JSON))


def test_feedback_with_a_repeated_key_is_refused(client):
    answer = client.post(f"{VIEW}/feedback", content=b'{"feedback": [], "feedback": []}', headers=JSON)

    assert (400, "invalid") == refusal(answer)


def as_text(made):
    return json.dumps(made)[1:-1].encode()


@pytest.mark.parametrize("extra", [b'"context": {"patientId": "other"}', b'"prefetch": {}', b'"hook": "order-sign"'])
def test_a_hook_call_that_says_twice_whom_it_is_about_is_refused(extra, client):
    made = as_text(call("recurrent-herniation-classic"))
    for body in (b"{" + extra + b", " + made + b"}", b"{" + made + b", " + extra + b"}"):
        assert (400, "invalid") == refusal(client.post(VIEW, content=body, headers=JSON))


def test_an_attribute_named_twice_inside_the_context_is_refused(client):
    made = json.dumps(call("recurrent-herniation-classic")).replace(
        '"patientId":', '"patientId": "other", "patientId":'
    )

    assert (400, "invalid") == refusal(client.post(VIEW, content=made.encode(), headers=JSON))


@pytest.mark.parametrize(
    "extra", [b'"context": {"patientId": "other"}', b'"prefetch": {}', b'"prefe\\u0074ch": {}', b'"x":1']
)
@pytest.mark.parametrize("indent", [None, 2])
def test_whom_a_call_is_about_is_said_once_however_far_from_its_edges_it_stands(extra, indent, client):
    made, more = call("recurrent-herniation-classic"), {"x": "y" * 5_000}
    text = json.dumps({**more, **made, "extension": {"own": "x" * 5_000}}, indent=indent).encode()
    for before in (b'"context":', b'"prefetch":', b'"extension":'):
        at = text.index(before)
        assert (400, "invalid") == refusal(
            client.post(VIEW, content=text[:at] + extra + b", " + text[at:], headers=JSON)
        )


def test_a_prefetch_key_named_twice_is_refused(client):
    text = json.dumps(call("recurrent-herniation-classic")).replace(
        '"conditions":', '"conditions": null, "conditions":', 1
    )

    assert (400, "invalid") == refusal(client.post(VIEW, content=text.encode(), headers=JSON))


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "more", [{}, {"own": {"context": 1}, "extension": {"prefetch": 2}}, {"fhirAuthorization": None}]
)
def test_a_call_that_says_all_once_is_read_no_further_than_needed(indent, more):
    made = {**more, **call("recurrent-herniation-classic")}
    read = envelope.read(json.dumps(made, indent=indent).encode())

    assert made["context"] == read["context"]
    assert made["prefetch"].keys() == read["prefetch"].keys()


def test_it_is_noticed_far_from_the_edges_and_however_the_key_is_written(client):
    made = call("recurrent-herniation-classic")
    long = {"fhirAuthorization": {"access_token": "x" * 5_000}, **made, "extension": {"own": "x" * 5_000}}
    text = json.dumps(long).replace('"patientId":', '"p\\u0061tientId": "other", "patientId":')

    assert (400, "invalid") == refusal(client.post(VIEW, content=text.encode(), headers=JSON))


def test_a_chart_that_uses_the_words_of_a_call_is_answered_as_ever(client):
    made = call("recurrent-herniation-classic")
    more = {"resourceType": "MedicationAdministration", "id": "m", "context": {"reference": "Encounter/hook"}}
    entries = [{"resource": {**more, "id": f"m{n}"}} for n in range(3)]
    prefetch = {"medications": {"resourceType": "Bundle", "type": "searchset", "entry": entries}, **made["prefetch"]}

    assert topics(client.post(VIEW, json=made)) == topics(client.post(VIEW, json={**made, "prefetch": prefetch}))


def test_the_command_names_the_file_and_the_line(tmp_path):
    (tmp_path / "chart.json").write_bytes(TWICE)
    (tmp_path / "Condition.ndjson").write_bytes(b'{"resourceType": "Condition", "id": "a", "id": "b"}\n')
    told = CliRunner().invoke(app, ["evaluate", str(tmp_path)])

    assert 1 == told.exit_code
    assert "chart.json: an object in it names the same key twice" in told.stderr
    assert "Condition.ndjson:1: an object in this line names the same key twice" in told.stderr
