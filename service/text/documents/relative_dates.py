"""Days that words name without a year: "since Xmas", "in March", "on Tuesday"; words and day of writing in, span out.

The last such time before the writing is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from service.domain.spans import Span

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTHS = {name: at for at, name in enumerate(_MONTH.split("|"), 1)}
_FULL = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_FEASTS = {
    "christmas": ((12, 20), (12, 31)), "xmas": ((12, 20), (12, 31)), "new year": ((1, 1), (1, 7)),
    "thanksgiving": ((11, 20), (11, 30)), "halloween": ((10, 28), (11, 3)), "easter": ((3, 22), (4, 26)),
}  # fmt: skip
_PARTS = {"early": (1, 12), "start of": (1, 10), "mid": (10, 20), "late": (18, 28), "end of": (20, 28)}
"""Of a month, its first and last day; that of February may be a little later."""
_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}

_TH = r"(?:st|nd|rd|th)?"
_TIME = (
    rf"(?:(?P<part>early|mid|late|start of|end of)[ -])?(?:(?:last|this|the) )?(?:(?P<day1>\d{{1,2}}){_TH} (?:of )?)?"
    rf"(?P<month>{_FULL})\b\.?(?:'s)?(?: (?P<day2>\d{{1,2}}){_TH}\b(?!\d|:|/))?"
    r"(?P<year> (?:of )?(?:last y(?:ea)?r|this y(?:ea)?r))?(?![ ,]+(?:of )?\d{4})"
    r"|(?P<when>last |this |the )?(?P<season>spring|summer|autumn|winter)\b|(?:last|this) (?P<fall>fall)\b"
    r"|(?P<feast>christmas|xmas|new year|thanksgiving|halloween|easter)\b"
    r"|(?:(?:last|this) )?(?P<weekday>mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|satur|sat|sun)(?:days?)?\b"
)
_ROUGH = r"(?:(?:about|around|approx(?:imately)?\.?|roughly|some ?time|~) ?)?(?:in |on )?"
_BEGINS = (
    r"\b(?:since|from|until|till|begins?|began|begun|start(?:s|ed|ing)?|onset|came (?:on|back)|crept in|return(?:ed)?"
    r"|recurr(?:ed|ence)|flared?|kicked off)\b[ ,:]{1,2}"
)
_SINCE = re.compile(rf"{_BEGINS}{_ROUGH}(?:{_TIME})")
_NAMED = re.compile(rf"\b(?:in|on|last|this|since|from|early|mid|late|during|by|of|the|until)\b[ -]{_ROUGH}(?:{_TIME})")
_OWNED = re.compile(rf"\b(?P<month>{_FULL})'s\b")
_ANY = re.compile(rf"\b(?:{_MONTH}|spring|summer|autumn|winter|fall|christmas|xmas|new year|thanksgiving|halloween|easter|mon|tue|wed|thu|fri|sat|sun)")  # fmt: skip  # noqa: E501
"""Without one of these a sentence needs no closer look."""


def begun(sentence: str, written: Span) -> Span | None:
    """When something began, where the sentence says "since", "from" or "began" before a month, a season or a day."""
    return _read(_SINCE, sentence, written)


def named(sentence: str, written: Span) -> Span | None:
    """The month, season or day that a sentence names, with "in", "on" or "last" before it or an "'s" behind it."""
    text = sentence.lower()
    if match := _OWNED.search(text):
        return _month(match["month"], written.first)
    return _read(_NAMED, sentence, written)


def _read(pattern: re.Pattern[str], sentence: str, written: Span) -> Span | None:
    text = sentence.lower()
    match = pattern.search(text) if _ANY.search(text) else None
    if match is None:
        return None
    told, day = match.groupdict(), written.first
    if told["month"]:
        return _of_month(told, day)
    if season := told["season"] or told["fall"]:
        return _season(season, day - timedelta(92) if told["when"] == "last " else day)
    if told["feast"]:
        return _feast(told["feast"], day)
    if told["weekday"]:
        back = (day.weekday() - _DAYS[told["weekday"][:3]]) % 7 or 7
        return Span(day - timedelta(back), day - timedelta(back))
    return None


def _of_month(told: dict[str, str], written: date) -> Span | None:
    month = _MONTHS[told["month"][:3]]
    number = int(told["day1"] or told["day2"] or 0)
    year = written.year
    if (told["year"] and "last" in told["year"]) or (month, number or 1) > (written.month, written.day):
        year -= 1
    try:
        last = monthrange(year, month)[1]
        if number:
            return Span(date(year, month, number), date(year, month, number))
        first, end = _PARTS.get(told["part"] or "", (1, last))
        return Span(date(year, month, first), min(date(year, month, end), written))
    except ValueError:
        return None


def _month(name: str, written: date) -> Span | None:
    return _of_month({"month": name, "day1": "", "day2": "", "year": "", "part": ""}, written)


def _season(name: str, written: date) -> Span:
    """The last season of this name that had begun before the writing."""
    first, last = _SEASONS[name]
    return _latest(lambda year: date(year, first, 1), written, _length(first, last))


def _length(first: int, last: int) -> int:
    return 30 * ((last - first) % 12 + 1) + 1


def _feast(name: str, written: date) -> Span:
    first, last = _FEASTS[name]
    length = (date(2001 if last < first else 2000, *last) - date(2000, *first)).days
    return _latest(lambda year: date(year, *first), written, length)


def _latest(begins: Callable[[int], date], written: date, length: int) -> Span:
    begin = begins(written.year)
    if begin > written:
        begin = begins(written.year - 1)
    return Span(begin, min(begin + timedelta(length), written))
