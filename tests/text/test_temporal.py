"""The day that a sentence names: outright, by how long ago, or by the operation it counts from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.spans import Span
from service.text.documents.temporal import ago, calendar_date, latest_date, since_surgery

WRITTEN = Span(date(2025, 6, 1), date(2025, 6, 1))


def on(*day):
    return Span(date(*day), date(*day))


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (on(2025, 4, 12), "began on 12 April 2025"),
        (on(2025, 4, 12), "began on 12th of April 2025"),
        (on(2025, 4, 13), "began on 13/4/25"),
        (on(2025, 4, 13), "began on 4.13.25"),
        (on(2025, 4, 13), "s/p L4-5 lami 4/13/25 for stenosis"),
        (on(2025, 4, 12), "began on April 12, 2025"),
        (on(2025, 4, 12), "began on Apr 12th, 2025"),
        (on(2025, 4, 12), "began on 2025-04-12"),
        (on(2025, 4, 13), "began on 13/4/2025"),
        (on(2025, 4, 13), "began on 4/13/2025"),
        (Span(date(2025, 3, 4), date(2025, 4, 3)), "began on 3/4/2025"),
        (Span(date(2025, 3, 1), date(2025, 3, 31)), "in March 2025"),
        (Span(date(2025, 3, 1), date(2025, 3, 31)), "in 03/2025"),
        (Span(date(2025, 3, 1), date(2025, 3, 31)), "in 2025-03"),
        (Span(date(2024, 2, 1), date(2024, 2, 29)), "in Feb 2024"),
        (Span(date(2019, 1, 1), date(2019, 12, 31)), "in 2019"),
        (on(2019, 5, 2), "on 2 May 2019, in 2019"),
    ],
)
def test_a_date_is_read_in_any_usual_writing(span, sentence):
    assert span == calendar_date(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "no date",
        "at 1400",
        "L4-5 in 3 parts",
        "in 2019 and 2021",
        "12 April 2025 and 13 April 2025",
        "PVR 450",
        "EHL 4/5",
        "5/5/5",
        "120/80/70",
    ],
)
def test_what_names_no_one_day_is_none(sentence):
    assert calendar_date(sentence) is None


@pytest.mark.parametrize("sentence", ["31 February 2025", "32/13/2025", "0/0/2025"])
def test_of_a_day_that_there_is_not_the_year_remains(sentence):
    assert Span(date(2025, 1, 1), date(2025, 12, 31)) == calendar_date(sentence)


def test_of_several_years_the_latest_may_be_asked_for():
    assert Span(date(2003, 1, 1), date(2003, 12, 31)) == latest_date("fusions in 1998 and 2003")
    assert on(1998, 5, 2) == latest_date("on 2 May 1998")
    assert latest_date("never") is None


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2025, 5, 31), date(2025, 5, 31), "since yesterday"),
        (date(2025, 5, 31), date(2025, 5, 31), "began last night"),
        (date(2025, 6, 1), date(2025, 6, 1), "since this morning"),
        (date(2025, 5, 29), date(2025, 5, 29), "3 days ago"),
        (date(2025, 5, 8), date(2025, 5, 14), "three weeks ago"),
        (date(2025, 5, 22), date(2025, 5, 28), "a week back"),
        (date(2025, 5, 15), date(2025, 5, 15), "seventeen days ago"),
        (date(2025, 5, 8), date(2025, 5, 14), "3/52 ago"),
        (date(2025, 5, 8), date(2025, 5, 14), "3 wks ago"),
        (date(2025, 5, 27), date(2025, 5, 27), "5d ago"),
        (date(2025, 5, 15), date(2025, 5, 21), "a couple of weeks ago"),
        (date(2025, 1, 1), date(2025, 1, 31), "well until January when back ache crept in"),
        (date(2024, 9, 1), date(2024, 9, 30), "began approx Sept last yr"),
        (date(2024, 8, 1), date(2024, 8, 31), "from August it began to seep back"),
        (date(2025, 2, 27), date(2025, 2, 27), "since 27 Feb"),
        (date(2024, 12, 4), date(2024, 12, 4), "returned on December 4"),
        (date(2024, 6, 1), date(2024, 8, 31), "since about last summer"),
        (date(2024, 12, 20), date(2024, 12, 31), "since Xmas frankly worse"),
        (date(2025, 5, 27), date(2025, 5, 27), "started on Tuesday"),
    ],
)
def test_how_long_ago_counts_from_the_day_of_writing(first, last, sentence):
    assert Span(first, last) == ago(sentence, WRITTEN)


def test_how_long_it_has_lasted_counts_only_where_it_is_asked_for():
    assert ago("pain for 3 days", WRITTEN) is None
    assert on(2025, 5, 29) == ago("pain for 3 days", WRITTEN, durations=True)


def test_nothing_counts_from_a_day_that_is_not_known():
    assert ago("3 days ago", None) is None
    assert since_surgery("POD 3", None) is None


@pytest.mark.parametrize(
    ("first", "last", "clause"),
    [
        (date(2025, 5, 29), date(2025, 5, 29), "POD 3"),
        (date(2025, 5, 29), date(2025, 5, 29), "POD#3 after fusion"),
        (date(2025, 5, 29), date(2025, 5, 29), "D3 post discectomy"),
        (date(2025, 5, 29), date(2025, 5, 29), "post-op day 3"),
        (date(2025, 5, 30), date(2025, 5, 30), "2/7 post microdiscectomy"),
        (date(2025, 5, 1), date(2025, 5, 7), "4/52 post discectomy"),
        (date(2025, 4, 17), date(2025, 4, 23), "6 weeks s/p fusion"),
        (date(2025, 4, 17), date(2025, 4, 23), "6 wks out from his fusion"),
        (date(2025, 4, 17), date(2025, 4, 23), "six weeks after her fusion"),
        (date(2025, 5, 8), date(2025, 5, 14), "three weeks ago"),
    ],
)
def test_the_day_of_an_operation_is_counted_back_as_notes_tell_it(first, last, clause):
    assert Span(first, last) == since_surgery(clause, WRITTEN)


@pytest.mark.parametrize(
    "clause", ["several years ago", "ten years earlier", "20 years ago", "in the 90s", "as a child"]
)
def test_an_operation_long_ago_lies_years_back(clause):
    found = since_surgery(clause, WRITTEN)

    assert found is not None
    assert found.last < WRITTEN.first - timedelta(365)


@pytest.mark.parametrize("clause", ["the fusion", "power 4/5 after fusion", "grade 3 slip", "for 3 days"])
def test_a_clause_without_a_day_gives_none(clause):
    assert since_surgery(clause, WRITTEN) is None


@given(st.text(), st.booleans())
def test_any_sentence_has_a_span_in_order_or_none(sentence, durations):
    for found in (calendar_date(sentence), latest_date(sentence), ago(sentence, WRITTEN, durations=durations), since_surgery(sentence, WRITTEN)):  # fmt: skip  # noqa: E501
        assert found is None or found.first <= found.last


@given(st.integers(0, 999), st.sampled_from(["day", "week", "month", "year"]))
def test_however_long_ago_it_is_never_after_the_day_of_writing(number, unit):
    found = ago(f"{number} {unit}s ago", WRITTEN)

    assert found is None or found.first <= WRITTEN.first


@pytest.mark.parametrize(
    "sentence",
    ["may come back", "back pain since the fall", "legs march on", "reviewed in March", "since 2019", "he sat down"],
)
def test_a_word_that_is_no_time_or_no_beginning_dates_nothing(sentence):
    assert ago(sentence, WRITTEN) is None


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (Span(date(2025, 3, 1), date(2025, 3, 31)), "laminectomy in March"),
        (Span(date(2024, 12, 1), date(2024, 12, 31)), "December's root injection"),
        (on(2025, 4, 4), "fusion on 4th April"),
    ],
)
def test_an_operation_is_dated_by_a_month_without_a_year(span, sentence):
    assert span == since_surgery(sentence, WRITTEN)
