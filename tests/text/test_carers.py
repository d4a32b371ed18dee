"""Texts that somebody writes for a relative."""

from __future__ import annotations

import pytest

from service.text.context.carers import patient_of
from tests.text.reading import labels


@pytest.mark.parametrize(
    "text",
    [
        "Calling about my mum, she can't feel her legs.",
        "Mum asked me to write this.",
        "I am writing on behalf of my mother.",
        "Mum fell this morning and can't get up.",
        "They are taking mum back to theatre now.",
    ],
)
def test_a_relative_whom_the_text_is_about_is_its_patient(text):
    assert "mum" in patient_of(text)


def test_a_daughter_calls_for_a_parent():
    assert "father" in patient_of("Caller is the daughter of the patient.")


@pytest.mark.parametrize(
    "text",
    [
        "My mum had breast cancer.",
        "Mother died of a stroke.",
        "My mum has had a bad back since Monday, and my leg is numb.",
        "His wife is ill today.",
        "Pt's father had a stroke today.",
        "My husband is driving me in now.",
        "L4-5 fusion today.",
        "Mother had lumbar fusion.\n\nNumbness in the groin since this morning.",
    ],
)
def test_a_text_of_the_patient_or_of_a_clinician_has_no_other_patient(text):
    assert frozenset() == patient_of(text)


def test_what_a_relative_suffers_is_told_where_they_are_the_patient():
    assert {"fever", "wound-drainage"} <= labels(
        "My wife has a fever of 39 and her wound is oozing pus since yesterday."
    )


def test_the_brother_of_the_patient_is_not_the_patient():
    assert "diabetes" not in labels("Calling about my mum. Her brother has diabetes.")


@pytest.mark.parametrize(
    "text", ["I soiled myself, ring me, not my husband.", "My wife had to wash me, I soiled myself."]
)
def test_a_relative_who_stands_by_sets_nothing_aside(text):
    assert "bowel-incontinence" in labels(text)
