"""Questions with their answers."""

from __future__ import annotations

import pytest

from service.text.shorthand.answers import with_answers
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurse: Any fever? Caller: no none of that", "-fever"),
        ("Nurse: Numb when you wipe? Caller: no ma'am I feel everything back there", "-saddle-numbness"),
        ("RN: Any fever? Pt: yes, since noon. RN: Any headache? Pt: nope", "fever"),
        ("RN: Any fever? Pt: yes, since noon. RN: Any headache? Pt: nope", "-headache"),
        ("Nurse: Is the leg weak? Caller: I carried laundry up two flights so I'd say no", "-leg-weakness"),
    ],
)
def test_an_answer_on_the_line_of_its_question_is_read_as_one(text, expected):
    assert expected in labels(text)


def test_a_no_that_answers_somebody_denies_nothing_behind_it():
    assert "saddle-numbness" in labels("no I have numbness between my legs")
    assert "-fever" in labels("no there is no fever")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (False, "The discharge paper has a list of when to call (fever over 101, leaking from the incision)."),
        (False, "The paper I signed had infection and spinal fluid leak on it."),
        (True, "I have a fever of 102 and the incision is leaking."),
    ],
)
def test_what_a_handed_paper_lists_has_not_happened(expected, text):
    assert expected == bool({"fever", "wound-drainage", "csf-leak"} & labels(text))
