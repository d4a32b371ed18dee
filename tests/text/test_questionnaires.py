"""Questions and lists with their answers: what is denied, what is told, and what nobody answered."""

from __future__ import annotations

import pytest

from tests.text.test_taught_lists import alarms


@pytest.mark.parametrize(
    "text",
    [
        'Q7 Trouble controlling bladder or bowel - "Not since before surgery. Used to leak when I walked far."',
        "Q7 Trouble controlling bladder or bowel\nNever",
        "Q7 Trouble controlling bladder or bowel",
        "4) Weakness in legs - not that I noticed",
        "Numbness in private area: 0/4",
        "Bladder accidents (past 4 weeks): none of the time",
        "Have you had: fever, wound drainage, new weakness, calf swelling? No to all",
        "Screening questions per protocol: chest pain, SOB, calf swelling, numb saddle. All answered no.",
        "Any loss of control of bladder or bowel",
    ],
)
def test_a_question_answered_with_no_or_not_at_all_tells_no_sign(text):
    assert alarms(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        'Q7 Trouble controlling bladder or bowel - "Yes, since Sunday I leak without feeling it."',
        "Q7 Trouble controlling bladder or bowel\nYes, I wet myself since Monday and feel nothing",
        'Q8 Numbness between the legs - "all of it, like the dentist, since Tuesday"',
        "Has patient had loss of bladder control, leg paralysis? Yes, since Sunday",
        "Numbness in private area: 4/4, new since Monday",
    ],
)
def test_a_question_answered_otherwise_is_told(text):
    assert alarms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Template [Sepsis screen]\n rigors ☐  confusion ☐  mottled ☐  not PU ☐",
        "CES screen ☐ saddle numbness ☐ retention ☐ incontinence",
        "Neuro: WDL ☑  LOC alert  Orient x4",
    ],
)
def test_boxes_of_which_none_is_ticked_tell_nothing(text):
    assert alarms(text) == frozenset()


def test_a_ticked_box_among_empty_ones_is_told():
    assert alarms("CES screen ☑ saddle numbness ☐ retention ☐ incontinence") == {"saddle-numbness"}


@pytest.mark.parametrize(
    "text",
    [
        "ROS: -F -CP -SOB -abd -GU -saddle -weakness, +finger",
        "EE denies: re-injury, falls, weakness, incont., numbness in private area, calf sx.",
        "Pt denies the following symptoms today:\n- fever\n- saddle numbness\n- loss of bladder control",
        "Absent: fever, wound discharge, foot drop, saddle anaesthesia, retention.",
        "He denies fever's or chills, denies retrograde ejaculation.",
    ],
)
def test_heads_and_signs_that_deny_a_list_deny_all_of_it(text):
    assert alarms(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "ROS: -fever -CP, +saddle numbness since today +urinary retention",
        "EE denies falls but has numbness in private area since Monday and incont. of urine.",
        "Present: fever 39.1, wound discharge of pus, rigors.",
    ],
)
def test_what_stands_beside_a_denied_list_is_told(text):
    assert alarms(text)
