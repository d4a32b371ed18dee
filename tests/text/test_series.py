"""Figures in a row: what two of them say that neither says alone."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


@pytest.mark.parametrize(
    "sentence",
    [
        "EHL 4/5 at 22:00, 2/5 now.",
        "HF 4/5 b/l at 2200, 2/5 b/l by 0100.",
        "EHL 3/5 now (was 5/5 on admission).",
    ],
)
def test_power_that_falls_in_time_is_a_progressive_deficit(sentence):
    assert "progressive-deficit" in labels(sentence)


@pytest.mark.parametrize(
    "sentence", ["EHL 4/5 R, 2/5 L today.", "TA 4/5, EHL 3/5 today.", "Dorsiflexion 2/5 last month, 4/5 today."]
)
def test_two_sides_two_muscles_or_a_recovery_are_none(sentence):
    assert "progressive-deficit" not in labels(sentence)


def test_pain_figures_that_rise_are_worse_pain_and_those_of_two_places_are_not():
    assert "pain-worse" in labels("Leg pain 6/10 on admission, now 9/10.")
    assert "pain-worse" not in labels("Back 2/10, leg 7/10 now.")


def test_a_pulse_beside_a_temperature_is_no_fever():
    assert {"-fever"} == {label for label in labels("T 98.9 HR 104 BP 138/76") if "fever" in label}


def test_lines_of_a_note_are_read_by_themselves():
    text = "SLR: R 80, L 65 hamstring tension only, crossed SLR negative\nHip IR: 35 B, no pain\nWound: red, pus ++"

    assert "wound-drainage" in labels(text)
