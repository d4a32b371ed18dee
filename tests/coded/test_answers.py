"""Answers to the questions are recorded facts."""

from __future__ import annotations

from datetime import date

import pytest

from service import intake
from service.findings import case_sheet
from service.knowledge import load
from service.knowledge.answers import accepted_answers

KNOWN = load()
OPERATED = {
    "resourceType": "Procedure",
    "id": "op",
    "status": "completed",
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "178625001"}]},
    "performedDateTime": "2024-03-05",
}


def answered(*given, authored="2026-02-20"):
    items = [{"linkId": link, "answer": [answer]} for link, answer in given]
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": "a",
        "status": "completed",
        "authored": authored,
        "item": items,
    }
    return sheet(response)


def sheet(*resources):
    return case_sheet.read(intake.read(intake.from_bundle([OPERATED, *resources]), date(2026, 3, 2)), KNOWN).findings


def choice(code):
    return {"valueCoding": {"code": code}}


def test_an_answered_course_is_recorded():
    found = answered(("3", choice("leg")), ("2", choice("never")))

    assert ("unchanged", "recorded") == (found["course"].value, found["course_basis"].value)


def test_relief_with_its_end_gives_the_pain_free_days():
    found = answered(("3", choice("leg")), ("2", choice("returned")), ("2-until", {"valueDate": "2025-10-01"}))

    assert "honeymoon" == found["course"].value


def test_an_answer_names_the_leading_pain():
    assert "back" == answered(("3", choice("back")))["pain_dominance"].value


def test_a_new_bladder_sign_in_an_answer_is_new():
    assert "yes" == answered(("1", choice("retention")))["sphincter_new"].value


def test_an_answer_may_come_as_an_observation():
    found = sheet(
        {
            "resourceType": "Observation",
            "id": "o",
            "status": "final",
            "effectiveDateTime": "2026-02-20",
            "code": {"coding": [{"system": "https://backstory.example/fhir/CodeSystem/questions", "code": "3"}]},
            "valueCodeableConcept": {"coding": [{"code": "leg"}]},
        }
    )

    assert "leg" == found["pain_dominance"].value


def test_an_unknown_answer_says_nothing():
    assert "pain_dominance" not in answered(("3", choice("elbow")))


@pytest.mark.parametrize("answer", accepted_answers().values(), ids=lambda a: f"{a.question}-{a.code}")
def test_every_answer_says_words_of_the_vocabulary_to_a_question_that_is_asked(answer):
    assert set() == {*answer.says, *answer.denies} - set(KNOWN.vocabulary.concepts)
    beside = {"3-side", "walking", "walking-eased", "function"}
    assert answer.question in {*(question.id for question in KNOWN.questions), *beside}


def test_the_side_goes_with_the_pain_that_is_named():
    assert "left" == answered(("3", choice("leg")), ("3-side", choice("left")))["pain_side"].value
    assert "bilateral" == answered(("3", choice("leg")), ("3-side", choice("bilateral")))["pain_side"].value


def test_a_side_alone_says_nothing_and_no_side_is_no_side():
    assert "pain_side" not in answered(("3-side", choice("left")))
    assert "pain_side" not in answered(("3", choice("leg")))


def test_a_walk_that_ends_by_leg_pain_is_claudication_and_what_eases_it_tells_nerves_from_arteries():
    nerves = answered(("3", choice("leg")), ("walking", choice("under-500")), ("walking-eased", choice("sitting")))
    arteries = answered(("3", choice("leg")), ("walking-eased", choice("standing-still")))

    assert ("yes", "yes") == (nerves["claudication"].value, nerves["worse_standing"].value)
    assert ("yes", "yes") == (arteries["claudication"].value, arteries["eased_standing"].value)
    assert "eased_standing" not in nerves
    assert "worse_standing" not in arteries


def test_who_walks_as_far_as_he_likes_has_no_claudication_and_a_distance_alone_says_nothing():
    free = answered(("3", choice("leg")), ("walking", choice("as-far")))

    assert "yes" != getattr(free.get("claudication"), "value", "")
    assert answered(("3", choice("leg"))) == answered(("3", choice("leg")), ("walking", choice("under-100")))


def test_what_the_pain_stops_moves_no_rule():
    assert answered(("3", choice("leg"))) == answered(("3", choice("leg")), ("function", choice("stops-sitting")))


@pytest.mark.parametrize("questionnaire", ["https://other.example/Questionnaire/oswestry", "Questionnaire/7"])
def test_answers_to_another_questionnaire_say_nothing(questionnaire):
    ours = "https://backstory.example/fhir/Questionnaire/backstory-questions|0.1.0"
    item = [{"linkId": "1", "answer": [choice("retention")]}]
    told = {
        "resourceType": "QuestionnaireResponse",
        "id": "a",
        "status": "completed",
        "authored": "2026-02-20",
        "item": item,
    }

    assert "sphincter_new" not in sheet({**told, "questionnaire": questionnaire})
    assert "sphincter_new" in sheet({**told, "questionnaire": ours})


def test_a_choice_of_another_code_system_says_nothing():
    foreign = {"valueCoding": {"system": "https://other.example/answers", "code": "retention"}}

    assert "sphincter_new" not in answered(("1", foreign))
