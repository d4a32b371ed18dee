"""After an approach through the belly it is sore and swollen: only a word of earnest makes an emergency of it."""

from __future__ import annotations

import pytest

from service.text.statements import attributes


@pytest.mark.parametrize(
    ("severity", "words"),
    [
        ("minimal", "Pain mostly in the belly muscle."),
        ("minimal", "Abdomen soft, depressible, discomfort in incision."),
        ("minimal", "Belly slightly swollen, has farted."),
        ("severe", "Belly slightly swollen, worse since noon."),
        ("severe", "Tense belly, pain 8/10."),
        ("", "Abdominal pain and distension."),
    ],
)
def test_a_belly_is_weighed_by_the_words_beside_it(severity, words):
    assert severity == attributes.read("abdominal-pain", words).severity
