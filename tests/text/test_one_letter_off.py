"""Long words with a letter wrong, missing or too many are found, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.text.vocabulary.one_letter_off import OneLetterOff

_FORMS = ("numbness", "numbnesses", "weakness", "meekness", "short", "t12-pain")
_WORDS = st.lists(st.text("abc", min_size=7, max_size=9), max_size=40)


def test_a_form_is_found_under_itself_without_a_letter() -> None:
    assert list(OneLetterOff(_FORMS).longer("numbnes")) == ["numbness"]


def test_a_doubled_letter_is_found_once() -> None:
    assert list(OneLetterOff(["swelling"]).longer("sweling")) == ["swelling"]


def test_short_words_and_words_with_figures_are_not_forgiven_a_letter() -> None:
    near = OneLetterOff(_FORMS)
    assert [*near.longer("shrt"), *near.longer("t12-pai")] == []


@given(forms=_WORDS, word=st.text("abc", min_size=6, max_size=8))
def test_exactly_the_forms_with_one_letter_more_are_found(forms: list[str], word: str) -> None:
    expected = sorted(form for form in forms if word in [form[:at] + form[at + 1 :] for at in range(len(form))])
    assert sorted(OneLetterOff(forms).longer(word)) == expected
