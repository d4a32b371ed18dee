"""Whatever a text holds, it is read without an error, in time that grows with its length, and as its letters look."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.text.labels import KINDS, read_alone
from service.text.pipeline import read
from tests.text.reading import authored, labels, language, record, statements

NOTES = [row.text for row in authored() if row.kind == "note"]
PIECES = [
    "no",
    "not",
    "denies",
    "cannot",
    "without",
    "possible",
    "?",
    "if",
    "return if",
    "history of",
    "mother had",
    "but",
    "however",
    "(",
    ")",
    "[ ]",
    "[x]",
    ";",
    ",",
    ":",
    ".",
    "\n",
    "\n\n",
    "- ",
    "or",
    "and",
    "it",
    "N",
    "Y",
    "none",
    "resolved",
    "until",
    "since",
    "2019",
    "3/4/2020",
    "٣ days ago",
    "38.5",
    "BP 70/40",
    "3/5",
    "80%",
    "one hundred and",
    "L4-5:",
    "left",
    "right",
    "both",
    "fusion",
    "disc herniation",
    "leg pain",
    "foot drop",
    "numb",
    "saddle",
    "block",
    "relief",
    "screw",
    "loose",
    "IMPRESSION:",
    "PLAN:",
    "Family history:",
    "ADDENDUM:",
    "İ",
    "\u2028",
    "ſ",
    "½",
    "\u00ad",
    "ﬁ",
    "\ud800",
    "\0",
    "&amp;",
    "<br>",
]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["report", "note", "condition", "name", "procedure", "procname"]))
def test_any_text_is_read_without_an_error(text, kind):
    assert isinstance(statements(text, kind), tuple)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["report", "note", "condition", "name"]))
def test_any_order_of_telling_words_is_read_without_an_error(words, kind):
    found = statements(" ".join(words), kind)

    assert all(len(s.words) <= 160 and "\n" not in s.words for s in found)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=15), st.sampled_from(KINDS))
def test_reading_a_text_again_after_another_says_the_same(words, kind):
    text = " ".join(words)
    first = read_alone(text, kind, language())
    read_alone("Foot drop. It is worse. Numb saddle.", kind, language())

    assert first == read_alone(text, kind, language())


# --- time ----------------------------------------------------------------------------------------------------------

HOSTILE = {
    "one huge word": "a",
    "no spaces": "L4-5,",
    "commas": ",",
    "only no": "no ",
    "brackets": "([{",
    "one long line": "He walks well and eats well and ",
}
"""These at a hundred thousand characters too."""

ODD = {
    "accents": "é",
    "look-alikes": "о",
    "letters of two scripts": "aо",
    "soft hyphens": "\u00ad",
    "little words": "a ",
    "colons": "a:",
    "headings in one line": "PLAN: ",
    "headings": "FINDINGS: pain.\n",
    "capitals": "A B C ",
    "line breaks": "\n",
    "bullets": "- fever\n",
    "advice": "Return if:\n",
    "boxes": "[ ] fever ",
    "answers": "Fever N ",
    "questions": "fever? ",
    "denials": "denies fever, ",
    "contrasts": "no fever but ",
    "findings": "stenosis at L4-5 and ",
    "one finding": "leg pain ",
    "numbers": "one hundred and ",
    "fractions": "4/5 ",
    "figures": "7",
    "entities": "&amp;",
    "tags": "<b ",
    "tags that close": "<b>x</b>",
    "hyphens": "ab-\n",
    "vital signs": "T39 ",
    "abbreviations": "s/p ",
    "titles": "Dr. ",
    "dates": "3/4/2020 ",
    "underscores": "_",
    "apostrophes": "'",
}
"""Each is a way in which reading might look at everything for everything."""


MOST_GROWTH = 3
SIZE = 10_000
MOST_SECONDS = 0.6
"""Of CPU, for that many characters of any shape; an ordinary text of that length takes a hundredth."""


def cost(text):
    """CPU seconds of reading it."""
    gc.collect()
    gc.disable()  # or what earlier tests have left in memory is measured too
    began = time.process_time()
    read_alone(text, "report", language())
    took = time.process_time() - began
    gc.enable()
    return took


@cache
def costs(shape, size):
    """What half of a text and the whole cost; looked at again where another process was in the way."""
    language()
    whole = (shape * (size // len(shape) + 1))[:size]
    half = whole[: size // 2]
    short, long = cost(half), cost(whole)
    for _ in range(4):
        if long < MOST_GROWTH * short and (size != SIZE or long < MOST_SECONDS):
            break
        short, long = min(short, cost(half)), min(long, cost(whole))
    return short, long


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_of_a_hundred_thousand_characters_costs_twice_what_half_of_it_costs(name):
    short, long = costs(HOSTILE[name], 100_000)

    assert long < MOST_GROWTH * short


@pytest.mark.parametrize("name", ODD)
def test_no_shape_of_text_costs_more_than_in_proportion(name):
    short, long = costs(ODD[name], SIZE)

    assert long < MOST_GROWTH * short + 0.002


@pytest.mark.parametrize("name", {**HOSTILE, **ODD})
def test_no_shape_of_text_takes_long(name):
    assert costs((HOSTILE | ODD)[name], SIZE)[1] < MOST_SECONDS


# --- one look, one reading -----------------------------------------------------------------------------------------

LOOK_ALIKE = dict(zip("aeopcyx", "аеорсух", strict=True))
HIDDEN = ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"]


def with_hidden(text, at, what):
    return text[:at] + what + text[at:]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NOTES), st.data())
def test_letters_that_nobody_sees_change_nothing(sentence, data):
    at = data.draw(st.integers(0, len(sentence)))

    assert labels(sentence) == labels(with_hidden(sentence, at, data.draw(st.sampled_from(HIDDEN))))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NOTES), st.data())
def test_letters_that_look_the_same_read_the_same(sentence, data):
    places = [at for at, letter in enumerate(sentence) if letter in LOOK_ALIKE]
    for at in data.draw(st.lists(st.sampled_from(places), max_size=6)) if places else []:
        sentence = sentence[:at] + LOOK_ALIKE.get(sentence[at], sentence[at]) + sentence[at + 1 :]
    plain = "".join({theirs: ours for ours, theirs in LOOK_ALIKE.items()}.get(c, c) for c in sentence)

    assert labels(plain) == labels(sentence)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NOTES), st.sampled_from(["\u00a0", "\u2009", "\u202f", "\t", "  ", "&nbsp;", "\u3000"]))
def test_a_space_of_any_kind_is_a_space(sentence, space):
    assert labels(sentence) == labels(sentence.replace(" ", space))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NOTES), st.sampled_from(["\n", "\r\n", "  ", "\u2028", "<br>", "</p>"]))
def test_what_stands_round_a_sentence_changes_nothing(sentence, around):
    assert labels(sentence) == labels(f"{around}{sentence}{around}")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NOTES), st.sampled_from(NOTES))
def test_two_paragraphs_say_what_each_of_them_says(one, other):
    # A pain without a place is told only of a note that places none; what came back in April and is over now is over.
    first, second = labels(one), labels(other)
    of_note = {"chronic-pain"} | {label for label in first if f"-{label}" in second}

    assert (first | second) - of_note == labels(f"{one}\n\n{other}") - of_note


def test_a_text_of_the_future_is_not_read():
    later = replace(record("Foot drop.", "note"), as_of=date(2020, 1, 1))

    assert () == read(later, language()).statements


def test_the_words_of_a_statement_are_one_short_line_that_holds_the_phrase():
    text = "It was noted " + "again and\nagain " * 30 + "that there is a disc extrusion, " + "and more " * 30
    (found,) = [s for s in statements(text, "report") if s.concept == "disc-herniation"]

    assert "\n" not in found.words
    assert len(found.words) <= 160
    assert "disc extrusion" in found.words
