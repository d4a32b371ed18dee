"""What the picture of the last days already shows is not pictured again: a chart in, the findings out."""

from __future__ import annotations

import pytest

from service.domain.statements import Polarity
from service.findings.imaging import imaging
from tests.findings.build import sheet, statement
from tests.findings.papers import operated, report, says, study


def pictured(shown, *signs, day="-1", **more):
    scan = (study("s", day), report("r", day, of="s"))
    return sheet(imaging.read(operated(*scan, says("r", shown, **more), *signs))).get("emergency_pictured")


def sign(stated):
    return statement("saddle-numbness", stated, source=f"Observation/{stated}")


@pytest.mark.parametrize("shown", ["epidural-hematoma", "epidural-abscess", "spinal-infection", "spinal-tumour"])
def test_an_mri_of_yesterday_that_shows_the_emergency_answers_the_signs_of_yesterday(shown):
    assert "yes" == pictured(shown, sign("-1"))


def test_a_sign_newer_than_the_picture_asks_for_another():
    assert None is pictured("epidural-hematoma", sign("-1"), day="-2")


@pytest.mark.parametrize("shown", ["epidural-abscess", "spinal-infection", "spinal-tumour"])
def test_what_lies_there_for_days_explains_the_signs_that_grow_behind_its_picture(shown):
    assert "yes" == pictured(shown, sign("-1"), day="-2")


def test_a_picture_of_last_week_answers_nothing():
    assert None is pictured("epidural-hematoma", day="-7")


def test_what_the_report_only_suspects_is_still_to_be_shown():
    assert None is pictured("epidural-hematoma", polarity=Polarity.UNCERTAIN)


def test_a_plain_picture_of_something_else_answers_nothing():
    assert None is pictured("disc-herniation")
