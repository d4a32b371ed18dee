"""One patient's past: the rows are the same with and without the look that saves most of the work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service import pipeline
from service.replay import outcomes
from service.replay.buckets import Lines
from service.replay.cards import NO_SURGERY
from service.replay.course import Plan, Rows, replay
from service.replay.reading_sample import QUIET, Drawn
from tests.replay.charts import CM, OPERATION, PATIENT, RELIEF, SCIATICA, UTC, coded, lines, made, visit, when
from tests.replay.hospital import generate

KEY = bytes(range(32))
VISITS = [visit(f"v{n}", f"2024-0{n}-15T09:00:00Z", f"2024-0{n}-15T09:30:00Z") for n in range(1, 7)]


class Empty:
    def of(self, entries):
        return []


@pytest.fixture(scope="module")
def service():
    return pipeline.start()


@pytest.fixture(scope="module")
def plan(service):
    return Plan(KEY, UTC, outcomes.load(outcomes.SHIPPED, 365, service))


def rows(plan, service, *charts):
    told = Rows(Drawn(KEY))
    for chart in charts:
        replay(lines(*chart), Empty(), plan, service, told)
    return told


def test_reading_once_and_skipping_changes_no_row(plan, service):
    charts = [entries for entries, _ in generate.patients(60)]
    held = [lines(*entries) for entries in charts]
    held = [Lines(f"Patient/{each[0]['id']}", told.held) for told, each in zip(held, charts, strict=True)]
    quick, slow = Rows(Drawn(KEY)), Rows(Drawn(KEY))
    for each in held:
        replay(each, Empty(), plan, service, quick)
        replay(each, Empty(), replace(plan, look=False), service, slow)
    shares = ("sure", "rewound", "undated", "operated", "until")
    plain = [[{k: v for k, v in row.items() if k not in shares} for row in told.openings] for told in (quick, slow)]
    assert plain[0] == plain[1]
    assert (quick.fired, quick.outcomes) == (slow.fired, slow.outcomes)
    assert quick.fired
    assert quick.evaluations * 3 < slow.evaluations


def test_a_card_is_a_row_with_its_grounds(plan, service):
    told = rows(plan, service, [PATIENT, OPERATION, RELIEF, SCIATICA, *VISITS])
    (row, *_) = [row for row in told.fired if row["card"] == "recurrent-herniation"]
    assert "2024-02-15T09:00:00Z" == row["at"]
    assert ("cause", "L4-L5", "left", True, True, "rewound") == tuple(
        row[name] for name in ("kind", "level", "side", "strict", "lenient", "grade")
    )


def test_the_same_grounds_have_the_same_key_and_new_ones_another(plan, service):
    scan = made("DiagnosticReport", "r", status="final", issued="2024-03-20T10:00:00Z",
                code={"text": "MRI lumbar spine"}, conclusion="Recurrent disc herniation at L4/5 left.",
                effectiveDateTime="2024-03-20")  # fmt: skip
    told = rows(plan, service, [PATIENT, OPERATION, RELIEF, SCIATICA, scan, *VISITS])
    keys = [row["key"] for row in told.fired if row["card"] == "recurrent-herniation"]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_nothing_is_opened_after_death(plan, service):
    dead = {**PATIENT, "deceasedDateTime": "2024-03-01"}
    told = rows(plan, service, [dead, OPERATION, SCIATICA, *VISITS])
    assert ["2024-01-15T09:00:00Z", "2024-02-15T09:00:00Z"] == [row["at"] for row in told.openings]


def test_only_the_openings_that_were_asked_for_are_told(plan, service):
    some = replace(plan, first=when("2024-02-01"), last=when("2024-04-01"))
    told = rows(some, service, [PATIENT, OPERATION, SCIATICA, *VISITS])
    assert ["2024-02-15T09:00:00Z", "2024-03-15T09:00:00Z"] == [row["at"] for row in told.openings]


def test_days_open_at_the_end_of_each_day_with_an_entry(plan, service):
    told = rows(replace(plan, how="days"), service, [PATIENT, OPERATION, SCIATICA])
    assert ["2023-01-10T23:59:59Z", "2024-02-01T23:59:59Z"] == [row["at"] for row in told.openings]


def test_no_name_is_told(plan, service):
    doctor = {"participant": [{"individual": {"reference": "Practitioner/dr-who"}}]}
    told = rows(plan, service, [PATIENT, OPERATION, SCIATICA, *[{**each, **doctor} for each in VISITS]])
    assert 1 == len({row["clinician"] for row in told.openings})
    assert not [row for row in told.openings if row["patient"] == "p" or "who" in row["clinician"]]


def test_before_the_operation_the_chart_says_nothing(plan, service):
    late = {**OPERATION, "performedDateTime": "2024-03-01"}
    told = rows(plan, service, [PATIENT, late, *VISITS])
    assert [NO_SURGERY] * 2 == [row["silent"] for row in told.openings[:2]]


def test_codes_without_a_meaning_are_counted_once_a_patient(plan, service):
    local = made("Procedure", "x", status="completed", performedDateTime="2023-01-01", code=coded("OP1", "urn:local"))
    told = rows(plan, service, [PATIENT, local, {**local, "id": "y"}], [PATIENT, local])
    assert {("local code of a Procedure", "urn:local", "OP1", ""): 2} == dict(told.gaps)


def test_outcomes_are_told_once_a_day_and_only_after_the_operation(plan, service):
    before = made("Condition", "a", code=coded("G83.4", CM), recordedDate="2022-05-01")
    after = made("Condition", "b", code=coded("G83.4", CM), recordedDate="2024-05-01")
    told = rows(plan, service, [PATIENT, OPERATION, before, after, {**after, "id": "c"}, *VISITS])
    assert [("cauda-equina", "2024-05-01", 30)] == [(r["outcome"], r["on"], r["window"]) for r in told.outcomes]


def test_the_sample_is_the_same_whatever_the_order_of_work(plan, service):
    one, two = [PATIENT, OPERATION, RELIEF, SCIATICA, *VISITS], [PATIENT, OPERATION, *VISITS]
    assert {"recurrent-herniation", QUIET} <= {row["rule"] for row in rows(plan, service, one).sample.rows()}
    drawn = Drawn(KEY, size=1)
    other = Drawn(KEY, size=1)
    for who in ("a", "b", "c"):
        drawn.offer("r", who, 0.0, [])
    for who in ("c", "a", "b"):
        other.offer("r", who, 0.0, [])
    assert drawn.rows() == other.rows()
    assert rows(plan, service, two).sample.rows() == rows(plan, service, two).sample.rows()
