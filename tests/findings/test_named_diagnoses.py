"""Diagnoses given by name since the operation: a chart in, the findings ``..._named`` out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from service.domain.statements import Basis, Polarity
from service.findings.background import named_diagnoses
from service.findings.neuro import deficits
from tests.findings.build import sheet, statement
from tests.findings.papers import operated

NAMES = [
    ("adjacent_named", "adjacent-segment-disease"),
    ("facet_named", "facet-pain"),
    ("disc_named", "disc-pain"),
    ("scar_named", "epidural-scar"),
]


def note(concept, stated="-5", **more):
    return statement(concept, stated, source="DocumentReference/n", basis=Basis.NOTE, **more)


def named(*statements):
    return sheet(named_diagnoses.read(operated(*statements)))


@pytest.mark.parametrize(("finding", "concept"), NAMES)
def test_what_a_note_names_since_the_operation_is_named(finding, concept):
    assert "yes" == named(note(concept)).get(finding)


@pytest.mark.parametrize(("finding", "concept"), NAMES)
def test_what_it_denies_or_doubts_is_not(finding, concept):
    assert {} == named(note(concept, polarity=Polarity.NO), note(concept, polarity=Polarity.UNCERTAIN))


@pytest.mark.parametrize(("finding", "concept"), NAMES)
def test_what_was_named_before_the_operation_is_not(finding, concept):
    assert {} == named(note(concept, "-4000"))


def test_scar_on_an_mri_is_a_picture_and_no_diagnosis():
    assert {} == named(replace(statement("epidural-scar", "-5", basis=Basis.REPORT), modality="MR"))


def test_scar_beside_arachnoiditis_is_of_the_arachnoiditis():
    assert "yes" == named(note("arachnoiditis-finding"), note("epidural-scar")).get("arachnoiditis_named")
    assert None is named(note("arachnoiditis-finding"), note("epidural-scar")).get("scar_named")


def test_a_weak_foot_beside_crps_is_asked_about():
    told = sheet(deficits.read(operated(note("crps"), note("leg-weakness"))))
    assert (None, "yes") == (told.get("deficit_new"), told.get("deficit_unclear"))


def test_a_foot_drop_beside_crps_is_a_new_deficit():
    assert "yes" == sheet(deficits.read(operated(note("crps"), note("foot-drop")))).get("deficit_new")


def test_ankle_jerks_lost_on_no_one_side_go_with_a_polyneuropathy():
    told = sheet(deficits.read(operated(note("diabetic-polyneuropathy"), note("reflex-loss"))))
    assert None is told.get("deficit_new")
