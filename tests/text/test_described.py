"""What a text describes without a name, and what it says by the way."""

from __future__ import annotations

import pytest

from service.text.reader import Context, read_sentence
from tests.text import reading

LANGUAGE = reading.language()


def said(text: str, kind: str = "report") -> set[str]:
    """The concepts that a sentence says of now, plainly."""
    told, _ = read_sentence(text, LANGUAGE, kind, Context())
    return {r.concept for r in told.readings if not (r.sign or r.away or r.past or r.topic)}


@pytest.mark.parametrize(
    "text",
    [
        "9 mm focus in continuity with the disc, non-enhancing centrally, displacing the left L5 root.",
        "Left subarticular lesion, T2 intermediate, thin peripheral rim enhancement, contiguous with the disc space, "
        "displacing the left S1 root.",
        "L4-5: broad based disc with right paracentral soft-tissue component, displacing the thecal sac.",
        "12 mm soft tissue in the right recess, which does not enhance, presses on the L5 root.",
    ],
)
def test_disc_material_that_is_described_is_a_herniation(text):
    assert "disc-herniation" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Rim enhancing fluid collection displacing the thecal sac.",
        "No non-enhancing soft tissue displacing the root.",
        "Enhancing tissue surrounds the root without displacing it.",
        "Ring enhancing abscess compressing the sac.",
    ],
)
def test_fluid_scar_and_what_is_denied_are_no_disc(text):
    assert "disc-herniation" not in said(text)


def test_a_fragment_where_it_was_before_was_left_behind():
    text = "A 14 mm non-enhancing fragment persists behind L5, of the same size as in June, displacing the L5 root."

    assert {"disc-herniation", "residual-fragment"} <= said(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("L5-S1: mild bilateral foraminal narrowing, unchanged.", "foraminal-stenosis"),
        ("Mild foraminal stenosis without nerve root compression.", "foraminal-stenosis"),
        ("L3-4 2 mm retrolisthesis, does not change.", "listhesis"),
        ("Mild sensory polyneuropathy, which would not explain the unilateral complaint.", "diabetic-polyneuropathy"),
        ("Incidental trochanteric bursitis on the left.", "trochanteric-syndrome"),
        ("The hip OA on film does not account for his leg pain.", "hip-oa"),
    ],
)
def test_what_is_found_by_the_way_is_no_source(text, concept):
    assert concept not in said(text, "note")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Mild foraminal stenosis contacting the root.", "foraminal-stenosis"),
        ("Mild canal stenosis at L3-4, progressed since 2023.", "stenosis"),
        ("Mild to moderate left foraminal stenosis.", "foraminal-stenosis"),
        ("L3-4 3 mm anterolisthesis, 6 mm in flexion.", "listhesis"),
        ("Polyneuropathy explains the burning of both feet.", "diabetic-polyneuropathy"),
    ],
)
def test_what_is_slight_and_touches_a_root_or_grew_stays(text, concept):
    assert concept in said(text, "note")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Medial branch block: pain before 7, at 30 min 1.", "block-positive"),
        ("SI joint injection, 8/10 pre and 1/10 post.", "block-positive"),
        ("Right L5 nerve root block: leg pain 8 to 1 for five hours.", "block-positive"),
        ("Medial branch block: pain 7 before, 7 after.", "block-negative"),
    ],
)
def test_scores_tell_what_came_of_a_block(text, concept):
    assert concept in said(text, "note")


def test_scores_without_a_block_tell_nothing_of_one():
    assert {"block-positive", "block-negative"}.isdisjoint(said("Leg pain 8 to 1 since the operation.", "note"))


@pytest.mark.parametrize(
    "text",
    [
        "Vertically oriented STIR high bands in both sacral alae lateral to the S1 screws.",
        "STIR hyperintensity in both sacral alae, with linear low T1 signal parallel to the joints.",
    ],
)
def test_a_stress_fracture_of_the_sacrum_is_described(text):
    assert "sacral-fracture" in said(text)


def test_no_band_in_the_sacrum_is_no_fracture():
    assert "sacral-fracture" not in said("No STIR band in the sacral alae.")


def test_a_hip_that_turns_thirty_five_degrees_is_free():
    assert "hip-sign" not in said("Hip IR 35 = L, quadrant no groin pain.", "note")
    assert "hip-sign" in said("IR 30 reproduces groin pain.", "note")


def test_nails_that_grow_are_no_metal():
    assert "implant-infection" not in said("Nails on R growing faster/ridged, hair darker on shin.", "note")


def test_a_shoulder_that_hurts_overhead_is_no_back():
    assert "worse-extension" not in said("R shoulder sore overhead, physio helping.", "note")
    assert "worse-extension" in said("Worse with overhead work and backward bend.", "note")
