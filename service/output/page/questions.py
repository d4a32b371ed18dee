"""What to ask next: conclusions in; questions that a click answers out, each answer as the rules take it.

An answer is the item of a QuestionnaireResponse (``linkId``, ``system``, ``code``); "not known" is no item at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from service.chart.chart import Chart, said, within
from service.coded.answers import RELIEF_ENDED
from service.domain.conclusions import Conclusions
from service.domain.statements import Polarity
from service.knowledge import Knowledge
from service.knowledge.answers import ANSWERS, WORDS, accepted_answers, accepted_words

MOST = 8
"""More than the two that the page shows at a time: the next ones follow when those are answered."""

EMERGENCY = "1"
_SIGNS = {
    "sphincter_new": "bladder or bowel change",
    "saddle": "saddle numbness",
    "deficit_new": "new leg weakness",
    "fever": "fever",
    "weight_loss": "weight loss",
}
_NONE = "none"
_BEDSIDE = {
    "foot-pulses": ("absent_pulses", "", "yes"),
    "hip-rotation": ("hip_sign", "yes", ""),
    "sacroiliac-tests": ("si_tests", "positive", "negative"),
    "fibular-neck": ("nerve_tenderness", "yes", ""),
}
"""Bedside questions with the finding that they settle and its words for yes and no ("": nothing is recorded)."""
_NO_QUESTION = frozenset({"smoking", "compensation", "fall", "rising_pain", "text_says_increasing", "course"})
"""Findings that may be answered but are asked better in another way, or need no asking."""


def ask(conclusions: Conclusions, unrecorded: Collection[str], knowledge: Knowledge) -> list[dict[str, Any]]:
    """The emergency signs first, then what would change the ranking most, then the other open questions.

    ``unrecorded`` names the emergency signs that are open; the others were asked and need no asking again. Where there
    is nothing to say, only the emergency signs are asked.
    """
    texts = {question.id: question for question in conclusions.questions}
    asked: dict[str, dict[str, Any]] = {}
    if EMERGENCY in texts:
        asked[EMERGENCY] = _emergency(texts[EMERGENCY].text)
    if conclusions.silent:
        return list(asked.values())
    tests = {_BEDSIDE[each.id][0]: each for each in knowledge.bedside if each.id in _BEDSIDE}
    for move in conclusions.would_change:
        question = next((q for q in conclusions.questions if move.finding in q.findings and _options(q.id)), None)
        if move.finding in _SIGNS and (EMERGENCY in texts or move.finding not in unrecorded):
            continue
        if question is not None:
            asked.setdefault(question.id, _choice(question.id, question.text))
        elif move.finding in tests:
            test = tests[move.finding]
            asked.setdefault(test.id, _bedside(test.id, test.because))
        elif move.finding not in _NO_QUESTION and (words := _words(move.finding)):
            asked.setdefault(move.finding, _finding(move.finding, f"{move.sentence}?", words))
    for question in conclusions.questions:
        if question.bedside and question.id in _BEDSIDE:
            asked.setdefault(question.id, _bedside(question.id, question.text))
        elif not question.bedside and _options(question.id):
            asked.setdefault(question.id, _choice(question.id, question.text))
    return list(asked.values())[:MOST]


def not_recorded(conclusions: Conclusions, chart: Chart | None) -> dict[str, str]:
    """The emergency signs, with their names, of which the chart says neither yes nor, lately, no."""
    known = conclusions.sheet.findings
    return {name: told for name, told in _SIGNS.items() if name not in known and not _denied(name, chart)}


def _denied(name: str, chart: Chart | None) -> bool:
    """Whether what the sign is made of was denied within the days in which a pain counts as new."""
    answer = accepted_words().get((name, "yes"))
    if chart is None or answer is None:
        return False
    denied = said(chart, *answer.says, polarity=Polarity.NO)
    return any(within(statement.stated, chart.numbers["new_pain_days"], chart) for statement in denied)


def _emergency(text: str) -> dict[str, Any]:
    """ "No" stands for all of them; "yes" opens the list."""
    signs = [each for each in _options(EMERGENCY) if each["code"] != _NONE]
    none = [each for each in _options(EMERGENCY) if each["code"] == _NONE]
    return {"id": EMERGENCY, "text": text, "yes": signs, "no": none, "several": True}


def _choice(ident: str, text: str) -> dict[str, Any]:
    return {"id": ident, "text": text, "options": list(_options(ident))}


def _finding(name: str, text: str, words: tuple[str, str]) -> dict[str, Any]:
    return {"id": name, "text": text, "yes": _word(name, words[0]), "no": _word(name, words[1])}


def _bedside(ident: str, text: str) -> dict[str, Any]:
    name, yes, no = _BEDSIDE[ident]
    return {"id": ident, "text": text, "yes": _word(name, yes), "no": _word(name, no), "bedside": True}


def _words(name: str) -> tuple[str, str] | None:
    """The words for yes and no with which a finding may be answered; "" for a no that nothing follows from."""
    for yes, no in (("yes", "no"), ("positive", "negative")):
        if (name, yes) in accepted_words():
            return yes, no if (name, no) in accepted_words() else ""
    return None


def _word(name: str, word: str) -> list[dict[str, str]]:
    return [{"linkId": name, "system": WORDS, "code": word}] if word else []


def _options(ident: str) -> tuple[dict[str, str], ...]:
    return tuple(_told(ident))


def _told(ident: str) -> Iterator[dict[str, str]]:
    """``until`` is the link of a date that makes the answer count: since when the relief is over."""
    for (question, code), answer in accepted_answers().items():
        if question == ident:
            told = {"linkId": ident, "system": ANSWERS, "code": code, "display": answer.display}
            yield {**told, "until": RELIEF_ENDED} if (question, code) == ("2", "returned") else told
