"""Charts of absurd length, and charts built to cost much: answered or refused in time, in the words of a short one."""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from functools import cache

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service import knowledge, pipeline
from service.chart import operations
from service.domain.errors import TooLarge
from service.domain.places import NOWHERE, Side
from service.domain.spans import Span
from service.findings import case_sheet
from service.intake import bundles
from tests.robustness.inside import PATIENCE, ask

EXPLAIN = "/explain?asOf=2026-03-02"
DAY = date(2026, 3, 2)
MANY = 4_000
SUBJECT = {"subject": {"reference": "Patient/p"}}
PAIN = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.16"}]}
OPERATION = {"coding": [{"system": "http://snomed.info/sct", "code": "178625001"}], "text": "Lumbar discectomy L4-L5"}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def days_back(number, step=1):
    return (DAY - timedelta(days=1 + number * step)).isoformat()


def operation(number, **changes):
    return {"resourceType": "Procedure", "id": f"op{number}", "status": "completed", **SUBJECT, "code": OPERATION,
            "performedDateTime": days_back(number, 3), **changes}  # fmt: skip


def pain(number, **changes):
    return {"resourceType": "Condition", "id": f"c{number}", **SUBJECT, "code": PAIN,
            "recordedDate": days_back(number), **changes}  # fmt: skip


def visit(number):
    return {"resourceType": "Encounter", "id": f"e{number}", "status": "finished", **SUBJECT,
            "period": {"start": days_back(number % 300)},
            "reasonReference": [{"reference": f"Condition/c{number}"}]}  # fmt: skip


LONG = {
    "operations on many days": [operation(n) for n in range(MANY)],
    "operations on one day": [operation(n, performedDateTime="2024-01-01") for n in range(MANY)],
    "operations without a day": [operation(n, performedDateTime=None) for n in range(MANY)],
    "operations of one stay": [operation(n, encounter={"reference": "Encounter/1"}) for n in range(MANY)],
    "pain since one operation": [operation(500), *(pain(n % 1000, id=f"c{n}") for n in range(MANY))],
    "new pain every day of a month": [operation(500), *(pain(n % 28, id=f"c{n}") for n in range(MANY))],
    "visits for pain": [operation(500), *(pain(n) for n in range(MANY // 2)), *(visit(n) for n in range(MANY // 2))],
    "one endless text": [pain(0, code={"text": "low back pain L4-L5 " * 240_000})],
    "an endless id, repeated": [
        {"resourceType": "DiagnosticReport", "id": "x" * 2_000_000, "status": "final", **SUBJECT,
         "contained": [{"resourceType": "Observation"}] * 10_000},
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_chart_of_thousands_of_entries_is_answered_in_time(name):
    body = orjson.dumps(bundle(*LONG[name]))
    ask("POST", EXPLAIN, orjson.dumps(bundle(operation(1))))
    began = time.process_time()
    status, _, _ = ask("POST", "/cds-services/fbss-patient-view", _call(LONG[name]))
    took = time.process_time() - began

    assert len(body) < 5_000_000
    assert 200 == status
    assert took < 2 * PATIENCE, f"{took:.1f} s"


def _call(resources):
    by_key = {"procedures": "Procedure", "conditions": "Condition", "encounters": "Encounter",
              "diagnosticReports": "DiagnosticReport"}  # fmt: skip
    prefetch = {key: bundle(*(r for r in resources if r["resourceType"] == kind)) for key, kind in by_key.items()}
    context = {"userId": "Practitioner/1", "patientId": "p"}
    return orjson.dumps({"hook": "patient-view", "hookInstance": "h", "context": context, "prefetch": prefetch})


CROWDS = {
    "numbers": b"[" + b"1," * 2_000_000 + b"1]",
    "numbers as entries": b'{"resourceType":"Bundle","entry":[' + b"1," * 2_000_000 + b"1]}",
    "empty entries": b'{"resourceType":"Bundle","entry":[' + b"{}," * 1_600_000 + b"{}]}",
    "entries of null": b'{"resourceType":"Bundle","entry":[' + b'{"resource":null},' * 200_000 + b"{}]}",
    "types that are not read": b"[" + b'{"resourceType":"Slot"},' * 100_000 + b"{}]",
    "contained resources": orjson.dumps(
        {"resourceType": "DiagnosticReport", "id": "r", "contained": [{"resourceType": "Condition"}] * 100_000}
    ),
    "bundles in bundles": orjson.dumps([bundle(*[{"resourceType": "Slot"}] * 300)] * 100),
}


@pytest.mark.parametrize("name", CROWDS)
def test_more_than_twenty_thousand_things_are_refused_whatever_they_are(name):
    began = time.process_time()
    status, _, told = ask("POST", EXPLAIN, CROWDS[name])
    took = time.process_time() - began

    assert (413, "too-long") == (status, told["issue"][0]["code"])
    assert took < PATIENCE, f"{took:.1f} s"


def test_links_of_a_bundle_that_are_no_list_are_none():
    for link in (7, "next", {"relation": "next", "url": "x"}, [7, None], True):
        assert {} == bundles.from_prefetch({"k": {"resourceType": "Bundle", "link": link}}, {"k": "Slot?x=1"}).pages


def test_many_links_are_told_once():
    links = [{"relation": "next", "url": "https://ehr.example/2"}] * 50_000
    told = bundles.from_bundle({"resourceType": "Bundle", "link": links}).skipped

    assert 1 == len(told)


def test_the_count_goes_over_all_prefetch_keys():
    half = bundle(*[{"resourceType": "Slot"}] * (bundles.MAX_ENTRIES // 2 + 1))
    with pytest.raises(TooLarge, match="More than 20000 entries"):
        bundles.from_prefetch({"a": half, "b": half}, {"a": "Slot?x=1", "b": "Slot?x=1"})


# What was quadratic: twice as long a chart is twice the work, counted in calls of functions, for time is shared.


def report(number, **changes):
    return {"resourceType": "DiagnosticReport", "id": f"r{number}", "status": "final", **SUBJECT,
            "code": {"text": "MRI lumbar spine"}, "effectiveDateTime": days_back(number % 1400), **changes}  # fmt: skip


def study(number):
    return {"resourceType": "ImagingStudy", "id": f"s{number}", "status": "available", **SUBJECT,
            "modality": [{"code": "MR"}], "procedureCode": [{"text": "MRI lumbar spine"}],
            "started": days_back(number % 1400)}  # fmt: skip


def foot_drop(number):
    return {"resourceType": "Condition", "id": f"w{number}", **SUBJECT, "recordedDate": days_back(number % 1400),
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M21.371"}]}}  # fmt: skip


def haemoglobin(number):
    return {"resourceType": "Observation", "id": f"hb{number}", "status": "final", **SUBJECT,
            "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}]},
            "effectiveDateTime": days_back(number % 6), "valueQuantity": {"value": 12, "unit": "g/dL"}}  # fmt: skip


CODED = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M48.061"}]}
GROWING = {
    "MRI reports": lambda size: [operation(500), *(report(n) for n in range(size))],
    "MRI reports of one day": lambda size: [
        operation(500), *(report(n, effectiveDateTime="2026-02-01") for n in range(size))
    ],
    "MRI reports beside studies": lambda size: [
        operation(500), *(study(n) for n in range(size // 2)), *(report(n) for n in range(size // 2))
    ],
    "codes beside studies": lambda size: [
        operation(500), *(study(n) for n in range(size // 2)), *(pain(n, code=CODED) for n in range(size // 2))
    ],
    "pain entries": lambda size: [
        operation(500), *(pain(n % 1000, id=f"c{n}", onsetDateTime=days_back(n % 977)) for n in range(size))
    ],
    "pain entries of a month": lambda size: [
        operation(500), *(pain(n % 28, id=f"c{n}", onsetDateTime=days_back(n)) for n in range(size))
    ],
    "operations": lambda size: [operation(n) for n in range(size)],
    "operations of one day": lambda size: [operation(n, performedDateTime="2024-01-01") for n in range(size)],
    "foot drops": lambda size: [operation(500), *(foot_drop(n) for n in range(size))],
    "haemoglobin of one week": lambda size: [operation(500), *(haemoglobin(n) for n in range(size))],
}  # fmt: skip


@cache
def known():
    """The knowledge, with the language compiled, which is the work of the first chart."""
    found = knowledge.load(None)
    case_sheet.read(pipeline.read(bundle(operation(1)), DAY), found)
    return found


def work(resources):
    """How many functions are called to read the facts: the same on every machine, whatever runs beside it."""
    record, rules = pipeline.read(bundle(*resources), DAY), known()
    return calls(lambda: case_sheet.read(record, rules))


def calls(action):
    found = 0

    def count(_frame, event, _argument):
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize("name", GROWING)
def test_twice_as_long_a_chart_is_twice_the_work(name):
    short, long = work(GROWING[name](400)), work(GROWING[name](800))

    assert long < 2.3 * short, f"{short} and {long} calls"


# Sessions are gathered without comparing every pair of procedures; what comes out is as if every pair had been.

SPANS = st.one_of(
    st.none(),
    st.integers(0, 12).map(lambda n: Span(DAY - timedelta(n), DAY - timedelta(n))),
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(
        lambda t: Span(DAY - timedelta(sum(t)), DAY - timedelta(t[0]))
    ),
)
ROWS = st.lists(
    st.tuples(SPANS, st.sampled_from(["", "Encounter/1", "Encounter/2"]), st.sampled_from(["fusion", "washout"])),
    max_size=8,
)


def together(one, other):
    apart = None
    if one.when and other.when:
        days = one.when.first == one.when.last and other.when.first == other.when.last
        gap = abs((one.when.first - other.when.first).days)
        overlap = one.when.first <= other.when.last and other.when.first <= one.when.last
        apart = False if one.when == other.when or (days and gap <= 1) else None if overlap and not days else True
    if one.encounter and one.encounter == other.encounter:
        return apart is not True or bool(one.classes and other.classes)
    return apart is False


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ROWS)
def test_rows_are_gathered_as_if_every_pair_had_been_compared(drawn):
    rows = [
        operations.Row(f"Procedure/{at}", "", frozenset({concept}), when, NOWHERE, Side.UNKNOWN, encounter)
        for at, (when, encounter, concept) in enumerate(drawn)
    ]
    groups = [{row.ref} for row in rows]
    for one in rows:
        for other in rows:
            if together(one, other):
                merged = set().union(*(g for g in groups if one.ref in g or other.ref in g))
                groups = [g for g in groups if not g & merged] + [merged]
    by_ref = {row.ref: row for row in rows}
    expected = operations._join_vague([[by_ref[ref] for ref in sorted(g)] for g in sorted(groups, key=min)])

    assert _refs(expected) == _refs(operations._gather(rows))


def _refs(groups):
    return {frozenset(row.ref for row in group) for group in groups}
