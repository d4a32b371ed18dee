"""Dates in a sentence: the sentence and the day it was written in, the one span it names out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from service.domain import partial_dates
from service.domain.spans import Span

_MONTHS = {name: at for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip  # noqa: E501
_UNIT_DAYS = {"day": (1, 0), "week": (7, 3), "month": (30.44, 15), "year": (365.25, 183)}
"""Days of a unit and the days by which "three of them ago" may miss."""

_NAMED = re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,\s*)?(?:of\s+)?(\d{4})\b")  # fmt: skip  # noqa: E501
_ISO = re.compile(r"\b(\d{4}-\d{2}(?:-\d{2})?)\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(?:(\d{1,2})/)?(\d{4})\b")
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_AGO = re.compile(r"\b(\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(day|week|month|year)s?\s+(?:ago|back)\b")  # fmt: skip  # noqa: E501
_FOR = re.compile(r"\b(?:for|x|past|last)\s+(?:the\s+)?(?:(?:past|last)\s+)?(\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(day|week|month|year)s?\b")  # fmt: skip  # noqa: E501
_YESTERDAY = re.compile(r"\b(?:since|from|began|started)\s+(yesterday|today|this morning|last night)\b")
_FOUR_DIGITS = re.compile(r"\d{4}")
_TIME = re.compile(r"day|week|month|year|morning|night")
"""Without these a sentence holds no date: most need no closer look."""

_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}  # fmt: skip  # noqa: E501


def calendar_date(sentence: str) -> Span | None:
    """The date that the sentence names outright; ``None`` when it names none or several."""
    if not _FOUR_DIGITS.search(sentence):
        return None
    text = sentence.lower()
    found = [span for match in _NAMED.finditer(text) if (span := _named(match))]
    found += [span for match in _ISO.finditer(text) if (span := partial_dates.parse(match[1]))]
    found += [span for match in _SLASHED.finditer(text) if (span := _slashed(match))]
    if not found:
        found = [span for match in _YEAR.finditer(text) if (span := partial_dates.parse(match[1]))]
    different = set(found)
    return different.pop() if len(different) == 1 else None


def ago(sentence: str, written: Span | None, *, durations: bool = False) -> Span | None:
    """A relative date: "three weeks ago", "since yesterday", and with ``durations`` also "for two days"."""
    if written is None:
        return None
    text = sentence.lower()
    if not _TIME.search(text):
        return None
    if match := _YESTERDAY.search(text):
        return _before(written, 1 if match[1] in {"yesterday", "last night"} else 0, 0)
    match = _AGO.search(text) or (_FOR.search(text) if durations else None)
    if match is None:
        return None
    each, slack = _UNIT_DAYS[match[2]]
    number = _WORDS.get(match[1]) or int(match[1] if match[1].isascii() and match[1].isdigit() else 0)
    return _before(written, round(number * each), slack)


def _before(written: Span, days: int, slack: int) -> Span | None:
    try:
        return Span(written.first - timedelta(days + slack), written.last - timedelta(max(0, days - slack)))
    except OverflowError:
        return None


def _named(match: re.Match[str]) -> Span | None:
    year, month, day = int(match[4]), _MONTHS[match[2]], match[1] or match[3]
    return _day(year, month, int(day)) if day else _month(year, month)


def _slashed(match: re.Match[str]) -> Span | None:
    """``03/2021`` is a month; ``3/4/2021`` is the third or the fourth, so both readings are kept."""
    year, first = int(match[3]), int(match[1])
    if not match[2]:
        return _month(year, first)
    second = int(match[2])
    read = [span for span in (_day(year, first, second), _day(year, second, first)) if span]
    return Span(min(s.first for s in read), max(s.last for s in read)) if read else None


def _month(year: int, month: int) -> Span | None:
    if not (1 <= month <= 12 and year >= 1):
        return None
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        return partial_dates.on(date(year, month, day))
    except ValueError:
        return None
