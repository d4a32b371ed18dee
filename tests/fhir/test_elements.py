"""Each FHIR element is read in one way, whoever asks: codes, texts, operations, studies and drugs."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service import pipeline
from service.domain.partial_dates import parse
from service.domain.spans import Span
from service.fhir import elements, resources
from service.findings import case_sheet
from tests.rule_sets import shipped

AS_OF = date(2026, 6, 1)
SERVICE = Path(__file__).parents[2] / "service"
OPERATION = {
    "resourceType": "Procedure",
    "id": "op",
    "status": "completed",
    "code": {
        "coding": [{"system": "http://www.cms.gov/Medicare/Coding/ICD10", "code": "0SB20ZZ"}],
        "text": "Microdiscectomy L4/5 left",
    },
}
PAIN = {
    "resourceType": "Condition",
    "id": "pain",
    "code": {
        "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.16"}],
        "text": "Left leg pain, worse on sitting",
    },
    "recordedDate": "2026-04-01",
}
SMOKING = {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]}


def record(*entries: dict[str, Any]) -> Any:
    return pipeline.read({"resourceType": "Bundle", "type": "collection", "entry": _entries(entries)}, AS_OF)


def sheet(*entries: dict[str, Any]) -> dict[str, Any]:
    return {name: found.value for name, found in case_sheet.read(record(*entries), shipped()).findings.items()}


def said(*entries: dict[str, Any]) -> Any:
    return case_sheet.say(record(*entries), shipped())


def _entries(entries: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    return [{"resource": entry} for entry in entries]


# --- periods --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "ended"),
    [
        ({"start": "2026-04-10", "end": "2026-05-02"}, "2026-05-02"),
        ({"end": "2026-05-02"}, "2026-05-02"),
        ({"start": "2026-04-10"}, "2026-04-10"),
        ({}, None),
    ],
)
def test_an_abatement_period_gives_one_end_to_codes_and_to_words(period, ended):
    told = said(PAIN | {"abatementPeriod": period})

    assert {"leg-pain", "worse-sitting"} <= {s.concept for s in told}
    assert {parse(ended)} == {s.ended for s in told}


def test_an_onset_period_begins_with_its_start():
    assert {parse("2026-02-01")} == {
        s.onset for s in said(PAIN | {"onsetPeriod": {"start": "2026-02-01", "end": "2026-03-01"}})
    }


@pytest.mark.parametrize(
    "period",
    [
        {"start": "2025-02-01"},
        {"start": "2025-02-01", "end": "2026-05-20"},
    ],
    ids=["open", "ended lately"],
)
def test_a_current_smoker_of_a_period_stays_one_beside_an_older_word(period):
    current = {
        "resourceType": "Observation", "id": "now", "status": "final", "code": SMOKING,
        "effectivePeriod": period, "valueCodeableConcept": {"text": "Current every day smoker"},
    }  # fmt: skip
    never = current | {
        "id": "before",
        "effectivePeriod": {"start": "2024-01-01", "end": "2025-12-01"},
        "valueCodeableConcept": {"text": "Former smoker"},
    }
    dated = never | {"effectiveDateTime": "2025-06-01"}

    assert "yes" == sheet(OPERATION | {"performedDateTime": "2025-01-10"}, PAIN, current, never).get("smoking")
    assert "yes" == sheet(OPERATION | {"performedDateTime": "2025-01-10"}, PAIN, current, dated).get("smoking")


@pytest.mark.parametrize(
    ("performed", "days"),
    [
        ({"performedDateTime": "2026-05-02"}, (30, 30)),
        ({"performedPeriod": {"start": "2026-05-01", "end": "2026-05-02"}}, (30, 30)),
        ({"performedPeriod": {"start": "2026-05-02T08:00:00Z"}}, (30, 30)),
        ({"performedString": "May 2026"}, (1, 31)),
        ({"performedString": "2 May 2026"}, (30, 30)),
        ({"performedString": "2024"}, (517, 882)),
        ({"performedString": "some time ago"}, (0, 36525)),
    ],
)
def test_the_day_of_an_operation_is_told_by_date_period_or_words(performed, days):
    found = sheet(OPERATION | performed, PAIN)["days_since_surgery"]

    assert days == (found.low, found.high)


def test_every_reader_of_a_procedure_gets_the_same_day():
    told = said(OPERATION | {"performedString": "2 May 2026", "note": [{"text": "Endoscopic technique."}]})

    assert {"discectomy", "endoscopic-technique"} <= {s.concept for s in told}
    assert {parse("2026-05-02")} == {s.stated for s in told}


@pytest.mark.parametrize("element", ["effectivePeriod", "performedPeriod", "onsetPeriod"])
def test_a_period_that_begins_after_today_is_of_the_future(element):
    kind = {"effectivePeriod": "Observation", "performedPeriod": "Procedure", "onsetPeriod": "Condition"}[element]
    status = {"Observation": "final", "Procedure": "completed", "Condition": None}[kind]
    entry = {"resourceType": kind, "id": "x", "code": {"text": "Leg pain"}, element: {"start": "2026-07-01"}}

    assert ["dated after the day of evaluation"] == [
        s.reason for s in record(entry | ({"status": status} if status else {})).skipped
    ]


# --- extensions on primitives ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("bare", [True, False], ids=["without a value", "beside a value"])
def test_an_extension_on_a_primitive_is_no_value_and_takes_none_away(bare):
    absent = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}  # fmt: skip  # noqa: E501
    operation = OPERATION | {"_performedDateTime": absent, "_status": absent, "_id": absent}
    pain = PAIN | {"_recordedDate": absent, "_onsetDateTime": absent}
    if bare:
        pain = {key: value for key, value in pain.items() if key != "recordedDate"}
    else:
        operation |= {"performedDateTime": "2025-01-10"}
    held = record(operation, pain)

    assert ((), 1, 1) == (held.skipped, len(held.procedures), len(held.conditions))
    assert parse(None if bare else "2025-01-10") == elements.procedure_done(held.procedures[0])
    assert parse(None if bare else "2026-04-01") == elements.condition_stated(held.conditions[0], {})


# --- the rest -------------------------------------------------------------------------------------------------------


def test_days_that_cannot_be_read_give_way_to_the_next_form():
    observation = resources.Observation(
        resource_type="Observation", effective_date_time="yesterday", issued="2026-05-02T10:00:00Z"
    )

    assert Span(date(2026, 5, 2), date(2026, 5, 2)) == elements.observation_done(observation)


def test_a_statement_carries_the_type_of_the_resource_that_makes_it():
    told = said(OPERATION | {"performedDateTime": "2025-01-10"}, PAIN)

    assert {"Procedure", "Condition"} == {s.resource for s in told}
    assert [] == [s for s in told if s.resource != s.source.partition("/")[0]]


READ_HERE = frozenset(
    {
        *("onset_date_time", "onset_period", "abatement_date_time", "abatement_period", "recorded_date"),
        *("performed_date_time", "performed_period", "performed_string", "effective_date_time", "effective_period"),
        *("effective_instant", "issued", "authored_on", "authored", "date_asserted", "started", "birth_date", "period"),
        *("status", "intent", "clinical_status", "verification_status", "subject", "encounter"),
    }
)
MAY_READ = {
    # Whose the contained results of a report are; the birth date as the chart writes it, for people.
    "service/intake/__init__.py": {"subject"},
    "service/intake/resource_kinds.py": {"subject"},
    "service/findings/background/risk_factors.py": {"birth_date"},
    # The encounter of a row of an operation, and of an entry with words.
    "service/chart/operations.py": {"encounter"},
    "service/text/statements/mentions.py": {"encounter"},
}


def test_no_other_module_reads_when_who_or_which_state():
    views = {view for view in vars(resources).values() if isinstance(view, type)}
    elements_of_views = {name for view in views for name in getattr(view, "__struct_fields__", ())}
    assert elements_of_views >= READ_HERE
    strays = {}
    for room in ("intake", "text", "coded", "chart", "findings", "orders"):
        for file in (SERVICE / room).rglob("*.py"):
            name = str(file.relative_to(SERVICE.parent))
            read = {n.attr for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
            if found := (read & READ_HERE) - MAY_READ.get(name, set()):
                strays[name] = found

    assert {} == strays
