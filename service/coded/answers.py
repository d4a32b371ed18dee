"""Answers to what the rule set asks: QuestionnaireResponses and Observations in, recorded statements out.

Both answer by the code of a question, or by the code of a finding (in a response: a linkId, with a word of ours).
Either way the answer says concepts, as every other entry of a chart does, so that dates, sides and denials count as
they always count.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator

from service.domain import partial_dates
from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Ref, Statement
from service.fhir import datatypes, elements, resources
from service.fhir.elements import words_of
from service.fhir.record import Record
from service.knowledge.answers import (
    ANSWERS,
    FINDINGS,
    QUESTIONNAIRE,
    QUESTIONS,
    WORDS,
    AcceptedAnswer,
    accepted_answers,
    accepted_words,
    answerable,
)
from service.text.documents import level_parser
from service.text.statements import attributes

RELIEF_ENDED = "2-until"
"""The linkId whose date says until when the relief of question 2 lasted."""
PAIN, SIDE = "3", "3-side"
"""The linkId of where the pain is, and of the side that goes with it."""

_YES_NO = "http://terminology.hl7.org/CodeSystem/v2-0136"
_SIDES = {side.value: side for side in (Side.LEFT, Side.RIGHT, Side.BILATERAL)}
_OF_THE_OPERATION = frozenset({"leg_pain_cured"})
"""Findings that look back on what the operation did; the day of the answer is not the day of the relief."""


def read(record: Record) -> tuple[Statement, ...]:
    """What was answered, each answer a recorded fact of the day it was given."""
    found: list[Statement] = []
    for response in record.answers:
        found += _response(response)
    for observation in record.observations:
        found += _observation(observation)
    return tuple(found)


def unread(record: Record, findings: Container[str]) -> Iterator[tuple[Ref, str]]:
    """The Observations that are coded as answers and say nothing, each with a reason that repeats no content."""
    for observation in record.observations:
        if (asked := _asked(observation)) and (reason := _why_not(observation, *asked, findings)):
            yield observation.ref, reason


def _response(response: resources.QuestionnaireResponse) -> Iterator[Statement]:
    """Answers to our own questions: a chart holds other questionnaires, which number theirs from 1 as well."""
    if response.questionnaire and response.questionnaire.partition("|")[0] != QUESTIONNAIRE:
        return
    given = tuple(_items(response.item))
    until = next((_date(answer) for link, answer in given if link == RELIEF_ENDED), None)
    sides = [_SIDES.get(code, Side.UNKNOWN) for link, answer in given if link == SIDE and (code := _code(answer))]
    side = sides[0] if len(set(sides)) == 1 else Side.BILATERAL if sides else Side.UNKNOWN
    for link, answer in given:
        accepted = _accepted(link, answer)
        on = side if link == PAIN else Side.UNKNOWN
        yield from _said(accepted, response, elements.answers_stated(response), until, side=on)


def _accepted(link: str, answer: resources.Answer) -> AcceptedAnswer | None:
    coding = answer.value_coding
    if coding is not None and coding.system == WORDS:
        return accepted_words().get((link, coding.code or ""))
    return accepted_answers().get((link, _code(answer)))


def _code(answer: resources.Answer) -> str:
    """The code of a choice; one of another system than ours is none."""
    coding = answer.value_coding
    return (coding.code or "") if coding is not None and coding.system in (None, ANSWERS) else ""


def _items(items: Iterable[resources.Item] | None) -> Iterator[tuple[str, resources.Answer]]:
    waiting = deque(items or ())
    while waiting:
        item = waiting.popleft()
        for answer in item.answer or ():
            yield item.link_id or "", answer
        waiting += item.item or ()


def _observation(observation: resources.Observation) -> Iterator[Statement]:
    asked = _asked(observation)
    if asked is None:
        return
    system, code = asked
    when = elements.observation_done(observation)
    if system == QUESTIONS:
        for given in _codes(observation.value_codeable_concept):
            yield from _said(accepted_answers().get((code, given)), observation, when)
        return
    answer = accepted_words().get((code, _word(observation)))
    site = _site(observation.body_site)
    place, side = level_parser.place_in_text(site), level_parser.side_in_text(site)
    if answer is not None:
        yield from _said(answer, observation, when, place=place, side=_SIDES.get(answer.code, side))


def _asked(observation: resources.Observation) -> tuple[str, str] | None:
    """What the Observation answers: a question or a finding of ours, by system and code."""
    for coding in (observation.code.coding if observation.code is not None else None) or ():
        if coding is not None and (coding.system == FINDINGS or coding.system == QUESTIONS):
            return coding.system, coding.code or ""
    return None


def _word(observation: resources.Observation) -> str:
    """The word of a value: a code of ours, yes or no as a boolean or a code, or the word itself as text."""
    if observation.value_boolean is not None:
        return "yes" if observation.value_boolean else "no"
    value = observation.value_codeable_concept
    for coding in (value.coding if value is not None else None) or ():
        if coding is not None and coding.system == WORDS:
            return coding.code or ""
        if coding is not None and coding.system == _YES_NO:
            return {"Y": "yes", "N": "no"}.get(coding.code or "", "")
    text = (value.text if value is not None else None) or observation.value_string or ""
    return text.strip().lower()


def _why_not(observation: resources.Observation, system: str, code: str, findings: Container[str]) -> str:
    if system == QUESTIONS:
        known = any((code, given) in accepted_answers() for given in _codes(observation.value_codeable_concept))
        return "" if known else "not an answer to a question of this rule set"
    if code not in findings:
        return "coded as a finding that this rule set does not have"
    if code not in answerable():
        return "coded as a finding that is worked out from the chart and not taken as an answer"
    return "" if (code, _word(observation)) in accepted_words() else "its value is not a word that answers this finding"


def _codes(value: datatypes.CodeableConcept | None) -> Iterator[str]:
    for coding in (value.coding if value is not None else None) or ():
        if coding is not None and coding.code:
            yield coding.code


def _site(site: datatypes.CodeableConcept | None) -> str:
    """Names of the place; a code of our own system is one too (``L4-L5``)."""
    named = [c.display or c.code or "" for c in (site.coding if site is not None else None) or () if c is not None]
    return "; ".join([words_of(site), *named])


def _said(
    answer: AcceptedAnswer | None,
    given: resources.Resource,
    when: Span | None,
    until: Span | None = None,
    place: Place = NOWHERE,
    side: Side = Side.UNKNOWN,
) -> Iterator[Statement]:
    if answer is None:
        return
    for polarity, concepts in ((Polarity.YES, answer.says), (Polarity.NO, answer.denies)):
        for concept in concepts:
            yield Statement(
                concept,
                given.ref,
                Basis.ANSWER,
                polarity,
                stated=when,
                onset=until if concept == "pain-returned" else None,
                ended=until if concept == "pain-relief" else None,
                place=place,
                side=side,
                words=answer.display,
                about_surgery=answer.question in _OF_THE_OPERATION,
                resource=given.resource_type,
                attributes=attributes.read(concept, answer.display),
            )


def _date(answer: resources.Answer) -> Span | None:
    return partial_dates.parse(answer.value_date or answer.value_date_time or answer.value_string)
