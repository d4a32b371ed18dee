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


@pytest.mark.parametrize(
    ("text", "denied", "said"),
    [
        ("My leg doesn't hurt any more, it's just the low back that is killing me.", "-leg-pain", "back-pain"),
        ("I have never smoked, it was him that smoked.", "-smoking", None),
        ("His back pain has gone and so has the leg pain.", "-leg-pain", None),
        ("Sitting kills me, standing is no bother.", None, "worse-sitting"),
        ("Leg pain is nil now but the heel is still numb.", "-leg-pain", "sensory-loss"),
        ("That bad head I had, one that came on when I sat up, it's gone now.", "-headache", None),
    ],
)
def test_what_is_told_of_the_next_thing_is_not_denied_with_the_first(text, denied, said):
    told = labels(text)
    assert {each for each in (denied, said) if each} <= told
    assert not {denied[1:] if denied else "worse-standing"} & told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Could it be an abscess in the spinal canal?", "?epidural-abscess"),
        ("They're worried she might have discitis.", "?spinal-infection"),
        ("She fainted twice this morning, should I call an ambulance?", "syncope"),
        ("My leg is ice cold and it's gone a funny grey colour.", "cold-leg"),
        ("I came down heavily on the steps.", "fall-or-trauma"),
    ],
)
def test_a_question_behind_a_claim_or_a_suspicion_leaves_it_told(text, told):
    assert told in labels(text)


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("How long do I keep the stitches dry?", "-wound-drainage"),
        ("My late husband couldn't move his legs at the end.", "bilateral-leg-weakness"),
        ("Could I get a fever from it?", "?fever"),
    ],
)
def test_a_question_of_care_and_another_persons_story_tell_nothing(text, silent):
    assert silent not in labels(text)


def test_who_cannot_go_without_stopping_for_air_is_breathless():
    assert "dyspnoea" in labels("I can't get to the bathroom without stopping for air.")
    assert "-dyspnoea" in labels("I walk to the shop without stopping for air.")
