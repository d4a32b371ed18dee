"""Forms in running text: an answer denies or says its item, an item that nobody answered says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.documents.blank_forms import is_blank
from service.text.documents.templates import answered, is_advice
from tests.text.reading import labels


def test_a_line_of_answers_is_one_sentence_an_item():
    assert ["No Fever.", "No Chills.", "Short of breath since Tuesday."] == list(
        answered("Fever N  Chills N  Short of breath Y (since Tuesday)")
    )


@pytest.mark.parametrize("line", ["Fever N", "No fever, no chills", "N. peroneus N", "He said no and she said yes to it all at the end", "Y"])  # fmt: skip  # noqa: E501
def test_a_line_that_is_no_list_of_answers_stays_whole(line):
    assert [line] == list(answered(line))


@given(st.text(st.sampled_from("NYnoyes():/ fever\t"), max_size=60))
def test_no_line_of_answers_is_too_odd(line):
    assert all(isinstance(sentence, str) for sentence in answered(line))


@pytest.mark.parametrize(
    "line",
    [
        "Fever Y/N",
        "Fever: yes / no",
        "Fever ____",
        "Fever .........",
        "Fever ( )",
        "Please circle all that apply",
        "Tick one",
    ],
)
def test_an_item_that_waits_for_an_answer_is_blank(line):
    assert is_blank(line)


@pytest.mark.parametrize("line", ["Fever: no", "Fever (38.2)", "Fever...", "Y: fever", "Circled the numb patch"])
def test_an_item_with_an_answer_is_not(line):
    assert not is_blank(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Return if you lose feeling in the saddle.",
        "Please call us for fever.",
        "You should go to the ED if you cannot pass urine.",
        "Do come back with any weakness.",
        "Seek help at once when you notice a numb saddle.",
        "- contact the ward about fever",
        "Pt to re-present if foot drop.",
        "Let us know if weakness develops.",
    ],
)
def test_a_sentence_that_tells_somebody_what_to_do_is_advice(sentence):
    assert is_advice(sentence)
    assert frozenset() == labels(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Return of leg pain when walking.", marks=pytest.mark.xfail(strict=True, reason="not read yet")),
        pytest.param(
            "Phone call with his daughter: new foot drop.", marks=pytest.mark.xfail(strict=True, reason="not read yet")
        ),
        "Call from the GP about a foot drop.",
        "Returned to clinic with foot drop.",
        "Return from theatre with foot drop.",
        "Patient came in for fever.",
    ],
)
def test_a_sentence_that_tells_what_happened_is_not(sentence):
    assert labels(sentence)


@pytest.mark.parametrize(
    ("says", "form"),
    [
        ({"leg-pain"}, "[ ] Saddle anesthesia [ ] Urinary retention [x] Leg pain"),
        ({"saddle-numbness"}, "Red flags: [x] Saddle anesthesia [ ] Urinary retention"),
        ({"foot-drop"}, "☐ Saddle numbness\n☒ Foot drop left\n☐ Fever"),
        ({"saddle-numbness"}, "Saddle anesthesia [x]"),
        (set(), "[_] Saddle anesthesia [ ] Foot drop"),
        ({"-fever", "-chills", "dyspnoea"}, "Fever N  Chills N  Short of breath Y"),
        ({"-fever", "-foot-drop", "saddle-numbness"}, "Fever: No  Foot drop: No  Saddle numbness: Yes"),
        ({"-fever", "-chills"}, "(-) fever, (-) chills"),
        ({"fever"}, "(+) fever"),
        (set(), "Fever Y/N   Foot drop Y/N   Saddle numbness Y/N"),
        (set(), "Foot drop ______"),
        (set(), "Please circle all that apply: foot drop, fever, saddle numbness"),
        (set(), "Do you have a foot drop?"),
        (set(), "Any saddle numbness?"),
        ({"-fever", "-foot-drop"}, "Fever: none. Foot drop: none."),
    ],
)
def test_a_form_says_what_was_answered(says, form):
    assert says == labels(form)
