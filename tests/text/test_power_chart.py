"""Figures of a chart of leg power say what its title makes them say."""

from __future__ import annotations

import pytest

from service.fhir import datatypes, resources
from service.text.documents.power_chart import power_told


def told(title, value=None, **more):
    code = datatypes.CodeableConcept(text=title)
    return power_told(resources.Observation(resource_type="Observation", id="o", code=code, value_string=value, **more))


@pytest.mark.parametrize(
    ("sentence", "title", "value"),
    [
        ("Leg power: right 1/5, left 2/5.", "Leg power R / L (0-5)", "R 1 L 2"),
        ("Leg power: left 4/5, right 3/5.", "Motor strength legs L/R", "4/3"),
        ("Leg power: right 2/5.", "Right leg power", "2/5"),
        ("Leg power: right 5/5, left 5/5.", "Lower limb strength", "right 5/5, left 5/5"),
        ("", "Arm power R / L", "R 1 L 2"),
        ("", "Pain R / L (0-5)", "R 1 L 2"),
        ("", "Leg power", "not tested"),
    ],
)
def test_the_title_and_the_figures_make_one_sentence(sentence, title, value):
    assert sentence == told(title, value)


def test_a_whole_number_is_a_grade():
    assert told("Left leg power", value_integer=3) == "Leg power: left 3/5."
