"""What a note says of then and of now: the last state it tells is the patient's."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


def of(text: str, concept: str) -> set[str]:
    """How the text has the concept: bare, denied or doubted; nothing where it is over and not spoken of again."""
    return {label for label in labels(text) if label.lstrip("-?") == concept}


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("fever", "Three weeks later he developed fever and chills. He has been afebrile for over a month."),
        ("chills", "T 102.1 in the ED with shaking chills. Afebrile since with no further chills."),
        ("claudication", "Before surgery both legs gave out after half a block. That has never come back."),
        ("leg-pain", "At his first visit he had leg pain 6/10. The leg pain went by week eight and has stayed away."),
        ("foot-drop", "At his first visit he had a left foot drop, dorsiflexion 3/5. Power today is 5/5."),
        ("urinary-retention", "She could not pass urine for three days; that settled and has been no bother since."),
        ("fever", "He had 38.1 the night after he got home. It came down by itself."),
        ("headache", "Mon: bad headache when upright. Wed: sat up for lunch, no headache."),
        ("implant-loose", "In 1/2022 Dr Voss recorded a loose S1 screw. Later CT showed no loosening of the screws."),
        ("wound-infection", "The wound became infected on day nine. He went back to theatre. All of this settled."),
        ("foot-drop", "He had a foot drop but it has recovered."),
        ("saddle-numbness", "She had saddle numbness, but this has resolved completely."),
        ("urinary-retention", "Could not pass urine on day 1 but this settled."),
        ("leg-weakness", "There was weakness of the left foot, which is now back to normal."),
        ("fever", "Numb in the saddle and had a fever but it settled."),
    ],
)
def test_what_was_then_and_is_denied_since_is_not_said(concept, text):
    assert not of(text, concept) - {f"-{concept}"}


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("fever", "T 39.2 in triage. Review of systems: no fever."),
        ("saddle-numbness", "On POD 4 he became numb between the legs. Review of systems: denies numbness."),
        (
            "urinary-retention",
            "In the first week she had retention. It settled. Since last night she cannot pass urine.",
        ),
        ("foot-drop", "Pre-op he had a foot drop. It recovered fully. Two days ago the foot drop was there again."),
        ("leg-weakness", "On the right gastrocnemius is 4/5; it was 5/5 at her last visit. Dorsiflexion 5/5."),
        ("leg-swelling", "In the second week the right calf became swollen. The left calf is not swollen."),
        (
            "altered-consciousness",
            "She was confused this morning. Her back surgery was 11 days ago. Sepsis alert called.",
        ),
        (
            "fever",
            "Two weeks after the fusion he had a fever of 39. Wound: draining pus. At discharge he was afebrile.",
        ),
        ("saddle-numbness", "Numb in the saddle and had a fever but it settled."),
        ("foot-drop", "He had a foot drop but it has come back."),
        ("foot-drop", "He had a foot drop but this recovered except for the toe."),
    ],
)
def test_a_sign_of_now_stays_beside_a_denial_that_tells_of_no_end(concept, text):
    assert concept in of(text, concept)


def test_bladder_bowel_and_saddle_are_over_only_together():
    text = (
        "On day 4 she had saddle numbness and retention. The retention has resolved. "
        "She still has saddle numbness and she is incontinent of stool."
    )
    assert "saddle-numbness" in labels(text)


def test_what_was_gone_for_a_while_is_not_denied_for_now():
    assert not of("The leg pain was gone for two months and I was back at work.", "leg-pain") & {"-leg-pain"}


@pytest.mark.parametrize("word", ["returned", "come back", "recurred"])
def test_what_has_not_come_back_is_denied(word):
    assert of(f"The headache has not {word}.", "headache") == {"-headache"}


def test_feeling_that_has_not_come_back_is_no_recovery():
    assert "-saddle-numbness" not in labels("The saddle feeling has not returned.")


def test_a_sentence_taken_back_by_the_next_says_nothing():
    assert not of("My note describes a foot drop on the left. That was a different patient.", "foot-drop")


def test_a_topic_of_the_sentence_before_is_taken_up_behind_words_of_time():
    assert "leg-swelling" in labels("On Sunday the left calf felt tight. By Monday it was swollen and red.")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("-saddle-numbness", "Any numbness around the back passage?\nNaw!"),
        ("-fever", "Have you had a fever?\nNo"),
        ("-neck-stiffness", "Headache or stiff neck?\nNo to both, I asked him."),
        ("saddle-numbness", "Feeling round the bottom and privates?\nGone. I sat on the bath."),
        ("altered-consciousness", "Is the person confused or drowsy?\nYes. He thought I was Mum."),
    ],
)
def test_a_question_on_one_line_is_answered_on_the_next(label, text):
    assert label in labels(text)


def test_what_somebody_would_do_if_has_not_happened():
    assert not of("If I go numb underneath or can't pee I'll go straight to A&E.", "urinary-retention")


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("cage-moved", "Cages have not moved or subsided."),
        ("urinary-incontinence", "I have not leaked or wet myself."),
        ("bowel-incontinence", "She reports no problems with urination or bowel control."),
    ],
)
def test_both_halves_of_a_denial_are_denied(concept, text):
    assert of(text, concept) == {f"-{concept}"}


@pytest.mark.parametrize("how_far", ["partly", "mostly", "largely", "almost", "nearly"])
def test_what_has_gone_in_part_is_not_denied(how_far):
    assert "-saddle-numbness" not in labels(f"Saddle numbness, which has {how_far} resolved.")
