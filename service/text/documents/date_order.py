"""Whether a chart writes the day or the month first: its entries in, the same with dates that leave no choice out.

"06/11/25" alone is the sixth of November or the eleventh of June. A chart that writes "24/02/26" elsewhere puts the
day first; where a study was done on one of the two days, that is the day that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from msgspec import structs

from service.domain.spans import Span
from service.fhir import elements
from service.fhir.record import Record
from service.text.documents.entries import Entry
from service.text.documents.normalise import portions

_WRITTEN = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/]|[.-]\d)")
_DAY_FIRST = re.compile(
    r"(?<![\d/.-])(?:(?:1[3-9]|2\d|3[01])/0[1-9]|\d{1,2}/52|\d{1,2}/(?:7|12)(?= (?:post|ago|since|after|history|hx)\b))"
    r"(?![\d/])",
    re.IGNORECASE,
)
"""A day without its year that can be no other ("24/02"), or a time as only those write it who put the day first
("6/52", "3/12 post op")."""

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY_THEN_WORD = re.compile(rf"(?<![\d/.:-])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?{_MONTH}\b", re.IGNORECASE)
_WORD_THEN_DAY = re.compile(
    rf"\b{_MONTH}\.? (?:0?[1-9]|[12]\d|3[01])(?:(?:st|nd|rd|th)\b|, ?(?:19|20)\d\d)", re.IGNORECASE
)
"""Who writes "14 Aug" puts the day first in figures too; "May 26" may be a year, "May 26th" and "May 26, 2025" not."""


def with_plain_dates(entries: Iterable[Entry], record: Record) -> list[Entry]:
    """The entries, with every date that the rest of the chart makes plain written as year, month and day."""
    held = list(entries)
    parts = [part for entry in held for text in entry.texts for part in portions(text.words)]
    written = [match for part in parts for match in _WRITTEN.finditer(part)]
    unclear = [pair for match in written if (pair := _both(match))]
    if not unclear:
        return held
    known = frozenset(_days(held, record))
    day_first = sum(int(match[3]) <= 12 < int(match[1]) for match in written)
    day_first += any(_DAY_FIRST.search(part) for part in parts)
    month_first = sum(int(match[1]) <= 12 < int(match[3]) for match in written)
    met = [(a in known, b in known) for a, b in unclear]
    day_first += sum(as_day and not as_month for as_day, as_month in met)
    month_first += sum(as_month and not as_day for as_day, as_month in met)

    if not day_first and not month_first:
        day_first = any(_DAY_THEN_WORD.search(part) for part in parts)
        month_first = any(_WORD_THEN_DAY.search(part) for part in parts)

    def plain(match: re.Match[str]) -> str:
        pair = _both(match)
        if pair is None:
            return match[0]
        as_day, as_month = pair
        if (as_day in known) != (as_month in known):
            return (as_day if as_day in known else as_month).isoformat()
        if bool(day_first) == bool(month_first):
            return match[0]
        return (as_day if day_first else as_month).isoformat()

    def as_meant(words: str) -> str:
        return "".join(_WRITTEN.sub(plain, part) for part in portions(words))

    return [
        replace(entry, texts=tuple(structs.replace(text, words=as_meant(text.words)) for text in entry.texts))
        for entry in held
    ]


def _both(match: re.Match[str]) -> tuple[date, date] | None:
    """The day first, then the month first; ``None`` where only one of them is a date, or both are the same."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if not (1 <= first <= 12 and 1 <= second <= 12) or first == second:
        return None
    year += 2000 if year < 100 else 0
    return date(year, second, first), date(year, first, second)


def _days(entries: Iterable[Entry], record: Record) -> Iterator[date]:
    """The days on which something of the chart was done or written."""
    spans: list[Span | None] = [text.stated for entry in entries for text in entry.texts]
    spans += [elements.procedure_done(procedure) for procedure in record.procedures]
    spans += [elements.study_done(study) for study in record.imaging_studies]
    spans += [elements.observation_done(observation) for observation in record.observations]
    return (span.first for span in spans if span and span.first == span.last)
