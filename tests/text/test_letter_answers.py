"""Rows answered by N and Y: what is answered N is denied; an examination says N of what is normal."""

from __future__ import annotations

import pytest

from service.text.shorthand.letter_answers import with_letter_answers
from tests.text.reading import labels


def test_an_item_answered_n_is_denied() -> None:
    told = labels("Do you have: Fever N. Weight loss not intended N. Leg pain N. Saddle numbness N.", "note")

    assert {"-leg-pain", "-saddle-numbness"} <= set(told)
    assert not {"fever", "weight-loss", "leg-pain", "saddle-numbness"} & set(told)


def test_an_item_answered_y_is_told() -> None:
    assert {"fever", "-leg-pain"} <= set(labels("Fever Y. Leg pain N. Cough N.", "note"))


@pytest.mark.parametrize(
    "line",
    [
        "Power N. Sensation N. Reflexes N.",
        "Seen with sister N. Fever since Monday.",
        "Bladder N. Bowels N. Saddle numb.",
        "Weak left leg. Plan: review.",
    ],
)
def test_what_is_normal_and_a_lone_initial_stay_as_they_are(line: str) -> None:
    assert line == with_letter_answers(line)
