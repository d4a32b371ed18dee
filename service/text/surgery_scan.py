"""A cheap look at all words of a chart, before any is read: whether any of them could tell of spine surgery."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.fhir import resources
from service.fhir.record import Record
from service.text.clauses.matcher import atoms
from service.text.documents.attachments import decoded
from service.text.documents.normalise import normalise, portions
from service.text.documents.papers import document_entries
from service.text.vocabulary.language import Language, rewritten
from service.text.vocabulary.misheard import put_right
from service.text.vocabulary.tokens import tokens

_LONGEST = 20_000
_WORD = re.compile(r"[^\W_]+")


_LONGEST_NAME = 100
_MOST_NAMES = 4_096
_names: dict[tuple[int, str], tuple[Language, frozenset[str], bool]] = {}
"""Which names of problems and procedures could tell of surgery: they recur, and no patient is known by one."""


def may_tell_of_surgery(record: Record, language: Language, concepts: frozenset[str]) -> bool:
    """False only when no frame of these concepts has all its parts in any one text of the record. Linear in its length.

    One look at its words passes most texts; of those that hold a word of surgery the parts of the frames are looked up.
    """
    return any(_name_fits(name, language, concepts) for name in _names_of(record)) or any(
        _tells(text, language, concepts) for text in _texts(record)
    )


def _name_fits(name: str, language: Language, concepts: frozenset[str]) -> bool:
    if len(name) > _LONGEST_NAME:
        return _tells(name, language, concepts)
    held = _names.get((id(language), name))
    if held is None or held[0] is not language or held[1] is not concepts:
        if len(_names) >= _MOST_NAMES:
            _names.clear()
        held = _names[id(language), name] = (language, concepts, _tells(name, language, concepts))
    return held[2]


def _tells(text: str, language: Language, concepts: frozenset[str]) -> bool:
    return _may(_plain(text), language) and _may_fit(text, language, concepts)


def _may(text: str, language: Language) -> bool:
    return any(not language.surgical.isdisjoint(_WORD.findall(part.lower())) for part in portions(text))


def _may_fit(text: str, language: Language, concepts: frozenset[str]) -> bool:
    if len(text) > _LONGEST:
        return True  # looking closer would cost what reading costs
    read = rewritten(put_right(tokens(normalise(text), language.words), language.sounds), language.rewrites)
    present = frozenset[str]().union(*(atom.classes for atom in atoms(read, language)))
    present |= {number.name for told in language.numbers.values() for number in told}  # not looked for
    return any(
        frame.concept in concepts and not any(names.isdisjoint(present) for names in frame.others)
        for name in present
        for frame in language.frames.get(name, ())
    )


def _plain(text: str) -> str:
    """Letters of other alphabets that look like Latin ones are read as these."""
    return text if text.isascii() else normalise(text)


def _named(record: Record) -> tuple[resources.Condition | resources.Procedure, ...]:
    return (*record.conditions, *record.procedures)


def _names_of(record: Record) -> Iterator[str]:
    """What problems and procedures are called; charts repeat themselves."""
    told: list[str | None] = []
    for entry in _named(record):
        if entry.code is not None:
            told.append(entry.code.text)
            if not entry.code.text:
                told += [coding.display for coding in entry.code.coding or () if coding]
    yield from (name for name in dict.fromkeys(told) if name)


def _texts(record: Record) -> Iterator[str]:
    """All other words that the text stage would read."""
    told: list[str | None] = []
    for study in record.imaging_studies:
        told += [study.description, *(note.text for note in study.note or ())]
    for entry in _named(record):
        told += [note.text for note in entry.note or ()]
    for observation in record.observations:
        told.append(observation.value_string)
        told += [note.text for note in observation.note or ()]
    yield from (words for words in dict.fromkeys(told) if words)
    for report in record.reports:
        yield (report.conclusion or "")
        for form in report.presented_form or ():
            yield decoded(form).text
    for document in record.documents:
        yield from (text.words for entry in document_entries(document) for text in entry.texts)
