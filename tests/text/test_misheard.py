"""Words as dictation hears them."""

from __future__ import annotations

import pytest

from service.text.documents.spoken_marks import written
from service.text.vocabulary.misheard import consonants, sound
from tests.text.reading import labels


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("lemonectomy", "laminectomy"),
        ("hemitoma", "hematoma"),
        ("sudomeningoseal", "pseudomeningocele"),
        ("shun", "tion"),
    ],
)
def test_words_that_sound_alike_have_the_same_consonants(heard, said):
    assert consonants(sound(said))[-3:] == consonants(sound(heard))[-3:]


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("decompression", "status post L four five lemon ectomy"),
        ("discectomy", "she had a micro disk ectomy"),
        ("fusion", "the few shun was done in may"),
        ("-cauda-equina-code", "caught a quina syndrome excluded"),
        ("leg-weakness", "left leg week ness four out of five"),
        ("saddle-numbness", "numb ness in the perineum"),
        ("diabetes", "he has die a beat ease"),
        ("-saddle-numbness", "denies settle anesthesia"),
    ],
)
def test_what_was_misheard_is_read_as_it_was_said(label, sentence):
    assert label in labels(sentence)


@pytest.mark.parametrize(
    "sentence", ["Lemonade was given.", "The pupils are equal.", "Transferred to resus.", "In the warehouse."]
)
def test_other_words_are_no_terms(sentence):
    assert frozenset() == labels(sentence)


@pytest.mark.parametrize(
    ("mark", "spoken"),
    [
        ("no fever.", "no fever period"),
        ("no fever, no chills.", "no fever comma no chills full stop"),
        ("over a period of weeks", "over a period of weeks"),
        ("her period is late", "her period is late"),
        ("the MRI shows", "the m r I shows"),
        ("PVR 38", "p v r 38"),
        ("a b c", "a b c"),
    ],
)
def test_spoken_marks_and_letters_are_written_as_they_were_meant(mark, spoken):
    assert mark == written(spoken)


def test_a_new_paragraph_begins_a_line():
    assert ["no fever", " lungs clear"] == written("no fever new paragraph lungs clear").split("\n")
