"""Dates as people write them: words in, the one span of days that they name out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from service.domain import partial_dates
from service.domain.spans import Span

_MONTHS = {name: at for at, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip  # noqa: E501
_NAMED = re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+))?(?:of\s+)?(\d{4})\b")  # fmt: skip  # noqa: E501
_ISO = re.compile(r"\b(\d{4}-\d{2}(?:-\d{2})?)\b")
_SLASHED = re.compile(
    r"\b(\d{1,2})/(?:(\d{1,2})/)?(\d{4})\b|(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\5(\d{4}|\d{2})\b(?![/.-]\d)"
)
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_DIGITS = re.compile(r"\d{4}|\d[/.-]\d\d\b")
"""Without these words hold no whole date."""


def calendar_date(words: str) -> Span | None:
    """The date that the words name outright; ``None`` when they name none or several."""
    if not _DIGITS.search(words):
        return None
    text = words.lower()
    found = [span for match in _NAMED.finditer(text) if (span := _named(match))]
    found += [span for match in _ISO.finditer(text) if (span := partial_dates.parse(match[1]))]
    found += [span for match in _SLASHED.finditer(text) if (span := _slashed(match))]
    if not found:
        found = [span for match in _YEAR.finditer(text) if (span := partial_dates.parse(match[1]))]
    different = set(found)
    return different.pop() if len(different) == 1 else None


def latest_date(words: str) -> Span | None:
    """As `calendar_date`; of several the latest ("in 1998 and 2003")."""
    if found := calendar_date(words):
        return found
    years = [span for match in _YEAR.finditer(words) if (span := partial_dates.parse(match[1]))]
    return max(years, key=lambda span: span.last, default=None)


def _named(match: re.Match[str]) -> Span | None:
    year, month, day = int(match[4]), _MONTHS[match[2]], match[1] or match[3]
    return _day(year, month, int(day)) if day else _month(year, month)


def _slashed(match: re.Match[str]) -> Span | None:
    """``03/2021`` is a month; ``3/4/2021`` is the third or the fourth, so both readings are kept; of two digits, the
    year is of this century."""
    if match[3] and not match[2]:
        return _month(int(match[3]), int(match[1]))
    first, second, year = (int(n) for n in ((match[1], match[2], match[3]) if match[3] else match.group(4, 6, 7)))
    year += 2000 if year < 100 else 0
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
