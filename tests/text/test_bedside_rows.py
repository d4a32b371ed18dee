"""Bedside tests, pulses, wounds and pains as clinics jot them down."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


@pytest.mark.parametrize(
    "note",
    [
        "Thigh thrust R +++, L neg. FABER R +, Gaenslen R +, compression R +, distraction neg.",
        "SIJ tests: FABER -ve, thigh thrust +ve, Gaenslen +ve, compression +ve.",
        "FABER pos R. Gaenslen pos R. Sacral thrust positive.",
    ],
)
def test_three_tests_of_the_sacroiliac_joint_are_positive(note: str):
    assert "si-tests-positive" in labels(note, "note")


@pytest.mark.parametrize(
    "note",
    ["FABER +, P4 +, Gaenslen -, distraction -.", "FABER positive R, thigh thrust positive R, compression negative."],
)
def test_two_positive_tests_are_not_enough(note: str):
    assert "si-tests-positive" not in labels(note, "note")


def test_no_positive_test_among_three_is_negative():
    assert "si-tests-negative" in labels("FABER neg, Gaenslen neg, thigh thrust neg.", "note")


@pytest.mark.parametrize("note", ["Wound dry, healed.", "Scar healed and dry.", "Wound dry and well healed."])
def test_a_dry_wound_that_healed_does_not_drain(note: str):
    assert "wound-drainage" not in labels(note, "note")


@pytest.mark.parametrize(
    "note", ["Wound not dry.", "Wound no longer dry.", "Wound dry but yellow fluid on the dressing."]
)
def test_a_wet_wound_drains(note: str):
    assert "wound-drainage" in labels(note, "note")


def test_pulses_behind_the_heading_of_an_examination_are_no_weakness():
    told = labels("O/E femoral pulses: R weak, L barely palpable.", "note")
    assert "absent-pulses" in told
    assert "leg-weakness" not in told


def test_a_weak_leg_behind_the_heading_of_an_examination_is_weak():
    assert "leg-weakness" in labels("O/E: R leg weak. Pulses palpable.", "note")


@pytest.mark.parametrize("note", ["Sacral pain since April.", "Burning over the right iliac crest."])
def test_pain_of_the_back_of_the_pelvis_is_read(note: str):
    assert "buttock-pain" in labels(note, "note")


def test_a_sore_of_pressure_is_no_pain_of_the_sacrum():
    assert "buttock-pain" not in labels("Sacral pressure sore, grade 2.", "note")


def test_a_plus_that_joins_two_things_is_no_result():
    assert "block-positive" not in labels("Refer SIJ block + pain clinic.", "note")
