"""Whatever a step is called and however a note tells it: done, booked and declined are read, and a plan is none."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from service.domain.done_steps import DECLINED, DONE, PENDING, UNREPORTED
from service.domain.spans import Span
from service.findings.case_sheet import compiled
from service.text.done_steps import read
from tests.rule_sets import shipped

WRITTEN = Span(date(2026, 1, 20), date(2026, 1, 20))
NAMES = {
    "mri-lumbar": ("MRI lumbar spine", "MR LS with gadolinium", "IRM rachis lombaire", "MRT LWS"),
    "ct-lumbar": ("CT lumbar spine", "thin-slice CT", "TAC lumbar"),
    "mri-whole-spine": ("whole spine MRI", "MRI of the cervical and thoracic spine"),
    "xray-flexion-extension": ("flexion-extension films", "flex/ext views", "dynamic X-rays"),
    "xray-lumbar": ("lumbar X-ray", "plain films"),
    "xray-standing-full-length": ("EOS films", "full length standing x-rays"),
    "xray-pelvis-hip": ("hip X-ray", "pelvic film"),
    "mri-sacroiliac": ("MRI sacroiliac joints",),
    "mri-pelvis-sciatic": ("MR neurography of the sciatic nerve",),
    "emg-ncs": ("EMG", "nerve conduction studies", "EMG/NCS"),
    "bone-density": ("DXA", "bone density scan"),
    "vascular-assessment": ("ABPI", "arterial duplex"),
    "selective-nerve-root-block": ("left L5 nerve root block", "L5 TFESI", "S1 root injection"),
    "si-joint-block": ("SI joint block", "left sacroiliac joint infiltration", "injection of the left SI joint"),
    "facet-block": ("facet joint injections L4/5", "medial branch blocks", "dorsal ramus blocks"),
    "hip-injection": ("hip joint injection", "intra-articular hip block"),
    "labs-crp-esr": ("CRP and ESR", "inflammatory markers"),
    "blood-cultures": ("two sets of blood cultures",),
    "disc-biopsy": ("disc biopsy", "CT-guided biopsy of the disc"),
    "psychological-screening": ("psychology assessment",),
    "pain-clinic": ("pain clinic", "pain medicine consultation"),
    "rehabilitation": ("pain management programme", "12 sessions of physio"),
    "scs-assessment": ("SCS trial", "neuromodulation MDT assessment"),
    "rheumatology-referral": ("rheumatology review",),
    "ct-myelography": ("CT myelogram",),
    "bladder-scan": ("post-void residual",),
}
CALLED = [(step, name) for step, names in NAMES.items() for name in names]

TOLD_DONE = (
    "{} done last week, normal.",
    "{} 12/01/2026: no abnormality.",
    "Had {} on 14 January at the private hospital, nothing found.",
    "Outside {} of 10 Jan reviewed today - nothing new.",
    "Results clinic: {} 12/1 - fine.",
    "Work-up so far: {}, negative.",
    "Investigations to date: {} (normal).",
    "Since the last visit she has undergone {}; nothing came of it.",
    "{} carried out on 14/1 without incident, result unhelpful.",
    "{} x2, no lasting benefit.",
    "{} neg.",
    "{} May 2025: nothing new.",
    "{} in May, unchanged.",
)
TOLD_BOOKED = (
    "{} booked for 12 February.",
    "Awaiting {}.",
    "{} is on the list for next month.",
    "Referred for {} on 15 January.",
    "{} arranged, date to follow.",
    "On the waiting list for {}.",
    "Has {} next Thursday.",
    "Have put in a request for {}.",
    "{} appt 12 Feb.",
    "{} has been authorised.",
)
TOLD_DECLINED = (
    "Declined {}.",
    "{} offered, patient refused.",
    "{} - pt declined.",
    "Offered {} but he would rather not.",
    "Not keen on {}, declined.",
    "Patient has decided against {}.",
    "She is against {}.",
    "{} discussed, she would prefer not to.",
    "Won't have {}.",
    "{} was offered and declined by pt.",
)
NOT_DONE = (
    "Plan: {}.",
    "Would suggest {} if no better.",
    "Has not had {}.",
    "Never had {}.",
    "No {} yet.",
    "Her sister had {} last week, normal.",
    "She has not been offered {}.",
    "{} before the operation: normal.",
    "{} could not be completed.",
    "If it persists, {}.",
    "? {}.",
    "Shall we do {}?",
    "Consent for {}: risks explained.",
    "{} cancelled.",
    "She has not been seen for {}.",
)


@cache
def manners(step: str, text: str) -> set[str]:
    table = compiled(shipped().language).done
    assert table is not None
    return {told.manner for told in read(text[0].upper() + text[1:], table, WRITTEN, "d") if told.step == step}


@pytest.mark.parametrize(("step", "name"), CALLED)
def test_what_was_done_is_read_in_all_its_wordings(step, name):
    assert [] == [words for words in TOLD_DONE if not manners(step, words.format(name)) & {DONE, UNREPORTED}]


@pytest.mark.parametrize(("step", "name"), CALLED)
def test_what_is_booked_is_read_in_all_its_wordings(step, name):
    assert [] == [words for words in TOLD_BOOKED if {PENDING} != manners(step, words.format(name))]


@pytest.mark.parametrize(("step", "name"), CALLED)
def test_what_was_declined_is_read_in_all_its_wordings(step, name):
    assert [] == [words for words in TOLD_DECLINED if {DECLINED} != manners(step, words.format(name))]


@pytest.mark.parametrize(("step", "name"), CALLED)
def test_a_plan_a_denial_a_question_and_another_person_tell_of_nothing_done(step, name):
    assert [] == [words for words in NOT_DONE if manners(step, words.format(name))]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Root/SI/facet blocks all done last year.", {"selective-nerve-root-block", "si-joint-block", "facet-block"}),
        ("R sacroiliac joint, fluoro, 1.5 ml lignocaine, arthrogram satisfactory.", {"si-joint-block"}),
        ("2nd block for confirmation, R SIJ bupivacaine 0.5 %.", {"si-joint-block"}),
        ("PMP 8-week program completed Oct 2025.", {"rehabilitation", "pain-clinic"}),
        ("No improvement after facet joint injections.", {"facet-block"}),
        ("Fragment not seen on MRI of 12 January.", {"mri-lumbar"}),
        ("SIJ tender, lidocaine patch no help.", set()),
        ("Pt had a good night and is keen to go home.", set()),
    ],
)
def test_the_words_of_a_needle_and_of_a_programme_name_their_steps(text, steps):
    table = compiled(shipped().language).done
    assert table is not None

    assert steps == {told.step for told in read(text, table, WRITTEN, "d")}
