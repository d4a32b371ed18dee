"""Emergencies of one note, looked at again: its statements in; those that count out, with what no frame foresaw.

The rules of assertion (denied, of then, advice, another person) and the frames know the ways of saying that they were
given, and no more. Two classifiers were learnt from labelled texts of many writers. One says how likely the words of a
sign tell of the patient now: where a note holds not one sign that is likely, its signs do not count. The other says how
far a sentence reads like an emergency: where a note holds no sign, the sentence that reads most like one is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from service.domain.statements import Polarity, Statement
from service.text.documents.entries import Entry, Text
from service.text.vocabulary.language import Language

LEAST = -1.0
"""Log odds below which a sign does not count. What that costs: service/decisions/emergency-classifiers.md."""
LEAST_OF_FEW = -2.0
"""The same for a text of a few sentences, which hardly was written for anything else. One sentence stands as read."""
FEW = 3
SHORT = 8
"""Words up to which a sentence of a sign stands as the rules read it: so few hold nothing to be sure by."""
MOST = 2.0
"""Log odds from which a sentence without a sign reads like an emergency."""
TOLD = "emergency-told"
"""The concept of such a sentence."""

S = TypeVar("S")


def without_unlikely(
    said: Sequence[tuple[Statement, S]], lines: Mapping[int, str], language: Language
) -> tuple[list[tuple[Statement, S]], list[Statement]]:
    """The statements of a note but its unlikely signs, and those; ``lines`` holds its sentences by their number."""
    signs = [s for s, _ in said if s.concept in language.emergencies and s.polarity is not Polarity.NO]
    if not signs or len(lines) < 2 or not language.assertion.of:
        return list(said), []
    least = LEAST if len(lines) > FEW else LEAST_OF_FEW
    for sign in signs:
        sentence, before = lines.get(sign.sentence, sign.words), lines.get(sign.sentence - 1, "")
        if len(sentence.split()) <= SHORT:
            return list(said), []
        if language.assertion.log_odds(sign.concept, sentence, before, language.words) >= least:
            return list(said), []
    left_out = {id(sign) for sign in signs}
    return [pair for pair in said if id(pair[0]) not in left_out], signs


def unforeseen(
    said: Sequence[tuple[Statement, S]], lines: Mapping[int, str], entry: Entry, text: Text, language: Language
) -> Statement | None:
    """The sentence that reads most like an emergency, of a note of which no sign of one was read; if any does."""
    if not language.alarm.of or any(s.concept in language.emergencies and s.polarity is Polarity.YES for s, _ in said):
        return None
    odds, number = max(((language.alarm.log_odds(line), -number) for number, line in lines.items()), default=(MOST, 0))
    if odds <= MOST:
        return None
    return Statement(
        TOLD,
        entry.ref,
        entry.basis,
        stated=text.stated,
        words=lines[-number],
        sentence=-number,
        resource=entry.resource,
    )
