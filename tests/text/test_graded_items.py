"""Graded items of an examination, odds of what may come, and words that only sound like a finding."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


def present(sentence, kind="note"):
    return {label for label in labels(sentence, kind) if label[0] not in "-?"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Strength 5/5 incl big toe and foot both sides, sensation lowered dorsum R foot.",
        "Power 5/5, patellar reflexes weak both, lasegue neg.",
        "Power 5/5 in both legs, light touch reduced over the foot.",
        "Power 5/5, no sensory loss.",
        "Motor 5/5 legs; ankle jerk absent on the left.",
    ],
)
def test_full_power_ends_with_its_item(sentence):
    assert "leg-weakness" not in present(sentence)
    assert "-leg-weakness" in labels(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "EHL 4/5, light touch reduced, ankle jerk gone.",
        "Power 5/5 but the left foot is weak.",
        "Sensation normal, foot dorsiflexion 2/5 on the left.",
    ],
)
def test_a_low_grade_stays_weakness(sentence):
    assert "leg-weakness" in present(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Disc reherniation risk 5-10% discussed.",
        "Reherniation rate quoted as 7%.",
        "Nonunion risk explained.",
        "Risk of reherniation discussed.",
    ],
)
def test_odds_of_a_thing_are_not_the_thing(sentence):
    assert not present(sentence) & {"herniation-again", "nonunion", "disc-herniation"}


@pytest.mark.parametrize(
    "sentence", ["Fever, heart rate 110.", "Fever with pulse rate 110.", "Fever, sweats, rate 110."]
)
def test_a_rate_of_the_pulse_takes_no_sign_away(sentence):
    assert "fever" in present(sentence)


def test_what_stands_behind_the_odds_in_its_own_item_is_there():
    assert "herniation-again" in present("Recurrence rate quoted as 7 %; recurrent disc herniation L4-5 on MRI.")


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("No abnormal marrow signal in the sacral ala or visible SI joints.", "sacroiliitis"),
        ("No abnormal fluid collection.", "epidural-collection"),
        ("No cross-sectional study of the lumbar spine since 2015.", "nonunion"),
        ("Facet arthropathy L4/5 with small effusion.", "facet-pain"),
    ],
)
def test_a_report_that_sees_nothing_of_it_tells_of_nothing(sentence, concept):
    assert concept not in present(sentence, "report")


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Abnormal marrow signal in the left SI joint.", "sacroiliitis"),
        ("Inflamed facet osteoarthritis at L4-5.", "facet-pain"),
    ],
)
def test_a_report_that_sees_it_tells_of_it(sentence, concept):
    assert concept in present(sentence, "report")


def test_a_dull_pain_is_no_numbness():
    told = present("For 8 months low back pain increasing, dull also at rest in the night, on the whole left side.")

    assert not told & {"progressive-deficit", "sensory-loss"}


@pytest.mark.parametrize(
    "sentence", ["Sensation dulled over L5.", "Foot is dull to pinprick.", "There is dullness over the outer foot."]
)
def test_dull_feeling_is_numbness(sentence):
    assert "sensory-loss" in present(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Knock on the outer side of knee below the head of fibula: shock to back of the foot; tender there.",
        "Knocking on the fibular head shoots into the foot.",
    ],
)
def test_a_nerve_that_answers_to_a_knock_is_tender(sentence):
    assert "nerve-tenderness" in present(sentence)


def test_pain_on_percussion_of_a_vertebra_is_no_leg_pain():
    assert "leg-pain" not in present("Percussion L5 painful.")
    assert "leg-pain" in present("L5 pain on the right.")
