"""A side that stands apart from its pain is told beside it; relief of tablets and of a knee is not the operation's."""

from __future__ import annotations

import pytest

from service.domain.places import Side
from service.domain.statements import Polarity
from tests.text.reading import labels, statements

_RELIEF = frozenset({"pain-relief", "no-pain", "pain-returned"})


def sides(text):
    return {s.side for s in statements(text) if s.concept == "leg-pain" and s.polarity is Polarity.YES}


def test_of_two_columns_the_one_with_a_figure_hurts():
    assert sides("Leg pain, last week (0-10):   LEFT 6    RIGHT 0") == {Side.LEFT}


def test_two_columns_with_figures_both_hurt():
    assert sides("Leg pain (0-10): L 4, R 6") == {Side.LEFT, Side.RIGHT}


def test_the_opposite_leg_is_that_of_the_other_side():
    assert sides("The right leg has stayed perfect. Since May pain runs down the opposite leg.") == {Side.LEFT}


def test_the_opposite_leg_has_no_side_where_both_were_named():
    assert Side.LEFT not in sides("Operated on the left, then on the right. Now pain down the opposite leg.")


@pytest.mark.parametrize(
    "text",
    [
        "A week's course of dexamethasone took the leg pain away for a month and then it came back.",
        "Had her left hip replaced in 2023: it was pain-free for a year, then began to ache again.",
    ],
)
def test_relief_of_tablets_or_of_another_joint_is_not_of_the_operation(text):
    assert not _RELIEF & labels(text)


def test_relief_after_the_operation_is_its_own():
    assert "pain-returned" in labels("After the fusion the leg pain was gone for a year, then came back.")


@pytest.mark.parametrize(
    "text", ["This week is the second anniversary of her L4/5 fusion.", "Her L4/5 fusion was two years ago to the day."]
)
def test_an_anniversary_dates_the_operation(text):
    told = [s.onset or s.when if hasattr(s, "when") else s.onset for s in statements(text) if s.concept == "fusion"]
    assert [(2023, 2023)] == [(d.first.year, d.last.year) for d in told]
