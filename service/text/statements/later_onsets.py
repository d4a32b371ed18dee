"""An onset told in a sentence of its own: "Pain in the right buttock. Worse on stairs. Began in September, no injury."

The statements so far of one text in; the same with the day at the complaint that the sentence is about, out.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from service.domain.spans import Span
from service.domain.statements import Polarity, Statement
from service.text.documents import temporal
from service.text.vocabulary.language import Language
from service.text.vocabulary.sections import Section

Said = list[tuple[Statement, Section]]

_BEGINS = re.compile(
    r"\W{0,3}(?:(?:it|this|these|they|symptoms?|(?:the |her |his |this )?pains?|all(?: this)?)\W{1,2}(?:first |all )?)?"
    r"(?:began|begun|started|starting|onset|came on|commenced|crept in|first noticed|gradual onset|insidious onset)\b",
    re.IGNORECASE,
)
_REACH = 4
"""Sentences between the complaint and its onset."""


def with_onset(said: Said, sentence: str, number: int, written: Span | None, language: Language) -> Said:
    """The statements, where the sentence says when "it" began, with that day at the last complaint told before it."""
    if not said or _BEGINS.match(sentence) is None:
        return said
    day = temporal.calendar_date(sentence) or temporal.ago(sentence, written, durations=True)
    if day is None or (written and day.first > written.last):
        return said
    complaints = [s for s, _ in said if _is_complaint(s, language) and number - s.sentence <= _REACH]
    if not complaints:
        return said
    last = max(s.sentence for s in complaints)
    return [
        (replace(s, onset=day), section)
        if s.sentence == last and s.onset is None and _is_complaint(s, language)
        else (s, section)
        for s, section in said
    ]


def _is_complaint(statement: Statement, language: Language) -> bool:
    kind = language.meanings.get(statement.concept, ("", ""))[0]
    return statement.polarity is Polarity.YES and kind == "symptom" and not statement.closed
