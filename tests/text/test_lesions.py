"""What words say of a narrowing: it grew, it lies beside the fusion; and of feet that lose feeling over years."""

from __future__ import annotations

import pytest

from service.text.statements import attributes


@pytest.mark.parametrize(
    "words",
    [
        "progressive foraminal narrowing right L5-S1",
        "severe foraminal stenosis, the foramen was widely patent on the earlier scan",
        "interval development of foraminal stenosis",
        "foraminal stenosis, increased compared with the scan after surgery",
        "foramen progressed from Lee grade 0 to Lee grade 3",
    ],
)
def test_a_narrowing_that_is_set_against_an_earlier_picture_grew(words):
    assert True is attributes.read("foraminal-stenosis", words).grown


@pytest.mark.parametrize("words", ["severe foraminal stenosis at L4-5", "foraminal stenosis, unchanged"])
def test_a_narrowing_that_is_set_against_nothing_did_not(words):
    assert False is attributes.read("foraminal-stenosis", words).grown


@pytest.mark.parametrize(
    "words",
    [
        "stenosis at the first mobile level on top of the fused block",
        "slip of L3 on L4 just above the construct",
        "stenosis at L3/4 (suprajacent)",
        "stenosis one floor up",
        "adjacent segment stenosis",
    ],
)
def test_what_is_told_to_lie_next_to_the_fusion_lies_beside_it(words):
    assert True is attributes.read("stenosis", words).beside


@pytest.mark.parametrize("words", ["stenosis at L4-5, adjacent segments normal", "stenosis at the fused level"])
def test_what_lies_at_the_fused_level_does_not(words):
    assert False is attributes.read("stenosis", words).beside


@pytest.mark.parametrize(
    "words",
    [
        "both feet are numb and prickling, symmetrical, spreading from toes to mid-shin over three years",
        "pins and needles in all toes, creeping up over two years",
    ],
)
def test_both_feet_alike_over_years_are_no_new_deficit(words):
    assert True is attributes.read("progressive-deficit", words).old


@pytest.mark.parametrize(
    "words",
    [
        "both feet numb, spreading since yesterday after years of tingling",
        "numbness of both feet spreading over hours",
        "numbness of both feet spreading over years, now weak",
        "numbness of the left leg creeping up over two years",
        "both feet numb for years, now also the saddle",
    ],
)
def test_one_side_hours_weakness_or_the_saddle_are_one(words):
    assert False is attributes.read("progressive-deficit", words).old


@pytest.mark.parametrize(
    "words",
    [
        "leg pain gone since the operation but deep midline back ache with sitting persists",
        "eighteen months of no pain after the discectomy, then a creeping pain down the left thigh",
    ],
)
def test_relief_first_and_then_a_pain_is_a_complaint(words):
    assert True is attributes.read("back-pain", words).turned


@pytest.mark.parametrize("words", ["back pain was bad but is now gone", "pain relieved, back pain now mild"])
def test_a_pain_that_is_now_gone_is_none(words):
    assert False is attributes.read("back-pain", words).turned
