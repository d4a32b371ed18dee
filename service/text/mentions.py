"""What a phrase says in its sentence: a phrase with scope and place in, the statements it makes (often none) out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.domain import spine
from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.text import temporal
from service.text.anatomy import Where
from service.text.assertion import Scope
from service.text.documents import Entry, Text
from service.text.matcher import Hit
from service.text.sections import Section
from service.text.sentences import Sentence
from service.text.tokens import TOKEN

MOST_WORDS = 160
_DATED = 1_000
"""Characters of a sentence in which its date is looked for, once for each thing it says."""
HISTORY = "history-of-spine-surgery"

_CURRENT_ONLY = frozenset({"finding", "result", "technique"})
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

_PARTS = re.compile(r",|;|then\b(?<!\wthen)|with\b(?<!\wwith)|but\b(?<!\wbut)")
_BEFORE_YEAR = re.compile(r",(?=\s*\(?(?:in )?\d{4}\b)")
_CLASSES = frozenset("DLFR")


class Spoken(NamedTuple):
    """A sentence in its text and entry. ``about_surgery``: it looks back on an operation; ``doubtful``: a piece of an
    overlong sentence whose negation may be lost; ``concepts``: everything it names; ``line``: it in one line."""

    sentence: Sentence
    text: Text
    entry: Entry
    number: int
    about_surgery: bool
    doubtful: bool
    concepts: frozenset[str]
    line: str
    basis: Basis


def read_meaning(hit: Hit, scope: Scope, where: Where, spoken: Spoken) -> Sequence[Statement]:
    if scope.hypothetical or scope.other:
        return ()
    kind, concept = hit.meaning.kind, hit.meaning.concept
    if kind == "operation":
        return _operation(hit, scope, where, spoken)
    if kind == "procedure":
        if spoken.concepts & _ANSWERS or (spoken.entry.kind == "procedure" and spoken.text.own_name):
            # "No relief after the block" denies the relief, not the block.
            return (_statement(hit, scope._replace(polarity=Polarity.YES), where, spoken, _when(concept, spoken)),)
        return ()
    if concept in _OF_OPERATION and spoken.concepts & _ANSWERS:
        return ()  # relief after a block is the block's answer, not the operation's
    if kind == "stated":
        if scope.polarity is Polarity.NO:
            return ()  # "no recurrence at the operated level" denies the recurrence, not the operation
        when = _day_of_surgery(hit, spoken), _when(concept, spoken)[1]
        return (_statement(hit, scope, where, spoken, when),)
    if scope.past and kind in _CURRENT_ONLY and scope.polarity is not Polarity.NO:
        return ()
    return (_statement(hit, scope, where, spoken, _when(concept, spoken)),)


def _operation(hit: Hit, scope: Scope, where: Where, spoken: Spoken) -> Sequence[Statement]:
    """An operation that is only spoken of: stated surgery, when the words show that it is past.

    The class is said as well when it is clear that a lumbar operation of that class was done.
    """
    concept, kind = hit.meaning.concept, spoken.entry.kind
    if kind == "procedure" and spoken.text.own_name and not scope.past:
        return (_statement(hit, scope, where, spoken, _when(concept, spoken)),) if concept != HISTORY else ()
    lumbar = spine.is_lumbar(where.place)
    if lumbar and not _BESIDE.isdisjoint(spoken.sentence.text.lower().split()):
        where = Where(Place(region="lumbar"), where.side)
    day = _day_of_surgery(hit, spoken)
    if not (scope.past or scope.done or spoken.about_surgery or day or _is_named_as_done(where, spoken)):
        return ()
    if scope.polarity is Polarity.NO and not (scope.past or concept == HISTORY):
        return ()
    when = day, _when(HISTORY, spoken)[1]
    history = _statement(hit, scope, where, spoken, when, looks_back=HISTORY)
    clear = history.polarity is Polarity.YES and lumbar and kind != "procedure"
    if clear and hit.meaning.code in _CLASSES:
        return history, _statement(hit, scope, where, spoken, when, looks_back=concept)
    return (history,)


def _is_named_as_done(where: Where, spoken: Spoken) -> bool:
    """The name of a problem ("L4-5 fusion"), or a report that describes a fusion at its level: both exist already."""
    if spoken.entry.kind == "condition":
        return spoken.text.own_name
    is_read = spoken.sentence.section in {Section.BODY, Section.IMPRESSION, Section.ADDENDUM}
    return spoken.entry.kind == "report" and is_read and bool(where.place.segments)


def _statement(
    hit: Hit,
    scope: Scope,
    where: Where,
    spoken: Spoken,
    when: tuple[Span | None, Span | None],
    looks_back: str = "",
) -> Statement:
    """``looks_back`` is what an operation of the past is told as; it is never closed."""
    entry, polarity, meaning = spoken.entry, scope.polarity, hit.meaning
    if polarity is Polarity.YES and (spoken.doubtful or entry.doubtful):
        polarity = Polarity.UNCERTAIN
    closed = entry.closed or (scope.past and meaning.kind in {"symptom", "risk"})
    return Statement(
        concept=looks_back or meaning.concept,
        source=entry.ref,
        basis=spoken.basis,
        polarity=polarity,
        stated=spoken.text.stated,
        onset=when[0],
        ended=when[1],
        place=where.place,
        side=entry.side if where.side is Side.UNKNOWN else where.side,
        study=entry.study,
        modality=entry.modality,
        words=spoken.line if len(spoken.line) <= MOST_WORDS else _words(hit, spoken),
        closed=closed and not looks_back,
        sentence=spoken.number,
        about_surgery=spoken.about_surgery or bool(looks_back),
        encounter=entry.encounter,
        code=meaning.code,
    )


def _when(concept: str, spoken: Spoken) -> tuple[Span | None, Span | None]:
    """Onset and end. Relief and return are dated by their own sentence only, never by the entry they stand in."""
    entry = spoken.entry
    if entry.kind == "report":
        return None, None
    sentence = spoken.sentence.text[:_DATED]
    words = frozenset(sentence.lower().split())
    if concept in _RELIEF:
        day = _told(temporal.calendar_date(sentence), spoken)
        return (None, day) if words & _UNTIL else (day, None)
    if concept in _RETURN:
        return _told(temporal.calendar_date(sentence) or temporal.ago(sentence, spoken.text.stated), spoken), None
    if entry.onset:
        return entry.onset, entry.ended
    day = temporal.calendar_date(sentence) if words & _BEGINS else None
    return _told(day or temporal.ago(sentence, spoken.text.stated, durations=True), spoken), entry.ended


def _day_of_surgery(hit: Hit, spoken: Spoken) -> Span | None:
    clause = _clause(hit, spoken)
    day = _told(temporal.calendar_date(clause) or temporal.ago(clause, spoken.text.stated), spoken)
    return day or (spoken.entry.onset if spoken.entry.kind == "condition" and spoken.text.own_name else None)


def _clause(hit: Hit, spoken: Spoken) -> str:
    """The part of the sentence round the phrase: a date in another part is seldom that of the operation."""
    sentence = _BEFORE_YEAR.sub(" ", spoken.sentence.text)
    at = next((match.start() for i, match in enumerate(TOKEN.finditer(spoken.sentence.text)) if i == hit.start), 0)
    begin = max((match.end() for match in _PARTS.finditer(sentence, 0, at)), default=0)
    end = next((match.start() for match in _PARTS.finditer(sentence, at)), len(sentence))
    return sentence[begin:end]


def _told(day: Span | None, spoken: Spoken) -> Span | None:
    """A day after the text was written is a plan or a slip, not a day on which something began."""
    stated = spoken.text.stated
    return None if day and stated and day.first > stated.last else day


def _words(hit: Hit, spoken: Spoken) -> str:
    """The part of a long sentence that is around the phrase, in one line."""
    line = spoken.line
    if spoken.doubtful:
        return line[:MOST_WORDS]
    at = next((match.start() for i, match in enumerate(TOKEN.finditer(line)) if i == hit.start), 0)
    begin = max(0, min(at - MOST_WORDS // 3, len(line) - MOST_WORDS))
    return line[begin : begin + MOST_WORDS].strip()
