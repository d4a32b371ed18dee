"""Partial FHIR dates as spans of days: text in, `Span` out; whole days between spans as an `Interval`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from service.domain.spans import Interval, Span

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(T.*)?)?)?\Z")


def parse(text: str | None) -> Span | None:
    """Read a FHIR date, dateTime or instant; ``None`` for nothing or for text that is no such date.

    A day keeps the calendar day that its own offset gives; a month or year spans all its days.
    """
    if not text:
        return None
    if text[4:5] == text[7:8] == "-" and (len(text) == 10 or (text[10:11] == "T" and "\n" not in text)):
        try:  # nearly every date of a chart is a whole day, and needs no regular expression
            exact = date.fromisoformat(text[:10])
        except ValueError:
            return _parse(text)
        return Span(exact, exact)
    return _parse(text)


def _parse(text: str) -> Span | None:
    shape = _SHAPE.match(text.strip())
    if shape is None:
        return None
    year, month, day = int(shape[1]), shape[2], shape[3]
    try:
        if day:
            exact = date(year, int(month), int(day))
            return Span(exact, exact)
        if month:
            return Span(date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1]))
        return Span(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


def instant(text: str | None) -> datetime | None:
    """Read a FHIR instant or dateTime with a time of day as UTC; ``None`` when it has none."""
    if not text or "T" not in text:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def on(day: date) -> Span:
    return Span(day, day)


def days_between(earlier: Span, later: Span) -> Interval:
    """The days from ``earlier`` to ``later``: negative when they may lie the other way round."""
    return Interval((later.first - earlier.last).days, (later.last - earlier.first).days)


def surely_after(span: Span, other: Span) -> bool:
    return span.first > other.last


def surely_before(span: Span, other: Span) -> bool:
    return span.last < other.first


def latest(spans: Iterable[Span | None]) -> Span | None:
    """The span that ends last, of those the one that begins last; ``None`` when no day is known."""
    return max((span for span in spans if span), key=_end_and_begin, default=None)


def earliest(spans: Iterable[Span | None]) -> Span | None:
    """The span that ends first, of those the one that begins first; ``None`` when no day is known."""
    return min((span for span in spans if span), key=_end_and_begin, default=None)


def back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def say(span: Span | None) -> str:
    """The span as people write it: ``2023-05-04``, ``2023-05``, ``2023`` or ``date unknown``."""
    if span is None:
        return "date unknown"
    first, last = span.first, span.last
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04d}-{first.month:02d}"
    if first.year == last.year:
        return f"{first.year:04d}"
    return f"{first.isoformat()} to {last.isoformat()}"


def _end_and_begin(span: Span) -> tuple[date, date]:
    return span.last, span.first
