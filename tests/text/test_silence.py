"""What an uneventful course writes is no alarm, and the same words with a real sign are one."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

SIGNS = frozenset(
    {
        *("foot-drop", "leg-weakness", "bilateral-leg-weakness", "saddle-numbness", "urinary-retention"),
        *("urinary-incontinence", "bowel-incontinence", "wound-drainage", "wound-infection", "leg-swelling"),
    }
)


def signs(text: str) -> frozenset[str]:
    return labels(text) & SIGNS


QUIET = [
    "Consult hospital when: wound swells or fluid comes, legs lose power, urine does not come out.",
    "Return without losing time: discharge from wound, strength loss in the foot, numbness between the legs.",
    "Inform ward at any time for: leg weakness, leaking wound, no urine.",
    "811 or ER if: wound running, numb between thighs, can't empty bladder, new weakness.",
    "The patient declares having understood: haemorrhage by vascular lesion, thrombosis, infection, lesion of roots"
    " with paralysis, alteration of sphincters, need of arthrodesis.",
    "Second operation has more scar so dural tear 10-15 %, infection, nerve damage (permanent weakness of calf), cauda"
    " equina, recurrence 10 %, failed back with chronic pain, eventual fusion.",
    "EHL right MRC 4, unchanged compared with pre-op, tibialis anterior 5.",
    "Motor 5/5 except R hip flexion 4/5 limited by groin from hip arthritis, as before surgery.",
    "R: IP 5 Q 5 TA 4 EHL 4 GS 5, all as pre-op.",
    "TA 4/5 both, the same he had before and equal.",
    "Right big toe slightly weaker, known.",
    "Hamstring tight both sides, core weak.",
    "PTR normal, ATR weak on both sides.",
    "Bladder scan 18:00 340 ml, no urge yet; 18:40 spontaneous 400 ml in the bottle, rest 15 ml.",
    "GU: voids 300-400 clear, PVR 41.",
    "Stiff after cycling against the wind, that goes by itself.",
    "Neuro q4h: A&Ox4 | BLE strength 5/5 | numbness/tingling: none | saddle sens: intact",
    "Came from rehab. [x] staples removed [x] edges closed [ ] erythema [ ] drainage [ ] dehiscence. Walks.",
    "Both wounds dry, glue lifting, yellow bruise R buttock tracking to hip crease, not hot.",
    "Psych neg; Heme neg for DVT.",
    "Sleep regular / fever no / wound ok / bowel yes / urine yes / legs ok.",
]
LOUD = [
    ("Came to hospital: foot drop, saddle numb, incontinent.", "saddle-numbness"),
    ("Call from wife: leg weak, numb saddle, cannot pass urine.", "urinary-retention"),
    ("Phone call to ward: leg weak, saddle numb, no urine passed.", "saddle-numbness"),
    ("Return to hospital: numb saddle, retention since last night.", "saddle-numbness"),
    ("Present to ED: foot drop, numb perineum, can't pee.", "foot-drop"),
    ("Contacted clinic: fever, wound draining pus, chills.", "wound-drainage"),
    ("Complications: wound infection, PE, dural tear, foot drop.", "foot-drop"),
    ("R TA 4/5 same as pre-op, EHL 3/5, GS 5/5.", "leg-weakness"),
    ("Right foot drop, not as before surgery.", "foot-drop"),
    ("Foot drop, new, known to surgeon.", "foot-drop"),
    ("Numb saddle same as at last visit.", "saddle-numbness"),
    ("PVR 600 ml, catheterised, PVR 20 ml after.", "urinary-retention"),
    ("Neuro q4h: A&Ox4 | BLE strength 3/5 | numbness: left foot | saddle sens: absent", "saddle-numbness"),
    ("Symptoms: [ ] fever [x] saddle numbness [x] retention [ ] weakness", "urinary-retention"),
    ("Wound oozing yellow pus, bruise around.", "wound-drainage"),
    ("Saddle numb yes / bladder yes / bowel yes / fever no", "saddle-numbness"),
]


@pytest.mark.parametrize("text", QUIET)
def test_what_an_uneventful_course_writes_is_no_sign(text):
    assert frozenset() == signs(text)


@pytest.mark.parametrize(("text", "sign"), LOUD)
def test_the_same_words_with_a_real_sign_tell_it(text, sign):
    assert sign in signs(text)
