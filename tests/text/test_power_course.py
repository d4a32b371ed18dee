"""Courses of leg power, and likeness to what was before the operation."""

from __future__ import annotations

import pytest

from service.text.context.as_before import as_before, tells_as_before
from service.text.shorthand.power_course import with_courses


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("Left dorsiflexion M4 on leaving and M1 today.", "Left ankle dorsiflexion power was 4/5, now 1/5."),
        ("Before/after/now: TA 5/5/1.", "Ankle dorsiflexion power was 5/5, now 1/5."),
        ("R leg S S S then W at 22.00 and A at 23.00.", "Leg power was 5/5, now 0/5."),
        ("R TA 2/5, preop 5/5.", "Right ankle dorsiflexion power was 5/5, now 2/5."),
    ],
)
def test_a_fall_in_any_notation_is_told_in_a_plain_sentence(told: str, plain: str) -> None:
    assert with_courses(told).endswith(plain)


def test_a_rise_is_told_as_it_was_before() -> None:
    assert with_courses("Dorsiflexion 4, was 3 on admission.") == "Ankle dorsiflexion 4/5 as before surgery."


@pytest.mark.parametrize(
    "told",
    [
        "Left quads 3/5 preop, 4/5 now, right foot drop today.",
        "TA 5/5, EHL 5/5, at L4/5 and L5/S1 nothing.",
        "Knee bends 5 this morning, 3 this afternoon.",
    ],
)
def test_what_tells_of_more_than_grades_and_what_grades_nothing_stays(told: str) -> None:
    assert with_courses(told) == told


@pytest.mark.parametrize(
    "words",
    [
        "R dorsiflexion 2/5 he came in with",
        "identical to the pre-op chart",
        "same as on admission",
        "present in every previous note",
        "no different from before the operation",
    ],
)
def test_a_likeness_and_a_time_before_the_operation_make_a_sign_old(words: str) -> None:
    assert as_before(words) >= 0


@pytest.mark.parametrize(
    "words",
    [
        "not as before the operation",
        "foot drop noted on admission",
        "weaker than before surgery",
        "not present before surgery",
        "same as last night",
        "new since yesterday, same as pre-op",
    ],
)
def test_what_is_new_worse_or_only_of_yesterday_is_not_as_before(words: str) -> None:
    assert as_before(words) == -1


def test_a_sentence_of_its_own_may_say_it() -> None:
    assert tells_as_before("ISQ.")
    assert not tells_as_before("Bladder as before.")


@pytest.mark.parametrize(
    "note",
    [
        "Had the L5 S1 fusion 14 months back, the low back hurts exactly as much as before.",
        "Constant tingling of the right big toe, EHL 4+/5, same on retest x 3 visits.",
        "Leg pain VAS 5 before, now 2.",
        "Foot surgery in May, 4 screws then 1 removed.",
        "Toes 2 and 3 numb since the operation, 5 before.",
        "Walks 5 stairs then 2 with the right leg.",
    ],
)
def test_a_bare_figure_is_a_grade_only_beside_what_it_grades(note: str) -> None:
    assert with_courses(note) == note


@pytest.mark.parametrize(
    ("sentence", "is_old"),
    [
        ("BASELINE, s/p peroneal palsy 2009, brace at home.", True),
        ("POLIO as a child, atrophic calf, not new, see pre-op sheet.", True),
        ("same as pre-op chart, surgeons aware.", True),
        ("Baseline 4/5.", False),
        ("At baseline full power.", False),
        ("Baseline obs done.", False),
        ("Polio as a child, but weaker since yesterday.", False),
    ],
)
def test_what_opens_with_a_baseline_or_an_illness_of_long_ago_is_of_before(sentence: str, is_old: bool) -> None:
    assert is_old == tells_as_before(sentence)


def test_a_scale_of_breathlessness_is_no_power():
    assert "MRC 2 (was 3)." in with_courses("COPD annual. MRC 2 (was 3). CAT 11. Legs fine.")
    assert "now 2/5" in with_courses("Left TA MRC 2 (was 3).")
