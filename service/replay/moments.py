"""FHIR dates as seconds since 1970: when a day begins, and when all of it has passed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from service.domain import partial_dates

DAY = 86_400.0


@lru_cache(maxsize=65_536)
def begins(text: str | None, zone: ZoneInfo) -> float | None:
    """The instant itself, or the first moment of the day, month or year; None for what is no date."""
    exact = _instant(text, zone)
    if exact is not None:
        return exact
    span = partial_dates.parse(text)
    return None if span is None else midnight(span.first, zone)


@lru_cache(maxsize=65_536)
def passed(text: str | None, zone: ZoneInfo) -> float | None:
    """The instant itself, or the moment when the day, month or year is over: before it nobody can be sure."""
    exact = _instant(text, zone)
    if exact is not None:
        return exact
    span = partial_dates.parse(text)
    return None if span is None else midnight(span.last + timedelta(days=1), zone)


@lru_cache(maxsize=16_384)
def midnight(day: date, zone: ZoneInfo) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def day_of(moment: float, zone: ZoneInfo) -> date:
    """The calendar day of an instant where the hospital is."""
    return datetime.fromtimestamp(moment, zone).date()


def _instant(text: str | None, zone: ZoneInfo) -> float | None:
    """A time of day without an offset is the hospital's own."""
    if not text or "T" not in text:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return (read if read.tzinfo else read.replace(tzinfo=zone)).timestamp()
    except (OverflowError, ValueError):
        return None
