"""Questions with their answers."""

from __future__ import annotations

import pytest

from service.text.answers import with_answers
from tests.text.reading import labels

CALL = """NURSE: Any fever?
CALLER: {fever}
NURSE: Any numbness down below?
CALLER: {numb}"""


@pytest.mark.parametrize(
    "answer", ["No.", "Nope, none.", "No ma'am, none of that.", "Naw. Nane o that.", "He has not."]
)
def test_what_a_caller_answers_with_no_is_denied(answer):
    assert {"-fever", "-saddle-numbness"} <= labels(CALL.format(fever=answer, numb=answer))


def test_what_a_caller_answers_with_yes_is_said():
    assert {"-fever", "saddle-numbness"} <= labels(CALL.format(fever="No.", numb="Yes, since last night."))


def test_a_question_in_a_call_that_got_another_answer_tells_nothing():
    assert frozenset() == labels(CALL.format(fever="What do you mean?", numb="I would rather not say."))


def test_what_a_body_should_do_and_does_not_is_told_by_a_no():
    call = "Nurse: Hello.\nPatient: Hello.\nNurse: Are you able to pass water?\nPatient: No, not since yesterday."

    assert "urinary-retention" in labels(call)


@pytest.mark.parametrize(
    "text",
    [
        "Any fever? No none of that.",
        "Asked about fever. No.",
        "Asked about fever, he said no",
        "Do you have a fever? Nope.",
    ],
)
def test_an_answer_in_running_text_denies(text):
    assert "-fever" in labels(text)


@pytest.mark.parametrize("text", ["Can I drive? No idea.", "Findings: disc. No collection.", "What now?", ""])
def test_what_asks_nothing_of_the_patient_stays_as_it_is(text):
    assert text == with_answers(text)


def test_a_title_with_none_under_it_is_denied():
    assert {"-sensory-loss"} == labels("NUMBNESS\nNone in the legs.")


def test_no_more_than_usual_is_no_denial():
    assert (
        "pain: no more than usual."
        == with_answers("Nurse: Hi.\nPt: Hi.\nNurse: Pain?\nPt: No more than usual.").splitlines()[-1].lower()
    )
