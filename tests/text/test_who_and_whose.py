"""What another person has or does, what the face has, and what was put in for good."""

from __future__ import annotations

import pytest

from tests.text.reading import labels, statements


@pytest.mark.parametrize(
    "text",
    [
        "The toddler had 40.1 with rigors all weekend; she herself is well.",
        "Her youngest has a fever and an abscess in the throat.",
        "Lives with his wife, who smokes thirty a day; he has never touched tobacco.",
        "Her husband smokes; she does not.",
    ],
)
def test_what_the_family_has_is_not_the_patients(text):
    assert not {"fever", "chills", "epidural-abscess", "smoking"} & labels(text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("fever", "The baby had a cold and now I have a fever of 39 and pus from the wound."),
        ("leg-weakness", "She lifted the toddler and her left leg went weak."),
        ("saddle-numbness", "The baby is fine but I cannot feel my bottom."),
        ("smoking", "Her husband smokes and she smokes too."),
        ("foot-drop", "Her husband had a dropped foot after his own operation; now her left foot drops too."),
        ("leg-swelling", "My brother had a clot last year; my own calf is swollen and hot since Sunday."),
        ("smoking", "Gets through ten roll-ups a day, was asked to pack it in."),
    ],
)
def test_what_the_patient_has_beside_the_family_is_heard(sign, text):
    assert sign in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "New left-sided weakness: cannot shut the eye or whistle.",
        "Sudden weakness of the left side of the mouth.",
    ],
)
def test_a_weak_face_is_no_weak_leg(text):
    assert "leg-weakness" not in labels(text)


def test_a_leg_that_is_weak_beside_the_face_is_heard():
    assert "leg-weakness" in labels("Right-sided weakness, cannot close the eye, and the right leg drags.")


def test_a_device_of_years_ago_is_in_the_body_now():
    assert [s.ended for s in statements("PMH: dual-chamber PPM 2018.") if s.concept == "mr-check-device"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The epidural haematoma of June has been resorbed.",
        "The small epidural haematoma, treated without surgery, has been absorbed without residue.",
    ],
)
def test_a_collection_that_was_absorbed_is_denied(text):
    assert "epidural-hematoma" not in labels(text, "report")


@pytest.mark.parametrize(
    "text", ["The epidural haematoma is partly resorbed.", "Epidural haematoma, not yet absorbed."]
)
def test_a_collection_that_is_still_there_is_told(text):
    assert "epidural-hematoma" in labels(text, "report")


@pytest.mark.parametrize("text", ["He was to have his L4/5 fusion yesterday.", "She was due for a fusion in May."])
def test_an_operation_that_was_to_be_is_none(text):
    assert "fusion" not in labels(text)
