"""What a scan, a culture, a needle or a probe showed is heard in words; the normal, the old and the others' is not."""

from __future__ import annotations

import pytest

from service.text.reader import Context, read_sentence
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
