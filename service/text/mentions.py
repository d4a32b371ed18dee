"""What a reading says: a concept of a sentence with its where in, the statements it makes (often none) out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from service.domain import spine
from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Attributes, Basis, Polarity, Statement
from service.text import attributes, relative_dates, temporal
from service.text.anatomy import Where
from service.text.entries import Entry, Text
from service.text.exam_grades import FULL, grades
from service.text.long_known import says_no_change
from service.text.reading import Reading
from service.text.sections import Section
from service.text.sentences import Sentence

MOST_WORDS = 160
_DATED = 1_000
"""Characters of a sentence in which its date is looked for, once for each thing it says."""
HISTORY = "history-of-spine-surgery"

LONG_PAST = 60
"""Days after which an event that is told with its date is over."""

LONG_SINCE = 700
"""Days since which a sign has to have been there to be none of now, where its note says nothing of a change."""
_SINCE = re.compile(r"\b(?:since|from|for|following|after)\b", re.IGNORECASE)

_POLARITY = {"": Polarity.YES, "-": Polarity.NO, "?": Polarity.UNCERTAIN}
_POWER = frozenset({"leg-weakness", "bilateral-leg-weakness", "foot-drop", "normal-neurology", "progressive-deficit"})
_WEAK = frozenset({"leg-weakness", "foot-drop"})
_CURRENT_ONLY = frozenset({"finding", "result", "technique"})
_LASTING = frozenset({"operation", "stated", "procedure", "risk"})
"""Kinds of concepts that stay true when they are told of the past."""
_RELIEF = frozenset({"pain-relief", "no-pain", "partial-relief", "device-relief"})
_RETURN = frozenset({"pain-returned", "device-relief-lost"})
_OF_OPERATION = frozenset({"pain-relief", "no-relief", "partial-relief"})
_BEGINS = frozenset(
    {"since", "began", "begun", "started", "onset", "developed", "first", "from", "recurred", "returned"}
)
_UNTIL = frozenset({"until", "till", "til", "through"})
_ANSWERS = frozenset({"block-positive", "block-negative"})
_BESIDE = frozenset({"above", "below", "adjacent", "cephalad", "caudal", "next", "beside"})
"""With these the level named may be the neighbour of the one operated on."""
_ELSEWHERE = frozenset({"cervical", "thoracic"})
_PARTS = re.compile(r",|;|then\b(?<!\wthen)|with\b(?<!\wwith)|but\b(?<!\wbut)")
_CONTRAST = re.compile(r"\b(?:but|however|though|although)\b", re.IGNORECASE)
_BEFORE_YEAR = re.compile(r",(?=\s*\(?(?:in )?\d{4}\b)")
_CLASSES = frozenset("DLFR")
_AS_THEN = re.compile(
    r"\b(?:as|same as|unchanged from)(?: (?:was|already|first))?"
    r"(?: (?:recorded|documented|noted|found|seen|described|charted))? in (?:19|20)\d\d\b.*",
    re.IGNORECASE,
)
"""A sign that is as it was in another year is no new one."""
_OF_OTHERS = re.compile(
    r"\b(?:mri?|ct|x-?rays?|films?|scan|study|operation|surgery|op|fusion|\w+ectomy|decompression|appointment|seen|visit)\b",
    re.IGNORECASE,
)
"""A date beside these is theirs, not that of the sign in the same clause."""


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


def moved(reading: Reading, by: int) -> Reading:
    """A reading of a text as one of the same text without its first so many characters."""
    return replace(
        reading,
        start=reading.start - by,
        end=reading.end - by,
        first=max(0, reading.first - by),
        last=reading.last - by,
    )


def statements_of(reading: Reading, is_a: tuple[str, str], where: Where, spoken: Spoken) -> Sequence[Statement]:
    """The statements that a reading makes. ``is_a`` is the kind of its concept and its operation class or ""."""
    kind, concept = is_a[0], reading.concept
    if reading.away or (reading.topic and kind in {"symptom", "finding", "result"} and not concept.startswith("block")):
        return ()
    if kind == "operation":
        return _operation(reading, is_a[1], where, spoken)
    if kind == "procedure":
        # "No relief after the block" denies the relief, not the block.
        return (
            (_statement(reading, is_a, where, spoken, _when(reading, spoken), Polarity.YES),)
            if reading.sign != "-" or spoken.concepts & _ANSWERS
            else ()
        )
    if concept in _OF_OPERATION and spoken.concepts & _ANSWERS:
        return ()  # relief after a block is the block's answer, not the operation's
    if kind in {"finding", "symptom"} and where.place.region in _ELSEWHERE and not where.place.segments:
        return ()
    if kind == "stated":
        if where.place.region in _ELSEWHERE and not where.place.segments:
            return ()
        when = _day_of_surgery(reading, spoken), _when(reading, spoken)[1]
        return (_statement(reading, is_a, where, spoken, when, looks_back=concept if concept == HISTORY else ""),)
    if reading.past and kind in _CURRENT_ONLY and reading.sign != "-":
        return ()
    return (_statement(reading, is_a, where, spoken, _when(reading, spoken)),)


def graded(said: list[Statement], spoken: Spoken) -> list[Statement]:
    """With the power of each muscle and side, where the sentence tells of power in this patient now; a weakness that
    names no side has that of its weak muscles."""
    if spoken.basis is not Basis.NOTE or "/5" not in spoken.line:
        return said
    told = next((s for s in said if s.concept in _POWER and not s.closed), None)
    if told is None:
        return said
    full = told.polarity is Polarity.NO  # "not 5/5" grades no whole leg
    found = [g for g in grades(spoken.line) if g.muscle or full]
    sides = {g.side for g in found if g.value < FULL and not g.earlier}
    if len(sides) == 1 and (side := sides.pop()) is not Side.UNKNOWN:
        said = [replace(s, side=side) if s.concept in _WEAK and s.side is Side.UNKNOWN else s for s in said]
    return said + [
        replace(
            told,
            concept="muscle-grade",
            polarity=Polarity.YES,
            side=grade.side if grade.side is not Side.UNKNOWN else spoken.entry.side,
            onset=None,
            ended=None,
            words=f"{grade.muscle or 'power'} {grade.value:g}/5",
            attributes=Attributes(
                grade=grade.value,
                muscle=grade.muscle,
                old=grade.earlier,
                new=grade.earlier and not grade.baseline,
            ),
        )
        for grade in found
    ]


def why_set_aside(reading: Reading) -> str:
    """Why a reading made no statement, in words."""
    if reading.away:
        return "advice, a plan, a question or another person"
    if reading.topic:
        return "told as improved"
    return "told of the past" if reading.past else "elsewhere, or part of something else"


def _operation(reading: Reading, letter: str, where: Where, spoken: Spoken) -> Sequence[Statement]:
    """An operation that words tell of: the operation itself where they are its name, else surgery that was done.

    The class is said as well unless the words place it away from the lumbar spine.
    """
    concept = reading.concept
    if spoken.kind == "procedure" and spoken.text.own_name and not reading.past:
        if concept == HISTORY or reading.sign == "-":
            return ()
        own = spoken._replace(about_surgery=False)
        return (_statement(reading, ("operation", letter), where, own, _when(reading, spoken)),)
    if spoken.kind == "procedure" and spoken.basis is Basis.REPORT and not reading.past:
        return ()  # the narrative of an operative report tells of the steps, not of further operations
    if reading.sign == "-":
        return (_statement(reading, ("operation", letter), where, spoken, (None, None)),)
    lumbar = spine.is_lumbar(where.place)
    if lumbar is False and not where.place.segments and where.place.region in _ELSEWHERE:
        return ()
    if lumbar is False:
        where = (
            Where()
        )  # the sacrum or the pelvis is where something else was found: "sacral fracture below the fusion"
    if lumbar and not _BESIDE.isdisjoint(spoken.sentence.text.lower().split()):
        where = Where(Place(region="lumbar"), where.side)
    day = _day_of_surgery(reading, spoken)
    when = day, _when(reading, spoken)[1]
    history = _statement(reading, ("stated", letter), where, spoken, when, looks_back=HISTORY)
    if history.polarity is Polarity.YES and letter in _CLASSES:
        return history, _statement(reading, ("operation", letter), where, spoken, when, looks_back=concept)
    return (history,)


def _statement(
    reading: Reading,
    is_a: tuple[str, str],
    where: Where,
    spoken: Spoken,
    when: tuple[Span | None, Span | None],
    polarity: Polarity | None = None,
    looks_back: str = "",
) -> Statement:
    """``looks_back`` is what an operation of the past is told as; it is never closed."""
    entry = spoken.entry
    polarity = polarity or _POLARITY[reading.sign]
    if polarity is Polarity.YES and entry.doubtful:
        polarity = Polarity.UNCERTAIN
    lasting = reading.past and is_a[0] in {"symptom", "risk"}
    comes_and_goes = is_a[0] == "symptom" or reading.concept in spoken.passing
    over = comes_and_goes and when[0] is not None and when[0] == when[1] and not entry.onset
    listed = spoken.sentence.section is Section.PAST and is_a[0] == "symptom"
    known = spoken.is_sign(reading.concept) and (reading.known or _is_long_since(reading, when[0], spoken))
    closed = entry.closed or lasting or over or listed or known
    concept = looks_back or reading.concept
    words = spoken.line if len(spoken.line) <= MOST_WORDS else _words(reading, spoken)
    return Statement(
        concept=concept,
        source=entry.ref,
        basis=spoken.basis,
        polarity=polarity,
        stated=_examined_on(spoken) or spoken.text.stated,
        onset=when[0],
        ended=when[1],
        place=where.place,
        side=entry.side if where.side is Side.UNKNOWN else where.side,
        study=entry.study,
        modality=entry.modality,
        words=words,
        closed=closed and not looks_back,
        sentence=spoken.number,
        about_surgery=spoken.about_surgery or bool(looks_back),
        encounter=entry.encounter,
        code=is_a[1],
        resource=entry.resource,
        attributes=attributes.read(concept, words, entry.severity),
    )


_EXAMINED = re.compile(r"\b(?:on examination|examined|exam(?:ination)?|o/e)\b[^.:;]{0,60}?\b(?=on |in )", re.IGNORECASE)


def _examined_on(spoken: Spoken) -> Span | None:
    """The day of an examination that the note tells of: "On examination by the consultant on 2 March: ..."."""
    written = spoken.text.stated
    if written is None or spoken.kind != "note" or not (found := _EXAMINED.search(spoken.sentence.text)):
        return None
    day = relative_dates.named(spoken.sentence.text[found.end() : found.end() + 30], written)
    return day if day and day.first <= written.first else None


def _is_long_since(reading: Reading, onset: Span | None, spoken: Spoken) -> bool:
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


def _when(reading: Reading, spoken: Spoken) -> tuple[Span | None, Span | None]:
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
    if then := _AS_THEN.search(_clause(reading, spoken)):
        day = _told(temporal.latest_date(then[0]), spoken)
        if day and spoken.text.stated and (spoken.text.stated.first - day.last).days > LONG_PAST:
            return day, day  # the same as it was then: of all the years told, the latest
    if day is None and not _OF_OTHERS.search(clause := _clause(reading, spoken)):
        day = _told(temporal.calendar_date(clause), spoken)
        if day and spoken.text.stated and (spoken.text.stated.first - day.last).days > LONG_PAST:
            return day, day  # told with a day of its own, long past, and not as lasting since: it is over
    return _told(day or temporal.ago(sentence, spoken.text.stated, durations=True), spoken) or entry.onset, entry.ended


def _side_of(reading: Reading, sentence: str) -> str:
    """The side of a "but" on which a sign stands: "poor flow for years, but it stopped on Wednesday"."""
    begin = max((m.end() for m in _CONTRAST.finditer(sentence, 0, min(reading.start, len(sentence)))), default=0)
    end = next((m.start() for m in _CONTRAST.finditer(sentence, min(reading.start, len(sentence)))), len(sentence))
    return sentence[begin:end]


def _day_of_surgery(reading: Reading, spoken: Spoken) -> Span | None:
    clause = _clause(reading, spoken)
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
    """A day after the text was written is a plan or a slip, not a day on which something began."""
    stated = spoken.text.stated
    return None if day and stated and day.first > stated.last else day


def _words(reading: Reading, spoken: Spoken) -> str:
    """The part of a long sentence that is around the phrase, in one line."""
    line = spoken.line
    begin = max(0, min(reading.start - MOST_WORDS // 3, len(line) - MOST_WORDS))
    return line[begin : begin + MOST_WORDS].strip()
