"""The quick ways of reading words and levels say what the slow ones say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.documents import level_parser
from service.text.vocabulary.tokens import tokens
from tests.text.tiny import TINY

SPINE = ["L4", "-", "/", "5", "S1", " ", "left", "Right", "both", "LUMBAR", "sacral", "spine", "(L)", "_", "SI joint"]


def words(text):
    return [token.word for token in tokens(text, TINY.words)]


def test_hyphens_inside_words_part_them_and_marks_stand_alone():
    assert ["non", "compressive", ":", "no", "(", "new", ")", "stenosis", ",", "50", "%", "?"] == words(
        "Non-compressive: no (new) stenosis, 50%?"
    )


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (["l4", "-", "5"], "L4-5"),
        (["4/5"], "4/5"),
        (["4-/5"], "4-/5"),
        (["101.8", "f"], "101.8F"),
        (["s/p", "fusion"], "s/p fusion"),
        (["w/o", "pain"], "w/o pain"),
        (["450", "ml"], "450ml"),
        (["?", "fever"], "?fever"),
    ],
)
def test_a_level_a_fraction_and_an_abbreviation_are_one_word_each(read, text):
    assert read == words(text)


@given(st.text(max_size=80))
def test_every_word_stands_where_it_says_and_words_come_in_order(text):
    told = tokens(text, TINY.words)

    assert all(0 <= token.start < token.end <= len(text) for token in told)
    assert [token.start for token in told] == sorted(token.start for token in told)
    assert [token.room for token in told] == sorted(token.room for token in told)


@given(st.text(max_size=80))
def test_no_letter_or_digit_of_a_text_is_lost(text):
    covered = {at for token in tokens(text, TINY.words) for at in range(token.start, token.end)}

    assert [] == [text[at] for at in range(len(text)) if text[at].isalnum() and at not in covered]


def test_an_abbreviation_stands_where_it_was_written_with_the_words_it_means():
    (first,) = tokens("wkn", TINY.words)

    assert ("weakness", 0, 3) == (first.word, first.start, first.end)


@pytest.mark.parametrize("word", ["weaknesss", "weaknes", "wekness", "weakmess"])
def test_a_long_word_is_known_with_one_letter_wrong(word):
    (known,), (told,) = tokens("weakness", TINY.words), tokens(word, TINY.words)

    assert known.key == told.key


@pytest.mark.parametrize("word", ["weeknights", "witness", "numd", "fevr"])
def test_a_word_that_may_be_another_is_left_alone(word):
    (told,) = tokens(word, TINY.words)

    assert "" == told.key


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
