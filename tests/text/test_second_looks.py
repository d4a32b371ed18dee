"""What one half of a sentence says of the other: a second look at a finding, two measures set side by side."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


def of(concept, sentence, kind="note"):
    """What a sentence says of one concept: every label of it."""
    return {label for label in labels(sentence, kind) if label.lstrip("-?") == concept}


@pytest.mark.parametrize(
    ("concept", "sentence"),
    [
        ("epidural-hematoma", "What was called hematoma is normal fat; there is no epidural blood."),
        ("disc-herniation", "What was reported as a recurrent disc is a conjoined root."),
        ("implant-broken", "The line previously queried as a rod fracture is an overlapping cable."),
        ("epidural-abscess", "What the prelim called an epidural abscess is a flow void."),
        ("epidural-collection", "The epidural collection described overnight is epidural fat."),
    ],
)
def test_what_an_earlier_reader_took_for_a_finding_and_is_another_thing_is_denied(concept, sentence):
    assert {f"-{concept}"} == of(concept, sentence, "report")


@pytest.mark.parametrize(
    "sentence",
    [
        "What was called an epidural hematoma is larger today.",
        "The epidural hematoma described overnight is unchanged.",
    ],
)
def test_what_a_second_look_confirms_stays_said(sentence):
    assert {"epidural-hematoma"} == of("epidural-hematoma", sentence, "report")


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"leg-swelling"}, "R calf girth 43 vs 38 cm."),
        ({"leg-swelling"}, "L calf 41cm, R 37."),
        (set(), "L calf 39.5 cm, R 38 cm."),
        ({"-leg-swelling"}, "Calves 38 cm R, 38 cm L."),
    ],
)
def test_two_calves_are_compared_by_their_girth(expected, sentence):
    assert expected == of("leg-swelling", sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"lead-moved"}, "Stimulator leads: tip now at T11, previously T9."),
        ({"lead-moved"}, "Dorsal column stimulator, paddle lead at T10 today versus T8 on prior."),
        ({"-lead-moved"}, "Stimulator lead tip at T8, previously T8."),
        (set(), "Stimulator leads span T8 to T10."),
    ],
)
def test_two_levels_of_a_lead_tell_whether_it_moved(expected, sentence):
    assert expected == of("lead-moved", sentence, "report")


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"lax-sphincter"}, "Anal tone absent on examination."),
        ({"-cord-sign"}, "Clonus absent on left."),
        ({"absent-pulses"}, "Foot pulses absent on the left."),
        ({"absent-pulses"}, "Pulses absent at ankle."),
    ],
)
def test_what_is_absent_on_a_side_is_absent(expected, sentence):
    (concept,) = {label.lstrip("-?") for label in expected}
    assert expected == of(concept, sentence)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"urinary-retention"}, "Retains >500 mL without intermittent catheter."),
        ({"urinary-retention"}, "Will not empty without ISC."),
        ({"-urinary-retention"}, "Voids well without a catheter."),
        ({"saddle-numbness"}, "Does not deny numbness between the legs."),
        ({"-saddle-numbness"}, "She doesn't report any numbness in the saddle region."),
        ({"leg-pain"}, "He wouldn't say he is ever without leg pain."),
        ({"epidural-abscess"}, "MRI L-spine w/wo read as discitis with ventral epidural abscess."),
        ({"-lax-sphincter"}, "PVR 60mL, PR tone N."),
        ({"-urinary-incontinence"}, "Denies retention, urinary or fecal incontinence."),
        ({"-fever"}, "Nil of note re weight loss; fever; bladder leakage."),
        ({"device-off"}, "Battery flat since Thursday, so stimulator is off and the cover's gone."),
        ({"device-relief-lost"}, "Battery flat since Thursday, so stimulator is off and the cover's gone."),
    ],
)
def test_a_denial_reaches_what_it_is_meant_for(expected, sentence):
    (concept,) = {label.lstrip("-?") for label in expected}
    assert expected == of(concept, sentence)


def test_a_doubt_reaches_both_halves_of_an_or():
    sentence = "The signal might represent early discitis or simply Modic type 1 change."
    assert {"?modic-change"} == of("modic-change", sentence, "report")


def test_what_is_given_as_the_reason_of_a_doubt_is_not_doubted():
    sentence = "Given the previous renal cell carcinoma a metastasis in L1 cannot be excluded."
    assert "?cancer-history-bone" not in labels(sentence, "report")
    assert {"?spinal-tumour"} == of("spinal-tumour", sentence, "report")
