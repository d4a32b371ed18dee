"""Answers to the rule set's own questions: QuestionnaireResponses and Observations in, recorded statements out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service import dates, views
from service.knowledge.answers import AcceptedAnswer, accepted_answers
from service.record import Record
from service.words import Basis, Polarity, Span, Statement

QUESTIONS = "https://backstory.example/fhir/CodeSystem/questions"
RELIEF_ENDED = "2-until"
"""The linkId whose date says until when the relief of question 2 lasted."""


def read(record: Record) -> tuple[Statement, ...]:
    """What was answered, each answer a recorded fact of the day it was given."""
    found: list[Statement] = []
    for response in record.answers:
        found += _response(response)
    for observation in record.observations:
        found += _observation(observation)
    return tuple(found)


def _response(response: views.QuestionnaireResponse) -> Iterator[Statement]:
    given = tuple(_items(response.item))
    until = next((_date(answer) for link, answer in given if link == RELIEF_ENDED), None)
    for link, answer in given:
        if answer.value_coding is not None and answer.value_coding.code is not None:
            yield from _said(link, answer.value_coding.code, response.ref, dates.parse(response.authored), until)


def _items(items: Iterable[views.Item] | None) -> Iterator[tuple[str, views.Answer]]:
    waiting = list(items or ())
    while waiting:
        item = waiting.pop(0)
        for answer in item.answer or ():
            yield item.link_id or "", answer
        waiting += item.item or ()


def _observation(observation: views.Observation) -> Iterator[Statement]:
    asked = [
        c.code for c in (observation.code.coding if observation.code else None) or () if c and c.system == QUESTIONS
    ]
    if not asked or observation.value_codeable_concept is None:
        return
    when = dates.parse(observation.effective_date_time) or dates.parse(observation.issued)
    for coding in observation.value_codeable_concept.coding or ():
        if coding is not None and coding.code:
            yield from _said(asked[0] or "", coding.code, observation.ref, when, None)


def _said(question: str, code: str, ref: str, when: Span | None, until: Span | None) -> Iterator[Statement]:
    answer = accepted_answers().get((question, code))
    if answer is None:
        return
    for concept in answer.says:
        ended = until if concept == "pain-relief" else None
        onset = until if concept == "pain-returned" else None
        yield _statement(answer, concept, Polarity.YES, ref, when, onset, ended)
    for concept in answer.denies:
        yield _statement(answer, concept, Polarity.NO, ref, when, None, None)


def _statement(
    answer: AcceptedAnswer,
    concept: str,
    polarity: Polarity,
    ref: str,
    when: Span | None,
    onset: Span | None,
    ended: Span | None,
) -> Statement:
    return Statement(concept, ref, Basis.ANSWER, polarity, stated=when, onset=onset, ended=ended, words=answer.display)


def _date(answer: views.Answer) -> Span | None:
    return dates.parse(answer.value_date or answer.value_date_time or answer.value_string)
