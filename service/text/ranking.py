"""What was not understood, most clinical first: a word of an emergency weighs most, then how new it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.domain.statements import NotUnderstood
from service.text.vocabulary.language import Language

_WORD = re.compile(r"[^\W_]+")


def most_clinical(missed: Iterable[NotUnderstood], language: Language, most: int) -> tuple[NotUnderstood, ...]:
    """The first ``most`` of what was not understood, each wording once."""
    weighed = sorted(
        {each.words.strip().lower(): each for each in sorted(missed, key=_day)}.values(),
        key=lambda each: (-_weight(each.words, language), -_day(each), each.source, each.words),
    )
    return tuple(weighed[:most])


def _weight(words: str, language: Language) -> int:
    return len(language.alarming.intersection(_WORD.findall(words.lower())))


def _day(missed: NotUnderstood) -> int:
    return missed.stated.first.toordinal() if missed.stated else 0
