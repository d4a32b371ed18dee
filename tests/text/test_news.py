"""What was not there at an earlier contact, what a test excludes, and what stands in the wrong chart."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


def present(note):
    return {label for label in labels(note) if label[0] not in "-?"}


@pytest.mark.parametrize(
    ("note", "sign"),
    [
        ("Numbness from anus to scrotum with loss of sphincter control, none at 4-week check.", "saddle-numbness"),
        ("Sustained clonus and upgoing plantars. None of this at the 2 week visit.", "cord-sign"),
        ("Left foot drop; nothing of the sort at discharge.", "foot-drop"),
        ("Foot was 5/5 when she left recovery; this morning she can't lift it off the bed at all.", "foot-drop"),
        ("Both thighs are weakening.", "bilateral-leg-weakness"),
        ("My back is weeping water and if I sit up my head explodes.", "orthostatic-headache"),
        ("Calf tender Friday, duplex negative then; today the calf is 4 cm bigger.", "leg-swelling"),
        ("New left foot drop, charted in error as normal this morning.", "foot-drop"),
        ("Cannot pass urine since noon; nurse ticked voided by mistake.", "urinary-retention"),
        ("Left leg DVT, cover with heparin started.", "leg-swelling"),
        ("CTPA last week negative, now short of breath again with chest pain.", "dyspnoea"),
    ],
)
def test_what_came_since_the_last_contact_is_there(note, sign):
    assert sign in present(note)


@pytest.mark.parametrize(
    ("note", "sign"),
    [
        ("Calf tender Friday; duplex done the same day negative both legs.", "leg-swelling"),
        ("Brief chest pain on bending yesterday; ECG, troponin and CTPA done then all clear.", "chest-pain"),
        ("Ignore entry 'unable to move legs', written in wrong chart.", "bilateral-leg-weakness"),
        ("Nurse form ticked incontinent by mistake.", "urinary-incontinence"),
        ("Enoxaparin 40 mg for DVT prevention only.", "leg-swelling"),
        ("Limping because of a blister on the heel.", "leg-weakness"),
        ("Numb saddle, weak legs: none of these at present.", "saddle-numbness"),
    ],
)
def test_what_is_excluded_or_of_another_chart_is_not(note, sign):
    assert sign not in present(note)
