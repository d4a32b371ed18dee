"""Uneventful is silent; one sentence, value or code of a true complication in the same chart is not."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest

from service import pipeline
from tests.routine.courses import (
    COURSES,
    DAYS,
    DECOMPRESSION,
    DISCECTOMY,
    FUSION,
    OPERATED,
    chart,
    condition,
    crp,
    report,
    score,
    temperature,
)


@cache
def service():
    return pipeline.start()


def answer(course, day, *more):
    return pipeline.explain(
        chart(course, day, more), OPERATED + timedelta(days=day), service(), "", pipeline.writing(service())
    )


def topics(course, day, *more):
    return {card["source"]["topic"]["code"] for card in answer(course, day, *more)["cards"]}


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
@pytest.mark.parametrize("day", DAYS)
def test_a_recovery_without_an_event_shows_no_card(course, day):
    assert set() == topics(course, day)


COMPLICATIONS = [
    ("CRP that rises on day 21", DISCECTOMY, 21, [crp("x", 90, 21)], {"rf-discitis", "exam-infection"}),
    ("CRP of 60 on day 42", DISCECTOMY, 42, [crp("x", 60, 42)], {"rf-discitis", "exam-infection"}),
    ("CRP of 120 on day 21 of a fusion", FUSION, 21, [crp("x", 120, 21)], {"exam-infection", "deep-wound-infection"}),
    ("wound infection coded", FUSION, 21, [condition("x", "T81.41XA", "Wound infection", 20)],
     {"exam-infection", "deep-wound-infection"}),
    ("wound dehiscence coded", DECOMPRESSION, 10, [condition("x", "T81.31XA", "Disruption of wound", 10)],
     {"exam-infection", "deep-wound-infection"}),
    ("foot drop coded", DISCECTOMY, 10, [condition("x", "M21.372", "Foot drop, left foot", 10, onset=9)],
     {"rf-deficit", "rf-hematoma"}),
    ("foot drop coded late", FUSION, 180, [condition("x", "M21.372", "Foot drop, left foot", 178, onset=176)],
     {"rf-deficit"}),
    ("retention coded on day 10", DECOMPRESSION, 10, [condition("x", "R33.9", "Retention of urine", 10, onset=9)],
     {"rf-cauda-equina", "rf-hematoma"}),
    ("cauda equina coded", DISCECTOMY, 42, [condition("x", "G83.4", "Cauda equina syndrome", 42, onset=41)],
     {"rf-cauda-equina"}),
    ("calf swelling coded", FUSION, 21, [condition("x", "M79.89", "Swelling of lower leg", 20, onset=19)],
     {"rf-dvt"}),
    ("dyspnoea coded", FUSION, 10, [condition("x", "R06.00", "Dyspnea, unspecified", 9, onset=9)], {"rf-pe"}),
    ("fever on day 10 with drainage", FUSION, 10,
     [temperature("x", 38.9, 10), condition("y", "T81.41XA", "Wound infection", 10)],
     {"exam-infection", "deep-wound-infection", "rf-implant-sepsis"}),
    ("score that rises on day 10", DISCECTOMY, 10, [score("x", 8, 10)], {"exam-hematoma"}),
    ("score of 10 on day 1", FUSION, 1, [score("x", 10, 1)], {"exam-hematoma"}),
    ("leg pain back on day 90", DISCECTOMY, 90, [condition("x", "M54.17", "Radiculopathy", 90, onset=80)],
     {"recurrent-herniation"}),
    ("loose screw on day 365", FUSION, 365,
     [condition("x", "M54.50", "Low back pain", 360, onset=330),
      report("y", "CT lumbar spine", "Halo around the L5 screws, no bridging bone.", 362)],
     {"pseudarthrosis", "screw-loosening"}),
    ("discitis on MRI", DISCECTOMY, 42, [report("y", "MRI lumbar spine", "Discitis L5-S1.", 41)],
     {"rf-discitis", "exam-infection"}),
    ("abscess on MRI", DECOMPRESSION, 21, [report("y", "MRI lumbar spine", "Epidural abscess at L4-L5.", 21)],
     {"rf-abscess"}),
    ("fracture on films", FUSION, 90, [report("y", "XR lumbar spine", "Acute compression fracture of L3.", 89)],
     {"rf-fracture", "vertebral-sacral-fracture"}),
    ("metastasis on MRI", DECOMPRESSION, 180, [report("y", "MRI lumbar spine", "Metastasis in L2.", 179)],
     {"rf-malignancy"}),
    ("haematoma on MRI", DISCECTOMY, 10, [report("y", "MRI lumbar spine", "Epidural haematoma at L5-S1.", 10)],
     {"exam-hematoma", "rf-hematoma"}),
    ("CSF leak coded", DISCECTOMY, 10, [condition("x", "G96.00", "Cerebrospinal fluid leak", 10)], {"dural-csf-leak"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("course", "day", "more", "expected"), [row[1:] for row in COMPLICATIONS], ids=[row[0] for row in COMPLICATIONS]
)
def test_a_complication_in_a_quiet_recovery_is_found(course, day, more, expected):
    found = topics(course, day, *more)

    assert expected & found
    assert not expected & topics(course, day)
