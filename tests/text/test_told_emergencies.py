"""What a scan, a culture, a needle or a probe showed is heard in words; the normal, the old and the others' is not."""

from __future__ import annotations

import pytest

from service.text.reader import Context, read_sentence
from tests.text.reading import labels as labels_of
from tests.text.reading import language


def heard(text: str) -> set[str]:
    sentence, _ = read_sentence(text, language(), "note", Context())
    return {r.concept for r in sentence.readings if not (r.sign or r.away or r.past or r.topic)}


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("pulmonary-embolism", "CTPA saddle embolus, troponin up."),
        ("pulmonary-embolism", "Scan says clots on both lungs."),
        ("leg-thrombosis", "Acute occlusive thrombus left common femoral and popliteal veins."),
        ("leg-thrombosis", "The sonographer found a clot behind the knee."),
        ("bacteraemia", "Both sets growing MSSA at 11 hours."),
        ("meningitis", "LP: turbid, 2,400 cells mostly polys."),
        ("deep-wound", "Probe goes straight down to the lamina, there is pus."),
        ("cold-leg", "No flow on Doppler in the left foot, marble white."),
        ("cold-leg", "Calf compartments rock hard."),
        ("abdominal-distension", "Board-like abdomen."),
        ("low-csf-pressure", "CT head: bilateral subdural hygromas."),
        ("tense-swelling", "The lump on my back is getting bigger by the hour."),
        ("crp", "C-reactive protein one hundred and ninety."),
        ("esr", "Sed rate ninety six."),
        ("sepsis", "She is septic."),
        ("clear-drainage", "Halo sign on the pillowcase."),
        ("altered-consciousness", "He talks rubbish."),
        ("fever", "She is hot as an oven."),
    ],
)
def test_a_confirmed_emergency_is_heard(concept: str, text: str) -> None:
    assert concept in heard(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("pulmonary-embolism", "CTPA negative for PE."),
        ("pulmonary-embolism", "Bed 5 PE on heparin."),
        ("leg-thrombosis", "Duplex: no DVT, veins fully compressible."),
        ("leg-thrombosis", "Had a DVT in 1998."),
        ("bacteraemia", "Blood cultures: no growth at 5 days."),
        ("sepsis", "Sepsis screen: 0 red flags."),
        ("sepsis", "Sepsis from the gallbladder five years ago, fully recovered."),
        ("deep-wound", "The wound does not probe to bone."),
        ("tense-swelling", "Small soft seroma below the scar, going down."),
        ("crp", "CRP 31, was 174."),
        ("crp", "CRP 6."),
        ("altered-consciousness", "Feeling fit, off to Skye."),
    ],
)
def test_the_normal_the_old_and_the_others_are_not(concept: str, text: str) -> None:
    assert concept not in heard(text)


@pytest.mark.parametrize(
    ("concepts", "text"),
    [
        ({"leg-weakness", "urinary-retention"}, "Leg weakness and urinary retention."),
        ({"urinary-retention", "saddle-numbness"}, "Cannot pass urine or feel the saddle."),
        ({"urinary-retention", "saddle-numbness"}, "Cannot feel the saddle or pass urine."),
        ({"urinary-retention", "saddle-numbness"}, "He cannot pee or feel his bottom."),
        ({"fever", "leg-weakness", "wound-drainage"}, "Fever or chills since last night, leg weakness and wound pus."),
        ({"chest-pain", "fever", "leg-weakness"}, "Fever/chills, wound discharge, left leg weak, chest pain."),
    ],
)
def test_two_signs_in_one_breath_are_both_heard(concepts: set[str], text: str) -> None:
    assert concepts <= heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "Return/call: fever >101.4, wound drainage or opening, new leg weakness, loss of bladder control or unable to "
        "urinate, calf pain/swelling, chest pain.",
        "Attend A&E with sudden chest pain or breathlessness, new weakness or numbness of legs, temperature, or pus.",
        "Chest pain or breathlessness, new weakness of the legs, fever, or pus: attend casualty.",
    ],
)
def test_signs_named_as_this_or_that_are_of_nobody(text: str) -> None:
    assert not heard(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("urinary-retention", "Bladder: Foley | Bowel: flatus."),
        ("urinary-retention", "IDC 40-70/hr."),
        ("urinary-retention", "Catheter 1300."),
        ("hypotension", "JP 90/60 (down)."),
        ("urinary-retention", "LDA: PIV x2, art line d/c 1420, Foley, HVAC x2."),
        ("leg-swelling", "Ankles mildly puffy both sides equal at day's end, soft."),
        ("leg-swelling", "Exceedingly rare, (6) thrombosis of leg and lung, (7) anaesthetic matters."),
        ("syncope", "Faint on first standing, second time fine."),
        ("leg-weakness", "14:00 block Th10, legs no movement 0/0, no sensation."),
        ("leg-weakness", "Knee reflexes weak, ankle reflexes not evocable."),
        ("urinary-incontinence", "Urination by himself in the night, five times, which is his custom."),
        ("sexual-loss", "No weight > 2 kg 6 weeks; no intimacy 4 weeks; do not wet dressing."),
        ("urinary-retention", "Attended with wife, who has been diagnosed with MS after a spell of bladder trouble."),
        ("leg-weakness", "Hip flexor length limited L."),
        ("bowel-incontinence", "Perching stool, trolley, bed lever in place."),
        ("saddle-numbness", "Nothing to do with back op, legs fine, feels fine wiping."),
    ],
)
def test_what_stands_on_a_chart_of_every_ward_is_no_sign(concept: str, text: str) -> None:
    assert concept not in labels_of(text)


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("leg-weakness", "Legs do not move, block should have worn off."),
        ("leg-weakness", "Cannot move legs, no sensation since the operation, epidural haematoma?"),
        ("leg-weakness", "Leg weak, ankle reflex absent."),
        ("leg-swelling", "Left calf swollen, both ankles mildly puffy."),
        ("urinary-retention", "Foley reinserted for retention 900 ml."),
        ("urinary-retention", "Catheter 900 ml."),
        ("leg-weakness", "New leg weakness, fever or chills, chest pain, come to A&E by ambulance."),
        ("wound-drainage", "Nonunion risk discussed, wound leaking pus."),
    ],
)
def test_the_same_words_of_a_sign_are_heard(concept: str, text: str) -> None:
    assert concept in labels_of(text)


def test_a_catheter_that_was_needed_is_one() -> None:
    assert "urinary-retention" in labels_of("Catheterised overnight for 900 ml.")


def test_toes_by_their_numbers_are_no_grades() -> None:
    assert "progressive-deficit" not in labels_of("Dullness on the foot is shrunk to web of toes 1 and 2.")


def test_a_new_sign_beside_the_known_one_is_not_known() -> None:
    assert "urinary-incontinence" in labels_of("Baseline incontinence, now wet without knowing.")
