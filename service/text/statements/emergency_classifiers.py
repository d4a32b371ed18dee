"""Emergencies of one note, looked at again: its statements in; those that count out, with what no frame foresaw.

The rules of assertion (denied, of then, advice, another person) and the frames know the ways of saying that they were
given, and no more. Two classifiers were learnt from labelled texts of many writers: one says how far any sentence reads
like one that tells an emergency, the other how far one with a sign tells that the patient has it now. A sign that is
hardly told does not count; the sentence that reads most like an emergency is told, whatever was read in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from service.domain.statements import Polarity, Statement
from service.text.documents.entries import Entry, Text
from service.text.vocabulary.language import Language

LEAST = -1.0
"""Log odds, of both together, below which a sign does not count. What that costs:
service/decisions/emergency-classifiers.md."""
SHORT, FEW = 8, 3
"""Words up to which a sentence is short, and sentences up to which a text is: they hold little to be sure by."""
OF_SHORT = 5.0
"""How much more a sign is believed there."""
MOST = 1.0
"""Log odds from which a sentence reads like an emergency."""
TOLD = "emergency-told"
"""The concept of such a sentence."""

S = TypeVar("S")


def log_odds(lines: Mapping[int, str], language: Language) -> dict[int, float]:
    """How far each sentence of a note reads like an emergency, by its number; none where there are no weights."""
    if not language.alarm.of:
        return {}
    return {
        number: language.alarm.log_odds(line, lines.get(number - 1, ""), language.words)
        for number, line in lines.items()
    }


def without_unlikely(
    said: Sequence[tuple[Statement, S]], lines: Mapping[int, str], odds: Mapping[int, float], language: Language
) -> tuple[list[tuple[Statement, S]], list[Statement]]:
    """The statements of a note but its unlikely signs, and those; a text of one sentence stands as it was read."""
    signs: dict[int, set[str]] = {}
    for sign, _ in said:
        if sign.concept in language.emergencies and sign.polarity is not Polarity.NO and sign.sentence in odds:
            signs.setdefault(sign.sentence, set()).add(sign.concept)
    unlikely = {
        (number, sign)
        for number, told in signs.items()
        if len(lines) > 1 and odds[number] + _assertion(number, told, lines, language) < LEAST
        for sign in told
    }
    kept: list[tuple[Statement, S]] = []
    left_out: list[Statement] = []
    for pair in said:
        if pair[0].polarity is not Polarity.NO and (pair[0].sentence, pair[0].concept) in unlikely:
            left_out.append(pair[0])
        else:
            kept.append(pair)
    return kept, left_out


def _assertion(number: int, signs: set[str], lines: Mapping[int, str], language: Language) -> float:
    sentence, before = lines[number], lines.get(number - 1, "")
    more = OF_SHORT if len(lines) <= FEW or len(sentence.split()) <= SHORT else 0.0
    return language.assertion.log_odds(sentence, before, language.words, signs) + more


def unforeseen(lines: Mapping[int, str], odds: Mapping[int, float], entry: Entry, text: Text) -> Statement | None:
    """The sentence that reads most like an emergency, if any does; also beside signs, for not every sign alarms."""
    likeliest, number = max(((each, -number) for number, each in odds.items()), default=(MOST, 0))
    if likeliest <= MOST:
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
