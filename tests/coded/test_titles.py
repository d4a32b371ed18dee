"""What the name of a procedure tells of treatment, where no code does."""

from __future__ import annotations

import pytest

from service.coded import titles
from service.fhir import datatypes, resources


def told(words, status="completed"):
    procedure = resources.Procedure(
        resource_type="Procedure",
        id="p",
        status=status,
        code=datatypes.CodeableConcept(text=words),
        performed_date_time="2025-07-30",
    )
    return [s.concept for s in titles.treatments(procedure)]


@pytest.mark.parametrize("words", ["Physical therapy, 16 visits completed", "Physiotherapy course", "Exercise therapy"])
def test_a_procedure_named_physiotherapy_is_physiotherapy(words):
    assert ["physiotherapy"] == told(words)


@pytest.mark.parametrize("status", ["not-done", "preparation", "stopped", "entered-in-error", None])
def test_one_that_did_not_take_place_is_none(status):
    assert [] == told("Physical therapy", status)


def test_another_procedure_is_none():
    assert [] == told("Medial branch block L3, L4")
