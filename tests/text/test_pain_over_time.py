"""Pain over time: what a sentence tells of the end of its pain, and what scores before and after tell together."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

_PAIN = frozenset({"leg-pain", "back-pain", "bilateral-leg-pain", "claudication", "chronic-pain", "burning-pain"})


@pytest.mark.parametrize(
    "text",
    [
        "Thigh muscles ached after the first ski day, on both sides equally, gone by Wednesday.",
        "Back went into spasm lifting a suitcase 3 weeks ago; two days of ibuprofen, nothing left of it now.",
        "Leg pain for a few days after the flight, it passed.",
        "Both calves ached after a hike, back to normal by Monday.",
        "Back pain last month, not a trace of it today.",
    ],
)
def test_a_pain_that_its_sentence_ends_is_none_of_now(text):
    assert not _PAIN & labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Leg pain for a few days after the flight, it passed, but it is back since Monday.",
        "Wound pain gone by Wednesday, leg pain still 6/10.",
        "Back pain daily; fever gone by Wednesday.",
        "Legs ache after 100 m, gone within a minute of sitting.",
    ],
)
def test_a_pain_that_came_back_or_comes_and_goes_stands(text):
    assert _PAIN & labels(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("VAS leg 9 preop, 0 at 6 wks, 7 now.", {"leg-pain", "pain-returned"}),
        ("Leg VAS 8/1/7 (preop/6w/now).", {"leg-pain", "pain-returned"}),
        ("ODI 54 pre-op, 56 at present.", {"chronic-pain", "no-relief"}),
        ("NRS back: 8 before, 7 at 1 year.", {"back-pain", "no-relief"}),
    ],
)
def test_scores_that_stay_or_rise_again_tell_the_course(text, told):
    assert told <= labels(text)


@pytest.mark.parametrize(
    "text", ["VAS back 1 (pre-op 8), VAS leg 1 (pre-op 7).", "Leg NRS: pre 8, 6 wk 1, 1 yr 0.", "COMI 8.2 -> 1.1."]
)
def test_scores_that_fell_to_nearly_none_tell_of_no_pain(text):
    assert not _PAIN & labels(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The left leg, which was fine, hurts again from hip to ankle.", {"leg-pain", "pain-returned"}),
        ("Can't drive, can't sleep for my leg.", {"leg-pain"}),
        ("Both calves tighten after one bus stop.", {"claudication"}),
        ("No better than before.", {"no-relief", "chronic-pain"}),
    ],
)
def test_pain_is_told_without_a_word_for_it(text, told):
    assert told <= labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "EHL 4+/5 as before surgery, rest 5/5.",
        "Flow neither better nor worse since the operation.",
        "Film: osteophytes, same as pre-op.",
        "Has recovered fully and takes no pain relief.",
    ],
)
def test_what_is_as_before_of_another_thing_is_no_pain(text):
    assert not _PAIN & labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Plantar fasciitis: first-step heel pain, insoles.",
        "Husband's back is so bad now that she has to do the lifting.",
        "Wife's leg pain keeps them both awake. He is well himself.",
        "Indication: intractable left sciatica. Now: painless.",
        "Diagnosis on admission: stenosis with bilateral leg pain. At discharge free of complaints.",
        "Should the pain in the leg come back, please ring the spine nurse.",
    ],
)
def test_pain_of_another_part_person_or_time_is_not_the_patients(text):
    assert not _PAIN & labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Plantar fasciitis on the right. Sciatica down the left leg for four weeks.",
        "His wife's back is bad and he has leg pain as well.",
        "Indication: intractable left sciatica. Now: still 7/10 down the left leg.",
        "Pre-op: leg pain 9. Now: leg pain 8.",
    ],
)
def test_the_patients_own_pain_beside_it_stands(text):
    assert _PAIN & labels(text)


def test_shingles_on_the_chest_are_no_chest_pain_and_breathlessness_is():
    assert "chest-pain" not in labels("Shingles on the left chest wall, T5, painful.")
    assert "chest-pain" in labels("Shingles cleared. Sudden pleuritic chest pain since morning.")
