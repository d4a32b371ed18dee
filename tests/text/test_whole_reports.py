"""Whole reports: where findings begin without a heading, whose level a sentence has, what of them overrules what."""

from __future__ import annotations

import pytest

from service.domain.statements import Polarity
from service.text.labels import read_alone
from tests.text.reading import labels, language, statements


def said(text, concept):
    """The places and sides at which a report says a concept."""
    return {
        ("+".join(s.place.segments) or s.place.region, s.side.value)
        for s in statements(text, "report")
        if s.concept == concept and s.polarity is Polarity.YES
    }


def missed(text):
    return [m.words for m in read_alone(text, "report", language()).not_understood]


@pytest.mark.parametrize(
    "above", ["Comparison: Films of May 2024.", "Indication: Twelve months after fusion, routine."]
)
def test_findings_without_a_heading_begin_below_the_line_of_what_was_asked_and_compared(above):
    text = f"XR LUMBAR SPINE\n{above}\nLucency surrounds the left S1 screw. No fracture."

    assert {"implant-loose", "-vertebral-fracture"} <= labels(text, "report")


@pytest.mark.parametrize(
    "text",
    [
        "INDICATION: Leg pain after discectomy.\n?recurrent disc herniation.\nThe canal is patent.",
        "INDICATION: Leg pain.\nRecurrent disc herniation is suspected.\nFINDINGS:\nNo stenosis.",
        "COMPARISON: MRI of May, which showed a large L4-5\ndisc herniation.\nThe canal is patent.",
    ],
)
def test_what_was_asked_or_compared_in_further_lines_is_no_finding(text):
    assert "disc-herniation" not in labels(text, "report")


@pytest.mark.parametrize(
    "text",
    [
        "L3/4 - Normal.\nL5/S1 - Recurrent disc protrusion on the left.",
        "L3/4. Normal.\nL5/S1. Recurrent disc protrusion on the left.",
        "L3/4\nNormal.\nL5/S1\nRecurrent disc protrusion on the left.",
        "At L5/S1 there is a previous fenestration. A disc protrusion lies in the left lateral recess.",
    ],
)
def test_a_sentence_has_the_level_of_its_heading_or_of_the_paragraph(text):
    assert {("L5-S1", "left")} == said(text, "disc-herniation")


def test_another_level_ends_what_a_paragraph_is_about():
    text = "At L4/5 there is a laminectomy. Other levels: severe canal stenosis is seen elsewhere."

    assert ("L4-L5", "unknown") not in said(text, "stenosis")


def test_where_something_is_not_is_no_place_of_it():
    assert {("L3-L4", "unknown")} == said("Postoperative changes at L3-4, not at L4-5.", "postsurgical-change")


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("right", "L4/5: disc protrusion in the R lateral recess."),
        ("unknown", "MRI L spine shows a disc protrusion at L4/5."),
        ("bilateral", "L4/5: moderate left and severe right foraminal narrowing, disc protrusion."),
    ],
)
def test_a_lone_letter_names_a_side_and_two_grades_name_both(side, text):
    assert {side} == {side for _, side in said(text, "disc-herniation")}


@pytest.mark.parametrize("adjective", ["Acute", "New", "Recent", "Subacute"])
def test_how_new_a_fracture_is_does_not_hide_it(adjective):
    assert "vertebral-fracture" in labels(f"{adjective} fracture of L1.", "report")
    assert "-vertebral-fracture" in labels(f"No {adjective.lower()} fracture.", "report")


def test_a_recurrent_prolapse_and_a_free_fragment_are_herniations():
    assert {("L4-L5", "left")} == said("Recurrent disc prolapse at L4/5 on the left.", "disc-herniation")
    assert "disc-herniation" in labels("A large free disc fragment lies behind the body of L5.", "report")
    assert "-disc-herniation" in labels("No recurrent disc prolapse.", "report")


def test_no_new_herniation_leaves_the_known_one_of_another_segment():
    text = "FINDINGS: The small protrusion at L3-4 is unchanged.\nIMPRESSION: No new or recurrent disc herniation."

    assert {("L3-L4", "unknown")} == said(text, "disc-herniation")


def test_normal_hips_do_not_make_a_study_with_a_fracture_normal():
    assert "normal-study" not in labels("Fracture of the left sacral ala. Hips unremarkable.", "report")


def test_a_construct_that_only_says_where_is_not_what_slipped():
    assert {("L1-L2", "unknown")} == said("Retrolisthesis L1 on L2 above the construct.", "listhesis")
    assert set() == said("The left rod has slipped out of the construct at L4.", "listhesis")


@pytest.mark.parametrize(
    ("concept", "text"),
    [
        ("spinal-tumour", "Subsidence of the cage with secondary right foraminal narrowing."),
        ("implant-broken", "Lumbosacral fixation partly included, no gross abnormality."),
        ("compression", "Mild bulges which indent the theca slightly."),
        ("emg-peroneal", "Tibial and peroneal motor amplitudes reduced with slowed velocities."),
        ("emg-normal", "The paraspinal soft tissues are unremarkable."),
        ("disc-herniation", "Bone graft material extruded into the right L4/5 foramen."),
        ("disc-herniation", "Nerve root herniation into the dural defect."),
        ("epidural-abscess", "Fluid signal about the cage and paravertebral phlegmon."),
    ],
)
def test_words_of_a_report_that_only_sound_like_a_finding_are_none(concept, text):
    assert concept not in labels(text, "report")


@pytest.mark.parametrize(
    "line",
    [
        "MRI LUMBAR SPINE WITH AND WITHOUT CONTRAST",
        "L1-L2: No significant abnormality.",
        "Conus normal.",
        "The remaining discs are of normal height.",
        "Pedicle screws from L4 to S1 bilaterally.",
        "Mild broad-based disc bulge.",
        "Findings telephoned to the ward.",
    ],
)
def test_a_title_and_what_is_said_to_be_normal_leave_nothing_open(line):
    assert [] == missed(line)


@pytest.mark.parametrize(
    "line", ["Abnormal marrow signal in the sacrum.", "The conus is not normal.", "Large disc bulge."]
)
def test_what_is_not_called_normal_stays_open(line):
    assert missed(line) or labels(line, "report")
