"""The questions as a FHIR Questionnaire and their code systems: knowledge in, R4 resources out.

It asks what the rules ask, in their order, then what the pain stops; and it tells the patient whom to call when an
answer cannot wait for the visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.fhir.canonical import CANONICAL
from service.knowledge import Knowledge
from service.knowledge.answers import ANSWERS, QUESTIONNAIRE, accepted_answers

FUNCTION = "function"
WALKING = "walking"
EASED = "walking-eased"
SIDE = "3-side"
NOT_WATCHED = (
    "Your answers are read at your visit and not before. If you feel in danger, do not fill in this form: call the "
    "emergency number now."
)
CALL_NOW = (
    "This can be an emergency. Do not wait for your visit or for an answer to this form: call the emergency number or "
    "go to the nearest emergency department now, and say that your spine was operated on."
)
CALL_TODAY = (
    "Do not wait for your visit: call the clinic that operated on you, or the doctor on call, today. With chills, "
    "confusion, or if you feel very ill, call the emergency number now."
)
_SEVERAL = frozenset({"1", "5", "6", FUNCTION})
"""Questions to which more than one answer may be true."""
_NOW = ("retention", "urine-loss", "stool-loss", "saddle", "sexual", "weakness", "both-weak")
_TODAY = ("fever", "wound")
_WALK_ENDS = ("under-100", "under-500", "under-1000")
_BESIDE = {
    SIDE: "Which side hurts?",
    WALKING: "How far can you walk before you have to stop?",
    EASED: "What makes you stop, and what eases it?",
    FUNCTION: "What does the pain stop or wake you from?",
}
"""Questions that the rules never ask by themselves, with their words."""


def questionnaire(knowledge: Knowledge) -> dict[str, Any]:
    """The questions of rulebook section 7 in their order with the answers that the rules understand, and function."""
    return {
        "resourceType": "Questionnaire",
        "id": "backstory-questions",
        "url": QUESTIONNAIRE,
        "version": knowledge.version.split("+")[0],
        "name": "BackstoryQuestions",
        "title": "Pain after spine surgery: what the chart does not say",
        "status": "draft",
        "experimental": False,
        "subjectType": ["Patient"],
        "description": "Answers come back as a QuestionnaireResponse, or as Observations coded by question and answer.",
        "item": [
            {"linkId": "0-note", "type": "display", "text": NOT_WATCHED},
            *(item for question in knowledge.questions for item in _items(question.id, question.text)),
            *_function(),
        ],
    }


def code_systems(knowledge: Knowledge) -> tuple[dict[str, Any], dict[str, Any]]:
    """The code systems of the questions and of their answers."""
    questions = [{"code": question.id, "display": question.text} for question in knowledge.questions]
    questions += [{"code": ident, "display": text} for ident, text in _BESIDE.items()]
    answers = {answer.code: answer.display for answer in accepted_answers().values()}
    return (
        _code_system("questions", "BackstoryQuestionCodes", "Questions", questions),
        _code_system(
            "answers",
            "BackstoryAnswerCodes",
            "Answers to the questions",
            [{"code": code, "display": display} for code, display in answers.items()],
        ),
    )


def _items(ident: str, text: str) -> Iterator[dict[str, Any]]:
    yield {**_choice(ident, text), "prefix": ident}
    if ident == "1":
        yield _call("1-now", CALL_NOW, _NOW)
        yield _call("1-today", CALL_TODAY, _TODAY)
    elif ident == "2":
        when = [_when("2", "returned")]
        yield {"linkId": "2-until", "text": "Until when did the relief last?", "type": "date", "enableWhen": when}
    elif ident == "3":
        yield _choice(SIDE, _BESIDE[SIDE])


def _function() -> Iterator[dict[str, Any]]:
    """How far the patient walks, what ends the walk where it ends, and what else the pain stops."""
    ends = [_when(WALKING, code) for code in _WALK_ENDS]
    yield _choice(WALKING, _BESIDE[WALKING])
    yield {**_choice(EASED, _BESIDE[EASED]), "enableWhen": ends, "enableBehavior": "any"}
    yield _choice(FUNCTION, _BESIDE[FUNCTION])


def _choice(ident: str, text: str) -> dict[str, Any]:
    """A question with its accepted answers, or in free text when the rules understand none."""
    options = [answer for (question, _), answer in accepted_answers().items() if question == ident]
    item: dict[str, Any] = {"linkId": ident, "text": text, "type": "choice" if options else "text"}
    if options:
        item["answerOption"] = [
            {"valueCoding": {"system": ANSWERS, "code": answer.code, "display": answer.display}} for answer in options
        ]
    if ident in _SEVERAL:
        item["repeats"] = True
    return item


def _call(ident: str, text: str, codes: tuple[str, ...]) -> dict[str, Any]:
    """A fixed text that the portal shows as soon as one of these answers to question 1 is given."""
    when = [_when("1", code) for code in codes]
    return {"linkId": ident, "type": "display", "text": text, "enableWhen": when, "enableBehavior": "any"}


def _when(question: str, code: str) -> dict[str, Any]:
    return {"question": question, "operator": "=", "answerCoding": {"system": ANSWERS, "code": code}}


def _code_system(ident: str, name: str, title: str, concepts: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "id": ident,
        "url": f"{CANONICAL}/CodeSystem/{ident}",
        "version": "0.1.0",
        "name": name,
        "title": title,
        "status": "draft",
        "experimental": False,
        "caseSensitive": True,
        "content": "complete",
        "count": len(concepts),
        "concept": concepts,
    }
