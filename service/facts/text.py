"""Reports and notes to statements: a record and a compiled lexicon in, what the words say of the patient out.

Only what is said of this patient, now, counts: a negated concept becomes a NO, a doubted one an UNCERTAIN, one that is
past, merely thought of or another person's becomes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.facts.clauses import Where, heading_place, locate
from service.facts.meant import Spoken, read_meaning
from service.facts.phrases import Lexicon, compile_lexicon, find, may_speak, tokens
from service.facts.scope import read_scopes, speaks_of_surgery
from service.facts.sections import Section, Sentence, split
from service.facts.texts import LONGEST_TEXT, Entry, Text, entries
from service.record import Record
from service.words import Place, Polarity, Side, Statement

__all__ = ["Lexicon", "compile_lexicon", "read"]

MOST_TEXTS = 200
MOST_CHARACTERS = 400_000
MOST_STATEMENTS = 400
"""Bounds per record, text, record and entry, so that no chart can hold up a call; what lies beyond is left unread."""

LONGEST_SENTENCE = 150
"""Words; a longer one is read in pieces, the later ones with doubt, for their negation may stand in an earlier one."""

_OF_SURGERY = frozenset({"operation", "stated"})


def read(record: Record, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Everything the texts of the record say, in the order of its reports, conditions, procedures and observations."""
    found: list[Statement] = []
    texts = characters = 0
    for entry in entries(record, lexicon):
        texts += len(entry.texts)
        characters += sum(min(len(text.words), LONGEST_TEXT) for text in entry.texts)
        if texts > MOST_TEXTS or characters > MOST_CHARACTERS:
            break
        found += _entry(entry, lexicon)
    return tuple(s for s in found if s.stated is None or s.stated.first <= record.as_of)


def _entry(entry: Entry, lexicon: Lexicon) -> list[Statement]:
    said: list[tuple[Statement, Section]] = []
    for at, text in enumerate(entry.texts):
        # A report nearly always says something; most notes say nothing that is ours.
        speaks = entry.kind == "report" or may_speak(lexicon, tokens(text.words[:LONGEST_TEXT]))
        if speaks and len(said) < MOST_STATEMENTS:
            said += _text(text, entry, lexicon, at * LONGEST_TEXT)
    said = list(dict.fromkeys(said))[:MOST_STATEMENTS]
    statements = _settled(said, lexicon) if entry.kind == "report" else [statement for statement, _ in said]
    # The pain of an entry that looks back on the operation is pain after it, in whichever sentence it stands.
    if entry.kind == "condition" and any(s.about_surgery for s in statements):
        return [replace(s, about_surgery=True) for s in statements]
    return statements


def _text(text: Text, entry: Entry, lexicon: Lexicon, counted: int) -> Iterator[tuple[Statement, Section]]:
    held: Place | None = None
    for sentence in split(text.words[:LONGEST_TEXT], text.opening):
        announced = heading_place(sentence.text)
        if announced or sentence.starts_block:
            held = announced
        if sentence.section in {Section.PLAN, Section.FAMILY}:
            continue
        words = tokens(sentence.text)
        if may_speak(lexicon, words):
            number = counted + sentence.number
            for statement in _sentence(sentence, words, text, entry, lexicon, held, number):
                yield statement, sentence.section


def _sentence(
    sentence: Sentence,
    words: Sequence[str],
    text: Text,
    entry: Entry,
    lexicon: Lexicon,
    held: Place | None,
    number: int,
) -> Iterator[Statement]:
    of_surgery_only = sentence.section is Section.BACKGROUND and entry.kind == "report"
    for begin in range(0, len(words), LONGEST_SENTENCE):
        piece = words[begin : begin + LONGEST_SENTENCE]
        hits = find(lexicon, piece)
        scoped = read_scopes(piece, hits, report=entry.kind == "report")
        if not scoped:
            continue
        held = held or entry.place
        named = frozenset(hit.meaning.concept for hit, _ in scoped)
        spoken = Spoken(sentence, text, entry, number, speaks_of_surgery(hits), begin > 0, named)
        overlong = len(words) > LONGEST_SENTENCE
        places = [Where(held)] * len(scoped) if overlong else locate(sentence.text, [hit for hit, _ in scoped], held)
        for (hit, scope), where in zip(scoped, places, strict=True):
            if of_surgery_only and hit.meaning.kind not in _OF_SURGERY:
                continue
            if entry.kind in lexicon.read_in(hit.meaning):
                yield from read_meaning(hit, scope, where, spoken)


def _settled(said: Sequence[tuple[Statement, Section]], lexicon: Lexicon) -> list[Statement]:
    """A report's impression outranks its findings wherever the two contradict each other at one place."""
    final: dict[str, list[Statement]] = {}
    for statement, section in said:
        if section is Section.IMPRESSION:
            final.setdefault(statement.concept, []).append(statement)
    return [s for s, section in said if section is Section.IMPRESSION or not _is_overruled(s, final, lexicon)]


def _is_overruled(statement: Statement, final: dict[str, list[Statement]], lexicon: Lexicon) -> bool:
    same = final.get(statement.concept, ())
    if any(s.polarity is not statement.polarity and _meets(s, statement) for s in same):
        return not any(s.polarity is statement.polarity and _meets(s, statement) for s in same)
    if statement.polarity is Polarity.NO:
        return False
    against = (s for concept in lexicon.opposites.get(statement.concept, ()) for s in final.get(concept, ()))
    return any(s.polarity is Polarity.YES and _meets(s, statement) for s in against)


def _meets(one: Statement, other: Statement) -> bool:
    if one.place.segments and other.place.segments and not set(one.place.segments) & set(other.place.segments):
        return False
    return {one.side, other.side} != {Side.LEFT, Side.RIGHT}
