"""The report: small counts stay untold, every picture has its table, and it needs nothing from anywhere."""

from __future__ import annotations

import re

import pytest

from service.replay.intervals import wilson
from service.replay.report import after, cells, pictures, sections


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (15, 148, 0.0624, 0.1605), (0, 0, 0.0, 1.0)],
)
def test_wilsons_interval(hits, of, low, high):
    assert pytest.approx((low, high), abs=5e-5) == wilson(hits, of)


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "< 11"), (10, "< 11"), (11, "11"), (1200, "1,200")])
def test_counts_below_eleven_are_not_told(count, shown):
    assert shown == cells.number(count)


def test_one_small_part_of_a_total_takes_another_with_it():
    assert ["< 11", "not shown", "40"] == cells.parts([3, 12, 40])
    assert ["< 11", "< 11", "40"] == cells.parts([3, 5, 40])


@pytest.mark.parametrize(("count", "of"), [(3, 100), (95, 100), (5, 9)])
def test_a_share_that_tells_a_small_count_is_not_told(count, of):
    assert "–" == cells.percent(count, of)


def test_a_small_bar_does_not_tell_its_length():
    lengths = {
        re.findall(r'width="([\d.]+)" height="18"', pictures.bars([pictures.Bar("x", (n,))], "t"))[0] for n in (1, 9)
    }
    assert 1 == len(lengths)


def test_words_of_the_chart_are_no_markup():
    told = pictures.bars([pictures.Bar("<script>", (20,))], "<b>") + cells.table(("<i>",), [("<u>",)], "<s>")
    assert not re.search(r"<(script|b|i|u|s)>", told)


def observed(card, followed, had):
    return {"outcome": "o", "title": "Outcome", "days": 90, "card": card, "patients": followed + 20,
            "followed": followed, "had": had, "low": 0.1, "high": 0.9}  # fmt: skip


@pytest.mark.parametrize(("followed", "had", "told"), [(40, 20, "20"), (40, 3, "&lt; 11"), (40, 35, "not shown"),
                                                       (9, 9, "–"), (0, 0, "–")])  # fmt: skip
def test_who_had_an_outcome_is_told_or_named_as_untold_and_never_as_fewer(followed, had, told):
    row = after.observed({"observed": [observed("rule", followed, had)]}, {}).partition("<tbody>")[2]
    assert told == re.findall(r'<td class="n">([^<]*)</td>', row)[2]


def test_nothing_is_drawn_where_only_those_without_a_card_may_be_told():
    assert "<figure" not in after.observed({"observed": [observed("rule", 9, 1), observed("", 300, 0)]}, {})


def test_a_bar_that_may_not_be_divided_looks_like_neither_part():
    drawn = pictures.bars([pictures.Bar("x", (20, 3)), pictures.Bar("y", (20, 20))], "t", ("one", "other"))
    assert "not divided" in drawn
    assert 2 == drawn.count('class="ink"')  # in the legend, and in the bar that is divided


@pytest.mark.parametrize(
    ("missed", "told"), [((0, 0), "0"), ((3, 4), "< 11"), ((3, 20), "not shown"), ((20, 30), "50")]
)
def test_the_sum_of_the_misses_does_not_tell_the_one_that_is_small(missed, told):
    assert told == sections._missed({"emergencies": [{"missed": count} for count in missed]})
