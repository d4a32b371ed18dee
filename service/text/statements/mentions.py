"""What a reading says: a concept of a sentence with its where in, the statements it makes (often none) out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.domain import spine
from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Attributes, Basis, Polarity, Statement
from service.text.clauses.reading import Reading
from service.text.shorthand.exam_grades import FULL, MUSCLE, grades
from service.text.statements import attributes
from service.text.statements.anatomy import Where
from service.text.statements.reading_dates import Spoken, begun_and_ended, day_of_surgery, examined_on, is_long_since
from service.text.vocabulary.sections import Section

MOST_WORDS = 160
_OF_THESE_DAYS = re.compile(
    r"\b(?:now|today|tonight|yesterday|last night|overnight|this (?:morning|week|afternoon|evening)|since (?:mon|tue"
    r"|wed|thu"
    r"|fri|sat|sun)\w*)\b",
    re.IGNORECASE,
)
"""What a list of past illnesses does not say of them."""
_CLAUSE = re.compile(r"[;:.,]\s+")
_NEAR = 40
"""Characters that a clause may begin before the room that its phrase is given."""
HISTORY = "history-of-spine-surgery"

_POLARITY = {"": Polarity.YES, "-": Polarity.NO, "?": Polarity.UNCERTAIN}
_POWER = frozenset({"leg-weakness", "bilateral-leg-weakness", "foot-drop", "normal-neurology", "progressive-deficit"})
_WEAK = frozenset({"leg-weakness", "foot-drop"})
_CURRENT_ONLY = frozenset({"finding", "result", "technique"})
_LASTING = frozenset({"operation", "stated", "procedure", "risk"})
"""Kinds of concepts that stay true when they are told of the past."""
_OF_OPERATION = frozenset({"pain-relief", "no-relief", "partial-relief"})
_ANSWERS = frozenset({"block-positive", "block-negative"})
_BESIDE = frozenset({"above", "below", "adjacent", "cephalad", "caudal", "next", "beside"})
"""With these the level named may be the neighbour of the one operated on."""
_ELSEWHERE = frozenset({"cervical", "thoracic"})
_CLASSES = frozenset("DLFR")


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
            (_statement(reading, is_a, where, spoken, begun_and_ended(reading, spoken), Polarity.YES),)
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
        when = day_of_surgery(reading, spoken), begun_and_ended(reading, spoken)[1]
        return (_statement(reading, is_a, where, spoken, when, looks_back=concept if concept == HISTORY else ""),)
    if reading.past and kind in _CURRENT_ONLY and reading.sign != "-":
        return ()
    return (_statement(reading, is_a, where, spoken, begun_and_ended(reading, spoken)),)


_BARE = re.compile(
    rf"(?<!\w){MUSCLE}(?:\s(?:L|R|left|right|MMT))?[\s:=]{{1,2}}[0-5][+-]?(?![\d/]|\.\d)|\b(?:others|rest)\s5\b",
    re.IGNORECASE,
)
_ROW, _SHORT_ROW = 2, 4
"""Muscles with a figure that make a row of grades of them ("TA 4+, EHL 4"); words up to which one does."""


def graded(said: list[Statement], spoken: Spoken) -> list[Statement]:
    """With the power of each muscle and side, where the sentence tells of power in this patient now; a weakness that
    names no side has that of its weak muscles."""
    bare = "/5" not in spoken.line
    row = 1 if len(spoken.line.split()) <= _SHORT_ROW else _ROW
    if spoken.basis is not Basis.NOTE or (bare and len(_BARE.findall(spoken.line)) < row):
        return said
    power = sorted((s for s in said if s.concept in _POWER), key=lambda s: s.closed)
    told = power[0] if power else _of_then(spoken)
    full = told.polarity is Polarity.NO  # "not 5/5" grades no whole leg
    found = [g for g in grades(spoken.line, bare=bare) if g.muscle or full]
    if not power:
        found = [g for g in found if g.baseline]
    if told.closed and not any(g.earlier for g in found):
        return said
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


def _of_then(spoken: Spoken) -> Statement:
    """What a sentence of before the operation is told as, of which nothing else is said ("Before OP: Quad MMT 3")."""
    entry = spoken.entry
    return Statement(
        "muscle-grade",
        entry.ref,
        spoken.basis,
        stated=spoken.text.stated,
        closed=True,
        sentence=spoken.number,
        encounter=entry.encounter,
        resource=entry.resource,
    )


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
        return (_statement(reading, ("operation", letter), where, own, begun_and_ended(reading, spoken)),)
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
    day = day_of_surgery(reading, spoken)
    when = day, begun_and_ended(reading, spoken)[1]
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
    listed = spoken.sentence.section is Section.PAST and is_a[0] == "symptom" and not _OF_THESE_DAYS.search(spoken.line)
    known = spoken.is_sign(reading.concept) and (reading.known or is_long_since(reading, when[0], spoken))
    closed = entry.closed or lasting or over or listed or known
    concept = looks_back or reading.concept
    words = spoken.line if len(spoken.line) <= MOST_WORDS else _words(reading, spoken)
    return Statement(
        concept=concept,
        source=entry.ref,
        basis=spoken.basis,
        polarity=polarity,
        stated=examined_on(spoken) or spoken.text.stated,
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


def _words(reading: Reading, spoken: Spoken) -> str:
    """The part of a long sentence that is around the phrase, in one line, from the beginning of a clause if one is near
    and else of a word: "cement of the disc space" was an enhancement."""
    line = spoken.line
    begin = max(0, min(reading.start - MOST_WORDS // 3, len(line) - MOST_WORDS))
    opened = (0, *(m.end() for m in _CLAUSE.finditer(line, 0, reading.start)))
    near = (at for at in opened if begin - _NEAR <= at <= reading.start)
    begin = next(near, line.rfind(" ", 0, begin + 1) + 1)
    ended = line[begin : begin + MOST_WORDS]
    return (ended if begin + MOST_WORDS >= len(line) else ended.rpartition(" ")[0] or ended).strip()
