"""What a picture did not show before is new; what it shows of the cord, the sacrum and a pedicle is heard."""

from __future__ import annotations

import pytest

from tests.text.reading import labels, statements


@pytest.mark.parametrize(
    ("concept", "report"),
    [
        ("disc-herniation", "Recurrent disc herniation L4/5 left, not seen in March."),
        ("epidural-abscess", "Epidural abscess which was not there on the scan of May."),
        ("epidural-collection", "Fluid collection at L4/5, not present on the previous MRI."),
        ("implant-loose", "Halo around the S1 screws, not present on 12/03/2025."),
    ],
)
def test_what_an_earlier_picture_did_not_show_is_there_now(concept: str, report: str):
    assert concept in labels(report, "report")


@pytest.mark.parametrize(
    "report", ["Collection not seen on the current MRI.", "Collection is not seen on MRI 12/03/25."]
)
def test_what_this_picture_does_not_show_is_not_there(report: str):
    assert "epidural-collection" not in labels(report, "report")


@pytest.mark.parametrize(
    "report", ["CSF effaced, cord is displaced and flattened.", "Epidural disease at T9 with cord compression."]
)
def test_it_is_told_that_the_cord_is_pressed_upon(report: str):
    assert any("cord" in s.attributes.sites for s in statements(report, "report") if s.concept == "compression")


def test_a_pressed_root_is_no_cord():
    report = "The fragment compresses the S1 root. Spinal cord stimulator in place."
    assert not any("cord" in s.attributes.sites for s in statements(report, "report"))


@pytest.mark.parametrize(
    "report",
    ["Angular step of the anterior cortex at S1/S2 below the screw tips.", "Cortical buckle of the left sacral ala."],
)
def test_a_step_of_the_sacral_cortex_is_a_fracture(report: str):
    assert "sacral-fracture" in labels(report, "report")


@pytest.mark.parametrize(
    "report", ["Absent left L3 pedicle outline.", "Several well defined lucencies of the right iliac wing."]
)
def test_bone_that_is_gone_is_a_tumour_to_be_excluded(report: str):
    assert "spinal-tumour" in labels(report, "report")


@pytest.mark.parametrize(
    "report",
    [
        "Pedicle screw tips not seen.",
        "Left L4 pedicle not seen because of bowel gas.",
        "Lucency around the iliac screw.",
    ],
)
def test_a_hidden_pedicle_or_a_loose_screw_is_none(report: str):
    assert "spinal-tumour" not in labels(report, "report")
