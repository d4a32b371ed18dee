"""The questions are published as a valid Questionnaire whose every answer the rules understand."""

from __future__ import annotations

from fhir.resources.R4B.questionnaire import Questionnaire

from service.knowledge import load
from service.knowledge.answers import accepted_answers
from service.output.fhir.questionnaire import questionnaire

KNOWN = load()


def test_the_questionnaire_is_valid_r4():
    assert "backstory-questions" == Questionnaire.model_validate(questionnaire(KNOWN)).id


def test_the_questions_stand_in_their_order():
    asked = [item["linkId"] for item in questionnaire(KNOWN)["item"] if "-" not in item["linkId"]]

    assert [question.id for question in KNOWN.questions] == asked


def test_every_option_is_an_answer_that_is_understood():
    offered = {
        (item["linkId"], option["valueCoding"]["code"])
        for item in questionnaire(KNOWN)["item"]
        for option in item.get("answerOption", ())
    }

    assert set(accepted_answers()) == offered
