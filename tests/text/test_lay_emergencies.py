"""Emergencies as patients, carers, receptionists and dictation tell them, and the uneventful that sounds alike."""

from __future__ import annotations

import pytest

from service.text.shorthand.spoken_grades import with_spoken_grades
from tests.text.reading import labels

LEAK = {"clear-drainage", "wound-drainage"}
HEAD = {"orthostatic-headache"}
WEAK = {"leg-weakness", "foot-drop", "bilateral-leg-weakness"}
SADDLE = {"saddle-numbness", "sexual-loss"}
PASSING = {"urinary-retention", "urinary-incontinence", "bowel-incontinence"}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (LEAK, "The plaster gets wet all the time, not blood, like tap water."),
        (LEAK, "Her night shirt is wet at the back, thought it was sweat, like water, no colour."),
        (LEAK, "Clear stuff runs in to his trousers."),
        (LEAK, "I am leaking from my back like a dripping faucet."),
        (HEAD, "If he lies flat it goes, if he sits up his head bursts."),
        (HEAD, "Head is fine flat in bed but as soon as she sits it's like a vice."),
        (HEAD, "Pounding skull ache whenever vertical, gone in maybe 3 min lying down."),
        (HEAD, "Sat him up for breakfast, clutching his head."),
        ({"neck-stiffness"}, "When she wanted to put a pillow below his head he screamed that his neck was a plank."),
        ({"low-csf-pressure"}, "She sees two of everything since the weekend."),
        ({"altered-consciousness"}, "He answers slowly."),
        ({"fever"}, "Mother changes the sheets each night, and measured 39,6."),
        ({"crp"}, "The assistant did a fingerprick, the inflammation number was 230."),
        ({"tense-swelling"}, "Drain output zero since midnight, dressing tense and bulging like a loaf."),
        (WEAK, "Somebody poured concrete in my pants."),
        (WEAK, "Strength hip flexor three bilateral quad two dorsiflex or one right zero left."),
        (WEAK, "Power (tired, pain): hips 4 knees 4 ankles 2 toes 1 both."),
        (WEAK, "I tell my big toe to go up and it ignores me."),
        (WEAK, "He could wiggle his toes last night. Today nothing moves."),
        (WEAK, "Toe walking - couldn't do either side."),
        (SADDLE, "Pinprick inside thighs reduced, buttocks reduced."),
        (SADDLE, "My hubby and I tried Thursday, I felt zip."),
        (SADDLE, "In-out catheter by the nurse, felt neither the tube going in nor the fullness."),
        (SADDLE, "Can not feel the bed under him."),
        (PASSING, "I don't know I'm going till it's down my shoes."),
        (PASSING, "If I sit on the pot on purpose nothing comes."),
        (PASSING, "The water does not come since morning."),
    ],
)
def test_an_emergency_is_heard_in_the_words_of_lay_people(wanted, told):
    assert wanted & labels(told)


@pytest.mark.parametrize(
    "told",
    [
        "Pyjamas wet from sweat during the heat wave.",
        "Spilled a glass of water over the bed, sheets changed.",
        "Small serous spot on the dressing day 2, dry since.",
        "The dressing got wet in the shower so I changed it.",
        "Nurse put a waterproof dressing on for the shower.",
        "If she sits up and gets a headache she should ring us.",
        "A bit light-headed when I stand up quickly, gone in seconds.",
        "Migraine on Tuesday as always with her period, aspirin helped.",
        "She does planks every morning.",
        "Sees two therapists every week.",
        "He answers slowly because of his stammer since childhood.",
        "The inflammation number was 4 at the GP.",
        "Fingerprick glucose 230 mg/dl, corrected with insulin.",
        "They poured concrete for the new patio next door.",
        "Power hips 5 knees 5 ankles 5 toes 5 both.",
        "The dog ignores me when I tell him to get up.",
        "Foot went to sleep from sitting crossed on the sofa, woke in a minute.",
        "I wear floppy slippers indoors.",
        "The dentist numbed my jaw on Friday.",
        "I felt nothing wrong down there.",
        "I don't know where I'm going on holiday yet.",
        "We tried the new restaurant on Thursday.",
        "Nothing comes in the post.",
    ],
)
def test_an_uneventful_recovery_in_the_same_words_stays_silent(told):
    signs = LEAK | HEAD | WEAK | SADDLE | PASSING
    signs |= {"neck-stiffness", "low-csf-pressure", "altered-consciousness", "fever", "crp", "tense-swelling"}
    assert frozenset() == signs & labels(told)


def test_power_in_spoken_figures_is_written_out_of_five():
    assert "Strength hip flexor 3/5, dorsiflexion 1/5 right 0/5 left" == with_spoken_grades(
        "Strength hip flexor three dorsiflex or one right zero left"
    )


def test_figures_without_a_word_for_power_or_a_second_item_stay():
    assert "Knees 4 stitches, power to two toes." == with_spoken_grades("Knees 4 stitches, power to two toes.")
