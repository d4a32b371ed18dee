"""Scores of pain or disability over time: a sentence and its readings in, what the course of the scores tells added.

"VAS leg 9 preop, 0 at 6 wks, 7 now" is a pain that came back, "ODI 54 pre-op, 56 at present" an operation that did not
help, "NRS back 7 before, 1 now" a back that is well. No figure says it alone. A score with neither a part of the body
nor an arrow or a time beside it makes no course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from service.text.clauses.reading import Reading
from service.text.context.pain_over import PAINS

_SCALES = {"odi": 100, "osw": 100, "rol": 24, "rmd": 24, "com": 10}
_SCALE = re.compile(
    r"\b(?:vas|nrs|nprs|vnrs|vrs|odi|oswestry(?: disability index| index| score)?|rmdq|roland[- ]?morris|comi"
    r"|core outcome measures index|pain scores?|pain (?:level|rating|intensity))\b",
    re.IGNORECASE,
)
_OF_TEN = re.compile(r"(?<![\d/.])(?:10|\d)(?:\.\d)?\s?(?:/|out of)\s?10\b", re.IGNORECASE)
_SITE = re.compile(
    r"\b(?:(?P<leg>legs?|sciatica|calf|calves|thighs?|radicular)|(?P<back>back|lbp|lumbar)(?! (?:to|at|in|from"
    r"|up)\b))\b",
    re.IGNORECASE,
)
_SURGERY = r"(?:op\b|operation|surgery|fusion|discectomy|microdiscectomy|decompression|laminectomy|or\b)"
_MARK = re.compile(
    rf"(?P<before>\b(?:pre[- ]?op(?:erative(?:ly)?)?\b|pre[- ]?surgery|before(?: (?:the |her |his |my )?{_SURGERY})?"
    r"|beforehand|(?:at )?baseline|on admission|prior to \w+|pre\b\.?))"
    r"|(?P<now>\b(?:now|today|(?:at )?present|currently|current|this (?:week|month|visit|morning)|at last visit|latest"
    r"|again)\b)"
    r"|(?P<mid>\b(?:at |after |by )?(?:the )?(?:first|one|two|three|four|five|six|nine|ten|twelve|\d{1,2})"
    r"(?:(?:\s|-)?(?:weeks?|wks?|w|months?|mths?|mo|m|yrs?|years?|days?|d)\b(?: (?:post-?op|check|visit|review))?"
    r"|/(?:52|12|7)\b)|\b(?:at |on )?discharge\b|\bpost-?op(?:erative(?:ly)?)?\b|\bafter(?:wards)?\b|\blast (?:time"
    rf"|visit)\b|\bat first\b|\binitially\b|\b(?:week|month|wk) \d{{1,2}}\b|\b(?:after|since) (?:the )?{_SURGERY})",
    re.IGNORECASE,
)
_NOT_SCORE = re.compile(
    r"\b[lsct]\d{1,2}(?:\s?[-/]\s?[lsct]?\d)?\b"
    r"|\b\d+(?:\.\d+)?\s?(?:mg|mcg|m|km|ml|mm|cm|metres?|meters?|yards?|mins?|minutes?|hours?|h|tablets?|x|sessions?"
    r"|degrees?|\u00b0|kg|bd|tds|steps)\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_VALUE = re.compile(r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d)?)(?:\s?(?:/|out of)\s?(?:100|10|24)(?!\d)|\s?%)?")
_PART = re.compile(r",|\band\b|\bvs\.?\b|\bversus\b|\bto\b|[()|]|\s/\s")
_SEQUENCE = re.compile(
    r"(?P<all>\d{1,3}(?:\.\d)?(?:/10)?%?(?:\s?(?:-+>|\u2192|=>|>)\s?\d{1,3}(?:\.\d)?(?:/10)?%?)+"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/\d{1,2}(?![\d/]))"
)
_SEGMENT = re.compile(r";|\.(?=\s|$)")
_RETURNED, _NO_RELIEF, _WORSE, _WELL = "pain-returned", "no-relief", "pain-worse", ""
_SICK, _LITTLE, _RISE, _SAME = 0.3, 0.2, 0.2, 0.85
"""Of the scale: the least that is a complaint, the most that is none, and the least rise; of the first score: what it
takes for the last to be the same."""
_ORDER = {"before": 0, "mid": 1, "": 1, "now": 2}


class _Series(NamedTuple):
    begin: int
    end: int
    site: str
    top: float
    values: tuple[float, ...]
    from_before: bool


def with_score_courses(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings with those of each course; a site whose scores fell to nearly none is denied its pain."""
    told = list(readings)
    if not (_SCALE.search(text) or len(_OF_TEN.findall(text)) > 1):
        return told
    for series in _series_in(text):
        course = _course(series)
        if course is None:
            continue
        concept = f"{series.site}-pain" if series.site else "chronic-pain"
        if course == _WELL:
            told = [_well(r, series, concept) for r in told]
            continue
        told = [r for r in told if not (_is_within(r, series) and _hides(r, concept))]
        told += [
            Reading(name, "", series.begin, series.end, series.begin, series.end) for name in (concept, course) if name
        ]
    return told


def last_score(text: str, site: str) -> float | None:
    """The last score, of ten, that a sentence tells of a site in a course: 6 of "1/10 at 3 months and is 6/10 now"."""
    if not (_SCALE.search(text) or len(_OF_TEN.findall(text)) > 1):
        return None
    told = [series.values[-1] for series in _series_in(text) if series.site == site and series.top == 10]
    return told[-1] if told else None


def _is_within(reading: Reading, series: _Series) -> bool:
    return series.begin <= reading.start < series.end


def _hides(reading: Reading, concept: str) -> bool:
    return (reading.concept == concept and (reading.sign == "-" or reading.past)) or reading.concept in {
        *("pain-relief", "no-pain", "partial-relief"),
        *("no-relief", "pain-returned", "pain-worse"),
    }


def _well(reading: Reading, series: _Series, concept: str) -> Reading:
    of_it = reading.concept == concept or (not series.site and reading.concept in PAINS)
    of_it = of_it or reading.concept in {"pain-worse", "pain-returned", "no-relief"}
    return replace(reading, sign="-") if of_it and not reading.sign and _is_within(reading, series) else reading


def _course(series: _Series) -> str | None:
    values, top = series.values, series.top
    first, last = values[0], values[-1]
    least = min(values[1:-1], default=first)
    if last >= _SICK * top:
        if last - min(least, first) >= _RISE * top and (len(values) > 2 or not series.from_before):
            came_back = min(least, first) <= max(_LITTLE * top, last / 2)
            return _RETURNED if came_back else _WORSE
        if series.from_before and last - first >= _RISE * top:
            return _WORSE
        return _NO_RELIEF if series.from_before and last >= _SAME * first else None
    return _WELL if last <= _LITTLE * top and last < first else None


def _series_in(text: str) -> Iterator[_Series]:
    blank = _NOT_SCORE.sub(lambda m: " " * len(m.group()), text)
    edges = [0, *(m.end() for m in _SEGMENT.finditer(text)), len(text)]
    for begin, end in pairwise(edges):
        for start, close in _of_one_scale(text, begin, end):
            if (found := _one(text, blank, start, close)) is not None:
                yield found


def _of_one_scale(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a segment that tell of one scale and one site: "VAS back 7 -> 3, | leg 6 -> 0"."""
    starts = [begin]
    heads = sorted([*_SCALE.finditer(text, begin, end), *_SITE.finditer(text, begin, end)], key=lambda m: m.start())
    for head in heads:
        if _VALUE.search(_MARK.sub(" ", text[starts[-1] : head.start()])):
            comma = max((text.rfind(c, starts[-1], head.start()) for c in ",(|/"), default=-1)
            starts.append(comma + 1 if comma > starts[-1] else head.start())
    yield from zip(starts, [*starts[1:], end], strict=True)


def _one(text: str, blank: str, begin: int, end: int) -> _Series | None:
    words = blank[begin:end]
    scale, site = _SCALE.search(words), _SITE.search(words)
    if not scale and not (site and len(_OF_TEN.findall(words)) > 1) and not (site and _SCALE.search(text, 0, begin)):
        return None
    name = scale[0].lower()[:3] if scale else ""
    held = _in_order(words, scale.end() if scale else 0)
    if held is None:
        return None
    values, from_before = held
    top = float(_SCALES.get(name, 100 if max(values) > 10 else 10))
    if len(values) < 2 or max(values) > top:
        return None
    return _Series(begin, end, "" if site is None else site.lastgroup or "", top, values, from_before)


def _in_order(words: str, at: int) -> tuple[tuple[float, ...], bool] | None:
    """The scores from the first to the last of time, and whether the first is of before the operation."""
    if sequence := _SEQUENCE.search(words, 0):
        told = tuple(float(m["n"]) for m in _VALUE.finditer(re.sub(r"/10\b|%|[-=]*>|\u2192", " ", _plain(sequence))))
        # Two figures with an arrow are before and after.
        return told, True
    dated: list[tuple[int, float, str]] = []
    edges = [0, *(m.end() for m in _PART.finditer(words)), len(words)]
    for begin, end in pairwise(edges):
        part = words[begin:end]
        marks = [m.lastgroup or "" for m in _MARK.finditer(part)]
        values = [float(m["n"]) for m in _VALUE.finditer(_MARK.sub(lambda m: " " * len(m.group()), part))]
        if not values:
            continue
        if len(values) > 1 and len(values) != len(marks):
            return None
        marks = marks if len(marks) >= len(values) else [*marks, *[""] * (len(values) - len(marks))]
        dated += [(_ORDER[mark], value, mark) for mark, value in zip(marks, values, strict=False)]
    if len(dated) < 2 or not any(mark for _, _, mark in dated):
        return None
    if not any(mark in {"now", "mid"} for _, _, mark in dated):
        dated = [(2 if mark == "" else order, value, mark) for order, value, mark in dated]
    dated.sort(key=lambda told: told[0])
    return tuple(value for _, value, _ in dated), dated[0][2] == "before"


def _plain(match: re.Match[str]) -> str:
    return match["all"] if ">" in match["all"] or "\u2192" in match["all"] else match["all"].replace("/", " ")
