"""Dates in a sentence: the sentence and the day it was written in, the one span it names out."""

from __future__ import annotations

import re
from datetime import timedelta

from service.domain.spans import Span
from service.domain.written_dates import calendar_date, latest_date

__all__ = ["ago", "calendar_date", "latest_date", "since_surgery"]

_UNIT_DAYS = {"day": (1, 0), "week": (7, 3), "month": (30.44, 15), "year": (365.25, 183)}
"""Days of a unit and the days by which "three of them ago" may miss."""

_AGO = re.compile(r"\b(\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\s+(day|week|month|year)s?\s+(?:ago|back|earlier|previously)\b")  # fmt: skip  # noqa: E501
_FOR = re.compile(r"\b(?:for|x|past|last)\s+(?:the\s+)?(?:(?:past|last)\s+)?(\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(day|week|month|year)s?\b")  # fmt: skip  # noqa: E501
_YESTERDAY = re.compile(r"\b(?:since|from|began|started)\s+(yesterday|today|this morning|last night)\b")
_TIME = re.compile(r"day|week|month|year|morning|night")
"""Without these a sentence holds no date: most need no closer look."""

_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30}  # fmt: skip  # noqa: E501


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


_POSTOPERATIVE = re.compile(r"\b(?:pod|post ?-?op(?:erative)?(?: day)?|day|d)\s?#?\s?(\d{1,3})\b(?! ?/)|\b(\d{1,3})\s?(?:/(?:7|52|12)|d|days?|wks?|weeks?|mo|mths?|months?|yrs?|years?)\b[^.;]{0,12}?\b(?:s/p|post|after|following|since|out|from|p/o)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_SHORT_UNIT = re.compile(
    r"\b(?P<n>\d{1,3})\s?(?P<u>/7|/52|/12|d|days?|wks?|weeks?|mo|mths?|mos|months?|yrs?|years?)\b", re.IGNORECASE
)
_LONG_AGO = re.compile(r"\b(?:several|many|some|a few|few|number of|lots? of|\d{1,2}|ten|twenty|thirty)?\s?(?:years|yrs|decades?)\s+(?:ago|earlier|previously|before|prior|back)\b|\bin the (?:19)?[5-9]0'?s\b|\blong ago\b|\bas a (?:child|teenager|young)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_LAST = re.compile(r"\blast\s+(week|month|year|mon|tues|wednes|thurs|fri|satur|sun)", re.IGNORECASE)
_OF_SHORT = {"/7": "day", "/52": "week", "/12": "month", "d": "day", "w": "week", "m": "month", "y": "year"}


def since_surgery(clause: str, written: Span | None) -> Span | None:
    """The day of an operation as notes tell it: "POD 3", "6 weeks s/p", "three weeks ago", "last month"."""
    if written is None:
        return None
    if found := ago(clause, written):
        return found
    if _LONG_AGO.search(clause):
        return _before(written, 3650, 2920)
    match = _POSTOPERATIVE.search(clause)
    if match is not None:
        if match[1]:
            return _before(written, int(match[1]), 0)
        unit = _SHORT_UNIT.search(clause, match.start())
        if unit is not None:
            name = _OF_SHORT.get(unit["u"].lower()) or _OF_SHORT[unit["u"][0].lower()]
            each, slack = _UNIT_DAYS[name]
            return _before(written, round(int(unit["n"]) * each), slack)
    if match := _LAST.search(clause):
        each, slack = {"week": (10, 7), "month": (45, 30), "year": (365, 190)}.get(match[1].lower(), (7, 7))
        return _before(written, each, slack)
    return None
