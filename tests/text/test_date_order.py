"""A date that could be two days is the one that the rest of the chart makes it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.text.charts import document, read_chart, study

_MRI = "MRI 04/12/25: no residual stenosis, no collection."
_DECEMBER, _APRIL = date(2025, 12, 4), date(2025, 4, 12)


def _day(*texts: str, **more: object) -> tuple[date, date]:
    documents = [document(text, date="2025-12-20", id=f"d{at}") for at, text in enumerate(texts)]
    said = read_chart(documents=documents, **more).statements
    onset = next(s.onset for s in said if s.concept == "stenosis" and s.onset)
    return onset.first, onset.last


@pytest.mark.parametrize(
    "beside",
    [
        "Injection 24/11/25, no relief.",
        "Seen 24/09, no change.",
        "6/52 post discectomy.",
        "3/12 post op, walking well.",
    ],
)
def test_a_chart_that_puts_the_day_first_elsewhere_puts_it_first_here(beside: str):
    assert (_DECEMBER, _DECEMBER) == _day(_MRI, beside)


def test_a_chart_that_puts_the_month_first_elsewhere_puts_it_first_here():
    assert (_APRIL, _APRIL) == _day(_MRI, "Injection 11/24/25, no relief.")


def test_of_two_days_that_on_which_a_study_was_done_is_meant():
    assert (_DECEMBER, _DECEMBER) == _day(_MRI, imaging_studies=[study(started="2025-12-04")])


@pytest.mark.parametrize("beside", ["Power 4/5, ODI 20/50.", "BP 128/74.", "24/11/25 seen; 11/24/25 phoned."])
def test_a_chart_that_settles_nothing_leaves_both_days(beside: str):
    assert (_APRIL, _DECEMBER) == _day(_MRI, beside)


@pytest.mark.parametrize(
    "beside", ["CT L-spine 14 Aug 2026 solid.", "Since Thursday (5 Nov) worse.", "Seen 3rd March."]
)
def test_a_chart_that_writes_the_day_before_the_name_of_the_month_puts_it_first_in_figures(beside: str):
    assert (_DECEMBER, _DECEMBER) == _day(_MRI, beside)


def test_a_chart_that_writes_the_day_behind_the_name_of_the_month_puts_it_second_in_figures():
    assert (_APRIL, _APRIL) == _day(_MRI, "Seen November 5, 2025.")


@pytest.mark.parametrize("beside", ["Fusion May 26.", "Injection 11/24/25 and again on 5 Nov."])
def test_a_month_with_its_year_and_a_day_that_figures_contradict_say_nothing_of_the_order(beside: str):
    assert (_DECEMBER, _DECEMBER) != _day(_MRI, beside)
