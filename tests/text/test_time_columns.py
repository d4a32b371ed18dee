"""A table of power over days is what it says of the last one, and a fall to it."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

_HEAD = "              pre-op    3 wks    today\n"


def test_power_that_came_back_over_the_columns_is_full():
    text = f"{_HEAD}Left EHL      1/5       3/5      5/5\nLeft TA       3/5       4/5      5/5"
    assert labels(text) & {"leg-weakness", "progressive-deficit"} == set()


def test_power_that_falls_over_the_columns_is_a_deficit_that_grows():
    text = f"{_HEAD}Left EHL      5/5       4/5      2/5\nRight EHL     5/5       5/5      5/5"
    assert {"leg-weakness", "progressive-deficit"} <= labels(text)


@pytest.mark.parametrize(
    "text", ["\tadmission\tnow\nTA R\t5\t3", "| muscle | pre-op | today |\n| left quads | 5 | 3 |"]
)
def test_columns_may_be_tabs_or_strokes_and_grades_bare(text):
    assert "leg-weakness" in labels(text)


def test_columns_that_are_sides_stay_sides():
    assert "leg-weakness" in labels("Motor   Right   Left\nTA      5/5     3/5\nEHL     5/5     4/5")


def test_a_grade_that_was_more_before_the_operation_is_weak_now():
    assert {"leg-weakness", "progressive-deficit"} <= labels("Left TA 2/5 (5/5 pre-op).")


def test_a_grade_that_was_less_before_the_operation_has_not_fallen():
    assert "progressive-deficit" not in labels("Left TA 4/5 (2/5 pre-op).")
