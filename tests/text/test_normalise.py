"""Text as it was meant: whatever a letter, a mark or a line break looks like to a machine, a reader sees one word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.documents.normalise import normalise, portions
from tests.text.reading import labels


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("can't feel", "can’t feel"),
        pytest.param("can't feel", "can`t feel", marks=pytest.mark.xfail(strict=True, reason="a backtick is kept")),
        ('"numb"', "“numb”"),
        ("L4-5", "L4–5"),
        ("L4-5", "L4‑5"),
        ("foot drop", "foot\u00a0drop"),
        ("foot drop", "foot\u202fdrop"),
        ("numbness", "num\u00adbness"),
        ("weakness", "weak\u200bness"),
        ("weakness", "\ufeffweakness"),
        ("weakness", "\u202eweakness"),
        ("confirmed office", "conﬁrmed oﬃce"),
        ("foot", "ｆｏｏｔ"),
        ("foot", "𝐟𝐨𝐨𝐭"),
        ("café", "cafe\u0301"),
        ("foot drop", "fооt drор"),
        ("TEMP", "ТЕМР"),
        ("3.5", "3½"),
        ("4+/5", "4⁺/5"),
        ("foot\ndrop", "foot\u2028drop"),
    ],
    ids=ascii,
)
def test_a_letter_or_mark_of_any_form_is_the_plain_one(read, written):
    assert read == normalise(written)


@pytest.mark.parametrize("word", ["μg", "β", "naïve", "боль", "πόνος"])
def test_a_word_of_another_script_stays_what_it_is(word):
    assert word == normalise(word)


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("it's", "it&#39;s"),
        ("it's", "it&#x27;s"),
        ("foot drop", "foot&nbsp;drop"),
        ("foot\ndrop", "foot<br/>drop"),
        ("foot drop", "foot<b>drop</b>"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("&#xZZ; &nothing", "&#xZZ; &nothing"),
    ],
)
def test_markup_is_the_words_it_shows(read, written):
    assert read == normalise(written).strip()


def test_blocks_of_markup_are_lines():
    shown = normalise("<div><p>Fever.</p><ul><li>Foot drop.</li></ul></div>")

    assert ["Fever.", "Foot drop."] == [line.strip() for line in shown.split("\n") if line.strip()]


def test_a_word_that_was_parted_at_the_end_of_a_line_is_whole_again():
    assert "fluctuating" == normalise("fluctu-\n   ating")
    assert "L4-\n5" == normalise("L4-\n5")


@pytest.mark.parametrize(("read", "written"), [("T 39.2", "T39.2"), ("BP 78/40", "BP78/40"), ("T12", "T12")])
def test_a_vital_sign_is_parted_from_its_number_and_a_vertebra_is_not(read, written):
    assert read == normalise(written)


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("negative for fever", "(-) fever"),
        ("negative for fever", "[ - ] fever"),
        ("positive fever", "(+) fever"),
        ("SLR negative", "SLR -ve"),
        ("SLR positive", "SLR +ve"),
        ("[ ] fever [x] pain", "☐ fever ☒ pain"),
    ],
)
def test_a_sign_that_answers_is_a_word(read, written):
    assert read.split() == normalise(written).split()


def test_an_abbreviation_behind_its_words_does_not_part_a_sentence_and_a_side_in_brackets_stays():
    assert "spinal cord stimulator in place" == normalise("spinal cord stimulator (SCS) in place")
    assert "numbness (LLE) worse" == normalise("numbness (LLE) worse")


@pytest.mark.parametrize(
    "written",
    [
        "She can’t feel the loo roll.",
        "She can&#8217;t feel the loo roll.",
        "She can't feel the loo&nbsp;roll.",
        "She can't feel the <i>loo</i> roll.",
        "She can't feel the loo\u00a0roll.",
        "She can't fe\u00adel the loo roll.",
        "She can't feel the l\u200boo roll.",
        "Shе саn't fееl thе lоо rоll.",
        "She can't feel the ｌｏｏ roll.",
        "She can't feel the\nloo roll.",
    ],
    ids=ascii,
)
def test_an_alarm_is_read_in_whatever_form_it_is_written(written):
    assert {"saddle-numbness"} == labels("She can't feel the loo roll.") == labels(written)


@pytest.mark.parametrize("written", ["Fоot drop.", "Foot\u00a0drop.", "<p>Foot drop.</p>"], ids=ascii)
def test_a_denial_is_read_in_whatever_form_it_is_written(written):
    assert {"-foot-drop"} == labels(f"No {written}") == labels(f"N\u043e {written}") == labels(f"No\u00ad {written}")


@given(st.text())
def test_no_text_is_too_odd(text):
    assert isinstance(normalise(text), str)


@given(st.text(st.sampled_from("abcxyz ABC,.;:?!\n0 2")))
def test_plain_words_stay_as_they_are(text):
    assert text == normalise(text)


@given(st.text(alphabet="ab \n.", max_size=200), st.integers(2, 30))
def test_a_text_is_the_sum_of_its_portions_and_none_is_longer_than_was_asked(text, longest):
    parts = list(portions(text, longest))

    assert text == "".join(parts)
    assert longest >= max(map(len, parts))


def test_a_text_of_many_portions_is_put_right_like_its_lines():
    line = "Numb in the sad\u00addle \U0001f9b4 since 10 March.\n"
    read = normalise(line * 5_000)

    assert normalise(line) * 5_000 == read


@pytest.mark.parametrize(
    "sentence",
    [
        "No sensory-motor deficit.",
        "No sensorimotor deficit.",
        "No sensory/motor deficit: psoas, quadriceps, TA, EHL, triceps at 5 on both sides.",
    ],
)
def test_two_deficits_denied_in_one_word_are_both_denied(sentence):
    assert set() == labels(sentence) & {"leg-weakness", "sensory-loss"}
    assert "normal-neurology" in labels(sentence)
