"""Dates in a sentence: the sentence and the day it was written in, the one span it names out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from service.domain.spans import Span
from service.domain.written_dates import calendar_date, latest_date
from service.text.documents import relative_dates

__all__ = ["ago", "calendar_date", "latest_date", "since_surgery"]

_UNIT_DAYS = {"day": (1, 0), "week": (7, 3), "month": (30.44, 15), "year": (365.25, 183)}
"""Days of a unit and the days by which "three of them ago" may miss."""

_NUMBER = (
    r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|a couple(?: of)?|couple(?: of)?|a few|few|several"
)
_LENGTH = (
    rf"(?:(?P<n>{_NUMBER})[\s-]+(?P<unit>days?|weeks?|months?|years?|d|w|wks?|mo|mos|m|mths?|mnths?|yrs?|y)"
    r"|(?P<glued>\d{1,3})(?P<letter>d|wks?|w|mo|m|yrs?|y)|(?P<short>\d{1,3})\s?/\s?(?P<over>7|52|12))"
)
"""How long: "three weeks", "6 wks", "6mo", "3/52"."""
_ABOUT = r"(?:(?:about|around|approx\.?|nearly|almost|over|more than|at least|of|the|past|last)\s+)*"
_AGO = re.compile(rf"\b{_LENGTH}\s+(?:ago|back|earlier|previously|prior)\b")
_FOR = re.compile(rf"\b(?:for|x|past|last|hx|history|over)\s?{_ABOUT}{_LENGTH}\b")
_LASTING = re.compile(rf"\b{_LENGTH}(?:'s?)?[\s-]+(?:history|hx|h/o)\b")
_YESTERDAY = re.compile(r"\b(?:since|from|began|started)\s+(yesterday|today|this morning|last night)\b")
_TIME = re.compile(r"day|week|month|year|morning|night|wk|mo\b|mth|mnth|mos\b|yr|/7|/52|/12|\d[dwmy]\b")
"""Without these a sentence holds no date: most need no closer look."""

_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "couple": 2, "few": 3, "several": 5}  # fmt: skip  # noqa: E501


def ago(sentence: str, written: Span | None, *, durations: bool = False) -> Span | None:
    """A relative date: "three weeks ago", "since yesterday", and with ``durations`` also "for two days"."""
    if written is None:
        return None
    text = sentence.lower()
    if _TIME.search(text):
        if match := _YESTERDAY.search(text):
            return _before(written, 1 if match[1] in {"yesterday", "last night"} else 0, 0)
        match = _AGO.search(text) or ((_FOR.search(text) or _LASTING.search(text)) if durations else None)
        if match is not None:
            return _long_before(match.groupdict(), written)
    return relative_dates.begun(text, written)


def _long_before(told: Mapping[str, str | None], written: Span) -> Span | None:
    number = (told["n"] or told["glued"] or told["short"] or "").removeprefix("a ").removesuffix(" of")
    unit = told["unit"] or told["letter"] or told["over"] or ""
    count = _WORDS.get(number) or int(number if number.isascii() and number.isdigit() else 0)
    each, slack = _UNIT_DAYS[_OF_SHORT.get(unit) or _OF_SHORT[unit[0]]]
    return _before(written, round(count * each), slack * (2 if number in {"few", "several"} else 1))


def _before(written: Span, days: int, slack: int) -> Span | None:
    try:
        return Span(written.first - timedelta(days + slack), written.last - timedelta(max(0, days - slack)))
    except OverflowError:
        return None


_POSTOPERATIVE = re.compile(r"\b(?:pod|post ?-?op(?:erative)?(?: day)?|day|d)\s?#?\s?(\d{1,3})\b(?! ?/)|\b(\d{1,3})\s?(?:/(?:7|52|12)|d|days?|wks?|weeks?|mo|mths?|months?|yrs?|years?)\b[^.;]{0,12}?\b(?:s/p|post|after|following|since|out|from|p/o)\b", re.IGNORECASE)  # fmt: skip  # noqa: E501
_AFTERWARDS = re.compile(rf"\b{_LENGTH}\b[^.;]{{0,12}}?\b(?:post|after|following|out)\b", re.IGNORECASE)
"""The same with the number as a word: "six yrs after fusion"."""
_SHORT_UNIT = re.compile(
    r"\b(?P<n>\d{1,3})\s?(?P<u>/7|/52|/12|d|days?|wks?|weeks?|mo|mths?|mos|months?|yrs?|years?)\b", re.IGNORECASE
)
_LONG_AGO = re.compile(r"\b(?:several|many|some|a few|few|number of|lots? of|\d{1,2}|ten|twenty|thirty)?\s?(?:years|yrs|decades?)\s+(?:ago|earlier|previously|before|prior|back)\b|\bin the (?:19)?[5-9]0'?s\b|\blong ago\b|\bas a (?:child|teenager|young)", re.IGNORECASE)  # fmt: skip  # noqa: E501
_NTHS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NTH = {word: at for at, word in enumerate(_NTHS, 1)}
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_NTH)})|(?P<n>\d{{1,2}})(?:st|nd|rd|th)"
    r"|(?P<years>one|two|three|four|five|ten|\d{1,2})[ -]year)"
    r" anniversary\b(?! (?:of|from) (?:the |his |her )?(?:diagnosis|wedding|marriage|accident|fall|injury))"
    r"|\b(?P<exact>a|one|two|three|four|five|ten|\d{1,2}) years? (?:ago )?(?:to the day|this week|today|tomorrow)\b",
    re.IGNORECASE,
)
"""An operation whose anniversary is kept now: so many years ago, to within the days of a week or two."""
_LAST = re.compile(r"\blast\s+(week|month|year|mon|tues|wednes|thurs|fri|satur|sun)", re.IGNORECASE)
_OF_SHORT = {
    "7": "day",
    "52": "week",
    "12": "month",
    "/7": "day",
    "/52": "week",
    "/12": "month",
    "d": "day",
    "w": "week",
    "m": "month",
    "y": "year",
}


def since_surgery(clause: str, written: Span | None) -> Span | None:
    """The day of an operation as notes tell it: "POD 3", "6 weeks s/p", "three weeks ago", "last month"."""
    if written is None:
        return None
    if match := _ANNIVERSARY.search(clause):
        told = match["nth"] or match["n"] or match["years"] or match["exact"]
        years = _NTH.get(told.lower()) or _WORDS.get(told.lower()) or int(told)
        return _before(written, round(years * 365.25), 14)
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
    if match := _AFTERWARDS.search(clause.lower()):
        return _long_before(match.groupdict(), written)
    if match := _LAST.search(clause):
        each, slack = {"week": (10, 7), "month": (45, 30), "year": (365, 190)}.get(match[1].lower(), (7, 7))
        return _before(written, each, slack)
    return relative_dates.named(clause, written)
