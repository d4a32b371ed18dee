"""When something that a sentence says began, ended and was found: a reading and its sentence in, days out."""

from __future__ import annotations

import re
from typing import NamedTuple

from service.domain.spans import Span
from service.domain.statements import Basis
from service.text.clauses.reading import Reading
from service.text.context.long_known import says_no_change
from service.text.documents import relative_dates, temporal
from service.text.documents.entries import Entry, Text
from service.text.documents.sentences import Sentence

_DATED = 1_000
"""Characters of a sentence in which its date is looked for, once for each thing it says."""
LONG_PAST = 60
"""Days after which an event that is told with its date is over."""

LONG_SINCE = 700
"""Days since which a sign has to have been there to be none of now, where its note says nothing of a change."""
_SINCE = re.compile(r"\b(?:since|from|for|following|after)\b", re.IGNORECASE)

_RELIEF = frozenset({"pain-relief", "no-pain", "partial-relief", "device-relief"})
_RETURN = frozenset({"pain-returned", "device-relief-lost"})
_STAYS_IN = frozenset({"mr-check-device", "mr-unsafe", "mr-conditional", "stimulator-present"})
"""What was put in years ago is in now: "PPM 2018" is no event that is over."""
_BEGINS = frozenset(
    {"since", "began", "begun", "started", "onset", "developed", "first", "from", "recurred", "returned"}
)
_UNTIL = frozenset({"until", "till", "til", "through"})
_PARTS = re.compile(r",|;|then\b(?<!\wthen)|with\b(?<!\wwith)|but\b(?<!\wbut)")
_CONTRAST = re.compile(r"\b(?:but|however|though|although)\b", re.IGNORECASE)
_BEFORE_YEAR = re.compile(r",(?=\s*\(?(?:in )?\d{4}\b)")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
_AS_THEN = re.compile(
    r"\b(?:as|same as|unchanged from)(?: (?:was|already|first))?"
    rf"(?: (?:recorded|documented|noted|found|seen|described|charted))? (?:back )?in (?:early |late |mid-?)?"
    rf"(?:(?:19|20)\d\d|{_MONTHS})\b.*",
    re.IGNORECASE,
)
"""A sign that is as it was in another year, or in a month long before, is no new one."""
_OF_OTHERS = re.compile(
    r"\b(?:mri?|ct|x-?rays?|films?|scan|study|operation|surgery|op|fusion|\w+ectomy|decompression|appointment|seen|visit)\b",
    re.IGNORECASE,
)
"""A date beside these is theirs, not that of the sign in the same clause."""


_DAY_OF_STUDY = re.compile(
    r"\b(?:mri?|ct|x-?rays?|xr|films?|scans?|radiographs?|spect|dexa)\b[^,;:]{0,20}?"
    r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{4}|(?:19|20)\d\d(?= ?[:-])"
    r"|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?(?: \d{4})?"
    r"|(?:last|this) (?:week|month|year)|(?:yesterday|today))\b"
    r"|[^\s:,;]*(?:19|20)\d\d\s?:(?=\W{0,3}(?:\w+ ){0,2}(?:fused|decompressed|solid)\b)",
    re.IGNORECASE,
)
"""A study or a visit with its day: "XR 9/1/26: fused" says when the film was, not when the bone was joined."""


class Spoken(NamedTuple):
    """A sentence in its text and entry. ``about_surgery``: it looks back on an operation; ``concepts``: everything it
    says; ``line``: it in one line; ``kind``: report, note, condition or procedure; ``passing``: what a day long past
    makes over."""

    sentence: Sentence
    text: Text
    entry: Entry
    number: int
    about_surgery: bool
    concepts: frozenset[str]
    line: str
    basis: Basis
    kind: str
    signs: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()

    def is_sign(self, concept: str) -> bool:
        """Whether it is a sign that is either new or known: an old one is over as far as alarms go."""
        return concept in self.signs


_EXAMINED = re.compile(r"\b(?:on examination|examined|exam(?:ination)?|o/e)\b[^.:;]{0,60}?\b(?=on |in )", re.IGNORECASE)


def examined_on(spoken: Spoken) -> Span | None:
    """The day of an examination that the note tells of: "On examination by the consultant on 2 March: ..."."""
    written = spoken.text.stated
    if written is None or spoken.kind != "note" or not (found := _EXAMINED.search(spoken.sentence.text)):
        return None
    day = relative_dates.named(spoken.sentence.text[found.end() : found.end() + 30], written)
    return day if day and day.first <= written.first else None


def is_long_since(reading: Reading, onset: Span | None, spoken: Spoken) -> bool:
    """Whether a note says since when a sign has been there, years ago, and nothing of a change: "since 2012"."""
    stated = spoken.text.stated
    if (
        reading.sign
        or spoken.kind != "note"
        or onset is None
        or stated is None
        or (stated.first - onset.last).days < LONG_SINCE
    ):
        return False
    side = _side_of(reading, spoken.sentence.text[:_DATED])
    return _SINCE.search(_clause(reading, spoken)) is not None and says_no_change(side)


def begun_and_ended(reading: Reading, spoken: Spoken) -> tuple[Span | None, Span | None]:
    """Onset and end. Relief and return are dated by their own sentence only, never by the entry they stand in."""
    entry, concept = spoken.entry, reading.concept
    if spoken.kind == "report":
        return None, None
    sentence = (
        _side_of(reading, spoken.sentence.text[:_DATED]) if spoken.is_sign(concept) else spoken.sentence.text[:_DATED]
    )
    words = frozenset(sentence.lower().split())
    if concept in _RELIEF:
        day = _told(temporal.calendar_date(sentence), spoken)
        return (None, day) if words & _UNTIL else (day, None)
    if concept in _RETURN:
        return _told(temporal.calendar_date(sentence) or temporal.ago(sentence, spoken.text.stated), spoken), None
    if entry.onset and spoken.text.own_name:
        return entry.onset, entry.ended
    day = None
    if words & _BEGINS and (day := temporal.calendar_date(sentence)):
        own = _clause(reading, spoken)
        day = temporal.calendar_date(own) or temporal.ago(own, spoken.text.stated, durations=True) or day
    written = spoken.text.stated
    if then := _AS_THEN.search(_clause(reading, spoken)):
        day = temporal.latest_date(then[0]) or (written and relative_dates.named(then[0], written))
        day = _told(day, spoken)
        if day and spoken.text.stated and (spoken.text.stated.first - day.last).days > LONG_PAST:
            return day, day  # the same as it was then: of all the years told, the latest
    if day is None and not _OF_OTHERS.search(clause := _clause(reading, spoken)):
        day = _told(temporal.calendar_date(clause), spoken)
        if day and spoken.text.stated and (spoken.text.stated.first - day.last).days > LONG_PAST:
            if concept in _STAYS_IN:
                return day, None
            return day, day  # told with a day of its own, long past, and not as lasting since: it is over
    return _told(day or temporal.ago(sentence, spoken.text.stated, durations=True), spoken) or entry.onset, entry.ended


def _side_of(reading: Reading, sentence: str) -> str:
    """The side of a "but" on which a sign stands: "poor flow for years, but it stopped on Wednesday"."""
    begin = max((m.end() for m in _CONTRAST.finditer(sentence, 0, min(reading.start, len(sentence)))), default=0)
    end = next((m.start() for m in _CONTRAST.finditer(sentence, min(reading.start, len(sentence)))), len(sentence))
    return sentence[begin:end]


def day_of_surgery(reading: Reading, spoken: Spoken) -> Span | None:
    clause = _DAY_OF_STUDY.sub(" ", _clause(reading, spoken))
    day = _told(temporal.latest_date(clause) or temporal.since_surgery(clause, spoken.text.stated), spoken)
    return day or (spoken.entry.onset if spoken.entry.kind == "condition" and spoken.text.own_name else None)


def _clause(reading: Reading, spoken: Spoken) -> str:
    """The part of the sentence round the phrase: a date in another part is seldom that of the operation."""
    sentence = _BEFORE_YEAR.sub(" ", spoken.sentence.text)
    at = min(reading.start, len(sentence))
    begin = max((match.end() for match in _PARTS.finditer(sentence, 0, at)), default=0)
    end = next((match.start() for match in _PARTS.finditer(sentence, at)), len(sentence))
    return sentence[begin:end]


def _told(day: Span | None, spoken: Spoken) -> Span | None:
    """A day after the text was written is a plan or a slip, not a day on which something began; of a day that can be
    read in two ways, the one before it."""
    stated = spoken.text.stated
    if day is None or stated is None or day.last <= stated.last:
        return day
    return None if day.first > stated.last else Span(day.first, stated.last, day.approx)
