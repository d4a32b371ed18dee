"""Reports and notes to statements: a record and the compiled language in, what the words say of the patient out.

Only what is said of this patient, now, counts: a negated concept becomes a NO, a doubted one an UNCERTAIN, one that is
past, advised, planned or another person's becomes nothing. What names something clinical and was not understood is
kept beside, so that nobody takes it for read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from service.domain.done_steps import DoneStep
from service.domain.places import Place
from service.domain.statements import Basis, NotUnderstood, Statement, Unread
from service.fhir.record import Record
from service.text import done_steps
from service.text.as_note import as_note
from service.text.clauses.reading import Reading
from service.text.context.as_before import as_known, tells_as_before
from service.text.context.pain_over import ended_pain, tells_pain_over
from service.text.context.told_of_then import (
    as_of_then,
    ends_paragraph,
    is_refuted,
    is_withdrawal,
    over,
    tells_end,
    tells_return,
)
from service.text.context.unhelped import pains_of_note
from service.text.context.wellbeing import well_told
from service.text.documents.carried_levels import Paragraph, with_level_headings
from service.text.documents.conditional_advice import tells_news
from service.text.documents.date_order import with_plain_dates
from service.text.documents.documents import LONGEST_TEXT, Knows, entries, nothing_known
from service.text.documents.entries import Entry, Text
from service.text.documents.normalise import normalise
from service.text.documents.old_paragraphs import OfThen
from service.text.documents.plain_lines import is_plain
from service.text.documents.reading_budget import CROWDED, SEARCHED, SEARCHED_IN_PART, Search, beyond, within
from service.text.documents.sentences import Sentence, split
from service.text.read_names import read_once
from service.text.reader import Context
from service.text.statements.anatomy import heading_place, locate
from service.text.statements.current_state import as_of_now
from service.text.statements.emergency_classifiers import log_odds, unforeseen, without_unlikely
from service.text.statements.implied import implied
from service.text.statements.later_onsets import with_onset
from service.text.statements.mentions import MOST_WORDS, graded, moved, statements_of, why_set_aside
from service.text.statements.overruling import settled
from service.text.statements.pasted_reports import done_in, study_of
from service.text.statements.reading_dates import Spoken
from service.text.statements.resemblance import resembled
from service.text.statements.retold_studies import retold, with_study
from service.text.told import SetAside, Told
from service.text.vocabulary.compile_language import compile_language
from service.text.vocabulary.language import Language
from service.text.vocabulary.sections import UNREAD, Section

__all__ = ["Language", "Told", "compile_language", "read", "read_entry"]

LONGEST_SENTENCE = 1_500
"""Characters; a longer one is cut there, and what lies beyond is read as a sentence of its own."""
_WORD = re.compile(r"[^\W_]+")
_STRESSED = re.compile(r" - (?=NOT [a-z])")
"""A denial in capitals behind a dash is of what stands before it: "sheet wet through - NOT urine"."""
_ROOM = re.compile(r"[ \t]{2,}|\t")
_ASKED_OF = frozenset({Section.INDICATION, Section.BACKGROUND})


def read(record: Record, language: Language, knows: Knows = nothing_known) -> Told:
    """Everything the texts of the record say, newest documents first; what was not read, or only scanned, is named."""
    found: list[Statement] = []
    missed: list[NotUnderstood] = []
    unread: list[Unread] = []
    done: list[DoneStep] = []
    held = with_plain_dates(entries(record, language, knows), record)
    searched, search = beyond(held), Search(language.alarming)
    for entry in held:
        unread += [Unread(entry.ref, problem) for problem in entry.problems]
        if entry.ref in searched:
            told = read_entry(entry, language, search)
            found += [s for s in told.statements if s.concept in language.emergencies]
            unread.append(Unread(entry.ref, SEARCHED_IN_PART if search.ended_early() else SEARCHED))
        else:
            told = read_entry(entry, language)
            found += told.statements
            done += told.done
        missed += told.not_understood
        unread += told.unread
    day = record.as_of
    return Told(
        tuple(s for s in found if s.stated is None or s.stated.first <= day),
        tuple(m for m in missed if m.stated is None or m.stated.first <= day),
        unread=tuple(unread),
        done=tuple(d for d in done if d.when is None or d.when.first <= day),
        resembles=resembled([entry for entry in held if entry.ref not in searched], day, language.causes),
    )


def read_entry(entry: Entry, language: Language, search: Search | None = None) -> Told:
    """What the texts of one resource say; with ``search``, what the sentences say that it takes."""
    said: list[tuple[Statement, Section]] = []
    missed: list[NotUnderstood] = []
    aside: list[SetAside] = []
    done: list[DoneStep] = []
    lines: dict[int, str] = {}
    if search is not None:
        search.opens()
    for at, text in enumerate(dict.fromkeys(entry.texts), entry.counted):
        if not (search and search.passes_over(text.words)):
            told = _text(text, entry, language, at * LONGEST_TEXT, missed, aside, search, done, lines)
            if entry.kind == "note":
                own = {number: line for number, line in lines.items() if number >= at * LONGEST_TEXT}
                odds = log_odds(own, language)
                told, unlikely = without_unlikely(told, own, odds, language)
                missed += [NotUnderstood(entry.ref, s.words[:MOST_WORDS], text.stated) for s in unlikely]
                alarm = unforeseen(own, odds, entry, text)
                told += [(alarm, Section.BODY)] if alarm else []
            said += told
    every = _without_repeats(said)
    said = within(every, language.emergencies)
    crowded = (Unread(entry.ref, CROWDED),) if len(said) < len(every) else ()
    if entry.kind == "note":
        said = pains_of_note(as_of_now(said, lines, language), lines)
    statements = settled(said, language) if entry.kind == "report" else [statement for statement, _ in said]
    statements = implied(statements, entry.kind, language)
    # The pain of an entry that looks back on the operation is pain after it, in whichever sentence it stands.
    if entry.kind == "condition" and any(s.about_surgery for s in statements):
        statements = [replace(s, about_surgery=True) for s in statements]
    return Told(tuple(statements), tuple(missed), tuple(aside), crowded, tuple(done))


def _text(
    text: Text,
    entry: Entry,
    language: Language,
    counted: int,
    missed: list[NotUnderstood],
    aside: list[SetAside],
    search: Search | None,
    done: list[DoneStep],
    lines: dict[int, str],
) -> list[tuple[Statement, Section]]:
    said: list[tuple[Statement, Section]] = []
    held: Place | None = None
    before = block = 0
    ended: tuple[int, list[tuple[Statement, Section]]] | None = None
    words = _STRESSED.sub(",  ", normalise(text.words if search is None else search.of(text.words)))
    patient = frozenset[str]()
    of_then: OfThen | None = None
    if entry.kind == "report":
        words = with_level_headings(words)
    elif entry.kind == "note":
        words, patient, of_then, others = as_note(words, text.stated)
        aside += [SetAside(told[:MOST_WORDS], "another person") for told in others]
    about = Paragraph(words) if entry.kind == "report" else None
    context = Context(patient=patient)
    paper, name = study_of(words, entry, text.stated)
    study = paper
    done += done_in(name, paper, language.done, text.stated, entry.ref) if search is None else ()
    for sentence in split(words, language.headings, text.opening):
        if (plain := _ROOM.sub(" ", sentence.text)) != sentence.text:
            sentence = sentence._replace(text=plain)
        announced = heading_place(sentence.text)
        if announced or sentence.starts_block:
            held = announced
        if sentence.starts_block:
            context = Context(patient=patient)
            study = paper
            block = before = len(said)
        if about and (sentence.starts_block or announced):
            about.ends()
        done += done_steps.told_in(sentence, language.done, text.stated, entry) if search is None else ()
        if sentence.section in UNREAD and not (sentence.section is Section.ADVICE and tells_news(sentence.text)):
            aside.append(SetAside(sentence.text[:MOST_WORDS], sentence.section.value))
            continue
        for piece in _pieces(sentence):
            if search is not None and not search.takes(piece.text):
                continue
            then = of_then.part(piece.text) if of_then else (0, 0)
            told, unread, context, resolves = _sentence(
                piece, text, entry, language, held, counted, context, aside, then
            )
            told = about.placed(piece.text, sentence.section, told) if about and not held else told
            study = retold(study, piece.text, context.said, text.stated)
            told = [with_study(s, study, entry, language) for s in told] if study.modality else told
            note = entry.kind == "note"
            if note and is_withdrawal(piece.text):
                del said[before:]
            if note and is_refuted(piece.text):
                said[before:] = [(over(s, language, doubted=True), section) for s, section in said[before:]]
            if note and ended and tells_return(piece.text):
                said[ended[0] : ended[0] + len(ended[1])] = ended[1]
            if note and tells_pain_over(piece.text):
                said[before:] = [(ended_pain(s), section) for s, section in said[before:]]
            if resolves or (note and tells_end(piece.text)):
                before = block if ends_paragraph(piece.text) else before
                ended = before, said[before:]
                said[before:] = [(over(s, language), section) for s, section in said[before:]]
            if note and tells_as_before(piece.text):
                said[before:] = [(as_known(s, language), section) for s, section in said[before:]]
            said = with_onset(said, piece.text, counted + piece.number, text.stated, language)
            before = len(said)
            said += [(statement, sentence.section) for statement in told]
            if note and search is None and sentence.section is not Section.INDICATION:
                news = well_told(piece.text, entry, text, counted + piece.number, of_carer=bool(patient))
                said += [(each, sentence.section) for each in news]
            lines[counted + piece.number] = piece.text
            # The names of problems are mostly of other medicine.
            missed += [
                NotUnderstood(entry.ref, words[:MOST_WORDS], text.stated)
                for words in unread
                if (not text.own_name or not language.spinal.isdisjoint(_WORD.findall(words.lower())))
                and not (entry.kind == "report" and is_plain(words, language))
            ]
    return said


def _pieces(sentence: Sentence) -> Iterable[Sentence]:
    """A sentence of any length in pieces that are read in bounded time."""
    if len(words := sentence.text) <= LONGEST_SENTENCE:
        return (sentence,)
    cuts = range(0, len(words), LONGEST_SENTENCE)
    return [sentence._replace(text=words[at : at + LONGEST_SENTENCE]) for at in cuts]


def _sentence(
    sentence: Sentence,
    text: Text,
    entry: Entry,
    language: Language,
    held: Place | None,
    counted: int,
    context: Context,
    aside: list[SetAside],
    then: tuple[int, int],
) -> tuple[Sequence[Statement], Sequence[str], Context, bool]:
    asked = entry.kind == "report" and sentence.section in _ASKED_OF
    kind = "note" if asked else entry.kind
    lead = f"{sentence.lead} " if sentence.lead else ""
    heard, context = read_once(lead + sentence.text, language, kind, context)
    readings = [moved(r, len(lead)) for r in heard.readings if r.start >= len(lead)] if lead else heard.readings
    if asked:
        readings = [r for r in readings if _is_told_when_asked(r, sentence, language)]
    if not readings:
        return [], () if asked or sentence.section is Section.BACKGROUND else heard.unread, context, heard.resolves
    kinds = {r.concept: language.meanings[r.concept] for r in readings}
    about = any(kinds[r.concept][0] in {"operation", "stated"} and not r.away for r in readings) or (
        "surgery" in heard.classes and not language.groups["looking-back"].isdisjoint(heard.classes)
    )
    spoken = Spoken(
        sentence=sentence,
        text=text,
        entry=entry,
        number=counted + sentence.number,
        about_surgery=about,
        concepts=frozenset(r.concept for r in readings),
        line=" ".join(sentence.text.split()),
        basis=Basis.NOTE if asked else entry.basis,
        kind=kind,
        signs=language.groups["signs"],
        passing=language.groups.get("passing-events", frozenset()),
    )
    said: list[Statement] = []
    old: set[int] = set()
    for reading, where in zip(readings, locate(sentence.text, readings, held or entry.place), strict=True):
        made = statements_of(reading, kinds[reading.concept], where, spoken)
        if then[0] <= reading.start < then[1]:
            old |= {id(s) for s in made}
        said += made
        if not made:
            aside.append(SetAside(f"{reading.concept}: {spoken.line[:MOST_WORDS]}", why_set_aside(reading)))
    whole = then[1] >= len(sentence.text)
    told = graded(said, spoken)
    told = [s for at in told for s in ([at] if not (whole or id(at) in old) else as_of_then(at, language))]
    return told, heard.unread, context, False


def _is_told_when_asked(reading: Reading, sentence: Sentence, language: Language) -> bool:
    """Of what stands above a report the operations count, and symptoms in its indication, for somebody told them."""
    kind = language.meanings[reading.concept][0]
    return kind in {"operation", "stated"} or (kind == "symptom" and sentence.section is Section.INDICATION)


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
