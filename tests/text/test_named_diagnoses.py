"""Diagnoses by their name: read where they are given, over what their words say by themselves, and nowhere else."""

from __future__ import annotations

import pytest

from tests.text import reading


@pytest.mark.parametrize(
    ("concept", "sentence"),
    [
        ("deep-gluteal-syndrome", "I would label this as deep gluteal syndrome."),
        ("deep-gluteal-syndrome", "Fibrous band tethering the sciatic nerve below the piriformis."),
        ("trochanteric-syndrome", "MRI: high-grade tear of the left gluteus minimus."),
        ("herniation-elsewhere", "Imp: new disc, diff lvl."),
        ("herniation-again", "Dx: rHNP L4/5 L."),
        ("foraminal-residual", "Inadequate decompression of the lateral recess."),
        ("stenosis-again", "The lamina has regrown and the canal is tight again."),
        ("neuropathic-after-surgery", "Failed back surgery syndrome, neuropathic type."),
        ("device-fault", "SCS lead has slipped from T8 to T10."),
        ("wrong-site-stated", "The L5-S1 herniation has not been operated."),
        ("vascular-diagnosis", "This is vascular claudication."),
    ],
)
def test_a_diagnosis_is_read_by_its_name(concept: str, sentence: str) -> None:
    assert concept in reading.labels(sentence)


@pytest.mark.parametrize(
    ("concept", "sentence"),
    [
        ("deep-gluteal-syndrome", "No piriformis syndrome."),
        ("deep-gluteal-syndrome", "?piriformis syndrome"),
        ("deep-gluteal-syndrome", "Piriformis block without relief."),
        ("herniation-again", "No recurrent disc herniation."),
        ("herniation-again", "Reherniated, redo Nov 2023."),
        ("device-fault", "Abandoned epicardial lead, fractured."),
        ("device-fault", "The lead has not moved."),
        ("screw-out", "Screws not loose."),
        ("trochanteric-syndrome", "Her mother has trochanteric bursitis."),
    ],
)
def test_what_is_denied_asked_or_of_others_names_nothing(concept: str, sentence: str) -> None:
    assert concept not in reading.labels(sentence)


def test_a_name_leaves_its_words_what_they_say_by_themselves() -> None:
    assert {"herniation-again", "disc-herniation"} <= reading.labels("Recurrent disc extrusion L5-S1 left.", "report")


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ("discectomy", "Reintervento ernia discale L5-S1 sinistra"),
        ("discectomy", "Nukleotomie L4/5"),
        ("discectomy", "Cure de hernie discale L4-L5 gauche"),
        ("discectomy", "Cirugía de hernia discal L5-S1"),
        ("discectomy", "Diskbråcksoperation L5-S1"),
        ("fusion", "Spondylodese L4-S1"),
        ("fusion", "Fusión lumbar L4-L5"),
        ("decompression", "Recalibrage lombaire L3-L5"),
    ],
)
def test_an_operation_is_known_by_its_name_in_other_languages(operation, name):
    assert operation in reading.labels(name, "procedure")
