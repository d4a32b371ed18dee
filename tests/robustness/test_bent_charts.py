"""The short form of `make fuzz`: no bent chart and no call of our own OpenAPI makes the service fail, hang or quote."""

from __future__ import annotations

import time

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.intake import from_bundle, read
from tests.robustness import openapi
from tests.robustness.inside import ask, ask_raw, sent_prefetch
from tests.robustness.mutations import STRANGE, case
from tests.robustness.test_long_charts import DAY, bundle, operation
from tests.robustness.verdict import broken


@pytest.fixture(scope="module", autouse=True)
def warm():
    ask("POST", "/explain", orjson.dumps(bundle(operation(1))))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**40))
def test_a_bent_chart_is_answered_or_refused_with_a_sentence(number):
    address, body = case(number, sent_prefetch())
    began = time.process_time()
    status, headers, told = ask_raw("POST", address, body)

    assert "" == broken(status, headers, told, time.process_time() - began), f"case {number}"


def test_no_call_that_our_openapi_allows_or_forbids_breaks_the_service():
    tried, wrong = openapi.run(5)

    assert [] == wrong
    assert tried > 60


def test_our_openapi_describes_the_body_of_every_post():
    paths = ask("GET", "/openapi.json")[2]["paths"]

    assert [] == [path for path, methods in paths.items() if "post" in methods and "requestBody" not in methods["post"]]


@pytest.mark.parametrize("kind", [[], {}, 7, None, ["Condition"]])
def test_a_contained_resource_whose_type_is_no_name_is_passed_over(kind):
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "contained": [{"resourceType": kind}]}

    assert ("r",) == tuple(r.id for r in read(from_bundle(report), DAY).reports)


def test_an_endless_id_is_not_copied_into_every_contained_result():
    results = [{"resourceType": "Observation", "id": "y" * 9_000, "status": "final"}] * 3
    report = {"resourceType": "DiagnosticReport", "id": "x" * 9_000, "status": "final", "contained": results}

    assert all(len(o.id) <= 257 for o in read(from_bundle(report), DAY).observations)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "9999-12-31", "9999-01-01"])
def test_the_first_and_the_last_day_of_the_calendar_are_days(day):
    body = bundle(operation(0, performedDateTime=day), operation(1), operation(2, performedDateTime=day[:4]))
    status, _, _ = ask("POST", f"/explain?asOf={day}", orjson.dumps(body))

    assert 200 == status


FIELDS = ["status", "code", "subject", "performedDateTime", "bodySite", "encounter", "note", "id"]


@pytest.mark.parametrize("field", FIELDS)
def test_whatever_stands_in_a_field_of_an_operation_costs_that_operation_only(field):
    other = {"resourceType": "Condition", "id": "other", "code": {"text": "Cauda equina syndrome"}}
    statuses = {
        ask("POST", "/explain?asOf=2026-03-02", orjson.dumps([operation(1, **{field: strange}), other]))[0]
        for strange in STRANGE
    }

    assert statuses <= {200, 400}
