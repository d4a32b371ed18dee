"""What patients and their relatives say in their own words, and what they only fear, thought or were told."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I stood in the lavvy for an hour and cannot get anything to come.", "urinary-retention"),
        ("The pee goes alone and only later I see wet.", "urinary-incontinence"),
        ("I've no hold over my motions, they come before I can get to the toilet.", "bowel-incontinence"),
        ("He scored my big toe three out of five.", "leg-weakness"),
        ("Ah cannae haud ma jobbies in.", "bowel-incontinence"),
        ("Good for two months, then bam, the leg pain is back again.", "pain-returned"),
        ("Mum is burning up and not making any sense.", "fever"),
        ("The nurse says the stuff out of Dad's scar is yellow gunk, it oozes from the wound.", "wound-drainage"),
    ],
)
def test_everyday_words_say_what_a_clinic_has_one_word_for(text, said):
    assert said in labels(text)


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("There's no wetting.", "-urinary-incontinence"),
        ("My foot's fine, I can lift it up no bother.", "-foot-drop"),
        ("I am not having sugar.", "-diabetes"),
        ("I've packed the fags in.", "-smoking"),
    ],
)
def test_everyday_words_deny(text, denied):
    assert denied in labels(text)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("I thought my calf had swollen but it was only the sock.", "leg-swelling"),
        ("The checklist says dial 999 for numbness between the legs.", "saddle-numbness"),
        ("The old dog has lost the use of her legs with a slipped disc.", "disc-herniation"),
        ("She is quite with it.", "-smoking"),
    ],
)
def test_what_was_believed_read_or_happened_to_an_animal_tells_nothing(text, silent):
    assert silent not in labels(text)
