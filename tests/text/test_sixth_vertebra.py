"""A sixth lumbar vertebra: its discs are counted from the sacrum, as the roots are."""

from __future__ import annotations

import pytest

from service.text.documents.level_parser import place_in_text
from tests.text.reading import statements


@pytest.mark.parametrize(
    ("expected", "text"),
    [("L4-L5", "L5/L6"), ("L5-S1", "L6/S1"), ("L5-S1", "L6-1"), ("L5-S1", "L5/S1")],
)
def test_the_disc_on_the_sacrum_is_the_lowest_whatever_its_vertebra_is_called(expected: str, text: str):
    assert (expected,) == place_in_text(text).segments


def test_the_neck_has_a_sixth_vertebra_of_its_own():
    assert () == place_in_text("C5/6").segments


@pytest.mark.parametrize(
    ("expected", "report"),
    [
        (False, "Extruded fragment migrating caudally with compression of the S1 root."),
        (True, "Large central herniation compressing the cauda equina."),
    ],
)
def test_a_fragment_that_went_caudally_presses_on_no_cauda_equina(expected: bool, report: str):
    told = [s for s in statements(report, "report") if s.concept == "compression"]
    assert [expected] == sorted({s.attributes.cauda_equina for s in told})
