"""The quick ways of reading words and levels say what the slow ones say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text import level_parser
from service.text.tokens import TOKEN, tokens

PRINTED = st.text(st.characters(max_codepoint=127), max_size=80)
SPINE = ["L4", "-", "/", "5", "S1", " ", "left", "Right", "both", "LUMBAR", "sacral", "spine", "(L)", "_", "SI joint"]


@given(PRINTED)
def test_the_words_of_plain_text_are_those_of_any_text(text):
    assert [word.lower() for word in TOKEN.findall(text)] == tokens(text)


def test_hyphens_part_words_and_marks_stand_alone():
    assert ["l4", "5", ":", "no", "(", "new", ")", "stenosis", ",", "50", "%", "?"] == tokens(
        "L4-5: no (new) stenosis, 50%?"
    )


@pytest.mark.parametrize("capital", ["ſ1 JOINT", "LUMBOſACRAL", "THORACIC SPİNE", "L4-5 LEFT"])
def test_letters_that_a_search_takes_for_ascii_ones_are_folded_to_them(capital):
    assert level_parser.fold(capital).isascii()


@given(st.text(max_size=40))
def test_a_folded_text_keeps_each_letter_in_its_place(text):
    assert len(text) == len(level_parser.fold(text))


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        ("L1-2", "L1 - 2"),
        ("L2/L3", "L2 / L3"),
        ("l3-l4", "L3 to L4"),
        ("L4/5", "L4–5"),
        ("L5-S1", "L5 – S1"),
        ("L5/1", "L5 / 1"),
    ],
)
def test_a_disc_in_its_usual_spelling_is_the_disc_in_any_other(usual, rare):
    assert level_parser.place_in_text(rare).segments
    assert level_parser.place_in_text(rare) == level_parser.place_in_text(usual)


@given(st.lists(st.sampled_from(SPINE), max_size=8).map("".join))
def test_capitals_change_neither_place_nor_side(text):
    read = level_parser.place_in_text(text), level_parser.side_in_text(text)

    assert read == (level_parser.place_in_text(text.swapcase()), level_parser.side_in_text(text.swapcase()))
