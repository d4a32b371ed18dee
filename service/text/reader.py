"""One sentence read: its text in, what it says of which concept, how it is meant, and what was not understood out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from service.text.clauses.assertion import assertion
from service.text.clauses.checklists import is_checklist
from service.text.clauses.frames import Fit, fits
from service.text.clauses.graded_items import item_ends
from service.text.clauses.halves import whole
from service.text.clauses.list_endings import answered_at_end
from service.text.clauses.matcher import Atom, atoms
from service.text.clauses.names import without_names
from service.text.clauses.numbers import numbered
from service.text.clauses.questions import ask, asks_later, is_answered_no
from service.text.clauses.reading import Reading
from service.text.clauses.scopes import Scopes
from service.text.clauses.topic import carried, is_topic, topic_of
from service.text.context.block_scores import with_block_scores
from service.text.context.carers import as_patient
from service.text.context.described_lesions import with_described_lesions
from service.text.context.second_looks import weighed
from service.text.context.unhelped import with_untold_pain
from service.text.documents.blank_forms import is_blank
from service.text.documents.templates import is_advice, is_question
from service.text.shorthand.urine_chart import emptied
from service.text.vocabulary.language import Language, rewritten
from service.text.vocabulary.misheard import put_right
from service.text.vocabulary.one_letter_off import SHORTEST_CORRECTED
from service.text.vocabulary.tokens import Token, corrected, tokens

_SUBJECTS = frozenset({"it", "that", "this", "they", "these", "which", "both", "all", "everything", "since"})
_MANY = 3
"""Readings of the shortest list of what to look for."""
_SOON = 6
_SHORT = 20
_WORD = re.compile(r"[^\W\d_]+")


class Sentence(Struct, frozen=True, gc=False):
    """``unread`` holds the words of clauses that name something clinical and of which nothing was read."""

    readings: tuple[Reading, ...]
    unread: tuple[str, ...]
    classes: frozenset[str]
    resolves: bool = False
    """Whether it tells that what the sentence before told of is over ("That has settled")."""


class Context(Struct, frozen=True, gc=False):
    """What the sentence before leaves for the next: its atoms' classes, its topic, and whether it was a question."""

    classes: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    away: bool = False
    said: frozenset[str] = frozenset()
    """The classes of the whole sentence that was read last, where they are not of a plan or a question."""
    patient: frozenset[str] = frozenset()
    """The words that mean the patient, where a relative writes."""


EMPTY = Sentence((), (), frozenset())
_DESCRIBES = frozenset({"report", "note"})


def read_sentence(text: str, language: Language, kind: str, context: Context) -> tuple[Sentence, Context]:
    """What one sentence says. ``kind`` is report, note, condition or procedure."""
    told, after = _read_sentence(text, language, kind, context)
    if kind == "note":
        told = replace(told, readings=tuple(with_untold_pain(told.readings, text)))
    told = replace(told, readings=tuple(with_block_scores(told.readings, text, context.classes)))
    if kind in _DESCRIBES and not (after.away or (told.readings and all(r.away for r in told.readings))):
        told = replace(told, readings=tuple(with_described_lesions(told.readings, text)))
    return told, after


def _read_sentence(text: str, language: Language, kind: str, context: Context) -> tuple[Sentence, Context]:
    if not says_something(text, language):
        return EMPTY, Context(away=context.away and len(text) < _SHORT, patient=context.patient)
    read = tokens(text, language.words)
    if context.patient:
        read = as_patient(read, context.patient)
    read = rewritten(put_right(read, language.sounds), language.rewrites)
    found = without_names(text, read, atoms(read, language), language)
    if not any(_is_clinical(a, language) for a in found):
        found = numbered(read, found, language) if found else found
        if not any(_is_clinical(a, language) for a in found):
            return EMPTY, Context(away=context.away and len(read) < 4, patient=context.patient)
    else:
        found = numbered(read, found, language)
    asked = text.rstrip(" \t\n'\")").endswith("?") or is_answered_no(text)
    blank = is_blank(text) or is_advice(text) or ("?" in text and is_question(text))
    readings: list[Reading] = []
    unread: list[str] = []
    every: set[str] = set()
    for clause, inside in _clauses(read, found):
        inside = carried(clause, inside, context.topic, language)
        scopes = assertion(clause, inside, language)
        if blank or _is_taken_back(read, clause):
            scopes.away[:] = [True] * len(clause)
        elif asked and not asks_later(read, clause, found):
            ask(clause, scopes, away=context.away)
        told = fits(clause, inside, scopes, language, kind, context.classes)
        own = _settled(
            [
                _reading(fit, clause, inside, scopes, language)
                for fit in told
                if kind in language.kinds[fit.frame.concept]
            ],
            language,
        )
        readings += whole(own, text)
        clinical = [a for a in inside if not language.head_classes.isdisjoint(a.classes)]
        if clinical and not told and not all(scopes.away[a.start] for a in clinical):
            unread.append(text[clause[0].start : clause[-1].end])
        classes = frozenset().union(*(a.classes for a in inside)) if inside else frozenset()
        every |= classes
        signs = any(r.concept in language.emergencies for r in own)
        topic = topic_of(inside, language) or (frozenset() if signs else context.topic)
        context = Context(classes, topic, bool(scopes.away) and all(scopes.away), patient=context.patient)
    readings = emptied(answered_at_end(readings, text), text)
    if len(readings) >= _MANY and is_checklist(readings, text, language):
        unread.append(text)
        readings = [replace(r, away=True) for r in readings]
    if "at-this-time" in every and len(readings) > 1:
        readings = _latest(readings)
    readings = weighed(readings, text, language)
    resolves = not any(not r.away for r in readings) and _resolves(read, found)
    context = replace(context, said=frozenset() if context.away else frozenset(every))
    return Sentence(tuple(readings), tuple(unread), frozenset(every), resolves), context


_BELIEFS = frozenset({"thought", "assumed", "figured", "reckoned", "feared", "imagined"})
_TURNS = frozenset({"but", "however", "though"})


def _is_taken_back(read: Sequence[Token], clause: Sequence[Token]) -> bool:
    """Whether a clause tells what somebody believed until the next one: "Thought my calf was up, but it is not"."""
    if not any(token.word in _BELIEFS for token in clause[:3]) or any("might" in token.word for token in clause):
        return False
    end = clause[-1].start
    follows = next((token.word for token in read if token.start > end), "")
    return follows in _TURNS


def says_something(text: str, language: Language) -> bool:
    """Whether any word of the sentence is one of the data's clinical words, misspelt ones too. Most sentences of most
    notes hold none, and cost no more than this look."""
    clinical, words = language.clinical, language.words
    keys = words.keys
    for word in _WORD.findall(text.lower()):
        if word in clinical:
            return True
        if len(word) >= SHORTEST_CORRECTED and word not in keys and corrected(word, words):
            return True
    return False


def _resolves(read: Sequence[Token], found: Sequence[Atom]) -> bool:
    """A sentence about "it" or "that" which says that it is over."""
    if not read or read[0].word not in _SUBJECTS:
        return False
    return any(not a.classes.isdisjoint({"denies-before", "improves"}) and a.start <= _SOON for a in found)


def _latest(readings: list[Reading]) -> list[Reading]:
    """Where a sentence tells of now, what is said first and denied last is denied ("38.2, afebrile since")."""
    last = {r.concept: r for r in sorted(readings, key=lambda r: r.start) if not r.away}
    return [
        r for r in readings if r.sign != "" or last.get(r.concept, r).sign != "-" or last[r.concept].start <= r.start
    ]


def _is_clinical(atom: Atom, language: Language) -> bool:
    return not (language.head_classes.isdisjoint(atom.classes) and language.site_classes.isdisjoint(atom.classes))


def _clauses(read: list[Token], found: list[Atom]) -> Iterator[tuple[Sequence[Token], list[Atom]]]:
    """The sentence cut before each word of contrast, for what stands behind "but" is meant otherwise, and behind each
    graded item of an examination."""
    cuts = sorted(
        {*(a.start for a in found if "contrast" in a.classes and a.start and not a.inner), *item_ends(read, found)}
    )
    if not cuts:
        yield read, found
        return
    for begin, end in zip([0, *cuts], [*cuts, len(read)], strict=True):
        if end > begin:
            yield (
                read[begin:end],
                [replace(a, start=a.start - begin, end=a.end - begin) for a in found if begin <= a.start < end],
            )


def _reading(fit: Fit, clause: Sequence[Token], found: Sequence[Atom], scopes: Scopes, language: Language) -> Reading:
    head = fit.head
    first, last = min(a.start for a in fit.used), max(a.end for a in fit.used)
    return Reading(
        concept=fit.frame.concept,
        sign=fit.sign,
        start=clause[head.start].start,
        end=clause[head.end - 1].end,
        first=clause[first].start,
        last=clause[last - 1].end,
        away=scopes.away[head.start],
        past=scopes.past[head.start],
        topic=not fit.sign and is_topic(clause, [a for a in found if a not in fit.used], scopes, head),
        known=scopes.known[head.start],
        frame=fit.frame.number,
    )


_GRADED = frozenset({"leg-pain", "back-pain"})


def _settled(told: list[Reading], language: Language) -> list[Reading]:
    """Doubt beats a bare mention of the same concept in one clause; the specific concept drops what it contains."""
    none = [r for r in told if r.sign == "-" and not r.away and r.concept in _GRADED]
    # "Leg pain 0": the same words that name the pain grade it as none.
    told = [
        r
        for r in told
        if r.sign or not any(n.concept == r.concept and n.first <= r.first and r.last <= n.last for n in none)
    ]
    present = [r for r in told if not (r.away or r.past or r.topic)]
    hedged = {r.concept for r in present if r.sign == "?"}
    said = {r.concept for r in present if r.sign == ""}
    dropped = {
        (name[1:], "-") if name[0] == "-" else (name, "")
        for concept in said
        for name in language.drops.get(concept, ())
    }
    kept: list[Reading] = []
    seen: set[tuple[str, str, bool, bool]] = set()
    for reading in told:
        if reading.concept in hedged and reading.sign != "?" and not reading.away:
            continue
        if (reading.concept, reading.sign) in dropped or (reading.sign == "?" and (reading.concept, "") in dropped):
            continue
        mark = (reading.concept, reading.sign, reading.away or reading.past or reading.topic, reading.known)
        if mark not in seen:
            seen.add(mark)
            kept.append(reading)
    return kept
