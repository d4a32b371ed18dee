"""Lists of signs: what is denied, asked or handed out is never read as there, and what is there is heard."""

from __future__ import annotations

import pytest

from service.text.shorthand.sign_lists import with_sign_lists
from tests.text import sign_texts
from tests.text.reading import labels, told

ALARMS = frozenset(sign_texts.SIGNS) | {"cauda-equina-code", "lax-sphincter", "sexual-loss", "sensory-loss", "headache"}
WITH = {
    "foot-drop": {"leg-weakness"},
    "leg-weakness": {"bilateral-leg-weakness"},
    "urinary-incontinence": {"bowel-incontinence"},
}
"""What a sign may bring along."""


def said(text: str) -> frozenset[str]:
    """The alarming concepts that are said, or doubted, of the patient."""
    return frozenset(label.lstrip("?") for label in labels(text) if label.lstrip("?") in ALARMS)


@pytest.mark.parametrize(
    "texts", [sign_texts.answered, sign_texts.lined, sign_texts.boxed, sign_texts.handed_out], ids=lambda f: f.__name__
)
def test_of_a_list_of_signs_only_what_is_there_is_said(texts):
    wrong = [
        (text, said(text))
        for concept, text in texts()
        if not ({concept} - {""} <= said(text) <= {concept} | WITH.get(concept, set()))
    ]

    assert [] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "Red flags: ca 0 / fever 0 / wt loss 0 / trauma 0 / steroid 0 / sphincter 0 / saddle 0.",
        "Red flags: nil fever / nil wt loss / bladder + bowel normal / saddle normal / no night pain / follow up done.",
        "Pls note the warning list I gave (numb perineum, incontinence, foot drop, fever) is our routine hand-out.",
        "Pt warned re leg weakness/sphincter.",
        "PVR 15 ml, PR tone N. Neuro N, PVR 15 ml, PR tone N.",
        "LE strength full, refl N, plantars down, gait N. Bladder/bowel N, saddle N.",
        "Bladder N, Bowel N, Saddle N, Power N, Reflexes N.",
        "Voiding N, no saddle numbness, pelvic floor N.",
        "Standing films: mature bone both sides, no movement at L4/5 or L5/S1.",
        "Nails on R growing faster, ridged.",
        "Since last night clear watery fluid wets the nightie.",
        "Fever 0. SOB 0.",
        "Cauda equina: bladder N, bowel N, saddle N, legs N.",
        "SN re CES given (saddle numbness/retention/faecal incontinence).",
    ],
)
def test_a_list_without_a_sign_alarms_nobody(text):
    assert frozenset() == said(text) - {"wound-drainage"}


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("weight-loss", "Red flags: cancer nil / fever nil / wt loss 7 kg in 2 months / trauma nil"),
        ("urinary-retention", "nil fever, nil wt loss, nil trauma, can't pass urine since last night, saddle normal"),
        ("saddle-numbness", "CES screen: bladder ok, bowel ok, saddle numb on the left, power ok."),
        ("saddle-numbness", "RF: ca 0, fever 0, saddle reduced since Fri, bladder 0."),
        ("foot-drop", "Warned re driving as has L foot drop."),
        ("leg-weakness", "Safety-netted for saddle numbness; leg weakness today 3/5 on the right."),
        ("saddle-numbness", "Given CES leaflet last week. Now saddle numbness since this morning."),
        ("bowel-incontinence", "ROS neg apart from bowel incontinence twice this week."),
        ("foot-drop", "Positive for foot drop; negative for fever, wt loss, saddle numbness, incontinence."),
    ],
)
def test_a_sign_told_beside_a_list_is_heard(expected, text):
    assert expected in labels(text)


def test_what_stands_before_a_list_is_kept():
    assert {"-leg-pain", "-fever"} <= labels("No leg pain now. Red flags: fever 0 / wt loss 0 / saddle 0.")


def test_a_good_thing_that_is_missing_is_not_denied_in_a_list():
    assert "-saddle-numbness" not in labels("Fever nil / wt loss nil / saddle sensation: none / trauma nil")


def test_an_answer_that_goes_on_is_no_denial():
    assert "-urinary-incontinence" not in labels("Fever: no\nIncontinence: no longer dry\nWeight loss: no")


def test_signs_of_three_unrelated_emergencies_as_bare_nouns_are_not_understood():
    text = "Fever, trauma, weight loss, incontinence, calf swelling."
    read = told(text)

    assert () == read.statements
    assert [text] == [missed.words for missed in read.not_understood]


@pytest.mark.parametrize(
    "text",
    [
        "Fever, weight loss and a left foot drop for three days.",
        "Fever, weight loss, foot drop.",
        "Wound discharge, fever, headache, foot drop.",
        "Fever, chest pain, new leg weakness.",
        "She has fever, weight loss and incontinence.",
    ],
)
def test_signs_of_three_emergencies_told_of_somebody_are_said(text):
    assert {"fever"} < labels(text)


@pytest.mark.parametrize("text", ["IP 5 / quads 5 / TA 0", "SLR neg, FST neg", "No fever.", ""])
def test_what_lists_no_answered_signs_stays_as_it_is(text):
    assert text == with_sign_lists(text)
