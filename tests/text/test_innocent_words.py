"""Claims about words of an emergency that are innocent in their sentence, each beside a true one."""

from __future__ import annotations

import pytest

from tests.text.reading import labels, statements


def present(sentence, kind="note"):
    return {label for label in labels(sentence, kind) if label[0] not in "-?"}


@pytest.mark.parametrize(
    "sentence",
    [
        "No retention (voided twice since the drain came out).",
        "Denies urinary retention (passed water at noon, residual 30 ml) and numbness.",
        "No numbness of the saddle (pin sharp S2-4), no leak.",
    ],
)
def test_what_stands_in_brackets_behind_a_denial_tells_why_and_is_not_turned_round(sentence):
    assert not present(sentence) & {"urinary-retention", "saddle-numbness"}


def test_a_denial_goes_on_behind_an_exception_in_brackets():
    assert "-dyspnoea" in labels("Denied chest pain (other than heartburn) or breathlessness.")


def test_a_complaint_behind_a_denied_one_is_heard():
    assert "urinary-retention" in present("No saddle numbness. Has urinary retention (bladder scan 620 ml) since noon.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Weak stream of many years, known to urology, nothing different.",
        "Slow stream, long standing, seen by urology, no change.",
        "Breathless on the stairs for ten years, no different.",
        "The hesitancy predates surgery and has not altered.",
    ],
)
def test_a_sign_called_long_known_in_one_breath_is_over_as_far_as_alarms_go(sentence):
    signs = {"urinary-retention", "dyspnoea"}

    assert [] == [s for s in statements(sentence) if not s.closed and s.concept in signs]


@pytest.mark.parametrize(
    "sentence",
    [
        "Weak stream for years, worse since Friday.",
        "Weak stream for six years, worse since Friday.",
        "Back pain for ten years, and since Sunday a weak stream.",
        "Weak stream for years but on Tuesday he went into retention.",
    ],
)
def test_a_word_of_change_or_a_time_of_another_complaint_leaves_a_sign_open(sentence):
    assert "urinary-retention" in present(sentence)


def test_a_sign_behind_a_but_does_not_take_the_year_before_it():
    (drop,) = [
        s
        for s in statements("Left foot drop from 2009, but the right foot drops since Monday.")
        if s.concept == "foot-drop" and s.side.value == "right"
    ]
    assert drop.onset is None or 2009 != drop.onset.first.year


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("She was fine by the fall of 2023.", "fall-or-trauma"),
        ("Nerve study: old S1 injury.", "fall-or-trauma"),
        ("Aneurysm screening last spring was clear.", "aortic-aneurysm"),
        ("His father has just been diagnosed with prostate cancer.", "cancer-history-bone"),
        ("Drenched the sheets on a few nights.", "urinary-incontinence"),
        ("Soaked with sweat, the bedding has to be changed.", "urinary-incontinence"),
        ("Pinprick reduced from the groin down, patchy.", "saddle-numbness"),
        ("Pinprick reduced over the shin, normal in the perineum.", "saddle-numbness"),
        ("Reduced pinprick above and medial to the knee.", "progressive-deficit"),
    ],
)
def test_a_season_a_test_a_relative_sweat_or_the_border_of_a_region_is_no_emergency(sentence, concept):
    assert concept not in present(sentence)


def test_the_level_of_a_tumour_that_presses_is_no_fracture():
    assert "vertebral-fracture" not in present("Metastasis with L1 epidural compression.", "report")


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Fell off a ladder in the fall.", "fall-or-trauma"),
        ("AAA screening found a 5 cm aneurysm.", "aortic-aneurysm"),
        ("Treated for prostate cancer, on hormones.", "cancer-history-bone"),
        ("Woke with the bed wet and had not felt it.", "urinary-incontinence"),
        ("Sensation normal in both feet but reduced around the anus.", "saddle-numbness"),
        ("Numbness is now up to the knee.", "progressive-deficit"),
    ],
)
def test_the_true_one_beside_it_is_heard(sentence, concept):
    assert concept in {s.concept for s in statements(sentence) if s.polarity.value == "yes"}


@pytest.mark.parametrize(
    "sentence",
    [
        "ROS: neg x 12 incl. fever, weight loss, bowel/bladder incontinence, saddle anesthesia.",
        "Review of systems otherwise neg incl. saddle anaesthesia and urinary retention.",
        "Negative review of 10 systems, esp. no saddle numbness.",
    ],
)
def test_a_shortened_word_with_its_dot_ends_no_denied_list(sentence):
    assert not present(sentence) & {"saddle-numbness", "urinary-incontinence", "urinary-retention", "fever"}


def test_numbness_that_creeps_up_both_feet_alike_is_no_progressing_deficit():
    assert "progressive-deficit" not in present("Numb and burning feet, progressive and symmetric, for 18 months.")
    assert "progressive-deficit" in present("The foot drop is progressive.")
