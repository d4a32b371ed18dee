"""Reports and notes to statements: a record and a compiled lexicon in, what the words say of the patient out.

Only what is said of this patient, now, counts: a negated concept becomes a NO, a doubted one an UNCERTAIN, one that is
past, merely thought of or another person's becomes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from service.domain import spine
from service.domain.places import Place, Side
from service.domain.statements import Basis, Polarity, Statement
from service.fhir.record import Record
from service.text.anatomy import Where, heading_place, locate
from service.text.assertion import read_scopes, speaks_of_surgery
from service.text.documents import LONGEST_TEXT, Entry, Text, entries
from service.text.lexicon import Lexicon, compile_lexicon, may_speak
from service.text.matcher import Hit, find
from service.text.mentions import Spoken, read_meaning
from service.text.sections import Section
from service.text.sentences import Sentence, split
from service.text.tokens import tokens

__all__ = ["Lexicon", "compile_lexicon", "read"]

MOST_TEXTS = 200
MOST_CHARACTERS = 400_000
MOST_STATEMENTS = 400
"""Bounds per record, text, record and entry, so that no chart can hold up a call; what lies beyond is left unread."""

LONGEST_SENTENCE = 150
"""Words; a longer one is read in pieces, the later ones with doubt, for their negation may stand in an earlier one."""

_AWAY = frozenset({"cervical", "thoracic"})
_UNREAD = frozenset({Section.PLAN, Section.FAMILY})
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
    said = _without_repeats(said)[:MOST_STATEMENTS]
    statements = _settled(said, lexicon) if entry.kind == "report" else [statement for statement, _ in said]
    # The pain of an entry that looks back on the operation is pain after it, in whichever sentence it stands.
    if entry.kind == "condition" and any(s.about_surgery for s in statements):
        return [replace(s, about_surgery=True) for s in statements]
    return statements


def _text(text: Text, entry: Entry, lexicon: Lexicon, counted: int) -> list[tuple[Statement, Section]]:
    said: list[tuple[Statement, Section]] = []
    held: Place | None = None
    for sentence in split(text.words[:LONGEST_TEXT], text.opening):
        announced = heading_place(sentence.text)
        if announced or sentence.starts_block:
            held = announced
        if sentence.section in _UNREAD:
            continue
        words = tokens(sentence.text)
        if may_speak(lexicon, words):
            number = counted + sentence.number
            said += [(s, sentence.section) for s in _sentence(sentence, words, text, entry, lexicon, held, number)]
    return said


def _sentence(
    sentence: Sentence,
    words: Sequence[str],
    text: Text,
    entry: Entry,
    lexicon: Lexicon,
    held: Place | None,
    number: int,
) -> list[Statement]:
    said: list[Statement] = []
    overlong = len(words) > LONGEST_SENTENCE
    for begin in range(0, len(words), LONGEST_SENTENCE):
        piece = words[begin : begin + LONGEST_SENTENCE] if overlong else words
        hits = find(lexicon, piece)
        scoped = read_scopes(piece, hits, report=entry.kind == "report")
        told = [hit for hit, _ in scoped]
        heard = [_is_read(hit, sentence, entry, lexicon) for hit in told]
        if not any(heard):
            continue
        place = held or entry.place
        named = frozenset([hit.meaning.concept for hit in told])
        line = " ".join(sentence.text.split())
        basis = Basis.NOTE if sentence.section is Section.BACKGROUND else entry.basis
        spoken = Spoken(sentence, text, entry, number, speaks_of_surgery(hits), begin > 0, named, line, basis)
        places = [Where(place)] * len(told) if overlong else locate(sentence.text, words, told, place)
        for (hit, scope), where, is_read in zip(scoped, places, heard, strict=True):
            if is_read:
                said += read_meaning(hit, scope, where, spoken)
    return said


def _is_read(hit: Hit, sentence: Sentence, entry: Entry, lexicon: Lexicon) -> bool:
    """Whether this kind of text may say it; what was asked of a report is no finding, but may tell of an operation."""
    if entry.kind == "report" and sentence.section is Section.BACKGROUND and hit.meaning.kind not in _OF_SURGERY:
        return False
    return entry.kind in lexicon.read_in(hit.meaning)


def _without_repeats(said: Iterable[tuple[Statement, Section]]) -> list[tuple[Statement, Section]]:
    """Each statement once. Only those of one concept in one sentence can be equal: the others are not compared."""
    kept: list[tuple[Statement, Section]] = []
    alike: dict[tuple[int, str], list[Statement]] = {}
    for statement, section in said:
        others = alike.setdefault((statement.sentence, statement.concept), [])
        if statement not in others:
            others.append(statement)
            kept.append((statement, section))
    return kept


def _settled(said: Sequence[tuple[Statement, Section]], lexicon: Lexicon) -> list[Statement]:
    """An addendum outranks the report, and the impression its findings, wherever they contradict at one place."""
    left = list(said)
    for rank in (Section.ADDENDUM, Section.IMPRESSION):
        final: dict[str, list[Statement]] = {}
        for statement, section in left:
            if section is rank:
                final.setdefault(statement.concept, []).append(statement)
        over = {rank, Section.ADDENDUM}
        left = [pair for pair in left if not final or pair[1] in over or not _is_overruled(pair[0], final, lexicon)]
    return [statement for statement, _ in left]


def _is_overruled(statement: Statement, final: dict[str, list[Statement]], lexicon: Lexicon) -> bool:
    if same := final.get(statement.concept):
        met = {s.polarity for s in same if _meets(s, statement)}
        if met - {statement.polarity}:
            return statement.polarity not in met
    if statement.polarity is Polarity.NO:
        return False
    for concept in lexicon.opposites.get(statement.concept, ()):
        if any(s.polarity is Polarity.YES and _meets(s, statement) for s in final.get(concept, ())):
            return True
    return False


def _meets(one: Statement, other: Statement) -> bool:
    if one.place.segments and other.place.segments and not set(one.place.segments) & set(other.place.segments):
        return False
    if {spine.is_lumbar(one.place), spine.is_lumbar(other.place)} == {True, False} and (
        one.place.region in _AWAY or other.place.region in _AWAY
    ):
        return False
    return {one.side, other.side} != {Side.LEFT, Side.RIGHT}
