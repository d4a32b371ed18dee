"""The questions as a FHIR Questionnaire and their code systems: knowledge in, R4 resources out."""

from __future__ import annotations

from typing import Any

from service.fhir.canonical import CANONICAL
from service.knowledge import Knowledge
from service.knowledge.answers import accepted_answers

ANSWERS = f"{CANONICAL}/CodeSystem/answers"

_SEVERAL = frozenset({"1", "5", "6"})
"""Questions to which more than one answer may be true."""


def questionnaire(knowledge: Knowledge) -> dict[str, Any]:
    """The questions of rulebook section 7 in their order, with the answers that the rules understand."""
    return {
        "resourceType": "Questionnaire",
        "id": "backstory-questions",
        "url": f"{CANONICAL}/Questionnaire/backstory-questions",
        "version": knowledge.version.split("+")[0],
        "name": "BackstoryQuestions",
        "title": "Pain after spine surgery: what the chart does not say",
        "status": "draft",
        "experimental": False,
        "subjectType": ["Patient"],
        "description": "Answers come back as a QuestionnaireResponse, or as Observations coded by question and answer.",
        "item": [item for question in knowledge.questions for item in _items(question.id, question.text)],
    }


def code_systems(knowledge: Knowledge) -> tuple[dict[str, Any], dict[str, Any]]:
    """The code systems of the questions and of their answers."""
    questions = [{"code": question.id, "display": question.text} for question in knowledge.questions]
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


def _items(ident: str, text: str) -> list[dict[str, Any]]:
    options = [answer for (question, _), answer in accepted_answers().items() if question == ident]
    item: dict[str, Any] = {"linkId": ident, "prefix": ident, "text": text, "type": "choice" if options else "text"}
    if options:
        item["answerOption"] = [
            {"valueCoding": {"system": ANSWERS, "code": a.code, "display": a.display}} for a in options
        ]
    if ident in _SEVERAL:
        item["repeats"] = True
    if ident != "2":
        return [item]
    until = {
        "linkId": "2-until",
        "text": "Until when did the relief last?",
        "type": "date",
        "enableWhen": [
            {
                "question": "2",
                "operator": "=",
                "answerCoding": {"system": ANSWERS, "code": "returned"},
            }
        ],
    }
    return [item, until]


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
