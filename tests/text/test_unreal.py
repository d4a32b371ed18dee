"""What a note only supposes never happened; what it supposes away did."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

SIGNS = frozenset(
    {
        "urinary-retention", "urinary-incontinence", "bowel-incontinence", "saddle-numbness", "leg-weakness",
        "foot-drop", "progressive-deficit", "epidural-hematoma", "epidural-abscess", "fever", "wound-drainage",
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Had she become incontinent or gone numb in the saddle we would have rescanned that night; she did neither.",
        "We would have sent him back to theatre had he lost power in the legs.",
        "If I had put it off I could have lost control of my bladder.",
        "Had the drain been pulled he could have bled into the canal and had an epidural haematoma.",
        "Without the decompression she would have been left with a foot drop.",
        "If there had been fever or pus from the wound we would have opened it.",
    ],
)
def test_a_course_that_was_not_taken_tells_of_no_sign(text):
    assert not SIGNS & labels(text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("saddle-numbness", "Had she not gone numb in the saddle she would have stayed at home."),
        ("urinary-incontinence", "If he had not wet the bed last night I would not have called."),
        ("fever", "She would have been discharged today if she had not developed a fever of 39 overnight."),
        ("urinary-retention", "Had I known that he could not pass urine I would have come sooner."),
        ("urinary-incontinence", "She should have come in when she had lost control of her bladder."),
        ("foot-drop", "He would have come yesterday but he had a foot drop and could not drive."),
        ("saddle-numbness", "I would have gone to work but I cannot feel my bottom."),
    ],
)
def test_what_happened_stays_beside_what_would_have(sign, text):
    assert sign in labels(text)


@pytest.mark.parametrize(
    "text",
    ["Foot drop recorded in error.", "Recorded in error: foot drop right.", "Filed here in error: urinary retention."],
)
def test_a_statement_that_was_a_mistake_is_none(text):
    assert not SIGNS & labels(text)


def test_a_mistaken_side_leaves_the_sign():
    assert "foot-drop" in labels("New left foot drop, recorded in error as right.")
