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

    assert [*(question.id for question in KNOWN.questions), "walking", "function"] == asked


def test_the_last_question_is_what_the_pain_stops():
    last = questionnaire(KNOWN)["item"][-1]
    offered = [option["valueCoding"]["display"] for option in last["answerOption"]]

    assert ["Walking", "Sitting", "Sleep", "Work", "None of these"] == offered
    assert last["repeats"]


def test_what_ends_a_walk_is_asked_only_of_those_whose_walk_ends():
    (walk,) = [item for item in questionnaire(KNOWN)["item"] if "walking" == item["linkId"]]
    (eased,) = [item for item in questionnaire(KNOWN)["item"] if "walking-eased" == item["linkId"]]
    offered = [option["valueCoding"]["code"] for option in walk["answerOption"]]

    assert offered[:-1] == [test["answerCoding"]["code"] for test in eased["enableWhen"]]
    assert ("as-far", "any") == (offered[-1], eased["enableBehavior"])


def test_every_answer_that_alone_can_be_an_emergency_shows_whom_to_call():
    (call,) = [item for item in questionnaire(KNOWN)["item"] if "1-now" == item["linkId"]]
    told = {test["answerCoding"]["code"] for test in call["enableWhen"]}

    assert {"retention", "urine-loss", "stool-loss", "saddle", "sexual", "weakness", "both-weak"} == told
    assert "emergency number" in call["text"]


def test_every_option_is_an_answer_that_is_understood():
    offered = {
        (item["linkId"], option["valueCoding"]["code"])
        for item in questionnaire(KNOWN)["item"]
        for option in item.get("answerOption", ())
    }

    assert set(accepted_answers()) == offered
