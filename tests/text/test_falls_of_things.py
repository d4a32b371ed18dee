"""Words that sound like a fall, a loss of weight or a bladder that leaks, and are none; and the same that are."""

from __future__ import annotations

import pytest

from service.text.reader import Context, read_sentence
from tests.text import reading


def said(text: str) -> set[str]:
    told, _ = read_sentence(text, reading.language(), "note", Context())
    return {r.concept for r in told.readings if not r.sign and not r.away}


@pytest.mark.parametrize(
    "text",
    [
        "When she straightens her knees the trunk falls forwards.",
        "Her head falls forward when she is tired.",
        "The pelvis falls on the left.",
        "ESR fell from 40 to 12.",
        "CRP has slowly fallen.",
        "White cells fell after that.",
    ],
)
def test_a_part_of_the_body_or_a_figure_that_falls_is_no_fall_of_the_patient(text):
    assert "fall-or-trauma" not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "He falls forwards when he stands.",
        "Her knee gives and she falls.",
        "Sore hip fell Sunday.",
        "She hit her head, fell backwards off the step.",
        "CRP 12. Fell yesterday.",
        "Pulse, fell on the ward.",
    ],
)
def test_a_patient_who_falls_is_read_as_one(text):
    assert "fall-or-trauma" in said(text)


@pytest.mark.parametrize(
    "text",
    ["Sleeve gastrectomy May 26, down 31 kg.", "Lost 20 kg since the gastric bypass.", "Lost 9 kg on tirzepatide."],
)
def test_weight_that_was_lost_on_purpose_is_no_sign(text):
    assert "weight-loss" not in said(text)


@pytest.mark.parametrize(
    "text", ["Lost 8 kg without dieting.", "Down 31 kg without trying.", "8 kg lost since autumn, no appetite."]
)
def test_weight_that_was_lost_without_trying_is_a_sign(text):
    assert "weight-loss" in said(text)


@pytest.mark.parametrize("text", ["Sheet wet through at the back, NOT urine.", "Bed wet again, it was not urine."])
def test_what_is_told_to_be_no_urine_is_no_leaking_bladder(text):
    assert "urinary-incontinence" not in said(text)


@pytest.mark.parametrize("text", ["Wet the bed, did not feel it.", "Sheet wet through, it was urine."])
def test_a_wet_bed_is_a_leaking_bladder(text):
    assert "urinary-incontinence" in said(text)
